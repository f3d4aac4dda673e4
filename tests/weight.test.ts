// What a first visit costs, as the network would carry it: gzip -9, the service worker included, the font apart.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'

const DIST = join(import.meta.dirname, '../dist')
const kB = 1000

const weightOf = (pattern: string) =>
  globSync(pattern, { cwd: DIST }).reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length,
    0,
  )

it('the app, all of it, weighs at most 70 kB', () => {
  const weight = weightOf('**/*.{html,js,css}')
  expect(weight).toBeGreaterThan(10 * kB)
  expect(weight).toBeLessThanOrEqual(70 * kB)
})

it('the font weighs at most 50 kB, and there is one', () => {
  const fonts = globSync('**/*.woff2', { cwd: DIST })
  expect(fonts).toHaveLength(1)
  expect(readFileSync(join(DIST, fonts[0] as string)).length).toBeLessThanOrEqual(50 * kB)
})

// What the app weighs, as the network would carry it: gzip -9, the font apart. First what stands between a person and the price.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DIST, firstLoadFiles, weightOf, workerFiles } from './first-visit.ts'

const kB = 1000

it.each([
  ['phone', 60],
  ['kitchen', 64],
] as const)('what is loaded before a %s draws its price weighs at most %i kB', (layout, most) => {
  const files = firstLoadFiles(layout)
  const weight = weightOf(files)
  console.log(`${layout}: ${(weight / kB).toFixed(1)} kB in ${files.length} files`)
  expect(files.filter((file) => file.endsWith('.css')).length).toBeGreaterThan(1)
  expect(weight).toBeGreaterThan(40 * kB)
  expect(weight).toBeLessThanOrEqual(most * kB)
})

it('the service worker, and what registers it, weighs at most 16 kB', () => {
  expect(weightOf(workerFiles())).toBeLessThanOrEqual(16 * kB)
})

it('the page names the styles of both layouts', () => {
  const scripts = globSync('assets/index-*.js', { cwd: DIST }).map((file) =>
    readFileSync(join(DIST, file), 'utf8'),
  )
  for (const layout of ['kiosk', 'phone'])
    expect(scripts.join('')).toMatch(new RegExp(`/${layout}-[\\w-]+\\.css`))
})

// The thinking worker holds a good part of the domain a second time: shared with the page, it would lie in a file of its
// own, and a first visit would weigh 2 kB more.
it('the app, all of its screens and its workers, weighs at most 154 kB', () => {
  expect(weightOf(globSync('**/*.{html,js,css}', { cwd: DIST }))).toBeLessThanOrEqual(154 * kB)
})

it('the font weighs at most 50 kB, and there is one', () => {
  const fonts = globSync('**/*.woff2', { cwd: DIST })
  expect(fonts).toHaveLength(1)
  expect(readFileSync(join(DIST, fonts[0] as string)).length).toBeLessThanOrEqual(50 * kB)
})

// What a first visit costs, as the network would carry it: gzip -9, the service worker included, the font apart.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DIST, firstVisitFiles, weightOf } from './first-visit.ts'

const kB = 1000

it('what a first visit loads weighs at most 70 kB, the service worker included', () => {
  const files = firstVisitFiles()
  const weight = weightOf(files)
  const whole = weightOf(globSync('**/*.{html,js,css}', { cwd: DIST }))
  console.log(
    `first visit ${(weight / kB).toFixed(1)} kB in ${files.length} files, whole app ${(whole / kB).toFixed(1)} kB`,
  )
  expect(files.some((file) => file.endsWith('.css'))).toBe(true)
  expect(weight).toBeGreaterThan(10 * kB)
  expect(weight).toBeLessThan(whole)
  expect(weight).toBeLessThanOrEqual(70 * kB)
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
it('the app, all of its screens and its workers, weighs at most 150 kB', () => {
  expect(weightOf(globSync('**/*.{html,js,css}', { cwd: DIST }))).toBeLessThanOrEqual(150 * kB)
})

it('the font weighs at most 50 kB, and there is one', () => {
  const fonts = globSync('**/*.woff2', { cwd: DIST })
  expect(fonts).toHaveLength(1)
  expect(readFileSync(join(DIST, fonts[0] as string)).length).toBeLessThanOrEqual(50 * kB)
})

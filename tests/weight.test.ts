// What a first visit costs, as the network would carry it: gzip -9, the service worker included, the font apart.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'

const DIST = join(import.meta.dirname, '../dist')
const kB = 1000

const gzipped = (file: string): number => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length
const weightOf = (files: readonly string[]): number => files.reduce((sum, file) => sum + gzipped(file), 0)

/** What the page names, and what those files import before anything is drawn; not what is fetched when it is wanted. */
function filesOf(page: string): string[] {
  const text = readFileSync(join(DIST, page), 'utf8')
  const named = [...text.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, file]) => file!)
  const found = new Set<string>()
  const follow = (file: string): void => {
    if (found.has(file)) return
    found.add(file)
    const imports = readFileSync(join(DIST, file), 'utf8').matchAll(
      /(?:^|[;}\s])(?:import|export)(?:[\w*{}$,\s]*?from)?\s*["']\.\/([^"']+\.js)["']/g,
    )
    for (const [, other] of imports) follow(`assets/${other}`)
  }
  for (const file of named) follow(file)
  return [page, ...found]
}

it('what a first visit loads weighs at most 70 kB, the service worker included', () => {
  const files = [...filesOf('index.html'), 'service-worker.js']
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

// The thinking worker holds a good part of the domain a second time: shared with the page, it would lie in a file of its
// own, and a first visit would weigh 2 kB more.
it('the app, all of its screens and its workers, weighs at most 140 kB', () => {
  expect(weightOf(globSync('**/*.{html,js,css}', { cwd: DIST }))).toBeLessThanOrEqual(140 * kB)
})

it('the font weighs at most 50 kB, and there is one', () => {
  const fonts = globSync('**/*.woff2', { cwd: DIST })
  expect(fonts).toHaveLength(1)
  expect(readFileSync(join(DIST, fonts[0] as string)).length).toBeLessThanOrEqual(50 * kB)
})

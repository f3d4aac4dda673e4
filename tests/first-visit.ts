// What a first visit loads of the built app, and what that weighs as the network would carry it at best: gzip -9.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

export const DIST = join(import.meta.dirname, '../dist')

export const gzipped = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length

export const weightOf = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + gzipped(join(DIST, file)), 0)

/** The page, what it needs before anything is drawn, and the service worker that it starts; the font apart. */
export const firstVisitFiles = (): string[] => [...filesOf('index.html'), 'service-worker.js']

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

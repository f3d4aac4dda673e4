// What a first visit loads of the built app, and what that weighs as the network would carry it at best: gzip -9.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

export const DIST = join(import.meta.dirname, '../dist')

export const gzipped = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length

export const weightOf = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + gzipped(join(DIST, file)), 0)

/** What each way of showing Now fetches besides, before it draws. */
const LAYOUTS = {
  phone: ['phone-*.css'],
  kitchen: ['kiosk-*.css', 'wall-*.css', 'wall-*.js'],
} as const
export type Layout = keyof typeof LAYOUTS

/** The page and what it needs before the price is drawn; the font apart. */
export const firstLoadFiles = (layout: Layout): string[] => [
  ...filesOf('index.html'),
  ...LAYOUTS[layout].flatMap((pattern) => theOne(pattern)),
]

/** What comes after: the service worker, and what registers it. It then keeps all of the app, for the time without the Pi. */
export const workerFiles = (): string[] => ['service-worker.js', ...theOne('workbox-window*.js')]

function theOne(pattern: string): string[] {
  const files = globSync(`assets/${pattern}`, { cwd: DIST })
  if (files.length !== 1) throw new Error(`the build has ${files.length} files ${pattern}`)
  return files
}

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

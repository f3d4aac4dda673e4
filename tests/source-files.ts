// The repository's own files and what they import, for the tests that read them.
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Source {
  /** From the repository's root, with slashes. */
  readonly path: string
  readonly text: string
}

export interface Import {
  /** Of the repository: "backend/domain/price.ts"; of a package: its name. */
  readonly target: string
  readonly isType: boolean
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))

const filesUnder = (folder: string): string[] =>
  readdirSync(`${ROOT}${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name.startsWith('.')) return []
    return entry.isDirectory() ? filesUnder(path) : [path]
  })

export const FILES = ['backend', 'frontend', 'pi', 'tests'].flatMap(filesUnder)

export const CODE = FILES.filter((path) => /\.(ts|tsx|mjs)$/.test(path)).map(
  (path): Source => ({ path, text: readFileSync(`${ROOT}${path}`, 'utf8') }),
)

export const isIn = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder}/`)

export const codeUnder = (...folders: string[]): Source[] =>
  CODE.filter(({ path }) => folders.some((folder) => isIn(path, folder)))

const STATEMENT =
  /(?:^|[\n;])\s*(?:import|export)\s+(type\s)?(?:[^'"\n;]|\n(?!\s*(?:import|export)\b))*?from\s+['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g

export const importsOf = ({ path, text }: Source): Import[] =>
  [...text.matchAll(STATEMENT)].map(([, type, from, bare]) => ({
    target: resolved(path, from ?? bare!),
    isType: type !== undefined,
  }))

function resolved(path: string, from: string): string {
  if (from.startsWith('#domain/')) return from.replace('#domain/', 'backend/domain/')
  return from.startsWith('.') ? posix.join(posix.dirname(path), from) : from
}

// Builds the front end where it is missing or its source has changed. The source's fingerprint decides and not its
// dates: a Pi's clock may be wrong.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const SOURCES = ['frontend/**/*.*', 'backend/domain/**/*.ts', 'package.json', 'package-lock.json']

export const frontEndFolder = (root: string): string => join(root, 'dist')

/** True when it built. The old build stays in place until the new one is whole. */
export async function buildFrontEnd(root: string, signal?: AbortSignal): Promise<boolean> {
  const folder = frontEndFolder(root)
  const stamp = join(folder, 'built-from.txt')
  const source = fingerprint(root)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === source) return false
  // Two that build at once keep out of each other's way; the last one's build stays.
  const building = join(root, `dist.building-${process.pid}`)
  makeAnew(building, folder)
  await promisify(execFile)(
    process.execPath,
    [
      join(root, 'node_modules/vite/bin/vite.js'),
      'build',
      '--config',
      'frontend/vite.config.ts',
      // As it stands: bundled, it would be written into node_modules first.
      '--configLoader',
      'native',
      '--outDir',
      building,
      '--emptyOutDir',
      '--logLevel',
      'warn',
    ],
    // Whoever builds, a test runner too: what is built is what a household gets.
    { cwd: root, env: { ...process.env, NODE_ENV: 'production' }, ...(signal && { signal }) },
  )
  writeFileSync(join(building, 'built-from.txt'), source)
  replaceFolder(folder, building)
  return true
}

const ATTEMPTS = 20

/** Whoever else does the same at the same moment, one of them stays, whole. */
export function replaceFolder(folder: string, by: string): void {
  const replaced = `${by}-old`
  for (let attempt = 1; ; attempt++) {
    try {
      if (existsSync(folder)) renameSync(folder, replaced)
      renameSync(by, folder)
      return
    } catch (error) {
      // Taken away, or put there, between the look and the move.
      const isRace = /^(ENOENT|ENOTEMPTY|EEXIST)$/.test((error as NodeJS.ErrnoException).code ?? '')
      if (!isRace || attempt === ATTEMPTS) throw error
    } finally {
      rmSync(replaced, { recursive: true, force: true })
    }
  }
}

function makeAnew(building: string, folder: string): void {
  try {
    rmSync(building, { recursive: true, force: true })
    mkdirSync(building)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Error(`Cannot write ${folder} (${code}): make the folder it is in writable for this user.`, {
      cause: error,
    })
  }
}

function fingerprint(root: string): string {
  const hash = createHash('sha256')
  const files = globSync(SOURCES, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  for (const file of files)
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

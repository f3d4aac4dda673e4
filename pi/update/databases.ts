// The household's facts while the program that keeps them changes. Before each switch a copy is made of them under the name of the
// release that is left; where another release changed their form, so that this one could not read them, the copy takes its place.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { mustRun, told } from './command.ts'
import { Stop } from './stop.ts'

/** Longer than any refresh is let run. */
const REFRESH_ENDS_MS = 300_000

/** Keeps refreshes from beginning until it is let go of, or this process ends; waits for the one that runs. */
export function holdRefreshes(sqlitePath: string): () => void {
  const lock = new DatabaseSync(`${sqlitePath}.lock`, { timeout: REFRESH_ENDS_MS })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw new Stop('a refresh is running and does not end: systemctl status home-energy-sync-cache', error)
  }
  return () => lock.close()
}

/** The folder of the copies that were made when this release was left. */
const copiesOf = (sqlitePath: string, release: string): string =>
  join(dirname(sqlitePath), 'before-update', release)

/** All databases of the appliance; none before the first refresh. */
function databasesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => /^[a-z][a-z-]*\.sqlite$/.test(name)) : []
}

export const keepDatabases = (sqlitePath: string, release: string): Promise<void> =>
  copyDatabases(sqlitePath, copiesOf(sqlitePath, release))

/** Whole, verified, and on the disk. */
export async function copyDatabases(sqlitePath: string, to: string): Promise<void> {
  const folder = dirname(sqlitePath)
  mkdirSync(to, { recursive: true, mode: 0o750 })
  for (const stale of databasesIn(to)) rmSync(join(to, stale))
  for (const name of databasesIn(folder)) await copyDatabase(join(folder, name), join(to, name))
  mustRun(['sync', '--file-system', to], `${to} could not be written to the disk`)
}

async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true, timeout: 10_000 })
  try {
    rmSync(`${to}.new`, { force: true })
    await backup(source, `${to}.new`)
    const copy = new DatabaseSync(`${to}.new`)
    const verdict = copy.prepare('PRAGMA quick_check(1)').get()?.quick_check
    copy.close()
    if (verdict !== 'ok') throw new Error(`its copy is damaged: ${verdict}`)
    mustRun(['sync', `${to}.new`], `${to} could not be written to the disk`)
    renameSync(`${to}.new`, to)
  } catch (error) {
    throw new Stop(`${from} could not be copied: ${(error as Error).message}`, error)
  } finally {
    source.close()
  }
}

export type Form = 'another' | 'newer'

/**
 * Where a database has another form (or a newer one) than when this release was left, the copy takes its place; what was there is
 * kept as ".aside". Devices may have been told of revisions that an older database gives out again, so it is renamed before.
 */
export async function putFormsBack(
  sqlitePath: string,
  release: string,
  which: Form,
  rename: (path: string) => void,
): Promise<void> {
  const copies = copiesOf(sqlitePath, release)
  for (const name of databasesIn(copies)) {
    const [copy, place] = [join(copies, name), join(dirname(sqlitePath), name)]
    const [then, now] = [formOf(copy) ?? 0, formOf(place) ?? 0]
    if (now < then ? which === 'newer' : now === then) continue
    await copyDatabase(copy, `${place}.back`)
    if (place === sqlitePath) rename(`${place}.back`)
    putInPlace(`${place}.back`, place)
  }
}

/** Of releases that are not there any more. */
export function tidyCopies(sqlitePath: string, keep: readonly (string | undefined)[]): void {
  const folder = join(dirname(sqlitePath), 'before-update')
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder).filter((release) => !keep.includes(release)))
    rmSync(join(folder, name), { recursive: true })
}

function formOf(path: string): number | undefined {
  if (!existsSync(path)) return undefined
  const db = new DatabaseSync(path, { timeout: 10_000 })
  try {
    return Number(db.prepare('PRAGMA user_version').get()?.user_version)
  } finally {
    db.close()
  }
}

/** The log first, once it is empty: left behind, it would be taken for that of the copy. */
function putInPlace(copy: string, place: string): void {
  if (existsSync(place)) {
    const db = new DatabaseSync(place, { timeout: 10_000 })
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    db.close()
    for (const part of ['-wal', '-shm', '']) {
      rmSync(`${place}.aside${part}`, { force: true })
      if (existsSync(place + part)) renameSync(place + part, `${place}.aside${part}`)
    }
  }
  renameSync(copy, place)
}

/** Of all databases, with their logs. */
export function bytesOfDatabases(sqlitePath: string): number {
  const { text } = told(['du', '--summarize', '--block-size=1', dirname(sqlitePath)])
  return Number.parseInt(text, 10) || 0
}

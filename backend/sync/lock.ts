// One sync at a time on this machine. The lock is a write transaction on a file of its own: the system lets go of it
// however the process ends, so a kill -9 leaves nothing to clean up.
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'

export interface Lock {
  release(): void
}

/** For the database at that path, of which there need be none yet. Undefined when another process holds it. */
export function takeLock(sqlitePath: string): Lock | undefined {
  mkdirSync(dirname(sqlitePath), { recursive: true, mode: 0o750 })
  const db = new Database(`${sqlitePath}.lock`)
  db.pragma('busy_timeout = 0')
  try {
    db.exec('BEGIN EXCLUSIVE')
    return { release: () => db.close() }
  } catch (error) {
    db.close()
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return undefined
    throw error
  }
}

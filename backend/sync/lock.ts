// One sync at a time on this machine. The lock is a write transaction on a file of its own: the system lets go of it
// however the process ends, so a kill -9 leaves nothing to clean up.
import Database from 'better-sqlite3'

export interface Lock {
  release(): void
}

/** Undefined when another process holds it. */
export function takeLock(path: string): Lock | undefined {
  const db = new Database(path)
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

// Files as a power cut leaves them: a name that was changed and a byte that was written are on the card only once they
// were synced to it.
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'

/** SQLite keeps these beside a database; parted from it they are worthless, and it without them may be older. */
export const COMPANIONS = ['-wal', '-shm', '-journal'] as const

export function syncFile(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

export const syncFolderOf = (path: string): void => syncFile(dirname(path))

/** The finished file takes the place of whatever is there, or nothing happens. */
export function putInPlace(from: string, to: string): void {
  syncFile(from)
  renameSync(from, to)
  syncFolderOf(to)
}

/** A database and what belongs to it. */
export function removeDatabase(path: string): void {
  for (const end of ['', ...COMPANIONS]) rmSync(path + end, { force: true })
}

/** What SQLite left of a database that is gone. */
export const orphansOf = (path: string): string[] =>
  existsSync(path) ? [] : COMPANIONS.map((end) => path + end).filter((name) => existsSync(name))

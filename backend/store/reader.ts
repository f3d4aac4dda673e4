// The reader's hold on a file that another process makes, replaces and repairs: opened when there is something to read,
// reopened when another file took its place.
import { statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Database } from 'better-sqlite3'
import { ledger } from './ledger.ts'
import { SCHEMA_VERSION, schemaVersionOf } from './migrate.ts'
import { openForReading } from './open.ts'

export interface Reader {
  /** Undefined while there is nothing to read yet. Throws StoreError where the file cannot be used. */
  db(): Database | undefined
  /** Changes with every commit of another process; undefined while there is nothing to read. */
  version(): string | undefined
  /** Bytes left on the disk that the file is on; undefined where the system does not tell. */
  freeBytes(): number | undefined
  close(): void
}

export function createReader(path: string): Reader {
  let open: { db: Database; file: string } | undefined
  const close = () => {
    open?.db.close()
    open = undefined
  }
  const db = () => {
    const file = identityOf(path)
    // Another file took its place, or another version of the program changed its schema.
    if (open && (open.file !== file || schemaVersionOf(open.db) !== SCHEMA_VERSION)) close()
    if (!open && file !== undefined) {
      const opened = openForReading(path)
      if (opened) open = { db: opened, file }
    }
    return open?.db
  }
  return {
    db,
    version: () => {
      const current = db()
      if (!current) return undefined
      return `${open?.file} ${current.pragma('data_version', { simple: true })} ${ledger(current).epoch}`
    },
    freeBytes: () => freeBytesBeside(path),
    close,
  }
}

function freeBytesBeside(path: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(dirname(path))
    return bavail * bsize
  } catch {
    return undefined
  }
}

function identityOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat && `${stat.dev}:${stat.ino}`
}

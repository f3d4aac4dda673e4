// Opens the database: sync writes it, everything else reads it.
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database, { type Database as Db } from 'better-sqlite3'
import { beginLedger } from './ledger.ts'
import { migrate, refuseNewer, SCHEMA_VERSION, schemaVersionOf } from './migrate.ts'
import { codeOf, storeTrouble } from './trouble.ts'

/** Half of SQLite's own: a sync changes a few rows on a dozen pages, and writes each of them whole. */
export const PAGE_BYTES = 2048

/**
 * Makes the folder and the file where they are missing and brings the schema up to date.
 * `newEpoch` names a database that is begun here.
 */
export function openForWriting(path: string, newEpoch: () => string): Db {
  return opened(path, newEpoch, (db) => {
    db.pragma('journal_mode = WAL')
    // Devices are told revisions: one that a power cut could take back would be given out twice. A sync commits a few
    // times in five minutes, so an fsync a commit costs nothing.
    db.pragma('synchronous = FULL')
    db.pragma('journal_size_limit = 4194304')
  })
}

/**
 * The same for a file that one process opens now and then: without a log beside it, so that at rest it is whole in
 * itself, and can be copied or found again alone. EXTRA: a commit has survived only when its journal is gone for good.
 */
export function openAlone(path: string, newEpoch: () => string): Db {
  return opened(path, newEpoch, (db) => {
    db.pragma('journal_mode = DELETE')
    db.pragma('synchronous = EXTRA')
  })
}

function opened(path: string, newEpoch: () => string, prepare: (db: Db) => void): Db {
  let db: Db | undefined
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o750 })
    db = new Database(path)
    db.pragma('busy_timeout = 5000')
    db.pragma(`page_size = ${PAGE_BYTES}`)
    prepare(db)
    migrate(db)
    beginLedger(db, newEpoch)
    return db
  } catch (error) {
    db?.close()
    throw storeTrouble(error, path)
  }
}

/** Undefined while there is nothing to read: no file yet, or one that sync has not finished making. */
export function openForReading(path: string): Db | undefined {
  let db: Db | undefined
  try {
    db = new Database(path, { readonly: true, fileMustExist: true })
    db.pragma('busy_timeout = 2000')
    refuseNewer(db)
    if (schemaVersionOf(db) === SCHEMA_VERSION) return db
    db.close()
    return undefined
  } catch (error) {
    db?.close()
    if (isMissing(error)) return undefined
    throw storeTrouble(error, path)
  }
}

const isMissing = (error: unknown) =>
  codeOf(error) === 'SQLITE_CANTOPEN' || /directory does not exist/.test(String(error))

// Opens the database: sync writes it, everything else reads it.
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database, { type Database as Db } from 'better-sqlite3'
import { beginLedger } from './ledger.ts'
import { migrate, refuseNewer, SCHEMA_VERSION, schemaVersionOf } from './migrate.ts'
import { StoreError } from './store-error.ts'

/**
 * Makes the folder and the file where they are missing and brings the schema up to date.
 * `newEpoch` names a database that is begun here.
 */
export function openForWriting(path: string, newEpoch: () => string): Db {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o750 })
    const db = new Database(path)
    db.pragma('journal_mode = WAL')
    // A sync commits a few times in five minutes, so an fsync a commit costs nothing and a power cut loses nothing.
    db.pragma('synchronous = FULL')
    db.pragma('busy_timeout = 5000')
    db.pragma('journal_size_limit = 4194304')
    migrate(db)
    beginLedger(db, newEpoch)
    return db
  } catch (error) {
    throw troubleOf(error, path)
  }
}

/** Undefined while there is nothing to read: no file yet, or one that sync has not finished making. */
export function openForReading(path: string): Db | undefined {
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true })
    db.pragma('busy_timeout = 2000')
    refuseNewer(db)
    if (schemaVersionOf(db) === SCHEMA_VERSION) return db
    db.close()
    return undefined
  } catch (error) {
    if (isMissing(error)) return undefined
    throw troubleOf(error, path)
  }
}

const codeOf = (error: unknown) => String((error as { code?: unknown }).code ?? '')

const isMissing = (error: unknown) =>
  codeOf(error) === 'SQLITE_CANTOPEN' || /directory does not exist/.test(String(error))

function troubleOf(error: unknown, path: string): unknown {
  if (error instanceof StoreError) return error
  const code = codeOf(error)
  if (/^SQLITE_(CANTOPEN|READONLY|PERM)|^EACCES|^EROFS|^EPERM|^ENOTDIR|^EEXIST/.test(code))
    return new StoreError(
      'not-writable',
      `Cannot write ${path}: make its folder writable for this user.`,
      error,
    )
  if (/^SQLITE_NOTADB/.test(code))
    return new StoreError(
      'not-a-database',
      `${path} is not a database: move it away to begin a new one.`,
      error,
    )
  if (/^SQLITE_(CORRUPT|IOERR)/.test(code))
    return new StoreError(
      'unreadable',
      `${path} cannot be read (${code}): move it away to begin a new one.`,
      error,
    )
  return error
}

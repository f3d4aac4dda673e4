// A database whose beginning is damaged, so that SQLite does not know it for one, though nearly all of it may be there: a copy
// of it with the beginning of a new one. Only to be read from.
import { closeSync, copyFileSync, existsSync, openSync, statSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'
import { removeDatabase } from './files.ts'
import { migrate } from './migrate.ts'
import { PAGE_BYTES } from './open.ts'

/** The file's own facts; where its list of tables is damaged too, the first page, which is alike in files that were made alike. */
export const BEGINNINGS = [100, PAGE_BYTES] as const

/** Calls `read` with the name of the copy, which is gone afterwards. */
export function withMended<T>(path: string, bytes: number, read: (mended: string) => T): T {
  const copy = `${path}.part`
  try {
    copyFileSync(path, copy)
    const hasLog = existsSync(`${path}-wal`)
    if (hasLog) copyFileSync(`${path}-wal`, `${copy}-wal`)
    const file = openSync(copy, 'r+')
    writeSync(file, beginning(statSync(path).size, hasLog), 0, bytes, 0)
    closeSync(file)
    return read(copy)
  } finally {
    removeDatabase(copy)
  }
}

// https://www.sqlite.org/fileformat2.html#the_database_header
const [FORM_AT, PAGES_AT, UNUSED_PAGES_AT] = [18, 28, 32]
const FORM = { journal: 1, log: 2 }

function beginning(fileBytes: number, hasLog: boolean): Buffer {
  const fresh = new Database(':memory:')
  fresh.pragma(`page_size = ${PAGE_BYTES}`)
  migrate(fresh)
  const bytes = fresh.serialize().subarray(0, PAGE_BYTES)
  fresh.close()
  bytes.fill(hasLog ? FORM.log : FORM.journal, FORM_AT, FORM_AT + 2)
  bytes.writeUInt32BE(Math.floor(fileBytes / PAGE_BYTES), PAGES_AT)
  // Which pages are unused matters to who writes.
  bytes.fill(0, UNUSED_PAGES_AT, UNUSED_PAGES_AT + 8)
  return bytes
}

// What all other rows refer to by number lies twice in a file, as a table and as the index that finds a number by its name.
import type { Database } from 'better-sqlite3'
import { isUnreadable } from './trouble.ts'

const NAMES = [
  { table: 'site_number', columns: 'site_no, site_id', byName: 'site_id' },
  { table: 'register', columns: 'register_no, site_no, identifier', byName: 'site_no, identifier' },
]

/** Of a damaged database: from now on its names are read from whichever of the two can be read. The file stays as it is. */
export function readNamesApart(db: Database): void {
  for (const { table, columns, byName } of NAMES) {
    // All that is asked for is in the index, so by its order the table is not read.
    for (const order of [`ORDER BY ${byName}`, 'NOT INDEXED']) {
      try {
        db.exec(`CREATE TEMP TABLE ${table} AS SELECT ${columns} FROM main.${table} ${order}`)
        break
      } catch (error) {
        if (!isUnreadable(error)) throw error
      }
    }
  }
}

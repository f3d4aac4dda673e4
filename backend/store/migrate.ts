// Numbered SQL files bring any older database up to date; `user_version` says how far it is.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { StoreError } from './store-error.ts'

const FOLDER = join(import.meta.dirname, 'migrations')
const files = readdirSync(FOLDER)
  .filter((name) => /^\d{3}-[a-z-]+\.sql$/.test(name))
  .sort()

export const SCHEMA_VERSION = files.length

export const schemaVersionOf = (db: Database): number => db.pragma('user_version', { simple: true }) as number

/** Each step is one transaction with its number: a cut between two steps leaves a whole older schema. */
export function migrate(db: Database): void {
  refuseNewer(db)
  for (let version = schemaVersionOf(db); version < SCHEMA_VERSION; version++) {
    const sql = readFileSync(join(FOLDER, files[version] as string), 'utf8')
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`user_version = ${version + 1}`)
    }).immediate()
  }
}

export function refuseNewer(db: Database): void {
  const version = schemaVersionOf(db)
  if (version <= SCHEMA_VERSION) return
  throw new StoreError(
    'newer-schema',
    `${db.name} was written by a newer version (schema ${version}, this one knows ${SCHEMA_VERSION}). ` +
      'Update the program, or move the file away to begin a new one.',
  )
}

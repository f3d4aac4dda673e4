// Numbered SQL files bring any older database up to date; `user_version` says how far it is, `application_id` that it is
// one of ours.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database, { type Database as Db } from 'better-sqlite3'
import { StoreError } from './store-error.ts'

const FOLDER = join(import.meta.dirname, 'migrations')
const files = readdirSync(FOLDER)
  .filter((name) => /^\d{3}-[a-z-]+\.sql$/.test(name))
  .sort()

export const SCHEMA_VERSION = files.length
/** "HEA1" */
const APPLICATION_ID = 0x48454131

export const schemaVersionOf = (db: Db): number => db.pragma('user_version', { simple: true }) as number

/** Each step is one transaction with its number: a cut between two steps leaves a whole older schema. */
export function migrate(db: Db, upTo = SCHEMA_VERSION): void {
  refuseNewer(db)
  for (let version = schemaVersionOf(db); version < upTo; version++) {
    const sql = readFileSync(join(FOLDER, files[version] as string), 'utf8')
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`application_id = ${APPLICATION_ID}`)
      db.pragma(`user_version = ${version + 1}`)
    }).immediate()
  }
}

export function refuseNewer(db: Db): void {
  const version = schemaVersionOf(db)
  if (version <= SCHEMA_VERSION) return
  throw new StoreError(
    'newer-schema',
    `${db.name} was written by a newer version (schema ${version}, this one knows ${SCHEMA_VERSION}). ` +
      'Update the program, or move the file away to begin a new one.',
  )
}

/** No version of ours comes to so many: a number beyond is a damaged one. */
const MOST_VERSIONS = 1000

/** Made by this program, and with the tables that its version has. */
export function isOurs(db: Db): boolean {
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) return false
  const version = schemaVersionOf(db)
  if (version > MOST_VERSIONS) return false
  refuseNewer(db)
  const fresh = new Database(':memory:')
  migrate(fresh, version)
  const same = schemaOf(db) === schemaOf(fresh)
  fresh.close()
  return version > 0 && same
}

const schemaOf = (db: Db): string =>
  JSON.stringify(
    db.prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name").all(),
  )

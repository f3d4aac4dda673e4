// Whether a file is the database that it should be. That it opens proves nothing: a page of garbage in its middle is
// noticed by whoever reads that page, or by a check of all of it.
import { existsSync, statSync } from 'node:fs'
import Database, { type Database as Db } from 'better-sqlite3'
import { isOurs } from './migrate.ts'
import { StoreError } from './store-error.ts'
import { type Damage, damageOf, storeTrouble } from './trouble.ts'

export type Verdict = 'absent' | 'sound' | Damage

/**
 * `deep`: reads all of it. Throws a StoreError where nothing can be said against the file (it is in use, may not be
 * read, or was written by a newer version).
 */
export function inspect(path: string, { deep }: { deep: boolean }): Verdict {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return 'absent'
  if (!stat.isFile()) throw new StoreError('not-writable', `${path} is not a file: move it away.`)
  if (stat.size === 0) return 'empty'
  let db: Db | undefined
  try {
    // Read only: whoever closes a database last carries its log over, and a damaged one is set aside as it was found. But what
    // was half written without a log is taken back by whoever opens it next, and only if he may write.
    db = new Database(path, { readonly: !existsSync(`${path}-journal`) })
    db.pragma('busy_timeout = 5000')
    return lookedAt(db, deep)
  } catch (error) {
    const damage = damageOf(error)
    if (damage) return damage
    throw storeTrouble(error, path)
  } finally {
    db?.close()
  }
}

function lookedAt(db: Db, deep: boolean): Verdict {
  if (!isOurs(db)) return 'foreign'
  if (!db.prepare('SELECT 1 FROM ledger').get()) return 'damaged'
  if (deep && db.pragma('quick_check(1)', { simple: true }) !== 'ok') return 'damaged'
  return 'sound'
}

// The database's name and its count of changes.
import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'

export interface Ledger {
  readonly epoch: string
  readonly revision: number
  /** The facts are the simulator's. */
  readonly demo: boolean
}

export function ledger(db: Database): Ledger {
  const row = db
    .prepare<[], { epoch: string; revision: number; demo: number }>(
      'SELECT epoch, revision, demo FROM ledger WHERE id = 1',
    )
    .get()
  if (!row) throw new Error('the ledger is missing: this database was not made by this program')
  return { ...row, demo: row.demo === 1 }
}

export function beginLedger(db: Database, newEpoch: () => string): void {
  if (db.prepare('SELECT 1 FROM ledger').get()) return
  db.prepare('INSERT INTO ledger (id, epoch, revision, demo) VALUES (1, ?, 0, 0)').run(newEpoch())
}

/** What writing one answer of Amber's has done. */
export interface Saved {
  /** Rows. */
  readonly changed: number
  /** Rows that gave way to rows of another length: a copy that only adds cannot follow that. */
  readonly removed: number
}

/**
 * Runs `write` in one transaction with the next revision; the ledger moves on only if rows changed, so that writing
 * what is already there changes no byte of the file.
 */
export function inRevision(db: Database, write: (revision: number) => number): number {
  return db
    .transaction(() => {
      const next = ledger(db).revision + 1
      const changed = write(next)
      if (changed > 0) prepared<[number]>(db, 'UPDATE ledger SET revision = ? WHERE id = 1').run(next)
      return changed
    })
    .immediate()
}

/** Under another name every copy is thrown away and begun anew: for changes that a copy could not follow. */
export function renameLedger(db: Database, epoch: string): void {
  prepared<[string]>(db, 'UPDATE ledger SET epoch = ? WHERE id = 1').run(epoch)
}

/** Those that refer to others first. */
const FACTS = [
  'site_channel',
  'site',
  'price_actual',
  'price_live',
  'forecast_vintage',
  'usage_revision',
  'usage',
  'register',
  'day_revision',
  'question',
  'quarantine',
  'tariff',
  'sync_run',
  'note',
  'site_number',
]

/** Forgets everything, under a new name: the demo's facts must never mix with a home's. */
export function startOver(db: Database, epoch: string, { demo }: { demo: boolean }): void {
  db.transaction(() => {
    for (const table of FACTS) db.prepare(`DELETE FROM ${table}`).run()
    db.prepare('UPDATE ledger SET epoch = ?, revision = 0, demo = ? WHERE id = 1').run(epoch, demo ? 1 : 0)
  }).immediate()
}

// The second copy of what Amber cannot be asked for again, in a file of its own beside the cache. The cache is written
// every few minutes and read all the time; this file is opened only to be written, a few times a day, so that what damages
// the one hardly meets the other. Either is made anew from the other.
import { basename, dirname, join } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { NemDate } from '#domain/calendar.ts'
import { HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import { copyKept } from './kept-rows.ts'
import { ledger, startOver } from './ledger.ts'
import { noteOf, saveNote } from './notes.ts'
import { openAlone } from './open.ts'
import { prepared } from './prepared.ts'
import { prune } from './prune.ts'

/** "cache.sqlite" → "cache-kept.sqlite" */
export const keptPathOf = (path: string): string =>
  join(dirname(path), `${basename(path).replace(/\.sqlite$/, '')}-kept.sqlite`)

/** Up to which revision of which database this is a copy. */
interface Mark {
  readonly epoch: string
  readonly revision: number
}

/** Forecasts come every half hour: so many of them are written together, to spare the card. */
const VINTAGES_LATE_MINUTES = (3 * HOUR_MS) / MINUTE_MS

const DAYS_PRUNED_TOGETHER = 60

/** Brings the second copy up to date; says whether there was anything to write. `keepFrom`: nothing older is wanted. */
export function secure(db: Database, keptPath: string, keepFrom?: NemDate): boolean {
  const kept = openAlone(keptPath, () => 'kept')
  try {
    if (!matches(db, kept)) return false
    const { epoch, revision } = ledger(db)
    const mark = noteOf<Mark>(kept, 'second-copy')
    const since = mark?.epoch === epoch ? mark.revision : undefined
    const isBehind = since === undefined || isDue(db, kept, since)
    if (isBehind) {
      copyKept(db, kept, { overwrite: true, ...(since !== undefined && { since }) })
      saveNote<Mark>(kept, 'second-copy', { epoch, revision })
    }
    // What goes from the one goes from the other, also where nothing has come.
    const dropped = keepFrom === undefined ? 0 : prune(kept, keepFrom, DAYS_PRUNED_TOGETHER)
    return isBehind || dropped > 0
  } finally {
    kept.close()
  }
}

/** The demo's facts make room for a home's; a home's are never touched by the demo's. */
function matches(db: Database, kept: Database): boolean {
  const { epoch, demo } = ledger(kept)
  if (demo === ledger(db).demo) return true
  if (!demo && holdsFacts(kept)) return false
  startOver(kept, epoch, { demo: ledger(db).demo })
  return true
}

export const holdsFacts = (db: Database): boolean =>
  db.prepare('SELECT 1 FROM site_number').get() !== undefined

/** The database was at a later revision once than it is now: what was told of these is lost. */
export function hasLostCommits(db: Database, kept: Database): boolean {
  const mark = noteOf<Mark>(kept, 'second-copy')
  const { epoch, revision } = ledger(db)
  return mark?.epoch === epoch && mark.revision > revision
}

function isDue(db: Database, kept: Database, since: number): boolean {
  const newest = (sql: string, of = db) => prepared<[], { value: number | null }>(of, sql).get()?.value ?? 0
  const facts = newest(
    `SELECT max(value) AS value FROM (SELECT max(usage) AS value FROM day_revision
       UNION ALL SELECT max(revision) FROM site UNION ALL SELECT max(revision) FROM site_channel)`,
  )
  const slot = (of: Database) => newest('SELECT max(slot_minute) AS value FROM forecast_vintage', of)
  return facts > since || slot(db) - slot(kept) >= VINTAGES_LATE_MINUTES
}

// What health tells of the database: how far back it goes, and whether it had to be built anew.
import type { Database } from 'better-sqlite3'
import { isoLocal } from '#domain/calendar.ts'
import type { HealthAnswer, HistoryAnswer, SiteChangeAnswer } from '#domain/contract.ts'
import { DAY_MS } from '#domain/interval.ts'
import type { Rebuilt } from '../store/guarded.ts'
import { noteOf } from '../store/notes.ts'
import { siteChanges } from '../store/site-changes.ts'

/** As sync notes it; `weeks` are those answered, and all. */
interface Part {
  readonly backTo?: string
  readonly first?: string
  readonly isComplete: boolean
  readonly weeks: readonly [number, number]
}

export function historyOf(db: Database): NonNullable<HealthAnswer['history']> | null {
  const note = noteOf<Record<'prices' | 'usage', Part>>(db, 'history')
  return note ? { prices: partOf(note.prices), usage: partOf(note.usage) } : null
}

const partOf = ({ backTo, first, isComplete, weeks: [fetched, all] }: Part): HistoryAnswer => ({
  backToDate: backTo ?? null,
  firstDate: first ?? null,
  complete: isComplete,
  weeksFetched: fetched,
  weeks: all,
})

export function rebuiltOf(db: Database, timeZone: string): NonNullable<HealthAnswer['rebuilt']> | null {
  const note = noteOf<Rebuilt>(db, 'rebuilt')
  if (!note) return null
  const { atMs, why, aside = null, usageRows } = note
  return { at: isoLocal(atMs, timeZone), why, file: aside, usageRows }
}

/** Long enough to be read, and short enough not to be read over. */
const NEWS_FOR_MS = 14 * DAY_MS

export function siteChangesOf(
  db: Database,
  ofSite: string,
  timeZone: string,
  nowMs: number,
): SiteChangeAnswer[] {
  return siteChanges(db)
    .filter(({ siteId, atMs }) => siteId === ofSite && nowMs - atMs < NEWS_FOR_MS)
    .map(({ atMs, what, identifier = null, was = null, is }) => ({
      at: isoLocal(atMs, timeZone),
      what,
      identifier,
      was,
      is,
    }))
    .reverse()
}

export const bytesOf = (db: Database): number =>
  Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }))

// What health tells of the database: how far back it goes, and whether it had to be built anew.
import type { Database } from 'better-sqlite3'
import { isoLocal } from '#domain/calendar.ts'
import type { HealthAnswer, HistoryAnswer } from '#domain/contract.ts'
import type { Rebuilt } from '../store/guarded.ts'
import { noteOf } from '../store/notes.ts'

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

export const bytesOf = (db: Database): number =>
  Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }))

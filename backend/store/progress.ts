// How far each kind of question to Amber has come.
import type { Database } from 'better-sqlite3'
import type { NemDate } from '#domain/calendar.ts'
import { prepared } from './prepared.ts'

export type Question = 'sites' | 'prices' | 'usage'

export interface Progress {
  /** When it was last asked, and answered. */
  readonly askedAtMs: number
  /** The oldest date asked for; absent: none yet. */
  readonly backToDate?: NemDate
  /** There is nothing older to ask for. */
  readonly reachedStart: boolean
}

export function progressOf(db: Database, siteId: string, what: Question): Progress | undefined {
  const row = prepared<
    [string, string],
    { asked_at_ms: number; back_to_date: NemDate | null; reached_start: number }
  >(db, 'SELECT * FROM fetch_progress WHERE site_id = ? AND what = ?').get(siteId, what)
  return (
    row && {
      askedAtMs: row.asked_at_ms,
      ...(row.back_to_date === null ? {} : { backToDate: row.back_to_date }),
      reachedStart: row.reached_start === 1,
    }
  )
}

export function saveProgress(db: Database, siteId: string, what: Question, progress: Progress): void {
  prepared<[string, string, number, string | null, number]>(
    db,
    `INSERT INTO fetch_progress (site_id, what, asked_at_ms, back_to_date, reached_start) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (site_id, what) DO UPDATE SET (asked_at_ms, back_to_date, reached_start) =
       (excluded.asked_at_ms, excluded.back_to_date, excluded.reached_start)`,
  ).run(siteId, what, progress.askedAtMs, progress.backToDate ?? null, progress.reachedStart ? 1 : 0)
}

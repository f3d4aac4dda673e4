// Forecasts as they were made, from one database into another.
import type { Database } from 'better-sqlite3'
import { DAY_MS, MINUTE_MS } from '#domain/interval.ts'
import { SITE_NO, siteNo } from './numbers.ts'
import { prepared } from './prepared.ts'

export interface VintageCopy {
  readonly slot_minute: number
  readonly made_at_ms: number
  readonly packed: Uint8Array
}

export const DAY_MINUTES = DAY_MS / MINUTE_MS

/** Of the sets of a site; undefined when it has none. */
export function vintageSpan(db: Database, siteId: string): { first: number; last: number } | undefined {
  const row = prepared<[string], { first: number | null; last: number | null }>(
    db,
    `SELECT min(slot_minute) AS first, max(slot_minute) AS last FROM forecast_vintage WHERE site_no = ${SITE_NO}`,
  ).get(siteId)
  return row?.first != null && row.last != null ? { first: row.first, last: row.last } : undefined
}

export const readVintages = (db: Database, siteId: string, from: number, to: number): VintageCopy[] =>
  prepared<[string, number, number], VintageCopy>(
    db,
    `SELECT slot_minute, made_at_ms, packed FROM forecast_vintage
     WHERE site_no = ${SITE_NO} AND slot_minute >= ? AND slot_minute < ?`,
  ).all(siteId, from, to)

/** Says how many were new. */
export function writeVintages(db: Database, siteId: string, vintages: readonly VintageCopy[]): number {
  const insert = prepared<[number, number, number, Uint8Array]>(
    db,
    'INSERT OR IGNORE INTO forecast_vintage (site_no, slot_minute, made_at_ms, packed) VALUES (?, ?, ?, ?)',
  )
  return db
    .transaction(() =>
      vintages.reduce(
        (sum, row) =>
          sum + insert.run(siteNo(db, siteId), row.slot_minute, row.made_at_ms, row.packed).changes,
        0,
      ),
    )
    .immediate()
}

// Whether a stretch of history is all there, or Amber is to be asked for it again.
import type { Database } from 'better-sqlite3'
import type { Interval } from '#domain/interval.ts'
import { SITE_NO } from './numbers.ts'
import { prepared } from './prepared.ts'
import { OVERLAPS, overlapping, spanOfRow } from './row-time.ts'

/**
 * Every minute of the span has a settled price, on each channel that has one in it or in as long a time after it: history is
 * fetched backwards, and a channel that began later is not missing.
 */
export function hasAllPrices(db: Database, siteId: string, span: Interval): boolean {
  const rows = rowsOf(db, siteId, span)
  const later = rowsOf(db, siteId, { startMs: span.endMs, endMs: 2 * span.endMs - span.startMs })
  const channels = new Set([...rows, ...later].map(({ channel }) => channel))
  return (
    rows.length > 0 &&
    [...channels].every((wanted) =>
      coverAll(
        span,
        rows.filter(({ channel }) => channel === wanted),
      ),
    )
  )
}

interface Row {
  channel: number
  end_minute: number
  minutes: number
}

/** Ascending by end. */
const rowsOf = (db: Database, siteId: string, span: Interval): Row[] =>
  prepared<[string, ...number[]], Row>(
    db,
    `SELECT channel, end_minute, minutes FROM price_actual
     WHERE site_no = ${SITE_NO} AND ${OVERLAPS} ORDER BY end_minute, minutes`,
  ).all(siteId, ...overlapping(span))

/** From the end back: where rows of two lengths lie over one another, the one that reaches further counts. */
function coverAll({ startMs, endMs }: Interval, rows: readonly Row[]): boolean {
  let knownFromMs = endMs
  for (const row of rows.toReversed()) {
    const interval = spanOfRow(row)
    if (interval.endMs < knownFromMs) return false
    knownFromMs = Math.min(knownFromMs, interval.startMs)
  }
  return knownFromMs <= startMs
}

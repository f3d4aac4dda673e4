// Prices by half hour: what a sentence or a table can speak of. Five minutes are too short for either.
import { floorTo, type Interval, MINUTE_MS, overlapMs } from './interval.ts'
import type { PriceInterval } from './price.ts'
import { type Band, band, shownCents } from './shown-price.ts'
import { isSettled } from './timeline.ts'

export const HALF_HOUR_MS = 30 * MINUTE_MS

export interface HalfHour extends Interval {
  /** The rows that overlap it. */
  readonly rows: readonly PriceInterval[]
  /** The part of it that has a price. */
  readonly pricedMs: number
  /** Average over that part; undefined where none of it has one. */
  readonly cents: number | undefined
  /** Undefined unless all that is priced and not settled has a band. */
  readonly band: Band | undefined
}

/** The half hours of the clock within an interval, the first and the last cut off there. Rows: one channel's timeline. */
export function halfHours(rows: readonly PriceInterval[], { startMs, endMs }: Interval): HalfHour[] {
  const cells: HalfHour[] = []
  let first = 0
  for (let fromMs = startMs; fromMs < endMs; ) {
    const cell = { startMs: fromMs, endMs: Math.min(endMs, floorTo(fromMs, HALF_HOUR_MS) + HALF_HOUR_MS) }
    while (first < rows.length && rows[first]!.endMs <= cell.startMs) first += 1
    let last = first
    while (last < rows.length && rows[last]!.startMs < cell.endMs) last += 1
    cells.push(halfHour(cell, rows.slice(first, last)))
    fromMs = cell.endMs
  }
  return cells
}

/** Until when prices are known without a gap from this instant on; the instant itself if it has none. */
export function knownUntilMs(rows: readonly PriceInterval[], fromMs: number): number {
  let untilMs = fromMs
  for (const row of rows) {
    if (row.startMs > untilMs) break
    untilMs = Math.max(untilMs, row.endMs)
  }
  return untilMs
}

function halfHour(cell: Interval, rows: readonly PriceInterval[]): HalfHour {
  const pricedMs = rows.reduce((total, row) => total + overlapMs(row, cell), 0)
  const average = (of: (row: PriceInterval) => number): number =>
    rows.reduce((total, row) => total + of(row) * overlapMs(row, cell), 0) / pricedMs
  const isBanded = rows.some(band) && rows.every((row) => isSettled(row) || band(row))
  return {
    ...cell,
    rows,
    pricedMs,
    cents: pricedMs > 0 ? average(shownCents) : undefined,
    band: isBanded
      ? {
          lowCents: average((row) => band(row)?.lowCents ?? row.centsPerKwh),
          highCents: average((row) => band(row)?.highCents ?? row.centsPerKwh),
        }
      : undefined,
  }
}

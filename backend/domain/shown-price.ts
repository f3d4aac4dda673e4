// Which of a row's numbers the household reads.
import type { PriceInterval } from './price.ts'
import { isSettled, rank } from './timeline.ts'

/** Cents per kWh: of a forecast Amber's own prediction where it gave one, else the price of the row. */
export const shownCents = (row: PriceInterval): number =>
  row.kind === 'forecast' ? (row.advanced?.predicted ?? row.centsPerKwh) : row.centsPerKwh

/** The fixed word of what is not confirmed: "likely" of a forecast, "about" of an estimate. */
export const doubtOf = (row: PriceInterval): string | undefined => ['likely', 'about'][rank(row)]

export interface Band {
  readonly lowCents: number
  readonly highCents: number
}

/**
 * How far the price may still move, in numbers: `lowCents` is never above `highCents`, though Amber's low and high of
 * feed-in rate the value and run the other way. Undefined where Amber gave no band, and of a settled price.
 */
export function band(row: PriceInterval): Band | undefined {
  if (!row.advanced || isSettled(row)) return undefined
  const { low, predicted, high } = row.advanced
  return { lowCents: Math.min(low, predicted, high), highCents: Math.max(low, predicted, high) }
}

/** The most it may cost: the high end of a forecast, a settled price itself; undefined where no high end is known. */
export const worstCents = (row: PriceInterval): number | undefined =>
  isSettled(row) ? row.centsPerKwh : band(row)?.highCents

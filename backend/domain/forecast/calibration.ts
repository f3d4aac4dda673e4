// A band that means what it says: Amber's own, widened or narrowed by how often it held the price at this home.
import type { PriceInterval } from '../price.ts'
import { centsAt, ratioAtShare } from './band-ratio.ts'
import { leadIndex } from './lead-time.ts'
import type { ForecastTally } from './tally.ts'

/** By LEAD_TIMES: where in Amber's band the ends lie; undefined where there is too little to go by. */
export type Calibration = readonly ({ readonly low: number; readonly high: number } | undefined)[]

/** Eight prices in ten are to lie within, one below and one above. */
export const HELD_SHARE = 0.8
/** Two weeks hold two of each weekday; fewer days say too little. */
export const FEWEST_DAYS = 14

export const calibrationOf = ({ bins, days }: Pick<ForecastTally, 'bins' | 'days'>): Calibration =>
  bins.map((counts, lead) => {
    const [low, high] = [(1 - HELD_SHARE) / 2, (1 + HELD_SHARE) / 2].map((share) =>
      ratioAtShare(counts, share),
    )
    return days[lead]! >= FEWEST_DAYS && low !== undefined && high !== undefined ? { low, high } : undefined
  })

const known = new WeakMap<readonly PriceInterval[], { by: Calibration; rows: readonly PriceInterval[] }>()

/**
 * The same prices, each forecast with the calibrated band of its lead time; as Amber gave it where there is none. The
 * prediction stays. Kept as long as the array is; facts are replaced, never changed.
 */
export function calibratedPrices(
  prices: readonly PriceInterval[],
  calibration: Calibration,
): readonly PriceInterval[] {
  const found = known.get(prices)
  if (found?.by === calibration) return found.rows
  const rows = prices.map((row) => calibrated(row, calibration))
  known.set(prices, { by: calibration, rows })
  return rows
}

function calibrated(row: PriceInterval, calibration: Calibration): PriceInterval {
  const { kind, advanced, madeAtMs } = row
  if (kind !== 'forecast' || !advanced || madeAtMs === undefined) return row
  const ends = calibration[leadIndex(row, madeAtMs) ?? -1]
  if (!ends) return row
  const { predicted } = advanced
  const [low, high] = [ends.low, ends.high].map((ratio) => centsAt(ratio, advanced)) as [number, number]
  // Amber's high rates the value of feed-in, so there it is the lower number.
  const isByValue = advanced.low > advanced.high
  return { ...row, advanced: isByValue ? { low: high, predicted, high: low } : { low, predicted, high } }
}

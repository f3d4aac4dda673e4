// Which forecast the household goes by: Amber's own, or the price that follows from AEMO's.
import type { PriceInterval } from '../price.ts'

export const FORECAST_SOURCES = ['amber', 'aemo'] as const
export type ForecastSource = (typeof FORECAST_SOURCES)[number]

const known = new WeakMap<readonly PriceInterval[], readonly PriceInterval[]>()

/**
 * With "aemo" the same prices with AEMO's number for the prediction; Amber's band stays where it is, stretched so that it
 * holds the number. Kept as long as the array is; facts are replaced, never changed.
 */
export function forecastBy(
  prices: readonly PriceInterval[],
  source: ForecastSource,
): readonly PriceInterval[] {
  if (source === 'amber') return prices
  const rows = known.get(prices) ?? prices.map(byAemo)
  known.set(prices, rows)
  return rows
}

function byAemo(row: PriceInterval): PriceInterval {
  const { advanced, centsPerKwh, kind } = row
  if (kind !== 'forecast' || !advanced) return row
  const isByValue = advanced.low > advanced.high
  const [lower, higher] = isByValue ? [Math.max, Math.min] : [Math.min, Math.max]
  return {
    ...row,
    advanced: {
      low: lower(advanced.low, centsPerKwh),
      predicted: centsPerKwh,
      high: higher(advanced.high, centsPerKwh),
    },
  }
}

// What follows from the prices alone, whatever the time: found once for each set of facts, not at each tick of the clock.
import { learntThresholds, type Thresholds } from './levels.ts'
import type { PriceInterval } from './price.ts'
import { rank, timeline } from './timeline.ts'

export interface KnownPrices {
  /** Timelines, ascending. */
  readonly general: readonly PriceInterval[]
  readonly feedIn: readonly PriceInterval[]
  readonly thresholds: Thresholds
  /** Start of the newest interval that is known to have begun; minus infinity without one. */
  readonly begunMs: number
}

const found = new WeakMap<readonly PriceInterval[], KnownPrices>()

/** Kept as long as the array is; facts are replaced, never changed. */
export function knownPrices(prices: readonly PriceInterval[]): KnownPrices {
  const known = found.get(prices) ?? find(prices)
  found.set(prices, known)
  return known
}

function find(prices: readonly PriceInterval[]): KnownPrices {
  const rows = timeline(prices)
  const general = rows.filter(({ channel }) => channel === 'general')
  return {
    general,
    feedIn: rows.filter(({ channel }) => channel === 'feedIn'),
    thresholds: learntThresholds(general),
    begunMs: newestBegunMs(prices),
  }
}

/** Amber prices nothing but a forecast before it begins, so no clock that is right is before this. */
const newestBegunMs = (prices: readonly PriceInterval[]): number =>
  prices.reduce(
    (newest, row) => (rank(row) > 0 ? Math.max(newest, row.startMs) : newest),
    Number.NEGATIVE_INFINITY,
  )

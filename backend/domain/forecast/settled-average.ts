// What came: the settled price over any interval.
import { durationMs, type Interval } from '../interval.ts'
import type { PriceInterval } from '../price.ts'
import { type PriceStep, runningCost, unbrokenStretches } from '../price-steps.ts'
import { isSettled, timeline } from '../timeline.ts'

interface Stretch extends Interval {
  readonly costUntil: (ms: number) => number
}

/** Of one channel's rows: cents per kWh over an interval; undefined where part of it never settled. */
export function settledAverages(
  prices: readonly PriceInterval[],
): (interval: Interval) => number | undefined {
  const steps = timeline(prices.filter(isSettled)).map(
    ({ startMs, endMs, centsPerKwh }): PriceStep => ({ startMs, endMs, cents: centsPerKwh }),
  )
  const stretches: Stretch[] = unbrokenStretches(steps).map((stretch) => ({
    startMs: stretch[0]!.startMs,
    endMs: stretch.at(-1)!.endMs,
    costUntil: runningCost(stretch),
  }))
  return (interval) => {
    const stretch = stretches.find(({ endMs }) => endMs >= interval.endMs)
    if (!stretch || stretch.startMs > interval.startMs) return undefined
    return (stretch.costUntil(interval.endMs) - stretch.costUntil(interval.startMs)) / durationMs(interval)
  }
}

// Known prices as the steps of a sum: what any run over them costs. A gap ends a stretch, so that nothing is free.
import { durationMs, type Interval, overlapMs } from './interval.ts'
import type { Channel, PriceInterval } from './price.ts'
import { shownCents, worstCents } from './shown-price.ts'
import { timeline } from './timeline.ts'

/** predicted: by the price shown. worst: by the high end of the forecast, where a row without one counts as a gap. */
export type RankedBy = 'predicted' | 'worst'

export interface PriceStep extends Interval {
  readonly cents: number
}

export interface StepOptions {
  /** Default: general. */
  readonly channel?: Channel
  /** Default: predicted. */
  readonly rankedBy?: RankedBy
}

/** The known prices within `span`, cut to it, ascending. Rows in any order and overlap. */
export function pricedSteps(
  prices: readonly PriceInterval[],
  span: Interval,
  { channel = 'general', rankedBy = 'predicted' }: StepOptions,
): PriceStep[] {
  const near = prices.filter((row) => row.channel === channel && overlapMs(row, span) > 0)
  return timeline(near).flatMap((row) => {
    const cents = rankedBy === 'worst' ? worstCents(row) : shownCents(row)
    if (cents === undefined || overlapMs(row, span) === 0) return []
    return [{ startMs: Math.max(row.startMs, span.startMs), endMs: Math.min(row.endMs, span.endMs), cents }]
  })
}

export function unbrokenStretches(steps: readonly PriceStep[]): PriceStep[][] {
  const stretches: PriceStep[][] = []
  for (const step of steps) {
    const last = stretches.at(-1)
    if (last?.at(-1)?.endMs === step.startMs) last.push(step)
    else stretches.push([step])
  }
  return stretches
}

/** Cents per kWh times milliseconds from the start of the stretch to an instant within it; asked in no order. */
export function runningCost(stretch: readonly PriceStep[]): (ms: number) => number {
  const before: number[] = [0]
  for (const step of stretch) before.push(before.at(-1)! + step.cents * durationMs(step))
  return (ms) => {
    const index = lastStartedBy(stretch, ms)
    const step = stretch[index]!
    return before[index]! + step.cents * (ms - step.startMs)
  }
}

function lastStartedBy(stretch: readonly PriceStep[], ms: number): number {
  let [low, high] = [0, stretch.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (stretch[middle]!.startMs <= ms) low = middle
    else high = middle - 1
  }
  return low
}

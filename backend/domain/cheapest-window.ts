// When a run of some hours costs least. A gap in the prices is never free: it ends every run.
import type { Interval } from './interval.ts'
import { durationMs as lengthOf, overlapMs } from './interval.ts'
import type { Channel, PriceInterval } from './price.ts'
import { shownCents, worstCents } from './shown-price.ts'
import { timeline } from './timeline.ts'

/** predicted: by the price shown. worst: by the high end of the forecast, where a row without one counts as a gap. */
export type RankedBy = 'predicted' | 'worst'

export interface WindowRequest {
  readonly nowMs: number
  /** The run has ended by then. */
  readonly deadlineMs: number
  readonly durationMs: number
  /** Default: general. */
  readonly channel?: Channel
  /** Default: predicted. */
  readonly rankedBy?: RankedBy
}

export interface PriceWindow extends Interval {
  /** Average over the window, of what it was ranked by. */
  readonly centsPerKwh: number
}

/**
 * The cheapest unbroken run of `durationMs` that starts at `nowMs` or later and ends by `deadlineMs`; the earliest one
 * on a tie. Prices in any order and overlap. Undefined where no stretch that long is known.
 */
export function cheapestWindow(
  prices: readonly PriceInterval[],
  request: WindowRequest,
): PriceWindow | undefined {
  const span = { startMs: request.nowMs, endMs: request.deadlineMs }
  let best: PriceWindow | undefined
  for (const stretch of unbrokenStretches(pricedSteps(prices, span, request))) {
    const cheapest = cheapestOf(stretch, request.durationMs)
    if (cheapest && (!best || isCheaper(cheapest, best))) best = cheapest
  }
  return best
}

/** Average cents per kWh of a steady load over the interval; undefined where any part of it has no known price. */
export function averageCents(
  prices: readonly PriceInterval[],
  interval: Interval,
  options: Pick<WindowRequest, 'channel' | 'rankedBy'> = {},
): number | undefined {
  const steps = pricedSteps(prices, interval, options)
  const pricedMs = steps.reduce((total, step) => total + lengthOf(step), 0)
  if (pricedMs === 0 || pricedMs < lengthOf(interval)) return undefined
  return steps.reduce((total, step) => total + step.cents * lengthOf(step), 0) / pricedMs
}

interface Step extends Interval {
  readonly cents: number
}

/** The known prices within `span`, cut to it, ascending. */
function pricedSteps(
  prices: readonly PriceInterval[],
  span: Interval,
  { channel = 'general', rankedBy = 'predicted' }: Pick<WindowRequest, 'channel' | 'rankedBy'>,
): Step[] {
  const near = prices.filter((row) => row.channel === channel && overlapMs(row, span) > 0)
  return timeline(near).flatMap((row) => {
    const cents = rankedBy === 'worst' ? worstCents(row) : shownCents(row)
    if (cents === undefined || overlapMs(row, span) === 0) return []
    return [{ startMs: Math.max(row.startMs, span.startMs), endMs: Math.min(row.endMs, span.endMs), cents }]
  })
}

function unbrokenStretches(steps: readonly Step[]): Step[][] {
  const stretches: Step[][] = []
  for (const step of steps) {
    const last = stretches.at(-1)
    if (last?.at(-1)?.endMs === step.startMs) last.push(step)
    else stretches.push([step])
  }
  return stretches
}

/**
 * The cost of a window is piecewise linear in its start and bends only where one of its ends meets the edge of a row:
 * one of those is the cheapest, so only those are tried.
 */
function cheapestOf(stretch: readonly Step[], durationMs: number): PriceWindow | undefined {
  const [firstMs, lastMs] = [stretch[0]!.startMs, stretch.at(-1)!.endMs]
  if (!(durationMs > 0) || lastMs - firstMs < durationMs) return undefined
  const starts = stretch
    .flatMap((step) => [step.startMs, step.endMs - durationMs])
    .filter((startMs) => startMs >= firstMs && startMs + durationMs <= lastMs)
    .sort((a, b) => a - b)
  const costUntil = runningCost(stretch)
  let best: PriceWindow | undefined
  for (const startMs of starts) {
    const endMs = startMs + durationMs
    const centsPerKwh = (costUntil(endMs) - costUntil(startMs)) / durationMs
    const candidate = { startMs, endMs, centsPerKwh }
    if (!best || isCheaper(candidate, best)) best = candidate
  }
  return best
}

/** Sums of the same prices may differ in their last digits: that is a tie. */
const isCheaper = (a: PriceWindow, b: PriceWindow): boolean => a.centsPerKwh < b.centsPerKwh - 1e-7

/** Cents per kWh times milliseconds from the start of the stretch to an instant; asked in no order. */
function runningCost(stretch: readonly Step[]): (ms: number) => number {
  const before: number[] = [0]
  for (const step of stretch) before.push(before.at(-1)! + step.cents * lengthOf(step))
  return (ms) => {
    const index = lastStartedBy(stretch, ms)
    const step = stretch[index]!
    return before[index]! + step.cents * (ms - step.startMs)
  }
}

function lastStartedBy(stretch: readonly Step[], ms: number): number {
  let [low, high] = [0, stretch.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (stretch[middle]!.startMs <= ms) low = middle
    else high = middle - 1
  }
  return low
}

// When a run of some hours costs least. A gap in the prices is never free: it ends every run.
import { type Interval, durationMs as lengthOf } from './interval.ts'
import { type LoadPiece, loadPieces, type PowerStep } from './power-profile.ts'
import type { PriceInterval } from './price.ts'
import {
  type PriceStep,
  pricedSteps,
  runningCost,
  type StepOptions,
  unbrokenStretches,
} from './price-steps.ts'

export type { RankedBy } from './price-steps.ts'

export interface LoadOptions extends StepOptions {
  /** Stretched to the duration; absent: an even load. */
  readonly profile?: readonly PowerStep[]
}

export interface WindowRequest extends LoadOptions {
  readonly nowMs: number
  /** The run has ended by then. */
  readonly deadlineMs: number
  readonly durationMs: number
}

export interface PriceWindow extends Interval {
  /** Average over the energy of the window, of what it was ranked by. */
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
  const pieces = loadPieces(request.profile, request.durationMs)
  let best: PriceWindow | undefined
  for (const stretch of unbrokenStretches(pricedSteps(prices, span, request))) {
    const cheapest = cheapestOf(stretch, pieces, request.durationMs)
    if (cheapest && (!best || isCheaper(cheapest, best))) best = cheapest
  }
  return best
}

/** Average cents per kWh of a run over the interval; undefined where any part of it has no known price. */
export function averageCents(
  prices: readonly PriceInterval[],
  interval: Interval,
  options: LoadOptions = {},
): number | undefined {
  const [stretch, ...others] = unbrokenStretches(pricedSteps(prices, interval, options))
  if (!stretch || others.length > 0) return undefined
  const pricedMs = stretch.at(-1)!.endMs - stretch[0]!.startMs
  if (pricedMs < lengthOf(interval)) return undefined
  return averageOf(runningCost(stretch), loadPieces(options.profile, pricedMs), interval.startMs)
}

/** Sums of the same prices may differ in their last digits: that is a tie. */
export const isCheaper = (a: PriceWindow, b: PriceWindow): boolean => a.centsPerKwh < b.centsPerKwh - 1e-7

/**
 * The cost of a window is piecewise linear in its start and bends only where an end of it, or of a step of its load, meets
 * the edge of a row: one of those is the cheapest, so only those are tried.
 */
function cheapestOf(
  stretch: readonly PriceStep[],
  pieces: readonly LoadPiece[],
  durationMs: number,
): PriceWindow | undefined {
  const [firstMs, lastMs] = [stretch[0]!.startMs, stretch.at(-1)!.endMs]
  if (!(durationMs > 0) || lastMs - firstMs < durationMs) return undefined
  const costUntil = runningCost(stretch)
  let best: PriceWindow | undefined
  for (const startMs of startsOf(stretch, pieces)) {
    const endMs = startMs + durationMs
    if (startMs < firstMs || endMs > lastMs) continue
    const candidate = { startMs, endMs, centsPerKwh: averageOf(costUntil, pieces, startMs) }
    if (!best || isCheaper(candidate, best)) best = candidate
  }
  return best
}

/** Ascending, each once. */
function startsOf(stretch: readonly PriceStep[], pieces: readonly LoadPiece[]): number[] {
  const edges = [...stretch.map(({ startMs }) => startMs), stretch.at(-1)!.endMs]
  const offsets = [0, ...pieces.map(({ toMs }) => toMs)]
  const starts = edges.flatMap((edgeMs) => offsets.map((offsetMs) => edgeMs - offsetMs))
  return [...new Set(starts)].sort((a, b) => a - b)
}

function averageOf(costUntil: (ms: number) => number, pieces: readonly LoadPiece[], startMs: number): number {
  const cost = pieces.reduce(
    (sum, { fromMs, toMs, weight }) =>
      sum + weight * (costUntil(startMs + toMs) - costUntil(startMs + fromMs)),
    0,
  )
  return cost / pieces.at(-1)!.toMs
}

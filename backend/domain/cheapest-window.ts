// When a run of some hours costs least. A gap in the prices is never free: it ends every run.
import { type Interval, durationMs as lengthOf, MINUTE_MS } from './interval.ts'
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

/**
 * Every unbroken run that somebody might choose: those of which one is the cheapest, and those that start on five minutes
 * of the clock. In no order.
 */
export function possibleWindows(prices: readonly PriceInterval[], request: WindowRequest): PriceWindow[] {
  const span = { startMs: request.nowMs, endMs: request.deadlineMs }
  const pieces = loadPieces(request.profile, request.durationMs)
  return unbrokenStretches(pricedSteps(prices, span, request)).flatMap((stretch) => {
    const starts = new Set([...startsOf(stretch, pieces), ...clockStarts(stretch)])
    return windowsOf(stretch, pieces, request.durationMs, [...starts])
  })
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
  return windowsOf(stretch, pieces, durationMs, startsOf(stretch, pieces)).reduce<PriceWindow | undefined>(
    (best, window) => (best && !isCheaper(window, best) ? best : window),
    undefined,
  )
}

/** Of those starts the ones that leave the whole run within the stretch. */
function windowsOf(
  stretch: readonly PriceStep[],
  pieces: readonly LoadPiece[],
  durationMs: number,
  starts: readonly number[],
): PriceWindow[] {
  const [firstMs, lastMs] = [stretch[0]!.startMs, stretch.at(-1)!.endMs]
  if (!(durationMs > 0) || lastMs - firstMs < durationMs) return []
  const costUntil = runningCost(stretch)
  return starts
    .filter((startMs) => startMs >= firstMs && startMs + durationMs <= lastMs)
    .map((startMs) => ({
      startMs,
      endMs: startMs + durationMs,
      centsPerKwh: averageOf(costUntil, pieces, startMs),
    }))
}

const CLOCK_MS = 5 * MINUTE_MS

function clockStarts(stretch: readonly PriceStep[]): number[] {
  const firstMs = Math.ceil(stretch[0]!.startMs / CLOCK_MS) * CLOCK_MS
  const count = Math.max(0, Math.floor((stretch.at(-1)!.endMs - firstMs) / CLOCK_MS) + 1)
  return Array.from({ length: count }, (_, index) => firstMs + index * CLOCK_MS)
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

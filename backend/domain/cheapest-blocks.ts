// When a load that may pause, such as a car's battery, costs least: some hours in blocks, each long enough to be worth it.
import {
  averageCents,
  cheapestWindow,
  isCheaper,
  type PriceWindow,
  type WindowRequest,
} from './cheapest-window.ts'
import { type Interval, durationMs as lengthOf, MINUTE_MS } from './interval.ts'
import type { PriceInterval } from './price.ts'
import { pricedSteps, runningCost, unbrokenStretches } from './price-steps.ts'
import { cheapestCells, safeCells } from './safe-cells.ts'

export interface BlocksRequest extends Omit<WindowRequest, 'profile'> {
  /** No block is shorter. */
  readonly blockMs: number
  /** Cents per kWh of the whole run that each pause must save; absent: nothing. */
  readonly centsPerPause?: number
  /** By these prices it costs less than that on average, pauses not counted. */
  readonly atWorst?: { readonly prices: readonly PriceInterval[]; readonly belowCentsPerKwh: number }
}

export interface BlockedRun extends PriceWindow {
  /** Ascending; together `durationMs`, rounded up to five minutes where there is more than one. */
  readonly blocks: readonly Interval[]
}

const CELL_MS = 5 * MINUTE_MS

/**
 * The cheapest blocks of an even load that end by `deadlineMs`, pauses counted at what each must save; the earliest and
 * fewest on a tie; never dearer than the cheapest unbroken run. Undefined where not so much time is known.
 */
export function cheapestBlocks(
  prices: readonly PriceInterval[],
  request: BlocksRequest,
): BlockedRun | undefined {
  const unbroken = cheapestWindow(prices, request)
  const runs = blockedRuns(prices, request)
  if (unbroken) runs.unshift({ ...unbroken, blocks: [{ startMs: unbroken.startMs, endMs: unbroken.endMs }] })
  return runs.reduce<BlockedRun | undefined>(
    (best, run) => (best && !isCheaper(withPauses(run, request), withPauses(best, request)) ? best : run),
    undefined,
  )
}

/**
 * In cells of the clock, and in such as begin at once: in a cheap interval the minutes until the next cell count. Each is
 * the best of its kind, so that a gap, which only takes choices away, never makes the answer cheaper.
 */
export const blockedRuns = (prices: readonly PriceInterval[], request: BlocksRequest): BlockedRun[] =>
  [Math.ceil(request.nowMs / CELL_MS) * CELL_MS, request.nowMs].flatMap(
    (firstMs) => blockedRun(prices, request, firstMs) ?? [],
  )

const withPauses = (run: BlockedRun, { centsPerPause = 0 }: BlocksRequest): PriceWindow => ({
  ...run,
  centsPerKwh: run.centsPerKwh + (run.blocks.length - 1) * centsPerPause,
})

function blockedRun(
  prices: readonly PriceInterval[],
  request: BlocksRequest,
  firstMs: number,
): BlockedRun | undefined {
  const { deadlineMs, durationMs, blockMs, centsPerPause = 0, atWorst } = request
  const count = Math.floor((deadlineMs - firstMs) / CELL_MS)
  const need = Math.ceil(durationMs / CELL_MS)
  if (!(durationMs > 0) || count < need) return undefined
  const choice = {
    need,
    shortest: Math.min(need, Math.max(1, Math.ceil(blockMs / CELL_MS))),
    beginning: centsPerPause * need * CELL_MS,
  }
  const costsBy = (rows: readonly PriceInterval[]) => cellCosts(rows, request, firstMs, count)
  const chosen = atWorst
    ? safeCells(costsBy(prices), costsBy(atWorst.prices), choice, atWorst.belowCentsPerKwh * need * CELL_MS)
    : cheapestCells(costsBy(prices), choice)
  if (!chosen) return undefined
  const blocks = merged(chosen, firstMs)
  const cost = blocks.reduce((sum, block) => sum + averageCents(prices, block, request)! * lengthOf(block), 0)
  return {
    startMs: blocks[0]!.startMs,
    endMs: blocks.at(-1)!.endMs,
    blocks,
    centsPerKwh: cost / (need * CELL_MS),
  }
}

/** Of each cell of five minutes, in cents per kWh times milliseconds; infinite where any of it has no known price. */
function cellCosts(
  prices: readonly PriceInterval[],
  request: BlocksRequest,
  firstMs: number,
  count: number,
): number[] {
  const costs: number[] = new Array(count).fill(Number.POSITIVE_INFINITY)
  const span = { startMs: firstMs, endMs: firstMs + count * CELL_MS }
  for (const stretch of unbrokenStretches(pricedSteps(prices, span, request))) {
    const costUntil = runningCost(stretch)
    const from = Math.ceil((stretch[0]!.startMs - firstMs) / CELL_MS)
    const to = Math.floor((stretch.at(-1)!.endMs - firstMs) / CELL_MS)
    for (let cell = from; cell < to; cell += 1) {
      const startMs = firstMs + cell * CELL_MS
      costs[cell] = costUntil(startMs + CELL_MS) - costUntil(startMs)
    }
  }
  return costs
}

function merged(cells: readonly number[], firstMs: number): Interval[] {
  const blocks: Interval[] = []
  for (const cell of cells) {
    const startMs = firstMs + cell * CELL_MS
    const last = blocks.at(-1)
    if (last?.endMs === startMs)
      blocks[blocks.length - 1] = { startMs: last.startMs, endMs: startMs + CELL_MS }
    else blocks.push({ startMs, endMs: startMs + CELL_MS })
  }
  return blocks
}

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

export interface BlocksRequest extends Omit<WindowRequest, 'profile'> {
  /** No block is shorter. */
  readonly blockMs: number
  /** Cents per kWh of the whole run that each pause must save; absent: nothing. */
  readonly centsPerPause?: number
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
  const { nowMs } = request
  const unbroken = cheapestWindow(prices, request)
  // In cells of the clock, and in such as begin at once: in a cheap interval the minutes until the next cell count. Each is
  // the best of its kind, so that a gap, which only takes choices away, never makes the answer cheaper.
  const runs = [
    unbroken && { ...unbroken, blocks: [{ startMs: unbroken.startMs, endMs: unbroken.endMs }] },
    blockedRun(prices, request, Math.ceil(nowMs / CELL_MS) * CELL_MS),
    blockedRun(prices, request, nowMs),
  ].filter((run) => run !== undefined)
  return runs.reduce<BlockedRun | undefined>(
    (best, run) => (best && !isCheaper(withPauses(run, request), withPauses(best, request)) ? best : run),
    undefined,
  )
}

const withPauses = (run: BlockedRun, { centsPerPause = 0 }: BlocksRequest): PriceWindow => ({
  ...run,
  centsPerKwh: run.centsPerKwh + (run.blocks.length - 1) * centsPerPause,
})

function blockedRun(
  prices: readonly PriceInterval[],
  request: BlocksRequest,
  firstMs: number,
): BlockedRun | undefined {
  const { deadlineMs, durationMs, blockMs, centsPerPause = 0 } = request
  const count = Math.floor((deadlineMs - firstMs) / CELL_MS)
  const need = Math.ceil(durationMs / CELL_MS)
  if (!(durationMs > 0) || count < need) return undefined
  const cells = cellCosts(prices, request, firstMs, count)
  const chosen = chosenCells(cells, {
    need,
    shortest: Math.min(need, Math.max(1, Math.ceil(blockMs / CELL_MS))),
    beginning: centsPerPause * need * CELL_MS,
  })
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

/** Of each cell of five minutes; undefined where any of it has no known price. */
function cellCosts(
  prices: readonly PriceInterval[],
  request: BlocksRequest,
  firstMs: number,
  count: number,
): (number | undefined)[] {
  const costs: (number | undefined)[] = new Array(count).fill(undefined)
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

/** Costs are cents per kWh times milliseconds: sums of the same prices may differ in their last digits. */
const TIE = 1e-3

interface Choice {
  /** Counts of cells. */
  readonly need: number
  readonly shortest: number
  /** What each run costs to begin, in the measure of the cells: the first as well, which changes no choice. */
  readonly beginning: number
}

/**
 * The cheapest `need` cells in runs of at least `shortest`, by what the first `i` cells cost at best with `j` of them
 * chosen: `any` in whatever way, `on` with the last of them in a run that is long enough.
 */
function chosenCells(cells: readonly (number | undefined)[], choice: Choice): number[] | undefined {
  const { need, shortest, beginning } = choice
  const width = need + 1
  const any = new Float64Array((cells.length + 1) * width).fill(Number.POSITIVE_INFINITY)
  const on = any.slice()
  const runs = runCosts(cells, shortest)
  any[0] = 0
  for (let i = 1; i <= cells.length; i += 1) {
    any[i * width] = 0
    for (let j = 1; j <= need; j += 1) {
      const extended = on[(i - 1) * width + j - 1]! + (cells[i - 1] ?? Number.POSITIVE_INFINITY)
      const before = any[(i - shortest) * width + j - shortest] ?? 0
      const begun = j < shortest ? extended : before + runs[i]! + beginning
      on[i * width + j] = Math.min(extended, begun)
      any[i * width + j] = Math.min(any[(i - 1) * width + j]!, on[i * width + j]!)
    }
  }
  return Number.isFinite(any.at(-1)!) ? walkedBack(cells, any, on, choice) : undefined
}

/** What the last `length` of the first `i` cells cost; infinite where any of them has no known price. */
function runCosts(cells: readonly (number | undefined)[], length: number): number[] {
  const costs = [Number.POSITIVE_INFINITY]
  for (let i = 1; i <= cells.length; i += 1) {
    const run = i < length ? [undefined] : cells.slice(i - length, i)
    costs.push(run.reduce<number>((sum, cost) => sum + (cost ?? Number.POSITIVE_INFINITY), 0))
  }
  return costs
}

function walkedBack(
  cells: readonly (number | undefined)[],
  any: Float64Array,
  on: Float64Array,
  { need, shortest }: Choice,
): number[] {
  const width = need + 1
  const chosen: number[] = []
  let [i, j, inRun] = [cells.length, need, false]
  while (j > 0) {
    if (!inRun && any[(i - 1) * width + j]! <= any[i * width + j]! + TIE) {
      i -= 1
      continue
    }
    const extended = on[(i - 1) * width + j - 1]! + (cells[i - 1] ?? Number.POSITIVE_INFINITY)
    inRun = extended <= on[i * width + j]! + TIE
    const taken = inRun ? 1 : shortest
    for (let cell = 0; cell < taken; cell += 1) chosen.push(i - 1 - cell)
    i -= taken
    j -= taken
  }
  return chosen.reverse()
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

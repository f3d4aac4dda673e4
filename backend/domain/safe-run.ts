// The cheapest run among those with which the household cannot lose, where the one that is cheapest by the prediction may
// turn out dearer than running now.
import type { Appliance } from './advice.ts'
import { blockedRuns } from './cheapest-blocks.ts'
import { possibleWindows } from './cheapest-window.ts'
import type { PriceInterval } from './price.ts'
import { blocksRequest, costOf, profileOf, type Run, type RunRequest, WORTH_PAUSING_CENTS } from './run.ts'
import { shownCents, worstCents } from './shown-price.ts'
import { timeline } from './timeline.ts'

export interface SafeRequest extends RunRequest {
  /** Of running now: at worst a run has to cost less. */
  readonly nowCostCents: number
  /** As `pricesAtWorst` makes them of the prices. */
  readonly atWorst: readonly PriceInterval[]
}

/** As if the high end of every forecast came true. Where Amber gave none, nothing is known but what is shown. */
export const pricesAtWorst = (prices: readonly PriceInterval[]): PriceInterval[] =>
  timeline(prices).map((row) => {
    const { advanced: _, ...rest } = row
    return { ...rest, centsPerKwh: worstCents(row) ?? shownCents(row) }
  })

/**
 * Exactly the cheapest of all that start where a price changes under them or on five minutes of the clock; of a load that
 * may pause also of all choices of blocks that last some five minutes each. Undefined where none is safe.
 */
export function cheapestSafeRun(
  prices: readonly PriceInterval[],
  appliance: Appliance,
  request: SafeRequest,
): Run | undefined {
  return [...unbrokenRuns(prices, appliance, request), ...pausingRuns(prices, appliance, request)]
    .filter(({ worstCents }) => worstCents < request.nowCostCents)
    .reduce<PricedRun | undefined>((best, run) => (best && !isBetter(run, best) ? best : run), undefined)
}

interface PricedRun extends Run {
  /** Of the whole run. */
  readonly cents: number
  readonly worstCents: number
}

/** Sums of the same prices may differ in their last digits: that is a tie, and the earlier stands. */
function isBetter(a: PricedRun, b: PricedRun): boolean {
  const difference = withPauses(a) - withPauses(b)
  return difference < -1e-7 || (difference < 1e-7 && a.startMs < b.startMs)
}

const withPauses = ({ cents, blocks }: PricedRun): number => cents + (blocks.length - 1) * WORTH_PAUSING_CENTS

function unbrokenRuns(
  prices: readonly PriceInterval[],
  appliance: Appliance,
  { atWorst, ...request }: SafeRequest,
): PricedRun[] {
  const wanted = { ...blocksRequest(appliance, request), ...profileOf(appliance) }
  const worst = new Map(
    possibleWindows(atWorst, wanted).map(({ startMs, centsPerKwh }) => [startMs, centsPerKwh]),
  )
  return possibleWindows(prices, wanted).map(({ startMs, endMs, centsPerKwh }) => ({
    startMs,
    endMs,
    blocks: [{ startMs, endMs }],
    cents: centsPerKwh * appliance.kwh,
    worstCents: worst.get(startMs)! * appliance.kwh,
  }))
}

function pausingRuns(
  prices: readonly PriceInterval[],
  appliance: Appliance,
  { atWorst, nowCostCents, ...request }: SafeRequest,
): PricedRun[] {
  if (appliance.blockMinutes === undefined) return []
  const belowCentsPerKwh = nowCostCents / appliance.kwh
  return blockedRuns(prices, {
    ...blocksRequest(appliance, request),
    atWorst: { prices: atWorst, belowCentsPerKwh },
  }).map((run) => ({
    ...run,
    cents: run.centsPerKwh * appliance.kwh,
    worstCents: costOf(atWorst, appliance, run.blocks)!,
  }))
}

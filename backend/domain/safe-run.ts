// The cheapest run among those with which the household cannot lose, where the one that is cheapest by the prediction may
// turn out dearer than running now.
import type { Appliance } from './advice.ts'
import { possibleWindows } from './cheapest-window.ts'
import { MINUTE_MS } from './interval.ts'
import type { PriceInterval } from './price.ts'
import { cheapestRun, costOf, profileOf, type Run, WORTH_PAUSING_CENTS } from './run.ts'
import { shownCents, worstCents } from './shown-price.ts'

export interface SafeRequest {
  readonly nowMs: number
  readonly deadlineMs: number
  /** Of running now: at worst a run has to cost less. A run of which no high end is known is taken for safe. */
  readonly nowCostCents: number
}

/**
 * Exactly the cheapest of all that start where a price changes under them or on five minutes of the clock. Of a load that may
 * pause there are too many to try: the cheapest of them, and of those that are found by weighing the prediction against the
 * high end. The earliest on a tie; undefined where none is safe.
 */
export function cheapestSafeRun(
  prices: readonly PriceInterval[],
  appliance: Appliance,
  request: SafeRequest,
): Run | undefined {
  const safe = [
    ...unbrokenRuns(prices, appliance, request),
    ...pausingRuns(prices, appliance, request),
  ].filter(({ worstCents }) => worstCents === undefined || worstCents < request.nowCostCents)
  return safe.reduce<PricedRun | undefined>(
    (best, run) => (best && !isBetter(run, best) ? best : run),
    undefined,
  )
}

interface PricedRun extends Run {
  /** Of the whole run. */
  readonly cents: number
  readonly worstCents: number | undefined
}

/** Sums of the same prices may differ in their last digits: that is a tie. */
function isBetter(a: PricedRun, b: PricedRun): boolean {
  const difference = withPauses(a) - withPauses(b)
  return difference < -1e-7 || (difference < 1e-7 && a.startMs < b.startMs)
}

const withPauses = ({ cents, blocks }: PricedRun): number => cents + (blocks.length - 1) * WORTH_PAUSING_CENTS

function unbrokenRuns(
  prices: readonly PriceInterval[],
  appliance: Appliance,
  { nowMs, deadlineMs }: SafeRequest,
): PricedRun[] {
  const { durationMinutes, kwh } = appliance
  const request = { nowMs, deadlineMs, durationMs: durationMinutes * MINUTE_MS, ...profileOf(appliance) }
  const worst = new Map(
    possibleWindows(prices, { ...request, rankedBy: 'worst' }).map((window) => [
      window.startMs,
      window.centsPerKwh,
    ]),
  )
  return possibleWindows(prices, request).map(({ startMs, endMs, centsPerKwh }) => {
    const atWorst = worst.get(startMs)
    return {
      startMs,
      endMs,
      blocks: [{ startMs, endMs }],
      cents: centsPerKwh * kwh,
      worstCents: atWorst === undefined ? undefined : atWorst * kwh,
    }
  })
}

/** How much the high end counts against the prediction. */
const WEIGHTS = [0.25, 0.5, 0.75, 1]

function pausingRuns(
  prices: readonly PriceInterval[],
  appliance: Appliance,
  { nowMs, deadlineMs }: SafeRequest,
): PricedRun[] {
  if (appliance.blockMinutes === undefined) return []
  return WEIGHTS.flatMap((weight) => {
    const weighed = prices.map((row) => weighedRow(row, weight))
    const run = cheapestRun(weighed, appliance, { nowMs, deadlineMs })
    if (!run) return []
    const cents = costOf(prices, appliance, run.blocks)!
    return [{ ...run, cents, worstCents: costOf(prices, appliance, run.blocks, 'worst') }]
  })
}

function weighedRow(row: PriceInterval, weight: number): PriceInterval {
  const { advanced: _, ...rest } = row
  const shown = shownCents(row)
  return { ...rest, centsPerKwh: shown + weight * ((worstCents(row) ?? shown) - shown) }
}

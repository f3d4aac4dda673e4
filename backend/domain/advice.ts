// Wait or run: whether an appliance should start now or later, without promising what the forecast may not keep.
import { addDays, localDate, localTimeMs } from './calendar.ts'
import { HALF_HOUR_MS } from './half-hours.ts'
import { floorTo, HOUR_MS, type Interval, MINUTE_MS } from './interval.ts'
import { pricesWithSolar, type SurplusKw, solarShare } from './own-solar.ts'
import type { PowerStep } from './power-profile.ts'
import type { PriceInterval } from './price.ts'
import { cheapestRun, costOf, type Run } from './run.ts'
import { cheapestSafeRun, pricesAtWorst } from './safe-run.ts'

export interface Appliance {
  readonly name: string
  /** Of one run. */
  readonly kwh: number
  readonly durationMinutes: number
  /** How its power goes over the run; absent: evenly. A load that may pause is taken for even. */
  readonly profile?: readonly PowerStep[]
  /** It may pause, as a car may: no part of it is shorter than this. */
  readonly blockMinutes?: number
  /** Local minutes since midnight by which it must be done; without it the household's own. */
  readonly readyByMinute?: number
  /** "EV, 22 kWh"; without it the name. */
  readonly caption?: string
  /** "Charge now"; without it "Run it now". */
  readonly runNow?: string
}

/** Waiting for less is not worth the thought, and pausing for less not the switch. */
export const WORTH_WAITING_CENTS = 5

/** A time to run that is not now, or not all of it. */
export interface LaterRun extends Interval {
  /** Ascending; one, unless the appliance may pause and that is worth it. */
  readonly blocks: readonly Interval[]
  readonly costCents: number
  /** Undefined where now's cost is. */
  readonly savedCents: number | undefined
  /** If the forecast's high end comes true; undefined where Amber gave none. */
  readonly worstCostCents: number | undefined
  /** Part of the energy that the home's own panels usually have to spare then, 0 … 1. */
  readonly solarShare: number
}

export type Advice = {
  /** Of starting now; undefined where part of that time has no known price. */
  readonly nowCostCents: number | undefined
  /** Part of its energy that the home's own panels usually have to spare now, 0 … 1; absent where that is none. */
  readonly nowSolarShare?: number
} /** `later`: the cheapest time after now that is known, where it is not worth waiting for. */ & (
  | { readonly action: 'run'; readonly later?: LaterRun }
  /** Nothing is known that is long enough. */
  | { readonly action: 'unknown' }
  | ({
      readonly action: 'wait'
      /** A start at another time of day that costs little more: sooner, where there is one. */
      readonly alternative?: Interval & { readonly costCents: number }
    } & LaterRun)
)

export interface AdviceRequest {
  readonly nowMs: number
  readonly deadlineMs: number
  /** What the home usually sells: with it, power of one's own costs only what it would have earned. */
  readonly surplusKw?: SurplusKw | undefined
}

/**
 * "wait" only if it saves 5c or more and still saves should the forecast's high end come true (of what Amber gave one for):
 * for the cheapest of all runs of which that is so.
 */
export function advise(
  prices: readonly PriceInterval[],
  appliance: Appliance,
  request: AdviceRequest,
): Advice {
  const { nowMs, surplusKw } = request
  const seen = surplusKw ? pricesWithSolar(prices, surplusKw, averageKw(appliance)) : prices
  const durationMs = appliance.durationMinutes * MINUTE_MS
  const begunNow = [{ startMs: nowMs, endMs: nowMs + durationMs }]
  const nowCostCents = costOf(seen, appliance, begunNow)
  const nowSolarShare = surplusKw ? averageShare(begunNow, surplusKw, averageKw(appliance)) : 0
  const ofNow = { nowCostCents, ...(nowSolarShare > 0 && { nowSolarShare }) }
  const known = { nowCostCents, surplusKw, atWorst: pricesAtWorst(seen) }
  const cheapest = cheapestRun(seen, appliance, request)
  const later = cheapest && isLater(cheapest, nowMs, durationMs) && laterRun(seen, appliance, cheapest, known)
  const best = later && safeRun(seen, appliance, request, known, later)
  if (best) {
    const alternative = alternativeTo(best, seen, appliance, request, known)
    return { action: 'wait', ...best, ...(alternative && { alternative }), ...ofNow }
  }
  if (nowCostCents === undefined) return { action: 'unknown', ...ofNow }
  return { action: 'run', ...(later && { later }), ...ofNow }
}

/** The first time the home's clocks show `readyByMinute` that leaves room for a run from now; three days at most. */
export function readyByMs(
  nowMs: number,
  durationMs: number,
  readyByMinute: number,
  timeZone: string,
): number {
  const dayOf = (days: number) =>
    localTimeMs(addDays(localDate(nowMs, timeZone), days), readyByMinute, timeZone)
  return [0, 1, 2].map(dayOf).find((ms) => ms - nowMs >= durationMs) ?? dayOf(3)
}

export const averageKw = ({ kwh, durationMinutes }: Appliance): number => (kwh * 60) / durationMinutes

interface Known {
  readonly nowCostCents: number | undefined
  readonly surplusKw: SurplusKw | undefined
  readonly atWorst: readonly PriceInterval[]
}

function laterRun(
  prices: readonly PriceInterval[],
  appliance: Appliance,
  { blocks, startMs, endMs }: Run,
  { nowCostCents, surplusKw }: Known,
): LaterRun {
  const costCents = costOf(prices, appliance, blocks)!
  const worstCostCents = costOf(prices, appliance, blocks, 'worst')
  const share = surplusKw ? averageShare(blocks, surplusKw, averageKw(appliance)) : 0
  return {
    startMs,
    endMs,
    blocks,
    costCents,
    savedCents: nowCostCents === undefined ? undefined : nowCostCents - costCents,
    worstCostCents,
    solarShare: share,
  }
}

/** The cheapest run where it is safe; where only its worst is against it, the cheapest that is. */
function safeRun(
  prices: readonly PriceInterval[],
  appliance: Appliance,
  { nowMs, deadlineMs }: AdviceRequest,
  known: Known,
  cheapest: LaterRun,
): LaterRun | undefined {
  const { nowCostCents, atWorst } = known
  if (!savesEnough(cheapest)) return undefined
  if (nowCostCents === undefined || isSafe(cheapest.blocks, appliance, known)) return cheapest
  const run = cheapestSafeRun(prices, appliance, { nowMs, deadlineMs, nowCostCents, atWorst })
  const safe = run && laterRun(prices, appliance, run, known)
  return safe && savesEnough(safe) ? safe : undefined
}

/** Running on after a pause is a later run too. */
const isLater = ({ startMs, endMs }: Run, nowMs: number, durationMs: number): boolean =>
  startMs > nowMs || endMs > nowMs + durationMs

/** Without now's cost there is nothing to compare with: the cheapest time is still the best that can be said. */
const isSafe = (
  blocks: readonly Interval[],
  appliance: Appliance,
  { nowCostCents, atWorst }: Known,
): boolean => nowCostCents === undefined || costOf(atWorst, appliance, blocks)! < nowCostCents

const savesEnough = ({ savedCents }: LaterRun): boolean =>
  savedCents === undefined || savedCents >= WORTH_WAITING_CENTS

/** What may be given up of the saving for a start that suits better. */
const LITTLE = 0.1
const OTHER_TIME_MS = HOUR_MS

/** On a half hour, an hour or more from the best start, and as safe: the first that costs little more, else the cheapest. */
function alternativeTo(
  best: LaterRun,
  prices: readonly PriceInterval[],
  appliance: Appliance,
  { nowMs, deadlineMs }: AdviceRequest,
  known: Known,
): (Interval & { costCents: number }) | undefined {
  const durationMs = appliance.durationMinutes * MINUTE_MS
  const firstMs = floorTo(nowMs, HALF_HOUR_MS) + HALF_HOUR_MS
  const count = Math.max(0, Math.floor((deadlineMs - durationMs - firstMs) / HALF_HOUR_MS) + 1)
  const others = Array.from({ length: count }, (_, index) => firstMs + index * HALF_HOUR_MS)
    .filter((startMs) => Math.abs(startMs - best.startMs) >= OTHER_TIME_MS)
    .flatMap((startMs) => {
      const interval = { startMs, endMs: startMs + durationMs }
      const costCents = costOf(prices, appliance, [interval])
      return costCents !== undefined && isSafe([interval], appliance, known)
        ? [{ ...interval, costCents }]
        : []
    })
  const enough = best.costCents + Math.max(1, LITTLE * (best.savedCents ?? 0))
  return (
    others.find(({ costCents }) => costCents <= enough) ??
    others.toSorted((a, b) => a.costCents - b.costCents || a.startMs - b.startMs)[0]
  )
}

function averageShare(blocks: readonly Interval[], surplusKw: SurplusKw, kw: number): number {
  const shares = blocks.flatMap(({ startMs, endMs }) => {
    const count = Math.max(1, Math.round((endMs - startMs) / (5 * MINUTE_MS)))
    return Array.from({ length: count }, (_, index) =>
      solarShare(surplusKw, kw, startMs + index * 5 * MINUTE_MS),
    )
  })
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

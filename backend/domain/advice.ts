// Wait or run: whether an appliance should start now or later, without promising what the forecast may not keep.
import { addDays, localDate, localTimeMs } from './calendar.ts'
import { averageCents, cheapestWindow, type RankedBy } from './cheapest-window.ts'
import { type Interval, MINUTE_MS } from './interval.ts'
import type { PriceInterval } from './price.ts'

export interface Appliance {
  readonly name: string
  /** Of one run, drawn evenly over its time. */
  readonly kwh: number
  readonly durationMinutes: number
  /** Local minutes since midnight by which it must be done; without it the household's own. */
  readonly readyByMinute?: number
  /** "EV, 22 kWh"; without it the name. */
  readonly caption?: string
  /** "Charge now"; without it "Run it now". */
  readonly runNow?: string
}

/** Waiting for less is not worth the thought. */
export const WORTH_WAITING_CENTS = 5

export type Advice = {
  /** Of starting now; undefined where part of that time has no known price. */
  readonly nowCostCents: number | undefined
} & (
  | { readonly action: 'run' }
  /** Nothing is known that is long enough. */
  | { readonly action: 'unknown' }
  | ({
      readonly action: 'wait'
      readonly costCents: number
      /** Undefined where now's cost is. */
      readonly savedCents: number | undefined
      /** What is saved if the forecast's high end comes true; undefined where Amber gave none. */
      readonly savedAtWorstCents: number | undefined
    } & Interval)
)

/**
 * "wait" only if it saves 5c or more and still saves should the forecast's high end come true (where Amber gave one).
 * The window that is cheapest by the prediction is tried first, then the one that is cheapest at worst.
 */
export function advise(
  prices: readonly PriceInterval[],
  appliance: Appliance,
  { nowMs, deadlineMs }: { nowMs: number; deadlineMs: number },
): Advice {
  const durationMs = appliance.durationMinutes * MINUTE_MS
  const cost = (interval: Interval, rankedBy?: RankedBy): number | undefined =>
    times(averageCents(prices, interval, rankedBy ? { rankedBy } : {}), appliance.kwh)
  const nowCostCents = cost({ startMs: nowMs, endMs: nowMs + durationMs })
  for (const rankedBy of ['predicted', 'worst'] as const) {
    const window = cheapestWindow(prices, { nowMs, deadlineMs, durationMs, rankedBy })
    const costCents = window && cost(window)
    if (!window || costCents === undefined) continue
    const savedCents = less(nowCostCents, costCents)
    const savedAtWorstCents = less(nowCostCents, cost(window, 'worst'))
    if (window.startMs > nowMs && isWorthIt(savedCents, savedAtWorstCents)) {
      const { startMs, endMs } = window
      return { action: 'wait', startMs, endMs, costCents, savedCents, savedAtWorstCents, nowCostCents }
    }
  }
  return { action: nowCostCents === undefined ? 'unknown' : 'run', nowCostCents }
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

/** Without now's cost there is nothing to compare with: the cheapest time is still the best that can be said. */
const isWorthIt = (saved: number | undefined, savedAtWorst: number | undefined): boolean =>
  saved === undefined || (saved >= WORTH_WAITING_CENTS && (savedAtWorst === undefined || savedAtWorst > 0))

const times = (a: number | undefined, b: number): number | undefined => (a === undefined ? undefined : a * b)

const less = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a - b

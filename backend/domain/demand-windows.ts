// When demand counts: by the household's own rule where it has entered one, else as Amber names it.
import { localDate, wallClock } from './calendar.ts'
import { HALF_HOUR_MS } from './half-hours.ts'
import { floorTo, type Interval } from './interval.ts'
import { chargesOn } from './money/charges.ts'
import { type DemandCharge, isChargedIn } from './money/demand.ts'
import { anyHoldsAt } from './money/time-rule.ts'
import type { Situation } from './situation.ts'

/** Whole windows that overlap the span, ascending; where they really begin and end, as far as that is known. */
export function demandWindows(now: Situation, span: Interval): Interval[] {
  const own = ownCharges(now)
  const windows = own.length > 0 ? byOwnRule(own, span, now.timeZone) : byAmber(now)
  return windows.filter(({ startMs, endMs }) => startMs < span.endMs && endMs > span.startMs)
}

const ownCharges = ({ options, nowMs, timeZone }: Situation): DemandCharge[] =>
  (chargesOn(options.charges, localDate(nowMs, timeZone))?.demand ?? []).filter(
    ({ times }) => times !== undefined,
  )

/** No window is longer than the day around the span. */
const AROUND_MS = 48 * HALF_HOUR_MS

function byOwnRule(own: readonly DemandCharge[], span: Interval, timeZone: string): Interval[] {
  const firstMs = floorTo(span.startMs, HALF_HOUR_MS) - AROUND_MS
  const count = Math.ceil((span.endMs + AROUND_MS - firstMs) / HALF_HOUR_MS)
  const halfHours = Array.from({ length: count }, (_, index) => firstMs + index * HALF_HOUR_MS)
  return joined(
    halfHours
      .filter((ms) => own.some((charge) => countsAt(charge, ms, timeZone)))
      .map((startMs) => ({ startMs, endMs: startMs + HALF_HOUR_MS })),
  )
}

const countsAt = (charge: DemandCharge, ms: number, timeZone: string): boolean =>
  isChargedIn(charge, localDate(ms, timeZone)) && anyHoldsAt(charge.times ?? [], wallClock(ms, timeZone))

const byAmber = ({ general }: Situation): Interval[] =>
  joined(general.filter(({ tariff }) => tariff?.demandWindow))

function joined(intervals: readonly Interval[]): Interval[] {
  const windows: Interval[] = []
  for (const { startMs, endMs } of intervals) {
    const last = windows.at(-1)
    if (last?.endMs === startMs) windows[windows.length - 1] = { startMs: last.startMs, endMs }
    else windows.push({ startMs, endMs })
  }
  return windows
}

import { MINUTE_MS } from '#domain/interval.ts'
import type { Quotes } from './quotes.ts'
import { type RenewableRow, renewableRow } from './rows.ts'
import { forecastSlots, type Minutes, slotAt } from './slots.ts'

/** The running interval of a state's grid, `previous` ones before it and up to `next` after it. */
export function renewablesAroundNow(
  quotes: Quotes,
  nowMs: number,
  { previous, next, minutes }: { previous: number; next: number; minutes: Minutes },
): RenewableRow[] {
  const current = slotAt(nowMs, minutes)
  const past = Array.from({ length: previous }, (_, index) => ({
    startMs: current.startMs - (previous - index) * minutes * MINUTE_MS,
    minutes,
  }))
  return [
    ...past.map(quotes.actual),
    quotes.current(current, nowMs),
    ...forecastSlots(current)
      .slice(0, next)
      .map((slot) => quotes.forecast(slot, nowMs)),
  ].map(renewableRow)
}

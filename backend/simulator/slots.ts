// Which intervals an answer speaks of. A 5-minute site is told the near future in 5-minute rows and the rest in
// half hours; the forecast ends with the market's trading day, at 04:00 NEM time.
import { type NemDate, nemDate, nemDayStartMs } from '#domain/calendar.ts'
import { DAY_MS, floorTo, HOUR_MS, type Interval, MINUTE_MS } from '#domain/interval.ts'

export type Minutes = 5 | 30

export interface Slot {
  readonly startMs: number
  readonly minutes: Minutes
}

export const endMsOf = ({ startMs, minutes }: Slot): number => startMs + minutes * MINUTE_MS

/** From NEM midnight to NEM midnight; always 288 or 48. */
export const slotsOfDay = (date: NemDate, minutes: Minutes): Slot[] =>
  run(nemDayStartMs(date), nemDayStartMs(date) + DAY_MS, minutes)

export const slotAt = (ms: number, minutes: Minutes): Slot => ({
  startMs: floorTo(ms, minutes * MINUTE_MS),
  minutes,
})

/** What is forecast while `current` runs. */
export function forecastSlots(current: Slot): Slot[] {
  const untilMs = horizonMs(current.startMs)
  if (current.minutes === 30) return run(endMsOf(current), untilMs, 30)
  const fineUntilMs = ceilTo(current.startMs + 40 * MINUTE_MS, HALF_HOUR_MS)
  return [...run(endMsOf(current), fineUntilMs, 5), ...run(fineUntilMs, untilMs, 30)]
}

export const startsWithin =
  ({ startMs, endMs }: Interval) =>
  (slot: Slot): boolean =>
    startMs <= slot.startMs && slot.startMs < endMs

const HALF_HOUR_MS = 30 * MINUTE_MS
const TRADING_DAY_ENDS_MS = 4 * HOUR_MS
const NEXT_DAY_PUBLISHED_MS = 12.5 * HOUR_MS

/** The market looks to the end of the trading day, from 12:30 on to the end of the next; Amber to a day ahead at least. */
export function horizonMs(nowMs: number): number {
  const midnightMs = nemDayStartMs(nemDate(nowMs))
  const sinceMidnightMs = nowMs - midnightMs
  const days = sinceMidnightMs < TRADING_DAY_ENDS_MS ? 0 : sinceMidnightMs < NEXT_DAY_PUBLISHED_MS ? 1 : 2
  return Math.max(midnightMs + days * DAY_MS + TRADING_DAY_ENDS_MS, floorTo(nowMs, HALF_HOUR_MS) + DAY_MS)
}

function run(fromMs: number, untilMs: number, minutes: Minutes): Slot[] {
  const count = Math.max(0, Math.round((untilMs - fromMs) / (minutes * MINUTE_MS)))
  return Array.from({ length: count }, (_, index) => ({
    startMs: fromMs + index * minutes * MINUTE_MS,
    minutes,
  }))
}

const ceilTo = (ms: number, stepMs: number): number => Math.ceil(ms / stepMs) * stepMs

// Two calendars that must not be mixed: NEM dates, which Amber files rows under (fixed +10:00, never daylight saving),
// and the home's local dates, which the household lives by. Text dates are YYYY-MM-DD in both.
import { DAY_MS, HOUR_MS, type Interval, MINUTE_MS, SECOND_MS } from './interval.ts'

export { DEFAULT_TIME_ZONE, isTimeZone, zoneOfNetwork } from './time-zone.ts'

declare const calendar: unique symbol
export type NemDate = string & { readonly [calendar]: 'nem' }
export type LocalDate = string & { readonly [calendar]: 'local' }

export const NEM_OFFSET_MS = 10 * HOUR_MS

/** What a clock on the wall of the home shows. */
export interface WallClock {
  readonly year: number
  /** 1 … 12 */
  readonly month: number
  readonly day: number
  /** 0 = Sunday */
  readonly weekday: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** The NEM date that holds this instant. */
export const nemDate = (ms: number): NemDate => dateText(ms + NEM_OFFSET_MS) as NemDate

/** Midnight (+10:00) at which the NEM date begins. */
export const nemDayStartMs = (date: NemDate): number => Date.parse(date) - NEM_OFFSET_MS

/** Minutes since NEM midnight, 0 … 1439 and fractions. */
export const nemMinuteOfDay = (ms: number): number => (ms - nemDayStartMs(nemDate(ms))) / MINUTE_MS

/** The date `days` later (earlier, if negative), in the calendar it came from. */
export const addDays = <D extends NemDate | LocalDate>(date: D, days: number): D =>
  dateText(Date.parse(date) + days * DAY_MS) as D

/** How many days `to` lies after `from`. */
export const daysFrom = <D extends NemDate | LocalDate>(from: D, to: D): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)

/** Every date from the first to the last, both included; empty where they are the wrong way round. */
export const datesBetween = <D extends NemDate | LocalDate>(first: D, last: D): D[] =>
  Array.from({ length: Math.max(0, daysFrom(first, last) + 1) }, (_, index) => addDays(first, index))

/** Undefined where the text is not YYYY-MM-DD or there is no such day. */
export const parseNemDate = (text: string): NemDate | undefined =>
  isDate(text) ? (text as NemDate) : undefined

/** Undefined where the text is not YYYY-MM-DD or there is no such day. */
export const parseLocalDate = (text: string): LocalDate | undefined =>
  isDate(text) ? (text as LocalDate) : undefined

/** The date on the home's wall at this instant. */
export const localDate = (ms: number, timeZone: string): LocalDate =>
  dateText(ms + offsetMs(ms, timeZone)) as LocalDate

/** The local day as an interval: 23, 24 or 25 hours. */
export const localDay = (date: LocalDate, timeZone: string): Interval => ({
  startMs: localTimeMs(date, 0, timeZone),
  endMs: localTimeMs(addDays(date, 1), 0, timeZone),
})

/**
 * The instant at which the home's clocks show `minuteOfDay` on that date. A time that daylight saving skips is as many
 * minutes later; of one that happens twice it is the first.
 */
export function localTimeMs(date: LocalDate, minuteOfDay: number, timeZone: string): number {
  const wallMs = Date.parse(date) + minuteOfDay * MINUTE_MS
  const candidates = [offsetMs(wallMs - DAY_MS, timeZone), offsetMs(wallMs + DAY_MS, timeZone)].map(
    (offset) => wallMs - offset,
  )
  const exact = candidates.filter((ms) => ms + offsetMs(ms, timeZone) === wallMs)
  return exact.length > 0 ? Math.min(...exact) : Math.max(...candidates)
}

/** Date and time of day on the home's wall. */
export function wallClock(ms: number, timeZone: string): WallClock {
  const wall = new Date(ms + offsetMs(ms, timeZone))
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    weekday: wall.getUTCDay(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    second: wall.getUTCSeconds(),
  }
}

/** No daylight saving is of more: an hour, on Lord Howe Island half of one. */
const WIDEST_CHANGE_MS = HOUR_MS

/** Whether the home's clocks, put back around this instant, show its time a second time or have shown it before. */
export function isShownTwice(ms: number, timeZone: string): boolean {
  const before = offsetMs(ms - WIDEST_CHANGE_MS, timeZone)
  const after = offsetMs(ms + WIDEST_CHANGE_MS, timeZone)
  const backMs = before - after
  if (backMs <= 0) return false
  return offsetMs(ms, timeZone) === before
    ? offsetMs(ms + backMs, timeZone) === after
    : offsetMs(ms - backMs, timeZone) === before
}

/** ISO 8601 with the home's offset, whole seconds: "2026-03-10T10:02:41+11:00". */
export function isoLocal(ms: number, timeZone: string): string {
  const offset = offsetMs(ms, timeZone)
  const wall = new Date(ms + offset).toISOString().slice(0, -'.000Z'.length)
  const minutes = Math.abs(offset) / MINUTE_MS
  const [hour, minute] = [minutes / 60, minutes % 60].map((part) => String(Math.floor(part)).padStart(2, '0'))
  return `${wall}${offset < 0 ? '-' : '+'}${hour}:${minute}`
}

/** How far the home's clocks are ahead of UTC at this instant; negative west of it. */
export function offsetMs(ms: number, timeZone: string): number {
  const startMs = Math.floor(ms / DAY_MS) * DAY_MS
  const before = offsetAtMidnightMs(startMs, timeZone)
  // Zones change at most once in a day, so a day that begins and ends alike is alike all through.
  return before === offsetAtMidnightMs(startMs + DAY_MS, timeZone) ? before : measuredOffsetMs(ms, timeZone)
}

// Asking Intl costs microseconds and is asked of every row: what it said of each UTC midnight is kept.
const knownOffsets = new Map<string, Map<number, number>>()

function offsetAtMidnightMs(utcMidnightMs: number, timeZone: string): number {
  const ofZone = knownOffsets.get(timeZone) ?? new Map<number, number>()
  knownOffsets.set(timeZone, ofZone)
  const known = ofZone.get(utcMidnightMs) ?? measuredOffsetMs(utcMidnightMs, timeZone)
  ofZone.set(utcMidnightMs, known)
  return known
}

function measuredOffsetMs(ms: number, timeZone: string): number {
  const part: Record<string, number> = {}
  for (const { type, value } of formatter(timeZone).formatToParts(ms)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  const wallMs = Date.UTC(year, month - 1, day, hour, minute, second)
  return wallMs - Math.floor(ms / SECOND_MS) * SECOND_MS
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(timeZone: string): Intl.DateTimeFormat {
  const made =
    formatters.get(timeZone) ??
    new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  formatters.set(timeZone, made)
  return made
}

const dateText = (ms: number): string => new Date(ms).toISOString().slice(0, 'YYYY-MM-DD'.length)

const isDate = (text: string): boolean => {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(ms) && dateText(ms) === text
}

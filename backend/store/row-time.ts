// Instants as the rows hold them: ends in minutes since 1970, days as NEM days since 1970.
import { NEM_OFFSET_MS, type NemDate, nemDate, nemDayStartMs } from '#domain/calendar.ts'
import { DAY_MS, type Interval, MINUTE_MS } from '#domain/interval.ts'

const DAY_MINUTES = DAY_MS / MINUTE_MS
const NEM_OFFSET_MINUTES = NEM_OFFSET_MS / MINUTE_MS
/** No row is longer. */
const LONGEST_MINUTES = 60

export const minuteOf = (ms: number): number => ms / MINUTE_MS

export const lengthMinutes = ({ startMs, endMs }: Interval): number => (endMs - startMs) / MINUTE_MS

export const spanOfRow = (row: { end_minute: number; minutes: number }): Interval => ({
  startMs: (row.end_minute - row.minutes) * MINUTE_MS,
  endMs: row.end_minute * MINUTE_MS,
})

/** Of an interval that ends then: one that ends at midnight belongs to the day that it ends. */
export const nemDayOfEnd = (endMs: number): number => Math.floor((endMs - 1 + NEM_OFFSET_MS) / DAY_MS)

export const nemDayOf = (date: NemDate): number => (nemDayStartMs(date) + NEM_OFFSET_MS) / DAY_MS

export const nemDateOf = (nemDay: number): NemDate => nemDate(spanOfNemDay(nemDay).startMs)

export const spanOfNemDay = (nemDay: number): Interval => ({
  startMs: nemDay * DAY_MS - NEM_OFFSET_MS,
  endMs: (nemDay + 1) * DAY_MS - NEM_OFFSET_MS,
})

/** In SQL: the rows of the day in `day` are those that end after the first and not after the second. */
export const dayRows = (day: string, row: string): string =>
  `${row}.end_minute > ${day} * ${DAY_MINUTES} - ${NEM_OFFSET_MINUTES}
     AND ${row}.end_minute <= (${day} + 1) * ${DAY_MINUTES} - ${NEM_OFFSET_MINUTES}`

/** The rows that overlap a span, with the search bounded by the key: parameters of OVERLAPS. */
export const overlapping = ({ startMs, endMs }: Interval): [number, number, number] => {
  const end = Math.ceil(endMs / MINUTE_MS)
  return [Math.floor(startMs / MINUTE_MS), end + LONGEST_MINUTES, end]
}
export const OVERLAPS = 'end_minute > ? AND end_minute < ? AND end_minute - minutes < ?'

// Metered energy as day columns and back: the form in which it travels to a device and rests there.
import { type NemDate, nemDate, nemDayStartMs } from './calendar.ts'
import { mergeColumns, tariffColumns } from './day-columns.ts'
import { durationMs, MINUTE_MS } from './interval.ts'
import type { UsageDay } from './mirror.ts'
import type { UsageInterval } from './usage.ts'

/** One day for each register, channel and NEM date (fixed +10:00) of an interval's start. */
export function usageDaysOf(intervals: readonly UsageInterval[]): UsageDay[] {
  const days = Map.groupBy(
    intervals,
    ({ channel, identifier, startMs }) => `${nemDate(startMs)} ${channel} ${identifier}`,
  )
  return [...days.values()].map(dayOf)
}

/** The rows of a day, ascending by end. */
export function intervalsOfUsageDay(day: UsageDay): UsageInterval[] {
  const dayStartMs = nemDayStartMs(day.date as NemDate)
  return day.end.map((end, index) => {
    const endMs = dayStartMs + end * MINUTE_MS
    const tariff = day.tariffs[day.tariff[index] ?? -1]
    return {
      channel: day.channel,
      identifier: day.identifier,
      startMs: endMs - day.minutes[index]! * MINUTE_MS,
      endMs,
      kwh: day.kwh[index]!,
      costCents: day.costCents[index]!,
      centsPerKwh: day.cents[index]!,
      // Only 0 says billable: whatever a newer server may add is not yet certain to this version.
      quality: day.estimated[index] === 0 ? 'billable' : 'estimated',
      ...(tariff && { tariff }),
    }
  })
}

/** The rows of both; of a row in both, the newer's. The same day merged again changes nothing. */
export const mergeUsageDay = (older: UsageDay | undefined, newer: UsageDay): UsageDay =>
  mergeColumns(older, newer, ['end', 'minutes', 'kwh', 'costCents', 'cents', 'estimated'])

function dayOf(rows: readonly UsageInterval[]): UsageDay {
  const { channel, identifier, startMs } = rows[0]!
  const date = nemDate(startMs)
  return mergeUsageDay(undefined, {
    channel,
    identifier,
    date,
    end: rows.map(({ endMs }) => (endMs - nemDayStartMs(date)) / MINUTE_MS),
    minutes: rows.map((row) => durationMs(row) / MINUTE_MS),
    kwh: rows.map(({ kwh }) => kwh),
    costCents: rows.map(({ costCents }) => costCents),
    cents: rows.map(({ centsPerKwh }) => centsPerKwh),
    estimated: rows.map(({ quality }) => (quality === 'estimated' ? 1 : 0)),
    ...tariffColumns(rows.map(({ tariff }) => tariff)),
  })
}

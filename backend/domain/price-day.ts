// Settled prices as day columns and back: the form in which they travel to a device and rest there.
import { type NemDate, nemDate, nemDayStartMs } from './calendar.ts'
import { mergeColumns, tariffColumns } from './day-columns.ts'
import { durationMs, MINUTE_MS } from './interval.ts'
import type { PriceDay } from './mirror.ts'
import { DESCRIPTORS, type PriceInterval, SPIKE_STATUSES } from './price.ts'

/**
 * One day for each channel and NEM date (fixed +10:00) of an interval's start, so the interval that ends at midnight
 * ends at minute 1440 of its day. What is not settled is left out: a column cannot say "forecast".
 */
export function priceDaysOf(intervals: readonly PriceInterval[]): PriceDay[] {
  const settled = intervals.filter(({ kind, estimate }) => kind !== 'forecast' && !estimate)
  const days = Map.groupBy(settled, ({ channel, startMs }) => `${nemDate(startMs)} ${channel}`)
  return [...days.values()].map(dayOf)
}

/** The rows of a day, ascending by end; each is settled. A word that this version does not know is left out. */
export function intervalsOfPriceDay(day: PriceDay): PriceInterval[] {
  const dayStartMs = nemDayStartMs(day.date as NemDate)
  return day.end.map((end, index) => {
    const endMs = dayStartMs + end * MINUTE_MS
    return {
      channel: day.channel,
      kind: 'actual',
      estimate: false,
      startMs: endMs - day.minutes[index]! * MINUTE_MS,
      endMs,
      centsPerKwh: day.cents[index]!,
      ...said('spotCentsPerKwh', day.spot[index]),
      ...said('renewablesPercent', day.renewables[index]),
      ...said('descriptor', DESCRIPTORS[day.descriptor[index] ?? -1]),
      ...said('spikeStatus', SPIKE_STATUSES[day.spike[index] ?? -1]),
      ...said('tariff', day.tariffs[day.tariff[index] ?? -1]),
    }
  })
}

/** The rows of both; of a row in both, the newer's. The same day merged again changes nothing. */
export const mergePriceDay = (older: PriceDay | undefined, newer: PriceDay): PriceDay =>
  mergeColumns(older, newer, ['end', 'minutes', 'cents', 'spot', 'renewables', 'descriptor', 'spike'])

function dayOf(rows: readonly PriceInterval[]): PriceDay {
  const { channel, startMs } = rows[0]!
  const date = nemDate(startMs)
  return mergePriceDay(undefined, {
    channel,
    date,
    end: rows.map(({ endMs }) => (endMs - nemDayStartMs(date)) / MINUTE_MS),
    minutes: rows.map((row) => durationMs(row) / MINUTE_MS),
    cents: rows.map(({ centsPerKwh }) => centsPerKwh),
    spot: rows.map(({ spotCentsPerKwh }) => spotCentsPerKwh ?? null),
    renewables: rows.map(({ renewablesPercent }) => renewablesPercent ?? null),
    descriptor: rows.map(({ descriptor }) => (descriptor ? DESCRIPTORS.indexOf(descriptor) : null)),
    spike: rows.map(({ spikeStatus }) => (spikeStatus ? SPIKE_STATUSES.indexOf(spikeStatus) : null)),
    ...tariffColumns(rows.map(({ tariff }) => tariff)),
  })
}

type Said<Name extends string, Value> = { [Key in Name]?: NonNullable<Value> }

const said = <Name extends string, Value>(name: Name, value: Value): Said<Name, Value> =>
  (value == null ? {} : { [name]: value }) as Said<Name, Value>

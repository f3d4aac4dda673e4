// A household's day, invented: half-hour profiles from midnight, cut into the rows that Amber would have given.
import { type LocalDate, localTimeMs } from '#domain/calendar.ts'
import type { HomeFacts } from '#domain/home-facts.ts'
import type { Household } from '#domain/household.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import type { PriceInterval } from '#domain/price.ts'
import type { UsageInterval } from '#domain/usage.ts'

export const SYDNEY = 'Australia/Sydney'
export const TUESDAY = '2026-11-24' as LocalDate

export const HOUSEHOLD: Household = {
  siteId: 'SITE',
  network: 'Ausgrid',
  timeZone: SYDNEY,
  intervalMinutes: 5,
  channels: ['general'],
  demo: false,
}

/** Cents per kWh by half hour: cheap at noon, dear at half past six. */
export const WEEKDAY = [
  27, 26.5, 26, 25.8, 25.6, 25.4, 25.4, 25.6, 26, 26.8, 28, 31, 35, 39, 41, 37, 31, 27, 23, 20.5, 18.6, 17.4,
  16.3, 15.8, 15.2, 15, 15.4, 16.8, 18.5, 21, 26, 29, 33, 37, 42, 49, 55, 58, 54, 47, 42, 38, 33, 31, 30, 29,
  28, 27.4,
]

/** Local clock time on the sample day; minutes may pass a day. */
export const at = (hour: number, minute = 0, second = 0, date: LocalDate = TUESDAY): number =>
  localTimeMs(date, 0, SYDNEY) + hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS

export const price = (
  startMs: number,
  minutes: number,
  centsPerKwh: number,
  more: Partial<PriceInterval> = {},
) =>
  ({
    channel: 'general',
    kind: 'actual',
    estimate: false,
    startMs,
    endMs: startMs + minutes * MINUTE_MS,
    centsPerKwh,
    ...more,
  }) satisfies PriceInterval

export const forecast = (
  startMs: number,
  minutes: number,
  cents: number,
  more: Partial<PriceInterval> = {},
) => price(startMs, minutes, cents, { kind: 'forecast', madeAtMs: 0, ...more })

export interface Sample {
  readonly nowMs: number
  readonly profile?: readonly number[]
  /** The running interval; default: settled 24 seconds after its start, at the profile's price. */
  readonly current?: Partial<PriceInterval>
  /** The last contact with Amber, when the forecast was made; default: the start of the running interval. */
  readonly madeAtMs?: number
  readonly hoursAhead?: number
  /** How far the high end lies above the prediction. */
  readonly spread?: number
  readonly stepMinutes?: 5 | 30
  readonly fromMs?: number
}

/** Settled to now, 5-minute forecasts to the second half hour ahead, half hours after: as a 5-minute site gets them. */
export function rows({
  nowMs,
  profile = WEEKDAY,
  current = {},
  stepMinutes = 5,
  fromMs = nowMs - 6 * HOUR_MS,
  hoursAhead = 30,
  spread = 0.3,
  madeAtMs = Math.floor(nowMs / (stepMinutes * MINUTE_MS)) * stepMinutes * MINUTE_MS,
}: Sample): PriceInterval[] {
  const step = stepMinutes * MINUTE_MS
  const currentMs = Math.floor(madeAtMs / step) * step
  const halfHourlyMs = (Math.floor(madeAtMs / (30 * MINUTE_MS)) + 2) * 30 * MINUTE_MS
  const made: PriceInterval[] = []
  let startMs = Math.floor(fromMs / step) * step
  for (; startMs < currentMs; startMs += step) made.push(price(startMs, stepMinutes, cents(profile, startMs)))
  made.push(
    price(currentMs, stepMinutes, cents(profile, currentMs), {
      kind: 'current',
      confirmedAtMs: currentMs + 24 * SECOND_MS,
      renewablesPercent: 63.2,
      ...current,
    }),
  )
  for (startMs = currentMs + step; startMs < currentMs + hoursAhead * HOUR_MS; ) {
    const minutes = startMs < halfHourlyMs ? stepMinutes : 30
    const predicted = cents(profile, startMs)
    const advanced = { low: predicted * (1 - spread / 2), predicted, high: predicted * (1 + spread) }
    made.push(forecast(startMs, minutes, predicted + 1, { madeAtMs, advanced, renewablesPercent: 50 }))
    startMs += minutes * MINUTE_MS
  }
  return made
}

const cents = (profile: readonly number[], ms: number): number => {
  const index = Math.floor((ms - at(0)) / (30 * MINUTE_MS))
  return profile[((index % profile.length) + profile.length) % profile.length]!
}

export function feedIn(
  general: readonly PriceInterval[],
  earned: (startMs: number) => number,
): PriceInterval[] {
  return general.map(({ advanced: _, ...row }) => ({
    ...row,
    channel: 'feedIn',
    centsPerKwh: -earned(row.startMs),
  }))
}

export const factsOf = (prices: readonly PriceInterval[], more: Partial<HomeFacts> = {}): HomeFacts => ({
  household: HOUSEHOLD,
  prices,
  usage: [],
  amber: { outcome: 'ok' },
  pi: {},
  ...more,
})

/** Contact with everything a moment ago. */
export const inTouch = (nowMs: number): Pick<HomeFacts, 'amber' | 'pi'> => ({
  amber: { answeredAtMs: nowMs - 60 * SECOND_MS, outcome: 'ok' },
  pi: { answeredAtMs: nowMs - 5 * SECOND_MS },
})

export const liveFacts = (sample: Sample, more: Partial<HomeFacts> = {}): HomeFacts =>
  factsOf(rows(sample), { ...inTouch(sample.nowMs), ...more })

export function usageOfDay(
  startMs: number,
  endMs: number,
  more: Partial<UsageInterval> = {},
): UsageInterval[] {
  const minutes = 30
  const count = Math.round((endMs - startMs) / (minutes * MINUTE_MS))
  return Array.from({ length: count }, (_, index) => ({
    channel: 'general',
    identifier: 'E1',
    startMs: startMs + index * minutes * MINUTE_MS,
    endMs: startMs + (index + 1) * minutes * MINUTE_MS,
    kwh: 0.5,
    costCents: 14.25,
    centsPerKwh: 28.5,
    quality: 'billable',
    ...more,
  }))
}

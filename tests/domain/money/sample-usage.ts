// A meter, invented: whole local days of half hours, every number given by the test.
import { type LocalDate, localDay } from '#domain/calendar.ts'
import { MINUTE_MS } from '#domain/interval.ts'
import { datesOf } from '#domain/local-period.ts'
import { type MeterHistory, meterHistory } from '#domain/meter-history.ts'
import { centsOf } from '#domain/money/energy-cost.ts'
import type { UsageInterval } from '#domain/usage.ts'

export const SYDNEY = 'Australia/Sydney'

export const date = (text: string): LocalDate => text as LocalDate

export interface DayShape {
  readonly kwh?: (hour: number) => number
  readonly cents?: (hour: number) => number
  readonly minutes?: 5 | 30
  readonly timeZone?: string
  readonly more?: Partial<UsageInterval>
}

/** `hour` is the local hour since midnight, with fractions; of a day of 25 hours it passes 24. */
export function usageOn(day: LocalDate, shape: DayShape = {}): UsageInterval[] {
  const { kwh = () => 0.5, cents = () => 30, minutes = 30, timeZone = SYDNEY, more = {} } = shape
  const { startMs, endMs } = localDay(day, timeZone)
  const stepMs = minutes * MINUTE_MS
  return Array.from({ length: (endMs - startMs) / stepMs }, (_, index) => {
    const hour = (index * minutes) / 60
    return {
      channel: 'general',
      identifier: 'E1',
      startMs: startMs + index * stepMs,
      endMs: startMs + (index + 1) * stepMs,
      kwh: kwh(hour),
      costCents: centsOf(kwh(hour), cents(hour)),
      centsPerKwh: cents(hour),
      quality: 'billable',
      ...more,
    }
  })
}

export const usageFrom = (first: string, last: string, shape: DayShape = {}): UsageInterval[] =>
  datesOf({ fromDate: date(first), toDate: date(last) }).flatMap((day) => usageOn(day, shape))

export const historyOf = (usage: readonly UsageInterval[], timeZone = SYDNEY): MeterHistory =>
  meterHistory(usage, { timeZone, intervalMinutes: 30 })

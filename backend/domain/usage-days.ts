// What each local day used and cost. What the meter has not told is counted as missing, never as nothing used.
import { datesBetween, type LocalDate } from './calendar.ts'
import type { UsageDayChannel } from './contract.ts'
import { durationMs, MINUTE_MS } from './interval.ts'
import { type MeterHome, meterHistory, type RegisterDay } from './meter-history.ts'
import { total } from './money/total.ts'
import { CHANNELS, type Channel } from './price.ts'
import type { UsageInterval } from './usage.ts'

export type { MeterRegister } from './meter-history.ts'

export interface UsageDaysRequest extends MeterHome {
  readonly fromDate: LocalDate
  /** Included. */
  readonly toDate: LocalDate
}

export interface DayUsage {
  readonly localDate: LocalDate
  readonly channels: Partial<Record<Channel, UsageDayChannel>>
}

/** Energy and cost of each local day and channel, registers added up; which rows and registers count: `meterHistory`. */
export function usageDays(usage: readonly UsageInterval[], request: UsageDaysRequest): DayUsage[] {
  const history = meterHistory(usage, request)
  return datesBetween(request.fromDate, request.toDate).map((localDate) => {
    const { registers } = history.day(localDate)
    const sums: Partial<Record<Channel, UsageDayChannel>> = {}
    for (const channel of CHANNELS) {
      const days = registers
        .filter((register) => register.channel === channel)
        .map((register) => registerDay(register, request.intervalMinutes))
      if (days.length > 0) sums[channel] = added(days)
    }
    return { localDate, channels: sums }
  })
}

function registerDay({ rows, missingMs }: RegisterDay, intervalMinutes: number): UsageDayChannel {
  const stepMs = rows.length > 0 ? Math.min(...rows.map(durationMs)) : intervalMinutes * MINUTE_MS
  return {
    kwh: total(rows.map(({ kwh }) => kwh)),
    costCents: total(rows.map(({ costCents }) => costCents)),
    intervals: rows.length,
    expectedIntervals: rows.length + Math.ceil(missingMs / stepMs),
    estimatedIntervals: rows.filter(({ quality }) => quality === 'estimated').length,
  }
}

function added(days: readonly UsageDayChannel[]): UsageDayChannel {
  const sum = (key: keyof UsageDayChannel): number => total(days.map((day) => day[key]))
  return {
    kwh: sum('kwh'),
    costCents: sum('costCents'),
    intervals: sum('intervals'),
    expectedIntervals: sum('expectedIntervals'),
    estimatedIntervals: sum('estimatedIntervals'),
  }
}

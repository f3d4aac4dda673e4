// What each local day used and cost. What the meter has not told is counted as missing, never as nothing used.
import { datesBetween, type LocalDate, localDay, offsetMs } from './calendar.ts'
import type { UsageDayChannel } from './contract.ts'
import { DAY_MS, durationMs, MINUTE_MS } from './interval.ts'
import { CHANNELS, type Channel } from './price.ts'
import type { UsageInterval } from './usage.ts'

export interface MeterRegister {
  readonly channel: Channel
  readonly identifier: string
}

export interface UsageDaysRequest {
  readonly fromDate: LocalDate
  /** Included. */
  readonly toDate: LocalDate
  readonly timeZone: string
  /** Length of an interval on a day of which nothing is known; known rows speak for themselves. */
  readonly intervalMinutes: number
  /** The site's channels: one of them without any row is missing, not absent. */
  readonly channels?: readonly Channel[]
  /** The site's registers of today; without it, those seen in `usage`. */
  readonly registers?: readonly MeterRegister[]
}

export interface DayUsage {
  readonly localDate: LocalDate
  readonly channels: Partial<Record<Channel, UsageDayChannel>>
}

/**
 * Energy and cost of each local day and channel, registers added up. A register is expected from its first row on, one
 * that the site no longer has until its last. A row belongs to the day it starts on: none straddles a midnight, since
 * rows keep to the half hours of UTC and so do the midnights of every NEM zone (+9:30, +10, +10:30, +11).
 */
export function usageDays(usage: readonly UsageInterval[], request: UsageDaysRequest): DayUsage[] {
  const dates = datesBetween(request.fromDate, request.toDate)
  const registers = registersOf(usage, request)
  return dates.map((date, index) => {
    const dayMs = durationMs(localDay(date, request.timeZone))
    const sums: Partial<Record<Channel, UsageDayChannel>> = {}
    for (const channel of CHANNELS) {
      const days = registers
        .filter((register) => register.channel === channel && isExpected(register, index))
        .map((register) => registerDay(register.days.get(index) ?? [], dayMs, request.intervalMinutes))
      if (days.length > 0) sums[channel] = days.reduce(added)
    }
    return { localDate: date, channels: sums }
  })
}

interface Register extends MeterRegister {
  /** The site has it today. */
  readonly present: boolean
  /** By days after `fromDate`, which may be negative. */
  readonly days: Map<number, UsageInterval[]>
}

function registersOf(usage: readonly UsageInterval[], request: UsageDaysRequest): Register[] {
  const firstDay = dayNumber(Date.parse(request.fromDate))
  const registers = new Map<string, Register>()
  const register = (channel: Channel, identifier: string, present: boolean): Register => {
    const key = `${channel} ${identifier}`
    const found = registers.get(key) ?? { channel, identifier, present, days: new Map() }
    registers.set(key, found)
    return found
  }
  for (const { channel, identifier } of request.registers ?? []) register(channel, identifier, true)
  for (const row of usage) {
    const { days } = register(row.channel, row.identifier, request.registers === undefined)
    const index = dayNumber(row.startMs + offsetMs(row.startMs, request.timeZone)) - firstDay
    const rows = days.get(index)
    if (rows) rows.push(row)
    else days.set(index, [row])
  }
  const seen = new Set([...registers.values()].map(({ channel }) => channel))
  for (const channel of request.channels ?? []) if (!seen.has(channel)) register(channel, '', true)
  return [...registers.values()]
}

function isExpected({ present, days }: Register, index: number): boolean {
  if (days.size === 0) return present
  const known = [...days.keys()]
  return index >= Math.min(...known) && (present || index <= Math.max(...known))
}

function registerDay(
  rows: readonly UsageInterval[],
  dayMs: number,
  intervalMinutes: number,
): UsageDayChannel {
  const lengths = rows.map(durationMs)
  const missingMs = Math.max(0, dayMs - sum(lengths))
  const stepMs = rows.length > 0 ? Math.min(...lengths) : intervalMinutes * MINUTE_MS
  return {
    kwh: sum(rows.map(({ kwh }) => kwh)),
    costCents: sum(rows.map(({ costCents }) => costCents)),
    intervals: rows.length,
    expectedIntervals: rows.length + Math.ceil(missingMs / stepMs),
    estimatedIntervals: rows.filter(({ quality }) => quality === 'estimated').length,
  }
}

const added = (a: UsageDayChannel, b: UsageDayChannel): UsageDayChannel => ({
  kwh: a.kwh + b.kwh,
  costCents: a.costCents + b.costCents,
  intervals: a.intervals + b.intervals,
  expectedIntervals: a.expectedIntervals + b.expectedIntervals,
  estimatedIntervals: a.estimatedIntervals + b.estimatedIntervals,
})

/** Of wall time read as UTC: comparing numbers is much cheaper than making dates of a year of rows. */
const dayNumber = (wallMs: number): number => Math.floor(wallMs / DAY_MS)

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

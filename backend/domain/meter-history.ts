// Usage by local day: what each register measured, and what it should have and did not.
import { type LocalDate, localDay } from './calendar.ts'
import { DAY_MS, durationMs, type Interval } from './interval.ts'
import { type MeterHome, type MeterRegister, type RegisterHistory, registersOf } from './meter-registers.ts'
import { measuredMs, onceMeasured } from './once-measured.ts'
import { isExpected } from './register-spans.ts'
import type { UsageInterval } from './usage.ts'

export type { MeterHome, MeterRegister } from './meter-registers.ts'

export interface RegisterDay extends MeterRegister {
  /** Ascending; each stretch of time once. */
  readonly rows: readonly UsageInterval[]
  /** Of the day, what no row covers. */
  readonly missingMs: number
}

export interface MeteredDay extends Interval {
  readonly localDate: LocalDate
  /** Those that are expected on this day or spoke on it. */
  readonly registers: readonly RegisterDay[]
  /** Something is expected of the day and nothing of it is missing. */
  readonly isWhole: boolean
}

export interface MeterHistory {
  readonly timeZone: string
  /** The days of the first and of the last row; absent where there is none. */
  readonly firstDate: LocalDate | undefined
  readonly lastDate: LocalDate | undefined
  /** Any day, also one of which nothing is known. */
  readonly day: (date: LocalDate) => MeteredDay
}

/**
 * Which registers are expected: `register-spans`. No row straddles a
 * midnight, since rows keep to the half hours of UTC and so do the midnights of every NEM zone (+9:30, +10, +10:30, +11).
 * Kept as long as the array is, for a home; facts are replaced, never changed.
 */
export function meterHistory(usage: readonly UsageInterval[], home: MeterHome): MeterHistory {
  const key = JSON.stringify([home.timeZone, home.channels, home.registers])
  const ofUsage = known.get(usage) ?? new Map<string, MeterHistory>()
  known.set(usage, ofUsage)
  const history = ofUsage.get(key) ?? historyOf(usage, home)
  ofUsage.set(key, history)
  return history
}

const known = new WeakMap<readonly UsageInterval[], Map<string, MeterHistory>>()

function historyOf(usage: readonly UsageInterval[], home: MeterHome): MeterHistory {
  const registers = registersOf(usage, home)
  const days = new Map<LocalDate, MeteredDay>()
  const day = (date: LocalDate): MeteredDay => {
    const found = days.get(date) ?? meteredDay(date, registers, home.timeZone)
    days.set(date, found)
    return found
  }
  const spoken = registers.filter(({ rows }) => rows.size > 0)
  return {
    timeZone: home.timeZone,
    firstDate: dateOfDay(Math.min(...spoken.map(({ firstDay }) => firstDay))),
    lastDate: dateOfDay(Math.max(...spoken.map(({ lastDay }) => lastDay))),
    day,
  }
}

function meteredDay(
  localDate: LocalDate,
  histories: readonly RegisterHistory[],
  timeZone: string,
): MeteredDay {
  const interval = localDay(localDate, timeZone)
  const number = Date.parse(localDate) / DAY_MS
  const told = histories
    .filter((register) => register.rows.has(number) || isExpected(register, number))
    .map((register) => ({
      ...register,
      rows: onceMeasured(register.rows.get(number) ?? []),
      begins: number === register.firstDay,
      ends: number === register.lastDay && !register.present,
    }))
  const registers = told.map((register) => {
    const { channel, identifier, rows } = register
    const measured = measuredMs([...rows, ...handedOver(register, told)])
    return { channel, identifier, rows, missingMs: Math.max(0, durationMs(interval) - measured) }
  })
  const isWhole = registers.length > 0 && registers.every(({ missingMs }) => missingMs === 0)
  return { localDate, ...interval, registers, isWhole }
}

interface ToldRegister extends MeterRegister {
  readonly rows: readonly UsageInterval[]
  /** It is its first day, or its last. */
  readonly begins: boolean
  readonly ends: boolean
}

/**
 * What the register told of whose place this one takes, or which takes its place: on the day of the change neither lacks
 * what the other has. In summer that day is split even where the change was at Amber's midnight.
 */
function handedOver(own: ToldRegister, told: readonly ToldRegister[]): readonly UsageInterval[] {
  const [first, last] = [own.rows[0], own.rows.at(-1)]
  if (!first || !last) return []
  const others = told.filter((other) => other !== own && other.channel === own.channel)
  const before = own.begins ? others.filter(({ ends }) => ends).flatMap(({ rows }) => rows) : []
  const after = own.ends ? others.filter(({ begins }) => begins).flatMap(({ rows }) => rows) : []
  return onceMeasured([
    ...before.filter(({ endMs }) => endMs <= first.startMs),
    ...after.filter(({ startMs }) => startMs >= last.endMs),
  ])
}

const dateOfDay = (number: number): LocalDate | undefined =>
  Number.isFinite(number)
    ? (new Date(number * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length) as LocalDate)
    : undefined

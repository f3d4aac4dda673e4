// When power was used: hours of the day against days.
import { type LocalDate, wallClock } from './calendar.ts'
import { dayAndMonth } from './date-words.ts'
import { partsOf } from './local-period.ts'
import type { MeteredDay } from './meter-history.ts'
import { rowCents } from './money/energy-cost.ts'
import { total } from './money/total.ts'
import { timeOfDay } from './time-words.ts'
import type { UsageInterval } from './usage.ts'
import { energy } from './words.ts'

export interface HeatHour {
  readonly kwh: number
  /** Of import. */
  readonly cents: number
}

export interface HeatDay {
  readonly localDate: LocalDate
  /** "19" */
  readonly text: string
  /** By local hour, 0 … 23; undefined where nothing was measured, as in the hour that summer time skips. */
  readonly hours: readonly (HeatHour | undefined)[]
}

export interface HeatMap {
  readonly days: readonly HeatDay[]
  /** The most of any hour, to scale by. */
  readonly mostKwh: number
  readonly mostCents: number
  /** "Most was used at 6 pm, 1.2 kWh on average." */
  readonly summary: string
}

/** Import of all registers; undefined where nothing of it was measured. An hour that comes twice is added up. */
export function heatMap(days: readonly MeteredDay[], timeZone: string): HeatMap | undefined {
  const rows = days.map((day) => heatDay(day, timeZone))
  const hours = rows.flatMap((day) => day.hours.filter((hour) => hour !== undefined))
  if (hours.length === 0) return undefined
  return {
    days: rows,
    mostKwh: Math.max(...hours.map(({ kwh }) => kwh)),
    mostCents: Math.max(...hours.map(({ cents }) => cents)),
    summary: summaryOf(rows),
  }
}

/** What an hour of the heat map says to who cannot see it. */
export const heatLabel = ({ localDate, hours }: HeatDay, hour: number): string => {
  const known = hours[hour]
  return `${dayAndMonth(localDate)}, ${timeOfDay(hour * 60)}: ${known ? energy(known.kwh) : 'not known'}`
}

function heatDay({ localDate, registers }: MeteredDay, timeZone: string): HeatDay {
  const rows = registers.filter(({ channel }) => channel !== 'feedIn').flatMap((register) => register.rows)
  const byHour = Map.groupBy(rows, ({ startMs }) => wallClock(startMs, timeZone).hour)
  const hours = Array.from({ length: 24 }, (_, hour) => hourOf(byHour.get(hour) ?? []))
  return { localDate, text: String(partsOf(localDate).day), hours }
}

const hourOf = (rows: readonly UsageInterval[]): HeatHour | undefined =>
  rows.length === 0
    ? undefined
    : { kwh: total(rows.map(({ kwh }) => kwh)), cents: total(rows.map((row) => rowCents(row) ?? 0)) }

function summaryOf(days: readonly HeatDay[]): string {
  const averages = Array.from({ length: 24 }, (_, hour) => {
    const known = days.flatMap((day) => day.hours[hour] ?? [])
    return { hour, kwh: known.length === 0 ? 0 : total(known.map(({ kwh }) => kwh)) / known.length }
  })
  const most = averages.reduce((a, b) => (b.kwh > a.kwh ? b : a))
  return most.kwh === 0
    ? 'Nothing was used.'
    : `Most was used at ${timeOfDay(most.hour * 60)}, ${energy(most.kwh)} on average.`
}

// Rates on metered energy: what a day's kWh cost under them, and what they would have cost spread evenly over the day.
import { type LocalDate, wallClock } from '../calendar.ts'
import { datesOf, dayOf, type LocalPeriod, monthOf, quarterOf } from '../local-period.ts'
import type { MeterHistory, RegisterDay } from '../meter-history.ts'
import type { Channel } from '../price.ts'
import type { UsageInterval } from '../usage.ts'
import { evenAt } from './average-price.ts'
import type { Block, EnergyRates } from './energy-plan.ts'
import { anyHoldsAt } from './time-rule.ts'
import { total } from './total.ts'

export interface RatedDay {
  /** At the rates as they are entered, GST included or not. */
  readonly cents: number
  /** The same energy spread evenly over the day; of rates that do not ask when, the same cents. */
  readonly evenCents: number
}

type BlockRates = EnergyRates & { readonly kind: 'block' }
type TimedRates = EnergyRates & { readonly kind: 'timeOfUse' }

/**
 * One for each date of the period, registers of the channel added up. Blocks count from the start of their month or
 * quarter, also where the period begins later, so that splitting a period never changes its sum; of days that are not
 * measured they know nothing, and then price the rest too low.
 */
export function ratedDays(
  history: MeterHistory,
  period: LocalPeriod,
  channel: Channel,
  rates: EnergyRates,
): RatedDay[] {
  const registersOn = (date: LocalDate): RegisterDay[] =>
    history.day(date).registers.filter((register) => register.channel === channel)
  if (rates.kind === 'block') return blockDays(period, rates, (date) => kwhOf(registersOn(date)))
  return datesOf(period).map((date) => {
    const registers = registersOn(date)
    if (rates.kind === 'timeOfUse') return timedDay(registers, rates, history.timeZone)
    const cents = total([kwhOf(registers) * rates.centsPerKwh])
    return { cents, evenCents: cents }
  })
}

/** Cents of the next kWh, of which `usedKwh` of the same day, month or quarter came before. */
export function blockCents({ blocks, restCentsPerKwh }: BlockRates, usedKwh: number, kwh: number): number {
  const all: readonly Block[] = [...blocks, { kwh: Number.POSITIVE_INFINITY, centsPerKwh: restCentsPerKwh }]
  let [fromKwh, cents] = [0, 0]
  for (const block of all) {
    const untilKwh = fromKwh + block.kwh
    const within = Math.min(usedKwh + kwh, untilKwh) - Math.max(usedKwh, fromKwh)
    cents += Math.max(0, within) * block.centsPerKwh
    fromKwh = untilKwh
  }
  return total([cents])
}

function timedDay(registers: readonly RegisterDay[], rates: TimedRates, timeZone: string): RatedDay {
  const rateOf = ({ startMs }: UsageInterval): number => rateAt(rates, startMs, timeZone)
  return {
    cents: total(registers.flatMap(({ rows }) => rows.map((row) => row.kwh * rateOf(row)))),
    evenCents: total(registers.map(({ rows }) => evenAt(rows, rateOf))),
  }
}

function rateAt({ rates, restCentsPerKwh }: TimedRates, ms: number, timeZone: string): number {
  const at = wallClock(ms, timeZone)
  return rates.find(({ times }) => anyHoldsAt(times, at))?.centsPerKwh ?? restCentsPerKwh
}

const RESETS = { day: dayOf, month: monthOf, quarter: quarterOf } as const

function blockDays(period: LocalPeriod, rates: BlockRates, kwhOn: (date: LocalDate) => number): RatedDay[] {
  const countedFrom = RESETS[rates.per]
  const { fromDate } = countedFrom(period.fromDate)
  const days: RatedDay[] = []
  let usedKwh = 0
  for (const date of datesOf({ fromDate, toDate: period.toDate })) {
    if (date === countedFrom(date).fromDate) usedKwh = 0
    const kwh = kwhOn(date)
    const cents = blockCents(rates, usedKwh, kwh)
    usedKwh = total([usedKwh, kwh])
    if (date >= period.fromDate) days.push({ cents, evenCents: cents })
  }
  return days
}

const kwhOf = (registers: readonly RegisterDay[]): number =>
  total(registers.flatMap(({ rows }) => rows.map(({ kwh }) => kwh)))

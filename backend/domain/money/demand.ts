// Demand: what the month's highest half hour costs. Amber's API gives no rate, and its demand window has been wrong both
// ways, so the household may enter both.
import { type LocalDate, wallClock } from '../calendar.ts'
import { HALF_HOUR_MS } from '../half-hours.ts'
import { durationMs, floorTo, type Interval } from '../interval.ts'
import { datesOf, daysIn, type LocalPeriod, monthOf, partsOf } from '../local-period.ts'
import type { MeteredDay, MeterHistory } from '../meter-history.ts'
import { anyHoldsAt, type TimeRule } from './time-rule.ts'
import { total, wholeSum } from './total.ts'

export interface DemandCharge {
  readonly centsPerKw: number
  /** Charged for each day of the month, or once. */
  readonly per: 'day' | 'month'
  /** 1 … 12: the months in which it is charged; absent: all year. */
  readonly months?: readonly number[]
  /** The household's own rule; absent: the window as Amber names it on each row. */
  readonly times?: readonly TimeRule[]
}

export interface DemandPeak extends Interval {
  /** Average over the half hour; at least, where part of it was not measured. */
  readonly kw: number
}

export interface DemandMonth extends LocalPeriod {
  /** Undefined where no half hour of the window has been measured yet. */
  readonly peak: DemandPeak | undefined
  /** False: there are rows of the month, Amber names no window on any of them, and the household has entered none. */
  readonly isWindowKnown: boolean
  /**
   * Amber's word has been wrong both ways: in a week or more of the month it names the window never, or always. Undefined
   * where it tells times apart, and where the household has its own rule.
   */
  readonly doubt: 'never' | 'always' | undefined
  /** What was not measured up to the last day known and may lie in the window: the peak may be higher. */
  readonly unmeasuredMs: number
}

/**
 * The month's highest half hour of general import within the window, over the calendar month of the home that holds the
 * date, as far as the meter has told. Registers add up; controlled load has a tariff of its own and does not count.
 */
export function demandMonth(history: MeterHistory, date: LocalDate, charge: DemandCharge): DemandMonth {
  const month = monthOf(date)
  const { lastDate } = history
  const days = datesOf(month)
    .filter((day) => lastDate !== undefined && day <= lastDate)
    .map(history.day)
  const halfHours = days.flatMap((day) => demandHalfHours(day, charge, history.timeZone))
  const within = halfHours.filter(({ inWindow }) => inWindow)
  const isFlagged = halfHours.some(({ inWindow }) => inWindow !== undefined)
  const isSilent = halfHours.every(({ kw }) => kw === undefined)
  return {
    ...month,
    peak: within.reduce<DemandPeak | undefined>(higher, undefined),
    isWindowKnown: charge.times !== undefined || isFlagged || isSilent,
    doubt: charge.times === undefined ? doubtOf(halfHours) : undefined,
    unmeasuredMs: wholeSum(
      halfHours.map(({ inWindow, unmeasuredMs }) => (inWindow === false ? 0 : unmeasuredMs)),
    ),
  }
}

/** A window by weekdays alone comes in every week. */
const A_WEEK = 7 * 48

function doubtOf(halfHours: readonly DemandHalfHour[]): DemandMonth['doubt'] {
  const told = halfHours.filter(({ inWindow }) => inWindow !== undefined)
  if (told.length < A_WEEK) return undefined
  const count = told.filter(({ inWindow }) => inWindow).length
  if (count === 0) return 'never'
  return count === told.length ? 'always' : undefined
}

/** Whether the charge is raised in the month that holds the date. */
export const isChargedIn = ({ months }: DemandCharge, date: LocalDate): boolean =>
  months === undefined || months.includes(partsOf(date).month)

/** Those of the charges in force that are raised in the month that holds the date. */
export const demandDueOn = (
  inForce: { readonly demand?: readonly DemandCharge[] } | undefined,
  date: LocalDate,
): DemandCharge[] => (inForce?.demand ?? []).filter((charge) => isChargedIn(charge, date))

/**
 * Cents that one kW of peak costs on each day of the month, without GST where the rate is: a charge for the month is
 * spread evenly, so that the days of any period add up.
 */
export const centsPerKwDay = ({ centsPerKw, per }: DemandCharge, month: LocalPeriod): number =>
  per === 'day' ? centsPerKw : centsPerKw / daysIn(month)

interface DemandHalfHour extends Interval {
  /** Undefined: nothing of it was measured. */
  readonly kw: number | undefined
  /** Undefined: Amber does not say. */
  readonly inWindow: boolean | undefined
  /** Register time. */
  readonly unmeasuredMs: number
}

function demandHalfHours(day: MeteredDay, { times }: DemandCharge, timeZone: string): DemandHalfHour[] {
  const registers = day.registers.filter(({ channel }) => channel === 'general')
  const isMeasured = registers.every(({ missingMs }) => missingMs === 0)
  const rows = Map.groupBy(
    registers.flatMap((register) => register.rows),
    ({ startMs }) => floorTo(startMs, HALF_HOUR_MS),
  )
  const starts = Array.from(
    { length: Math.ceil(durationMs(day) / HALF_HOUR_MS) },
    (_, index) => day.startMs + index * HALF_HOUR_MS,
  )
  return starts.map((startMs) => {
    const own = rows.get(startMs) ?? []
    const flags = own.map(({ tariff }) => tariff?.demandWindow).filter((flag) => flag !== undefined)
    const flagged = flags.length > 0 ? flags.includes(true) : undefined
    return {
      startMs,
      endMs: startMs + HALF_HOUR_MS,
      kw: own.length > 0 ? total(own.map(({ kwh }) => kwh)) * 2 : undefined,
      inWindow: times ? anyHoldsAt(times, wallClock(startMs, timeZone)) : flagged,
      // Of a day on which one register takes the place of another neither tells all of it.
      unmeasuredMs: isMeasured
        ? 0
        : Math.max(0, registers.length * HALF_HOUR_MS - wholeSum(own.map(durationMs))),
    }
  })
}

const higher = (
  best: DemandPeak | undefined,
  { startMs, endMs, kw }: DemandHalfHour,
): DemandPeak | undefined => (kw === undefined || (best && best.kw >= kw) ? best : { startMs, endMs, kw })

// Stretches of whole local days: what a household is billed by and remembers. Days are the home's, never NEM's.
import { addDays, datesBetween, daysFrom, type LocalDate, wallClock } from './calendar.ts'

export interface LocalPeriod {
  readonly fromDate: LocalDate
  /** Included. */
  readonly toDate: LocalDate
}

export const dayOf = (date: LocalDate): LocalPeriod => ({ fromDate: date, toDate: date })

/** Monday to Sunday. */
export function weekOf(date: LocalDate): LocalPeriod {
  const fromDate = addDays(date, -((weekdayOf(date) + 6) % 7))
  return { fromDate, toDate: addDays(fromDate, 6) }
}

/** The calendar month. */
export const monthOf = (date: LocalDate): LocalPeriod => monthsTo(date, 1)

/** The calendar year. */
export function yearOf(date: LocalDate): LocalPeriod {
  const { year } = partsOf(date)
  return { fromDate: dateOf(year, 1, 1), toDate: dateOf(year, 12, 31) }
}

/** January to March, and so on. */
export function quarterOf(date: LocalDate): LocalPeriod {
  const { year, month } = partsOf(date)
  const first = Math.floor((month - 1) / 3) * 3 + 1
  return { fromDate: dateOf(year, first, 1), toDate: dateOf(year, first + 3, 0) }
}

/** `count` calendar months, the last of which holds the date. */
export function monthsTo(date: LocalDate, count: number): LocalPeriod {
  const { year, month } = partsOf(date)
  return { fromDate: dateOf(year, month - count + 1, 1), toDate: dateOf(year, month + 1, 0) }
}

/**
 * The billing period that holds the date: from the billing day to the day before the next. In a month that is too short
 * for the billing day it begins on the month's last.
 */
export function billingPeriodOf(date: LocalDate, billingDay: number): LocalPeriod {
  const { year, month } = partsOf(date)
  const first = daysFrom(billingStart(year, month, billingDay), date) >= 0 ? month : month - 1
  return {
    fromDate: billingStart(year, first, billingDay),
    toDate: addDays(billingStart(year, first + 1, billingDay), -1),
  }
}

export const datesOf = ({ fromDate, toDate }: LocalPeriod): LocalDate[] => datesBetween(fromDate, toDate)

export const daysIn = ({ fromDate, toDate }: LocalPeriod): number =>
  Math.max(0, daysFrom(fromDate, toDate) + 1)

export const isWithin = (date: LocalDate, { fromDate, toDate }: LocalPeriod): boolean =>
  fromDate <= date && date <= toDate

/** 0 = Sunday */
export const weekdayOf = (date: LocalDate): number => wallClock(Date.parse(date), 'UTC').weekday

/** `month` 1 … 12; past either end it counts on into the years, and day 0 is the last of the month before. */
export const dateOf = (year: number, month: number, day: number): LocalDate =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 'YYYY-MM-DD'.length) as LocalDate

export interface DateParts {
  readonly year: number
  /** 1 … 12 */
  readonly month: number
  readonly day: number
}

export function partsOf(date: LocalDate): DateParts {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return { year, month, day }
}

function billingStart(year: number, month: number, billingDay: number): LocalDate {
  const last = partsOf(dateOf(year, month + 1, 0)).day
  return dateOf(year, month, Math.min(billingDay, last))
}

// How local dates and periods are worded.
import type { LocalDate } from './calendar.ts'
import { datesOf, type LocalPeriod, monthOf, partsOf, weekdayOf } from './local-period.ts'
import { MONTHS, NO_BREAK, WEEKDAYS } from './time-words.ts'

/** "November" */
export const monthName = (date: LocalDate): string => MONTHS[partsOf(date).month - 1]!

/** "Nov" */
export const shortMonth = (date: LocalDate): string => monthName(date).slice(0, 3)

/** "Thursday" */
export const dayName = (date: LocalDate): string => WEEKDAYS[weekdayOf(date)]!

/** "Thursday 19" */
export const dayInMonth = (date: LocalDate): string => `${dayName(date)} ${partsOf(date).day}`

/** "1 September" */
export const dayAndMonth = (date: LocalDate): string => `${partsOf(date).day}${NO_BREAK}${monthName(date)}`

/** "3 May 2025" */
export const fullDate = (date: LocalDate): string => `${dayAndMonth(date)} ${partsOf(date).year}`

/** "8 Oct" */
export const shortDate = (date: LocalDate): string => `${partsOf(date).day}${NO_BREAK}${shortMonth(date)}`

/** "Thu 8 Oct" */
export const shortDay = (date: LocalDate): string => `${dayName(date).slice(0, 3)} ${shortDate(date)}`

/** The same with the year where it is not the one of `today`: "1 September 2025". */
export const dayInYear = (date: LocalDate, today: LocalDate): string =>
  `${dayAndMonth(date)}${yearText(date, today)}`

/** "November", "November 2025". */
export const monthInYear = (date: LocalDate, today: LocalDate): string =>
  `${monthName(date)}${yearText(date, today)}`

/** "1st", "2nd", "30th". */
export function ordinal(day: number): string {
  const last = day % 100 >= 11 && day % 100 <= 13 ? 0 : day % 10
  return `${day}${['th', 'st', 'nd', 'rd'][last] ?? 'th'}`
}

/** "15 Oct to 14 Nov"; a whole calendar month by its name. */
export function periodText(period: LocalPeriod, today: LocalDate): string {
  const { fromDate, toDate } = period
  const month = monthOf(fromDate)
  if (month.fromDate === fromDate && month.toDate === toDate) return monthInYear(fromDate, today)
  if (fromDate === toDate) return `${shortDate(fromDate)}${yearText(fromDate, today)}`
  return `${shortDate(fromDate)} to ${shortDate(toDate)}${yearText(toDate, today)}`
}

/** How many days of a period lie before a date. */
export const daysBefore = (period: LocalPeriod, date: LocalDate): number =>
  datesOf(period).filter((day) => day < date).length

const yearText = (date: LocalDate, today: LocalDate): string =>
  partsOf(date).year === partsOf(today).year ? '' : ` ${partsOf(date).year}`

// The periods that the Usage screen turns over, and the ones beside them.
import { addDays, type LocalDate } from './calendar.ts'
import { monthInYear, shortDate, shortMonth } from './date-words.ts'
import { dayOf, type LocalPeriod, monthOf, partsOf, weekOf, yearOf } from './local-period.ts'
import type { UsagePeriod } from './usage-words.ts'

export interface Neighbour {
  readonly date: LocalDate
  /** "Oct", "9 Nov", "2025" */
  readonly text: string
}

const PERIODS: Readonly<Record<UsagePeriod, (date: LocalDate) => LocalPeriod>> = {
  day: dayOf,
  week: weekOf,
  month: monthOf,
  year: yearOf,
}

export const usagePeriod = (kind: UsagePeriod, date: LocalDate): LocalPeriod => PERIODS[kind](date)

/** What a month is heading for is judged by the six weeks before. */
const SAMPLE_DAYS = 45

/**
 * The days that have to be known in order to tell of a period: its months whole, for the demand of each of its days is
 * charged by the month's highest half hour.
 */
export function usageSpan(kind: UsagePeriod, date: LocalDate, today: LocalDate): LocalPeriod {
  const period = usagePeriod(kind, date)
  const { fromDate } = monthOf(period.fromDate)
  const { toDate } = monthOf(period.toDate)
  const sampled = addDays(today, -SAMPLE_DAYS)
  return { fromDate: period.toDate >= today && sampled < fromDate ? sampled : fromDate, toDate }
}

/** Where there may be anything to see: from the first day that is kept to today. */
export function neighbours(
  kind: UsagePeriod,
  period: LocalPeriod,
  { firstDate, today }: { readonly firstDate: LocalDate | undefined; readonly today: LocalDate },
): { earlier?: Neighbour; later?: Neighbour } {
  const [before, after] = [addDays(period.fromDate, -1), addDays(period.toDate, 1)]
  const neighbour = (day: LocalDate): Neighbour => {
    const { fromDate } = usagePeriod(kind, day)
    return { date: fromDate, text: TEXTS[kind](fromDate, today) }
  }
  return {
    ...(firstDate !== undefined && before >= firstDate && { earlier: neighbour(before) }),
    ...(after <= today && { later: neighbour(after) }),
  }
}

const TEXTS: Readonly<Record<UsagePeriod, (date: LocalDate, today: LocalDate) => string>> = {
  day: (date) => shortDate(date),
  week: (date) => shortDate(date),
  month: (date, today) => monthInYear(date, today).replace(/^\w+/, shortMonth(date)),
  year: (date) => String(partsOf(date).year),
}

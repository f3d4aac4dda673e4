// The stretches of time over which Amber is compared with a plan: as far as anything is known of them.
import { addDays, type LocalDate } from './calendar.ts'
import { dayInYear, periodText } from './date-words.ts'
import { type LocalPeriod, monthsTo, quarterOf } from './local-period.ts'

export const WORTH_PERIODS = ['month', 'quarter', 'year', 'dates'] as const
export type WorthPeriod = (typeof WORTH_PERIODS)[number]

export interface WorthSpan {
  readonly kind: WorthPeriod
  /** Of "dates" alone: any days, both included. */
  readonly fromDate?: LocalDate
  readonly toDate?: LocalDate
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const

/**
 * This month, this and the two before, this and the eleven before; in the first days of a month, of which nothing is known
 * yet, the month before. Cut to the days from the first that is known to yesterday; undefined where none is left.
 */
export function worthPeriod(
  span: WorthSpan,
  {
    firstDate,
    lastDate,
    today,
  }: { firstDate: LocalDate | undefined; lastDate: LocalDate | undefined; today: LocalDate },
): LocalPeriod | undefined {
  if (firstDate === undefined || lastDate === undefined) return undefined
  const yesterday = addDays(today, -1)
  const newest = lastDate < yesterday ? lastDate : yesterday
  const wanted = span.kind === 'dates' ? span : monthsTo(newest, MONTHS[span.kind])
  const fromDate = later(wanted.fromDate ?? firstDate, firstDate)
  const toDate = earlier(wanted.toDate ?? yesterday, yesterday)
  return fromDate <= toDate ? { fromDate, toDate } : undefined
}

/** As far back as usage may be missing at the end of what is known: a device that was away for a while. */
const AWAY_DAYS = 62

/**
 * The days that have to be known in order to compare over the span: those of a plan's blocks before it too, which are
 * counted from the first of their quarter.
 */
export function worthSpan(span: WorthSpan, today: LocalDate): LocalPeriod {
  const months = MONTHS[span.kind === 'dates' ? 'year' : span.kind]
  const first = monthsTo(addDays(today, -AWAY_DAYS), months).fromDate
  const fromDate = span.kind === 'dates' ? (span.fromDate ?? first) : first
  return { fromDate: quarterOf(fromDate).fromDate, toDate: today }
}

/** "since 1 September"; of a period that ended before yesterday "in October", "from 15 Sep to 14 Oct". */
export function spanText(period: LocalPeriod, today: LocalDate): string {
  if (period.toDate >= addDays(today, -1)) return `since ${dayInYear(period.fromDate, today)}`
  const text = periodText(period, today)
  return text.includes(' to ') ? `from ${text}` : `${period.fromDate === period.toDate ? 'on' : 'in'} ${text}`
}

const later = (a: LocalDate, b: LocalDate): LocalDate => (a > b ? a : b)
const earlier = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b)

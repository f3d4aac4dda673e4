// The sentence of the Usage screen: what a day, week, month or year cost, and how much of it is known.
import type { LocalDate } from './calendar.ts'
import { dayAndMonth, dayInYear, dayName, monthInYear, ordinal, shortDate } from './date-words.ts'
import { daysIn, type LocalPeriod, partsOf } from './local-period.ts'
import type { AveragePrice } from './money/average-price.ts'
import type { BillEstimate } from './money/bill.ts'
import { boughtKwh, isUnmeasured, type PeriodCost } from './money/period-cost.ts'
import { total } from './money/total.ts'
import { counted, dollars, energy, money, wholeDollars } from './words.ts'

export const USAGE_PERIODS = ['day', 'week', 'month', 'year'] as const
export type UsagePeriod = (typeof USAGE_PERIODS)[number]

export interface UsageWording {
  readonly kind: UsagePeriod
  readonly period: LocalPeriod
  /** Of the days that are over, from `firstDate` on. */
  readonly cost: PeriodCost
  readonly today: LocalDate
  /** The first day on which anything is known. */
  readonly firstDate: LocalDate | undefined
  /** Absent where nothing is expected yet, or too little is known. */
  readonly bill?: BillEstimate | undefined
}

/** "November so far: $159.86 for 496 kWh." */
export function usageSentence(wording: UsageWording): string {
  const { cost } = wording
  const name = nameOf(wording)
  if (isUnmeasured(cost)) return `No usage is known for ${lower(name)}.`
  const kwh = energyText(boughtKwh(cost.channels))
  const cents = cost.cents ?? cost.energyCents
  const what = cost.cents === undefined ? ' of energy' : ''
  return Math.round(cents) < 0
    ? `${name}: earned ${dollars(-cents)}, ${kwh} used.`
    : `${name}: ${dollars(cents)}${what} for ${kwh}.`
}

/** "22 of 23 days, 2 of them estimated. Heading for about $218 by the 30th." */
export function usageDetail(wording: UsageWording): string {
  const { cost, period, today } = wording
  if (isUnmeasured(cost))
    return period.fromDate >= today ? 'It is still to come.' : wording.firstDate ? NOTHING_KNOWN : NOTHING_YET
  return [
    daysText(wording),
    unpricedText(cost),
    headingText(wording),
    ...(cost.cents === undefined ? [CHARGES_MISSING] : []),
  ]
    .filter((text) => text !== '')
    .join(' ')
}

/** "You paid 27.1c a kWh on average. Spread evenly over each day: 30.4c." Of general use, on whole days. */
export function averageText(
  average: AveragePrice | undefined,
  { days, wholeDays, channels }: Pick<PeriodCost, 'days' | 'wholeDays' | 'channels'>,
): string {
  if (!average) return ''
  const paid = `${wholeDays < days ? 'On whole days you' : 'You'} paid ${averageOf(average)}${
    channels.controlledLoad ? ' for general use' : ''
  }`
  const even = tenths(average.evenCentsPerKwh)
  return tenths(average.paidCentsPerKwh) === even
    ? `${paid}, as much as an even use would have.`
    : `${paid}. Spread evenly over each day: ${even}.`
}

/** "27.1c a kWh on average" */
export const averageOf = ({ paidCentsPerKwh }: AveragePrice): string =>
  `${tenths(paidCentsPerKwh)} a kWh on average`

/** A price to a tenth of a cent, for averages: "27.1c"; from a dollar as everywhere. */
export const tenths = (centsPerKwh: number): string =>
  Math.abs(centsPerKwh) < 99.95 ? `${centsPerKwh.toFixed(1).replace('-', '\u2212')}c` : money(centsPerKwh)

/** Large sums need no tenths: "496 kWh". */
export const energyText = (kwh: number): string =>
  kwh < 100 ? energy(kwh) : energy(Math.round(kwh)).replace('.0 kWh', ' kWh')

const NOTHING_YET = 'Nothing has been fetched yet.'
const NOTHING_KNOWN = 'Amber keeps 90 days of usage: what was not fetched in time is gone.'
export const CHARGES_MISSING = 'Supply and fees are not in it: enter them in Settings.'

function nameOf({ kind, period, today }: UsageWording): string {
  const { fromDate, toDate } = period
  const soFar = fromDate <= today && today <= toDate ? ' so far' : ''
  if (kind === 'day') return `${dayName(fromDate)} ${dayAndMonth(fromDate)}`
  if (kind === 'week') return soFar ? 'This week so far' : `Week of ${shortDate(fromDate)}`
  if (kind === 'month') return `${monthInYear(fromDate, today)}${soFar}`
  return `${partsOf(fromDate).year}${soFar}`
}

const lower = (name: string): string =>
  name.startsWith('This week') ? 'this week' : name.replace(' so far', '')

function daysText(wording: UsageWording): string {
  const { kind, cost, period, firstDate, today } = wording
  const { days, wholeDays, estimatedDays } = cost
  if (kind === 'day') {
    if (wholeDays === 0 && (isGappy(cost) || unpricedKwh(cost) === 0)) return 'Part of it is missing.'
    return estimatedDays > 0 ? 'Part of it is estimated.' : ''
  }
  const isLate = firstDate !== undefined && firstDate > period.fromDate
  return `${isLate ? `From ${dayInYear(firstDate, today)}: ` : ''}${wholeText(days, wholeDays, isLate)}${
    estimatedDays > 0 ? `, ${estimatedDays} of them estimated` : ''
  }.`
}

const isGappy = ({ channels }: PeriodCost): boolean =>
  Object.values(channels).some(({ missingMs }) => missingMs > 0)

const unpricedKwh = ({ channels }: PeriodCost): number =>
  total(Object.values(channels).map((cost) => cost.unpricedKwh))

function unpricedText(cost: PeriodCost): string {
  const kwh = unpricedKwh(cost)
  return kwh > 0 ? `${energyText(kwh)} has no price and no cost here.` : ''
}

function wholeText(days: number, wholeDays: number, isLate: boolean): string {
  if (wholeDays < days) return `${wholeDays} of ${counted(days, 'day')}`
  if (days === 1) return '1 day'
  return `${isLate ? 'all' : 'All'} ${days} days`
}

function headingText({ kind, bill, period }: UsageWording): string {
  if (!bill?.estimate || bill.remainingDays === 0 || (kind !== 'month' && kind !== 'week')) return ''
  const end = kind === 'month' ? `the ${ordinal(daysIn(period))}` : dayName(period.toDate)
  return `Heading for about ${wholeDollars(bill.estimate.cents)} by ${end}.`
}

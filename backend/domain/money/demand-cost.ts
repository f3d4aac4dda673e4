// What demand charges cost by the day, for Amber's own and for any plan's.
import { addDays, type LocalDate } from '../calendar.ts'
import type { HomeFacts } from '../home-facts.ts'
import { daysIn, monthOf } from '../local-period.ts'
import type { MeterHistory } from '../meter-history.ts'
import { type FixedCharges, withGst } from './charges.ts'
import { centsPerKwDay, type DemandCharge, type DemandMonth, demandDueOn, demandMonth } from './demand.ts'
import { total } from './total.ts'

/**
 * Cents of demand on one local day: the peak of its month so far, at the day's share of the rate; 0 until a half hour of
 * the window is measured. Undefined where it is not known which half hours count.
 */
export type DemandOfDay = (charges: FixedCharges, date: LocalDate) => number | undefined

/**
 * The peak of the month that holds the date is known only with all that the meter has told of it, whose first hour lies in
 * the NEM date before it: neither while the Pi still fetches its past, nor on a device that does not hold it.
 */
export const isPeakHeld = (
  date: LocalDate,
  { heldFrom, history }: Pick<HomeFacts, 'heldFrom' | 'history'>,
): boolean =>
  history === undefined &&
  (heldFrom === undefined || heldFrom <= (addDays(monthOf(date).fromDate, -1) as string))

/** Each month's peak is looked for once, however many days are asked for. */
export function demandOfDays(history: MeterHistory): DemandOfDay {
  const months = new Map<DemandCharge, Map<LocalDate, DemandMonth>>()
  const monthFor = (charge: DemandCharge, date: LocalDate): DemandMonth => {
    const ofCharge = months.get(charge) ?? new Map<LocalDate, DemandMonth>()
    months.set(charge, ofCharge)
    const { fromDate } = monthOf(date)
    const month = ofCharge.get(fromDate) ?? demandMonth(history, date, charge)
    ofCharge.set(fromDate, month)
    return month
  }
  return (charges, date) => {
    const cents = demandDueOn(charges, date).map((charge) =>
      peakCents(charges, charge, monthFor(charge, date)),
    )
    return cents.includes(undefined) ? undefined : total(cents as number[])
  }
}

/** Cents that a half hour of `kw` in the window would add over the whole month; 0 where it is no new peak. */
export function newPeakCents(
  charges: FixedCharges,
  charge: DemandCharge,
  month: DemandMonth,
  kw: number,
): number {
  const monthlyCents = centsPerKwDay(charge, month) * daysIn(month)
  return total([withGst(Math.max(0, kw - (month.peak?.kw ?? 0)) * monthlyCents, charges)])
}

function peakCents(charges: FixedCharges, charge: DemandCharge, month: DemandMonth): number | undefined {
  if (!month.isWindowKnown) return undefined
  return total([withGst((month.peak?.kw ?? 0) * centsPerKwDay(charge, month), charges)])
}

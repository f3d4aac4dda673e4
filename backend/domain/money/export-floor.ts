// What a household pays for exporting over a whole bill is let off.
import type { LocalDate } from '../calendar.ts'
import { billingPeriodOf } from '../local-period.ts'
import type { DayCost } from './day-cost.ts'
import { total } from './total.ts'

/**
 * Cents that Amber lets off, never above zero: where the feed-in of a billing period adds up to a cost, the bill shows
 * none. Of a billing period that is given in part, by that part.
 * https://help.amber.com.au/hc/en-us/articles/4407662563341
 */
export function exportFloorCents(
  days: readonly Pick<DayCost, 'localDate' | 'channels'>[],
  billingDay: number,
): number {
  const bills = Map.groupBy(days, ({ localDate }) => billOf(localDate, billingDay))
  const exports = [...bills.values()].map((bill) =>
    total(bill.map(({ channels }) => channels.feedIn?.cents ?? 0)),
  )
  return total(exports.map((cents) => -Math.max(0, cents)))
}

const billOf = (date: LocalDate, billingDay: number): LocalDate => billingPeriodOf(date, billingDay).fromDate

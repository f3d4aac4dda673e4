// What demand may still add to a bill: the month's peak can only rise.
import { addDays, type LocalDate } from '../calendar.ts'
import { monthOf } from '../local-period.ts'
import type { MeterHistory } from '../meter-history.ts'
import { chargesOn, type DatedCharges, withGst } from './charges.ts'
import { centsPerKwDay, type DemandCharge, type DemandMonth, demandDueOn, demandMonth } from './demand.ts'
import { total } from './total.ts'

export interface DemandAhead {
  /** For months of which nothing is measured yet, at the highest peak of the two months before. */
  readonly likelyCents: number
  /** If the peak rises to the highest of the two months before. */
  readonly moreCents: number
}

/** Beyond the peaks so far, on the dates of a bill; months that are over add nothing. */
export function demandAhead(
  history: MeterHistory,
  dates: readonly LocalDate[],
  { today, charges }: { readonly today: LocalDate; readonly charges: readonly DatedCharges[] },
): DemandAhead {
  const open = dates.filter((date) => monthOf(date).toDate >= today)
  const months = Map.groupBy(open, (date) => monthOf(date).fromDate)
  const parts = [...months.values()].flatMap((days) => {
    const inForce = chargesOn(charges, days.at(-1)!)
    return demandDueOn(inForce, days[0]!).map((charge) => {
      const { likelyCents, moreCents } = monthAhead(history, days, charge)
      return { likelyCents: withGst(likelyCents, inForce!), moreCents: withGst(moreCents, inForce!) }
    })
  })
  return {
    likelyCents: total(parts.map(({ likelyCents }) => likelyCents)),
    moreCents: total(parts.map(({ moreCents }) => moreCents)),
  }
}

function monthAhead(history: MeterHistory, days: readonly LocalDate[], charge: DemandCharge): DemandAhead {
  const month = demandMonth(history, days[0]!, charge)
  const before = addDays(month.fromDate, -1)
  const earlier = [before, addDays(monthOf(before).fromDate, -1)].map((date) =>
    demandMonth(history, date, charge),
  )
  const highestKw = Math.max(0, ...[...earlier, month].map(kwOf))
  const perKw = centsPerKwDay(charge, month) * days.length
  const rise = (highestKw - kwOf(month)) * perKw
  return month.peak ? { likelyCents: 0, moreCents: rise } : { likelyCents: rise, moreCents: 0 }
}

const kwOf = ({ peak }: DemandMonth): number => peak?.kw ?? 0

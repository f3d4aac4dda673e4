// What each local day would have cost on a plan: the same usage, the plan's rates and charges.
import type { LocalDate } from '../calendar.ts'
import { datesOf, type LocalPeriod } from '../local-period.ts'
import type { MeterHistory } from '../meter-history.ts'
import { CHANNELS, type Channel } from '../price.ts'
import { type FixedCharges, withGst } from './charges.ts'
import { type FixedCost, fixedOn } from './day-cost.ts'
import { demandOfDays } from './demand-cost.ts'
import { channelCosts } from './energy-cost.ts'
import type { EnergyPlan, EnergyRates } from './energy-plan.ts'
import { type RatedDay, ratedDays } from './plan-rates.ts'
import { total } from './total.ts'

export interface PlanDay {
  readonly localDate: LocalDate
  /** With GST; feed-in below zero earns, and no GST is on it. Absent: the home has no such channel on the day. */
  readonly channels: Partial<Record<Channel, RatedDay>>
  readonly energyCents: number
  /** Energy of channels for which the plan names no rate. */
  readonly unpricedKwh: number
  /** Undefined where it is not known which half hours its demand charge counts. */
  readonly fixed: FixedCost | undefined
}

/** One for each date of the period, ascending; of a day with gaps it prices what is measured. */
export function planDays(history: MeterHistory, period: LocalPeriod, plan: EnergyPlan): PlanDay[] {
  const rated = new Map(CHANNELS.map((channel) => [channel, pricedDays(history, period, plan, channel)]))
  const demandOfDay = demandOfDays(history)
  return datesOf(period).map((localDate, index) => {
    const costs = channelCosts(history.day(localDate))
    const present = CHANNELS.filter((channel) => costs[channel])
    const own = present.flatMap((channel) => {
      const day = rated.get(channel)?.[index]
      return day ? [[channel, day] as const] : []
    })
    const unpriced = present.filter((channel) => rated.get(channel) === undefined)
    return {
      localDate,
      channels: Object.fromEntries(own),
      energyCents: total(own.map(([, { cents }]) => cents)),
      unpricedKwh: total(unpriced.map((channel) => costs[channel]?.kwh ?? 0)),
      fixed: fixedOn(plan, localDate, demandOfDay),
    }
  })
}

function pricedDays(
  history: MeterHistory,
  period: LocalPeriod,
  plan: EnergyPlan,
  channel: Channel,
): RatedDay[] | undefined {
  const rates: EnergyRates | undefined = plan[channel]
  if (!rates) return undefined
  const factor = channel === 'feedIn' ? -1 : gstFactor(plan)
  return ratedDays(history, period, channel, rates).map(({ cents, evenCents }) => ({
    cents: total([cents * factor]),
    evenCents: total([evenCents * factor]),
  }))
}

const gstFactor = (plan: FixedCharges): number => withGst(1, plan)

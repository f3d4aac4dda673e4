// What each local day cost with Amber: its energy by channel and the day's share of the fixed charges.
import type { LocalDate } from '../calendar.ts'
import { datesOf, type LocalPeriod } from '../local-period.ts'
import type { MeterHistory } from '../meter-history.ts'
import { chargesOn, type DatedCharges, type FixedCharges, feeCents, supplyCents } from './charges.ts'
import { type DemandOfDay, demandOfDays } from './demand-cost.ts'
import { type ChannelCosts, channelCosts, isComplete } from './energy-cost.ts'
import { total } from './total.ts'

export interface FixedCost {
  readonly supplyCents: number
  readonly feeCents: number
  readonly demandCents: number
  readonly cents: number
}

export interface DayCost {
  readonly localDate: LocalDate
  readonly channels: ChannelCosts
  /** Of energy that is measured and priced, all channels; below zero the day earned. */
  readonly energyCents: number
  /** Undefined where the household has entered no charges for the day, or its demand window is not known. */
  readonly fixed: FixedCost | undefined
  /** Every interval of every channel is measured and priced. */
  readonly isWhole: boolean
}

/**
 * One for each date of the period, ascending. Demand looks at the whole calendar month, so the same day costs the same in
 * every period that holds it: splitting a period never changes its sum.
 */
export function dayCosts(
  history: MeterHistory,
  period: LocalPeriod,
  charges: readonly DatedCharges[],
): DayCost[] {
  const demandOfDay = demandOfDays(history)
  return datesOf(period).map((localDate) => {
    const day = history.day(localDate)
    const channels = channelCosts(day)
    const costs = Object.values(channels)
    return {
      localDate,
      channels,
      energyCents: total(costs.map(({ cents }) => cents)),
      fixed: fixedOn(chargesOn(charges, localDate), localDate, demandOfDay),
      isWhole: day.isWhole && costs.every(isComplete),
    }
  })
}

/** Undefined without charges, and where it is not known which half hours a demand charge counts. */
export function fixedOn(
  charges: FixedCharges | undefined,
  date: LocalDate,
  demandOfDay: DemandOfDay,
): FixedCost | undefined {
  const demandCents = charges && demandOfDay(charges, date)
  if (!charges || demandCents === undefined) return undefined
  return fixedCost(supplyCents(charges), feeCents(charges), demandCents)
}

export function addedFixed(costs: readonly FixedCost[]): FixedCost {
  const sum = (key: keyof FixedCost): number => total(costs.map((cost) => cost[key]))
  return fixedCost(sum('supplyCents'), sum('feeCents'), sum('demandCents'))
}

const fixedCost = (supply: number, fee: number, demand: number): FixedCost => ({
  supplyCents: supply,
  feeCents: fee,
  demandCents: demand,
  cents: total([supply, fee, demand]),
})

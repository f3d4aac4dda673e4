// Was Amber worth it? The same usage, the same days, the same inclusions: Amber as billed against a plan. The formulas
// and an example are in docs/money.md.
import { datesOf, type LocalPeriod } from '../local-period.ts'
import type { MeterHistory } from '../meter-history.ts'
import { type AveragePrice, averagePrice, evenCents } from './average-price.ts'
import type { DatedCharges } from './charges.ts'
import { addedFixed, type DayCost, dayCosts, type FixedCost } from './day-cost.ts'
import type { EnergyPlan } from './energy-plan.ts'
import { exportFloorCents } from './export-floor.ts'
import { isEstimated } from './period-cost.ts'
import { type PlanDay, planDays } from './plan-cost.ts'
import { total } from './total.ts'

export interface WorthRequest extends LocalPeriod {
  /** Amber's own, as the household entered them. */
  readonly charges: readonly DatedCharges[]
  /** Of the month, 1 … 31: what was exported at a loss is let off by the billing period. */
  readonly billingDay: number
}

export interface Worth extends LocalPeriod {
  /** Whole days alone are compared; the others are left out of both sides. */
  readonly countedDays: number
  readonly leftOutDays: number
  readonly estimatedDays: number
  /** False: supply, fees and demand are not known of one side and left out of both. */
  readonly includesFixed: boolean
  readonly amberCents: number
  readonly planCents: number
  /** Energy of channels for which the plan names no rate: then nothing can be told. */
  readonly unpricedKwh: number
  /** Undefined where nothing can be told. */
  readonly verdict: Verdict | undefined
  readonly average: AveragePrice | undefined
}

/** Above zero: Amber was the cheaper one, by that. The three parts add up to it. */
export interface Verdict {
  readonly savedCents: number
  /** When power was used: what the household's timing was worth more with Amber than it would have been on the plan. */
  readonly skillCents: number
  /** The level of prices: Amber's against the plan's, both at an even load, with export and controlled load as they were. */
  readonly luckCents: number
  /** Supply, subscription and demand, and what Amber lets off for export at a loss. */
  readonly chargesCents: number
}

export function worth(history: MeterHistory, plan: EnergyPlan, request: WorthRequest): Worth {
  const days = pairedDays(history, plan, request)
  const counted = days.filter(({ amber }) => amber.isWhole)
  const includesFixed = counted.every(({ amber, other }) => amber.fixed && other.fixed)
  const parts = partsOf(history, counted, includesFixed, request.billingDay)
  const unpricedKwh = total(counted.map(({ other }) => other.unpricedKwh))
  return {
    fromDate: request.fromDate,
    toDate: request.toDate,
    countedDays: counted.length,
    leftOutDays: days.length - counted.length,
    estimatedDays: counted.filter(({ amber }) => isEstimated(amber)).length,
    includesFixed,
    amberCents: total([parts.amberEnergy, parts.amberFixed]),
    planCents: total([parts.planEnergy, parts.planFixed]),
    unpricedKwh,
    verdict: counted.length > 0 && unpricedKwh === 0 ? verdictOf(parts) : undefined,
    average: averagePrice(counted.map(({ amber }) => history.day(amber.localDate))),
  }
}

interface PairedDay {
  readonly amber: DayCost
  readonly other: PlanDay
}

function pairedDays(history: MeterHistory, plan: EnergyPlan, request: WorthRequest): PairedDay[] {
  const amber = dayCosts(history, request, request.charges)
  const other = planDays(history, request, plan)
  return datesOf(request).map((_, index) => ({ amber: amber[index]!, other: other[index]! }))
}

interface Parts {
  readonly amberEnergy: number
  readonly amberGeneral: number
  readonly amberEven: number
  readonly amberFixed: number
  readonly planEnergy: number
  readonly planGeneral: number
  readonly planEven: number
  readonly planFixed: number
}

function partsOf(
  history: MeterHistory,
  days: readonly PairedDay[],
  includesFixed: boolean,
  billingDay: number,
): Parts {
  const sum = (of: (day: PairedDay) => number): number => total(days.map(of))
  const fixed = (of: (day: PairedDay) => FixedCost | undefined): number =>
    includesFixed ? addedFixed(days.flatMap((day) => of(day) ?? [])).cents : 0
  const generalOn = ({ amber }: PairedDay) =>
    history.day(amber.localDate).registers.filter(({ channel }) => channel === 'general')
  const floor = exportFloorCents(
    days.map(({ amber }) => amber),
    billingDay,
  )
  return {
    amberEnergy: sum(({ amber }) => amber.energyCents),
    amberGeneral: sum(({ amber }) => amber.channels.general?.cents ?? 0),
    amberEven: sum((day) => total(generalOn(day).map(evenCents))),
    amberFixed: total([fixed(({ amber }) => amber.fixed), floor]),
    planEnergy: sum(({ other }) => other.energyCents),
    planGeneral: sum(({ other }) => other.channels.general?.cents ?? 0),
    planEven: sum(({ other }) => other.channels.general?.evenCents ?? 0),
    planFixed: fixed(({ other }) => other.fixed),
  }
}

function verdictOf(parts: Parts): Verdict {
  const { amberEnergy, amberGeneral, amberEven, amberFixed } = parts
  const { planEnergy, planGeneral, planEven, planFixed } = parts
  return {
    savedCents: total([planEnergy, planFixed, -amberEnergy, -amberFixed]),
    skillCents: total([amberEven, -amberGeneral, -planEven, planGeneral]),
    // What is no general import has no even load: its difference is one of level alone.
    luckCents: total([planEven, -amberEven, planEnergy, -planGeneral, -amberEnergy, amberGeneral]),
    chargesCents: total([planFixed, -amberFixed]),
  }
}

// Was Amber worth it? The same usage, the same days, the same inclusions: Amber as billed against a plan. The formulas
// and an example are in docs/money.md.
import type { LocalPeriod } from '../local-period.ts'
import type { MeteredDay, MeterHistory } from '../meter-history.ts'
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

/** Amber's side, and what every plan is held to. */
export interface AmberSide extends LocalPeriod {
  /** Whole days alone are compared; the others are left out of both sides. */
  readonly counted: readonly DayCost[]
  readonly leftOutDays: number
  /** Those of these that come after the last day known: not missing yet, but to come. */
  readonly awaitedDays: number
  readonly estimatedDays: number
  /** False: Amber's supply and fees are not known for all of the days and are left out of both sides. */
  readonly includesFixed: boolean
  readonly cents: number
  /** Undefined where nothing was bought. */
  readonly average: AveragePrice | undefined
}

export type Worth =
  | { readonly planCents: number; readonly verdict: Verdict; readonly untold?: undefined }
  | { readonly verdict?: undefined; readonly untold: Untold }

/** Why nothing can be said of a plan. */
export type Untold =
  | { readonly kind: 'no-days' }
  /** The plan names no rate for a channel of the home. */
  | { readonly kind: 'no-rate'; readonly kwh: number }
  /** Its demand charge goes by Amber's window, and Amber names none. */
  | { readonly kind: 'no-demand-window' }

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

export function amberSide(history: MeterHistory, request: WorthRequest): AmberSide {
  const { fromDate, toDate, charges } = request
  const days = dayCosts(history, request, charges)
  const counted = days.filter(({ isWhole }) => isWhole)
  const includesFixed = counted.every(({ fixed }) => fixed !== undefined)
  const energy = total(counted.map(({ energyCents }) => energyCents))
  return {
    fromDate,
    toDate,
    counted,
    leftOutDays: days.length - counted.length,
    awaitedDays: days.filter(({ localDate }) => localDate > (history.lastDate ?? '')).length,
    estimatedDays: counted.filter(isEstimated).length,
    includesFixed,
    cents: total([energy, amberFixed(counted, includesFixed, request)]),
    average: averagePrice(counted.map(({ localDate }) => history.day(localDate))),
  }
}

/** `side`: of the same request, where it is known already. */
export function worth(
  history: MeterHistory,
  plan: EnergyPlan,
  request: WorthRequest,
  side: AmberSide = amberSide(history, request),
): Worth {
  const { counted, includesFixed } = side
  const dates = new Set(counted.map(({ localDate }) => localDate))
  const days = planDays(history, request, plan).filter(({ localDate }) => dates.has(localDate))
  const untold = untoldOf(days, includesFixed)
  if (untold) return { untold }
  const amber = amberParts(history, counted, includesFixed, request)
  const other = planParts(days, includesFixed)
  return { planCents: total([other.energy, other.fixed]), verdict: verdictOf(amber, other) }
}

function untoldOf(days: readonly PlanDay[], includesFixed: boolean): Untold | undefined {
  if (days.length === 0) return { kind: 'no-days' }
  const kwh = total(days.map(({ unpricedKwh }) => unpricedKwh))
  if (kwh > 0) return { kind: 'no-rate', kwh }
  return includesFixed && days.some(({ fixed }) => !fixed) ? { kind: 'no-demand-window' } : undefined
}

interface Parts {
  readonly energy: number
  /** General import, as it was and had it flowed evenly over each day. */
  readonly general: number
  readonly even: number
  readonly fixed: number
}

const amberParts = (
  history: MeterHistory,
  days: readonly DayCost[],
  includesFixed: boolean,
  request: WorthRequest,
): Parts => ({
  energy: total(days.map(({ energyCents }) => energyCents)),
  general: total(days.map(({ channels }) => channels.general?.cents ?? 0)),
  even: total(days.map(({ localDate }) => evenGeneral(history.day(localDate)))),
  fixed: amberFixed(days, includesFixed, request),
})

const planParts = (days: readonly PlanDay[], includesFixed: boolean): Parts => ({
  energy: total(days.map(({ energyCents }) => energyCents)),
  general: total(days.map(({ channels }) => channels.general?.cents ?? 0)),
  even: total(days.map(({ channels }) => channels.general?.evenCents ?? 0)),
  fixed: fixedCents(days, includesFixed),
})

const evenGeneral = ({ registers }: MeteredDay): number =>
  total(registers.filter(({ channel }) => channel === 'general').map(evenCents))

const amberFixed = (days: readonly DayCost[], includesFixed: boolean, { billingDay }: WorthRequest): number =>
  total([fixedCents(days, includesFixed), exportFloorCents(days, billingDay)])

const fixedCents = (days: readonly { fixed: FixedCost | undefined }[], includesFixed: boolean): number =>
  includesFixed ? addedFixed(days.flatMap(({ fixed }) => fixed ?? [])).cents : 0

const verdictOf = (amber: Parts, plan: Parts): Verdict => ({
  savedCents: total([plan.energy, plan.fixed, -amber.energy, -amber.fixed]),
  skillCents: total([amber.even, -amber.general, -plan.even, plan.general]),
  // What is no general import has no even load: its difference is one of level alone.
  luckCents: total([plan.even, -amber.even, plan.energy, -plan.general, -amber.energy, amber.general]),
  chargesCents: total([plan.fixed, -amber.fixed]),
})

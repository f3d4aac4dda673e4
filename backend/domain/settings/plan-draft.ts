// A plan as it is typed in from a retailer's price fact sheet.
import { feeCents as feeADay, supplyCents } from '../money/charges.ts'
import type { EnergyPlan, PlanKind } from '../money/energy-plan.ts'
import { dollars } from '../words.ts'
import { chargesDraft, oneChargesOf } from './charges-draft.ts'
import { type DemandDraft, demandDraft, demandOf } from './demand-draft.ts'
import { type Drafted, entry, type Problems, under, unless, whole } from './drafted.ts'
import { PLAN_PRESETS } from './plan-presets.ts'
import { type RatesDraft, ratesDraft, ratesOf } from './rates-draft.ts'
import { name40 } from './settings-fields.ts'

export interface PlanDraft {
  readonly id: string
  readonly name: string
  readonly includesGst: boolean
  /** Cents a day. */
  readonly supply: string
  /** Dollars; empty: none. */
  readonly fee: string
  readonly feePer: 'day' | 'month'
  readonly general: RatesDraft
  readonly controlledLoad: RatesDraft
  readonly feedIn: RatesDraft
  readonly demand: readonly DemandDraft[]
}

export function planDraft(plan: EnergyPlan): PlanDraft {
  const { supply, fee, feePer, includesGst } = chargesDraft(plan)
  return {
    id: plan.id,
    name: plan.name,
    includesGst,
    supply,
    fee,
    feePer,
    general: ratesDraft(plan.general),
    controlledLoad: ratesDraft(plan.controlledLoad),
    feedIn: ratesDraft(plan.feedIn),
    demand: (plan.demand ?? []).map(demandDraft),
  }
}

/** One of that kind to start typing from, with an id and a name that no other plan has. */
export function newPlanDraft(kind: PlanKind, plans: readonly EnergyPlan[]): PlanDraft {
  const preset = PLAN_PRESETS[kind]
  const isFree = (at: number) =>
    plans.every(
      ({ id, name }) => id !== numbered(preset.id, '-', at) && name !== numbered(preset.name, ' ', at),
    )
  const at = Array.from({ length: plans.length + 1 }, (_, index) => index + 1).find(isFree)!
  return {
    ...planDraft(preset),
    id: numbered(preset.id, '-', at),
    name: numbered(preset.name, ' ', at),
  }
}

const numbered = (text: string, gap: string, at: number): string => (at === 1 ? text : text + gap + at)

/** `others`: plans that are not this one; two of one name could not be told apart. */
export function planOf(draft: PlanDraft, others: readonly EnergyPlan[]): Drafted<EnergyPlan> {
  const named = unless(
    whole({ name: entry(name40, draft.name, 'a name of at most 40 letters') }),
    others.every(({ name }) => name !== draft.name.trim()),
    'name',
    'Needs another name: this one is taken.',
  )
  const charges = fixedOf(draft)
  const demand = demandOf(draft.demand)
  const [general, controlledLoad, feedIn] = [draft.general, draft.controlledLoad, draft.feedIn].map(
    ratesOf,
  ) as [
    Drafted<EnergyPlan['general'] | undefined>,
    Drafted<EnergyPlan['general'] | undefined>,
    Drafted<EnergyPlan['general'] | undefined>,
  ]
  const problems: Problems = {
    ...named.problems,
    ...charges.problems,
    ...under({
      general: general.problems,
      controlledLoad: controlledLoad.problems,
      feedIn: feedIn.problems,
      demand: demand.problems,
    }),
  }
  const isFine = Object.keys(problems).length === 0
  if (!isFine || !named.value || !charges.value || !general.value || !demand.value)
    return { value: undefined, problems }
  return {
    value: {
      ...charges.value,
      id: draft.id,
      name: named.value.name,
      general: general.value,
      ...(controlledLoad.value && { controlledLoad: controlledLoad.value }),
      ...(feedIn.value && { feedIn: feedIn.value }),
      ...(demand.value.length > 0 && { demand: demand.value }),
    },
    problems,
  }
}

/** A plan holds for all of the comparison. */
const fixedOf = ({ supply, fee, feePer, includesGst }: PlanDraft) =>
  oneChargesOf({ supply, fee, feePer, includesGst, fromDate: '' })

const DAYS = 30

/** "Supply and fee come to $33.00 in 30 days, with GST."; empty while they cannot be read. */
export function chargesPreview(draft: PlanDraft): string {
  const { value } = fixedOf(draft)
  if (!value) return ''
  const what = value.fee ? 'Supply and fee come' : 'Supply comes'
  const cents = (supplyCents(value) + feeADay(value)) * DAYS
  return `${what} to ${dollars(cents)} in ${DAYS} days, with GST.`
}

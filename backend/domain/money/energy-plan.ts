// A retailer's plan as a household would type it in, to compare with Amber. One plan holds for the whole comparison.
import type { FixedCharges } from './charges.ts'
import type { TimeRule } from './time-rule.ts'

export interface TimedRate {
  /** "Peak", "Solar soak". */
  readonly name: string
  readonly centsPerKwh: number
  readonly times: readonly TimeRule[]
}

export interface Block {
  readonly kwh: number
  readonly centsPerKwh: number
}

/** When a count of blocks begins anew, by the home's calendar. Each day stands for itself and is not averaged over a bill. */
export type BlockReset = 'day' | 'month' | 'quarter'

export type EnergyRates =
  | { readonly kind: 'flat'; readonly centsPerKwh: number }
  /** The first rate that holds at the start of an interval; where none does, the rest. */
  | {
      readonly kind: 'timeOfUse'
      readonly rates: readonly TimedRate[]
      readonly restCentsPerKwh: number
    }
  /** "The first 10 kWh a day at 25c, the rest at 30c". */
  | {
      readonly kind: 'block'
      readonly per: BlockReset
      readonly blocks: readonly Block[]
      readonly restCentsPerKwh: number
    }

export interface EnergyPlan extends FixedCharges {
  readonly id: string
  readonly name: string
  readonly general: EnergyRates
  /** Absent: the plan names no rate, so a household that has controlled load cannot be told. */
  readonly controlledLoad?: EnergyRates
  /** What is paid to the household, a positive rate earns. GST is never added. Absent as above; 0 is "pays nothing". */
  readonly feedIn?: EnergyRates
}

export type PlanKind = 'flat' | 'timeOfUse' | 'block' | 'demand'

/** What a household would call it: a demand plan may price its energy in any way. */
export const planKind = ({ general, demand = [] }: Pick<EnergyPlan, 'general' | 'demand'>): PlanKind =>
  demand.length > 0 ? 'demand' : general.kind

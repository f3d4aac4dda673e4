// Plans to start typing from, one of each kind. Their numbers are round and nobody's: a household enters its own.
import type { EnergyPlan, PlanKind } from '../money/energy-plan.ts'

const EVENING = { fromMinute: 15 * 60, toMinute: 21 * 60 }
const CHARGES = { includesGst: true, supplyCentsPerDay: 110 } as const
const FEED_IN = { kind: 'flat', centsPerKwh: 5 } as const
const FLAT = { kind: 'flat', centsPerKwh: 35 } as const

export const PLAN_PRESETS: Readonly<Record<PlanKind, EnergyPlan>> = {
  flat: { id: 'flat', name: 'Flat', ...CHARGES, general: FLAT, feedIn: FEED_IN },
  timeOfUse: {
    id: 'time-of-use',
    name: 'Time of use',
    ...CHARGES,
    general: {
      kind: 'timeOfUse',
      rates: [
        { name: 'Peak', centsPerKwh: 55, times: [EVENING] },
        { name: 'Solar soak', centsPerKwh: 20, times: [{ fromMinute: 10 * 60, toMinute: 15 * 60 }] },
      ],
      restCentsPerKwh: 30,
    },
    feedIn: FEED_IN,
  },
  block: {
    id: 'block',
    name: 'Block',
    ...CHARGES,
    general: { kind: 'block', per: 'quarter', blocks: [{ kwh: 1000, centsPerKwh: 32 }], restCentsPerKwh: 36 },
    feedIn: FEED_IN,
  },
  demand: {
    id: 'demand',
    name: 'Demand',
    ...CHARGES,
    general: { kind: 'flat', centsPerKwh: 26 },
    demand: [{ centsPerKw: 30, per: 'day', times: [EVENING] }],
    feedIn: FEED_IN,
  },
}

// What a stretch of days cost: day, week, month, billing period, any.
import { CHANNELS } from '../price.ts'
import { addedFixed, type DayCost, type FixedCost } from './day-cost.ts'
import { addedCosts, type ChannelCosts, type EnergyCost } from './energy-cost.ts'
import { total } from './total.ts'

export interface PeriodCost {
  readonly days: number
  /** Days of which everything is measured and priced. */
  readonly wholeDays: number
  /** Of the whole days those of which something is only estimated so far. */
  readonly estimatedDays: number
  readonly channels: ChannelCosts
  /** Of energy that is measured and priced. Whether that is all: `channels` and `wholeDays`. */
  readonly energyCents: number
  /** Undefined where any of the days has no known charges: half a month of supply is no month's. */
  readonly fixed: FixedCost | undefined
  /** Energy and charges; undefined where the charges are. Of days that are not whole it holds what is known. */
  readonly cents: number | undefined
}

/** The sum of its days: of a split period the parts add up to the whole, to the last digit. */
export function periodCost(days: readonly DayCost[]): PeriodCost {
  const channels: ChannelCosts = {}
  for (const channel of CHANNELS) {
    const costs = days.flatMap((day) => day.channels[channel] ?? [])
    if (costs.length > 0) channels[channel] = addedCosts(costs)
  }
  const known = days.flatMap(({ fixed }) => fixed ?? [])
  const fixed = known.length === days.length && days.length > 0 ? addedFixed(known) : undefined
  const whole = days.filter(({ isWhole }) => isWhole)
  const energyCents = total(days.map((day) => day.energyCents))
  return {
    days: days.length,
    wholeDays: whole.length,
    estimatedDays: whole.filter(isEstimated).length,
    channels,
    energyCents,
    fixed,
    cents: fixed && total([energyCents, fixed.cents]),
  }
}

export const isEstimated = ({ channels }: Pick<DayCost, 'channels'>): boolean =>
  Object.values(channels).some(({ estimatedMs }) => estimatedMs > 0)

export const isUnmeasured = ({ channels }: Pick<PeriodCost, 'channels'>): boolean =>
  Object.values(channels).every(({ measuredMs }) => measuredMs === 0)

/** Energy bought, whatever the register: general and controlled load. */
export const boughtKwh = (channels: ChannelCosts): number => total(bought(channels).map(({ kwh }) => kwh))

const bought = ({ general, controlledLoad }: ChannelCosts): EnergyCost[] =>
  [general, controlledLoad].filter((cost) => cost !== undefined)

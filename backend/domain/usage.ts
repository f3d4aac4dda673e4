// What the meter measured, as Amber bills it. One row a meter register (identifier) and interval.
import type { Interval } from './interval.ts'
import type { Channel, Tariff } from './price.ts'

export const QUALITIES = ['estimated', 'billable'] as const
export type Quality = (typeof QUALITIES)[number]

export interface UsageInterval extends Interval {
  readonly channel: Channel
  /** The meter register: E1, E2, B1. */
  readonly identifier: string
  /** Never negative: imported, or for feed-in exported. */
  readonly kwh: number
  /** What the household pays, in cents; below zero it earns. */
  readonly costCents: number
  readonly centsPerKwh: number
  readonly quality: Quality
  readonly tariff?: Tariff
}

// What energy cost, and what of it cannot be told: neither a gap nor energy without a price is ever counted as nothing.
import { durationMs, type Interval } from '../interval.ts'
import type { MeteredDay, RegisterDay } from '../meter-history.ts'
import { CHANNELS, type Channel } from '../price.ts'
import type { UsageInterval } from '../usage.ts'
import { total, wholeSum } from './total.ts'

export interface EnergyCost {
  readonly kwh: number
  /** What the household pays, GST as Amber gives it; below zero it earns. Of the energy that has a price. */
  readonly cents: number
  readonly unpricedKwh: number
  readonly measuredMs: number
  /** What a register should have measured and did not. */
  readonly missingMs: number
  /** Of the measured time, what the network only estimated so far. */
  readonly estimatedMs: number
}

export type ChannelCosts = Partial<Record<Channel, EnergyCost>>

export interface IntervalCost extends Interval {
  /** `cents` undefined: no price is known. */
  readonly channels: Partial<Record<Channel, { readonly kwh: number; readonly cents: number | undefined }>>
}

/** Cents of an interval's energy, rounded to four decimals as Amber rounds its own `cost`. */
export const centsOf = (kwh: number, centsPerKwh: number): number => Math.round(kwh * centsPerKwh * 1e4) / 1e4

/** Amber's own cost of the row; by its price where that is no number, and undefined where neither is. */
export function rowCents({ kwh, costCents, centsPerKwh }: UsageInterval): number | undefined {
  if (Number.isFinite(costCents)) return costCents
  return Number.isFinite(centsPerKwh) ? centsOf(kwh, centsPerKwh) : undefined
}

/**
 * Import, controlled load and export of a day, apart; a channel of which nothing is expected is absent. Kept with the day:
 * a year is asked once for each plan that it is compared with.
 */
export function channelCosts(day: MeteredDay): ChannelCosts {
  const costs = known.get(day) ?? costsOf(day)
  known.set(day, costs)
  return costs
}

function costsOf({ registers }: MeteredDay): ChannelCosts {
  const costs: ChannelCosts = {}
  for (const channel of CHANNELS) {
    const own = registers.filter((register) => register.channel === channel)
    if (own.length > 0) costs[channel] = addedCosts(own.map(registerCost))
  }
  return costs
}

const known = new WeakMap<MeteredDay, ChannelCosts>()

/** Each interval that a register measured, ascending, its channels apart and registers of one channel added up. */
export function costByInterval({ registers }: Pick<MeteredDay, 'registers'>): IntervalCost[] {
  const rows = registers.flatMap((register) => register.rows)
  const groups = Map.groupBy(rows, ({ startMs, endMs }) => `${startMs} ${endMs}`)
  const costs = [...groups.values()].map((group) => {
    const { startMs, endMs } = group[0]!
    const byChannel = Map.groupBy(group, ({ channel }) => channel)
    return {
      startMs,
      endMs,
      channels: Object.fromEntries([...byChannel].map(([name, own]) => [name, intervalCost(own)])),
    }
  })
  return costs.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs)
}

/**
 * General import by the network's time-of-use period as Amber names it on each row ("peak", "offPeak", "shoulder",
 * "solarSponge"); '' where Amber names none. What is missing belongs to no period and is not in it.
 */
export function costByTariffPeriod(days: readonly Pick<MeteredDay, 'registers'>[]): Map<string, EnergyCost> {
  const rows = days
    .flatMap(({ registers }) => registers)
    .filter(({ channel }) => channel === 'general')
    .flatMap((register) => register.rows)
  const groups = Map.groupBy(rows, ({ tariff }) => tariff?.period ?? '')
  return new Map([...groups].map(([period, own]) => [period, registerCost({ rows: own, missingMs: 0 })]))
}

/** Whether all of it is measured and priced. */
export const isComplete = ({ unpricedKwh, missingMs }: EnergyCost): boolean =>
  unpricedKwh === 0 && missingMs === 0

export function addedCosts(costs: readonly EnergyCost[]): EnergyCost {
  const of = (key: keyof EnergyCost): number[] => costs.map((cost) => cost[key])
  return {
    kwh: total(of('kwh')),
    cents: total(of('cents')),
    unpricedKwh: total(of('unpricedKwh')),
    measuredMs: wholeSum(of('measuredMs')),
    missingMs: wholeSum(of('missingMs')),
    estimatedMs: wholeSum(of('estimatedMs')),
  }
}

function registerCost({ rows, missingMs }: Pick<RegisterDay, 'rows' | 'missingMs'>): EnergyCost {
  const lengthOf = (some: readonly UsageInterval[]): number => wholeSum(some.map(durationMs))
  return {
    kwh: total(rows.map(({ kwh }) => kwh)),
    cents: total(rows.map((row) => rowCents(row) ?? 0)),
    unpricedKwh: total(rows.filter((row) => rowCents(row) === undefined).map(({ kwh }) => kwh)),
    measuredMs: lengthOf(rows),
    missingMs,
    estimatedMs: lengthOf(rows.filter(({ quality }) => quality === 'estimated')),
  }
}

function intervalCost(rows: readonly UsageInterval[]): { kwh: number; cents: number | undefined } {
  const cents = rows.map(rowCents)
  return {
    kwh: total(rows.map(({ kwh }) => kwh)),
    cents: cents.includes(undefined) ? undefined : total(cents as number[]),
  }
}

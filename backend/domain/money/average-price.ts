// What a kWh cost on average, and what it would have cost at an even load: the difference is when power was used.
import { durationMs } from '../interval.ts'
import type { MeteredDay, RegisterDay } from '../meter-history.ts'
import { rowCents } from './energy-cost.ts'
import { total, wholeSum } from './total.ts'

export interface AveragePrice {
  readonly kwh: number
  /** What was paid, over the energy: cents per kWh. */
  readonly paidCentsPerKwh: number
  /** The same energy spread evenly over each day, at that day's prices: cents per kWh. */
  readonly evenCentsPerKwh: number
}

/**
 * General import of the days given; undefined where nothing was used. Prices are those of the metered rows, weighted by
 * their length, so a day with gaps is averaged over what it has: give whole days.
 */
export function averagePrice(days: readonly Pick<MeteredDay, 'registers'>[]): AveragePrice | undefined {
  const registers = generalRegisters(days)
  const kwh = total(registers.flatMap(({ rows }) => rows.map((row) => row.kwh)))
  if (kwh === 0) return undefined
  const paid = total(registers.flatMap(({ rows }) => rows.map((row) => rowCents(row) ?? 0)))
  const even = total(registers.map(evenCents))
  return { kwh, paidCentsPerKwh: paid / kwh, evenCentsPerKwh: even / kwh }
}

/** Cents of a register's energy of one day, had it flowed evenly: its kWh times the day's time-weighted average price. */
export const evenCents = ({ rows }: Pick<RegisterDay, 'rows'>): number =>
  evenAt(rows, ({ centsPerKwh }) => centsPerKwh)

/** The same by any rate of a row; one that is no number has no part in the average. */
export function evenAt<R extends RegisterDay['rows'][number]>(
  rows: readonly R[],
  centsPerKwhOf: (row: R) => number,
): number {
  const priced = rows.filter((row) => Number.isFinite(centsPerKwhOf(row)))
  if (priced.length === 0) return 0
  const kwh = total(rows.map((row) => row.kwh))
  const weighted = priced.reduce((sum, row) => sum + centsPerKwhOf(row) * durationMs(row), 0)
  return total([(kwh * weighted) / wholeSum(priced.map(durationMs))])
}

const generalRegisters = (days: readonly Pick<MeteredDay, 'registers'>[]): RegisterDay[] =>
  days.flatMap(({ registers }) => registers.filter(({ channel }) => channel === 'general'))

// The half hours one would rather not have had.
import { HALF_HOUR_MS } from '../half-hours.ts'
import { floorTo, type Interval } from '../interval.ts'
import type { MeteredDay } from '../meter-history.ts'
import type { UsageInterval } from '../usage.ts'
import { rowCents } from './energy-cost.ts'
import { total } from './total.ts'

export interface CostlyHalfHour extends Interval {
  readonly kwh: number
  readonly cents: number
  /** Averaged over the energy of the half hour. */
  readonly centsPerKwh: number
}

/** The `count` half hours that cost most, dearest first, the earlier one on a tie; import of all registers together. */
export function dearestHalfHours(
  days: readonly Pick<MeteredDay, 'registers'>[],
  count: number,
): CostlyHalfHour[] {
  const rows = days
    .flatMap(({ registers }) => registers)
    .filter(({ channel }) => channel !== 'feedIn')
    .flatMap((register) => register.rows)
  const groups = Map.groupBy(rows, ({ startMs }) => floorTo(startMs, HALF_HOUR_MS))
  return [...groups]
    .map(([startMs, own]) => halfHourOf(startMs, own))
    .filter(({ cents }) => cents > 0)
    .sort((a, b) => b.cents - a.cents || a.startMs - b.startMs)
    .slice(0, count)
}

function halfHourOf(startMs: number, rows: readonly UsageInterval[]): CostlyHalfHour {
  const kwh = total(rows.map((row) => row.kwh))
  const cents = total(rows.map((row) => rowCents(row) ?? 0))
  return { startMs, endMs: startMs + HALF_HOUR_MS, kwh, cents, centsPerKwh: cents / kwh }
}

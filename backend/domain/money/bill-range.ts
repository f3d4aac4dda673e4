// What the days that are not known yet will likely cost, by the days that are, and how far that may be out.
import { addDays, type LocalDate } from '../calendar.ts'
import type { MeterHistory } from '../meter-history.ts'
import { type DayCost, dayCosts } from './day-cost.ts'
import { total } from './total.ts'

export interface ExpectedEnergy {
  /** Of all channels, for all of the days. */
  readonly cents: number
  /** The feed-in of it. */
  readonly exportCents: number
  /** Nine times in ten the energy costs no more than this above `cents`, nine in ten no more below. */
  readonly eitherWayCents: number
}

/** Fewer whole days than this say too little of how much one differs from another. */
export const FEWEST_DAYS = 7
const SAMPLE_DAYS = 28
/** How far back they are looked for, so that last season's do not speak for this one. */
const WITHIN_DAYS = 42

/** The last whole days before the date, at most 28 of six weeks, ascending. */
export function sampleDays(history: MeterHistory, before: LocalDate): DayCost[] {
  const period = { fromDate: addDays(before, -WITHIN_DAYS), toDate: addDays(before, -1) }
  return dayCosts(history, period, [])
    .filter(({ isWhole }) => isWhole)
    .slice(-SAMPLE_DAYS)
}

/**
 * Of so many days (a gap counts by its share) like those of the sample. Days follow one another, a hot one a hot one, so
 * that sums of them spread wider than of days drawn by lot; and the fewer are known, the less their average is.
 */
export function expectedEnergy(sample: readonly DayCost[], days: number): ExpectedEnergy | undefined {
  if (days === 0) return { cents: 0, exportCents: 0, eitherWayCents: 0 }
  if (sample.length < FEWEST_DAYS) return undefined
  const daily = sample.map(({ energyCents }) => energyCents)
  const exported = sample.map(({ channels }) => channels.feedIn?.cents ?? 0)
  const together = (1 + persistence(daily)) / (1 - persistence(daily))
  const spread = Math.sqrt(variance(daily) * together * (days + days ** 2 / sample.length))
  return {
    cents: total([mean(daily) * days]),
    exportCents: total([mean(exported) * days]),
    eitherWayCents: total([deviations(sample.length) * spread]),
  }
}

/** Of Student's t with `count` − 1 degrees of freedom, nine tenths lie below. */
function deviations(count: number): number {
  const normal = 1.281552
  return normal + (normal ** 3 + normal) / (4 * (count - 1))
}

/** How much a day resembles the one before it: 0 not at all, at most 0.8. */
function persistence(daily: readonly number[]): number {
  const average = mean(daily)
  const square = daily.reduce((sum, cents) => sum + (cents - average) ** 2, 0)
  if (square === 0) return 0
  const product = daily
    .slice(1)
    .reduce((sum, cents, index) => sum + (cents - average) * (daily[index]! - average), 0)
  return Math.min(0.8, Math.max(0, product / square))
}

const variance = (daily: readonly number[]): number => {
  const average = mean(daily)
  return daily.reduce((sum, cents) => sum + (cents - average) ** 2, 0) / (daily.length - 1)
}

const mean = (numbers: readonly number[]): number => total(numbers) / numbers.length

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
  /** Eight times in ten the energy costs no more than this above or below `cents`. */
  readonly eitherWayCents: number
}

export interface PastDays {
  /** The last whole days, at most 28 of six weeks: what is usual now. Ascending. */
  readonly recent: readonly DayCost[]
  /** Whole days of more than a year, by which the way of expecting is itself tried. Ascending. */
  readonly all: readonly DayCost[]
}

/** Fewer whole days than this say too little of how much one differs from another. */
export const FEWEST_DAYS = 7
const RECENT_DAYS = 28
/** How far back they are looked for, so that last season's do not speak for this one. */
const WITHIN_DAYS = 42
const ALL_DAYS = 400
/** Fewer trials than this are chance. */
const FEWEST_TRIALS = 30

export function pastDays(history: MeterHistory, before: LocalDate): PastDays {
  const period = { fromDate: addDays(before, -ALL_DAYS), toDate: addDays(before, -1) }
  const all = dayCosts(history, period, []).filter(({ isWhole }) => isWhole)
  const since = addDays(before, -WITHIN_DAYS)
  return { all, recent: all.filter(({ localDate }) => localDate >= since).slice(-RECENT_DAYS) }
}

/** Of so many days (a gap counts by its share) like the recent ones. */
export function expectedEnergy({ recent, all }: PastDays, days: number): ExpectedEnergy | undefined {
  if (days === 0) return { cents: 0, exportCents: 0, eitherWayCents: 0 }
  if (recent.length < FEWEST_DAYS) return undefined
  const daily = recent.map(({ energyCents }) => energyCents)
  const exported = recent.map(({ channels }) => channels.feedIn?.cents ?? 0)
  const tried = missesOf(
    all.map(({ energyCents }) => energyCents),
    Math.ceil(days),
  )
  return {
    cents: total([mean(daily) * days]),
    exportCents: total([mean(exported) * days]),
    eitherWayCents: total([Math.max(spreadOf(daily, days), tried)]),
  }
}

/**
 * Days follow one another, a hot one a hot one, so that sums of them spread wider than of days drawn by lot; and the fewer
 * are known, the less their average is. Seasons it knows nothing of.
 */
function spreadOf(daily: readonly number[], days: number): number {
  const together = (1 + persistence(daily)) / (1 - persistence(daily))
  return deviations(daily.length) * Math.sqrt(variance(daily) * together * (days + days ** 2 / daily.length))
}

/**
 * How far off the same way of expecting was before, each time that so many days followed upon four weeks: four times in
 * five no further than this. 0 where it could be tried too seldom.
 */
function missesOf(daily: readonly number[], days: number): number {
  const sums = [0]
  for (const cents of daily) sums.push(sums.at(-1)! + cents)
  const sum = (from: number, to: number): number => sums[to]! - sums[from]!
  const misses: number[] = []
  for (let at = RECENT_DAYS; at + days <= daily.length; at += 1) {
    const expected = (sum(at - RECENT_DAYS, at) / RECENT_DAYS) * days
    misses.push(Math.abs(sum(at, at + days) - expected))
  }
  if (misses.length < FEWEST_TRIALS) return 0
  return misses.sort((a, b) => a - b)[Math.ceil(misses.length * 0.8) - 1]!
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

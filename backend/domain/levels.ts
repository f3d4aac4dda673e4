// How cheap or dear a price is, in six levels: Amber's own word for it where the shown price is the one Amber rated.
import type { Descriptor, PriceInterval } from './price.ts'
import { shownCents } from './shown-price.ts'
import { isSettled } from './timeline.ts'
import type { Level } from './view.ts'

/** Cents per kWh at which very cheap, cheap, normal and dear begin; the household may name its own spike as a fifth. */
export type Thresholds = readonly [number, number, number, number, number?]

/** Amber's own in New South Wales; other networks differ by a few cents and move each July, hence `learntThresholds`. */
export const DEFAULT_THRESHOLDS: readonly [number, number, number, number] = [16.5, 31.5, 41.5, 51.5]

/** From here every price is a spike, unless the household names its own. */
export const SPIKE_CENTS = 300

export interface LevelRules {
  readonly thresholds: Thresholds
  /** The household set them: they win over Amber's word. */
  readonly own: boolean
}

const LEVEL_OF: Readonly<Record<Descriptor, Level>> = {
  negative: 1,
  extremelyLow: 1,
  veryLow: 2,
  low: 3,
  neutral: 4,
  high: 5,
  spike: 6,
}

/** Level of a price that the household pays; for feed-in see `exportLevel`. */
export function levelOf(row: PriceInterval, { thresholds, own }: LevelRules): Level {
  const cents = shownCents(row)
  // A household that names its own spike wants no other.
  const isCalledSpike = thresholds[4] === undefined && (row.spikeStatus === 'spike' || maySpike(row))
  if (isCalledSpike || cents >= spikeCents(thresholds)) return 6
  if (cents < 0) return 1
  const rated = row.descriptor !== undefined && cents === row.centsPerKwh
  return rated && !own ? LEVEL_OF[row.descriptor] : levelOfCents(cents, thresholds)
}

/** Of a price that no row bears, such as an average. */
export function levelOfCents(cents: number, thresholds: Thresholds): Level {
  if (cents >= spikeCents(thresholds)) return 6
  return (1 + thresholds.slice(0, 4).filter((threshold) => cents >= threshold!).length) as Level
}

const spikeCents = ([, , , , own]: Thresholds): number => own ?? SPIKE_CENTS

/** Amber warns of a spike that has not come true; once a price is settled there is nothing left to warn of. */
export const maySpike = (row: PriceInterval): boolean => row.spikeStatus === 'potential' && !isSettled(row)

/** Exporting, by benefit: earning well is super cheap, costing is dear. Cents as Amber signs them, below zero earns. */
export function exportLevel(cents: number): Level {
  const earned = -Math.round(cents)
  if (earned < 0) return 5
  if (earned >= 20) return 1
  return earned >= 8 ? 2 : 3
}

/**
 * Where Amber's words change at this site, as far as its general rows show: each default is moved just so far that it
 * agrees with them. Rates change each July, so rows are heard newest first and one that contradicts a newer is not.
 */
export function learntThresholds(rows: readonly PriceInterval[]): Thresholds {
  const rated = rows.filter(
    (row) => row.channel === 'general' && row.descriptor && row.descriptor !== 'spike',
  )
  const newestFirst = rated.toSorted((a, b) => b.startMs - a.startMs)
  return DEFAULT_THRESHOLDS.map((guess, index) =>
    learnt(guess, index + 2, newestFirst),
  ) as unknown as Thresholds
}

function learnt(guess: number, levelAbove: number, newestFirst: readonly PriceInterval[]): number {
  let [below, above] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (const { descriptor, centsPerKwh } of newestFirst) {
    if (centsPerKwh <= below || centsPerKwh >= above) continue
    if (LEVEL_OF[descriptor!] >= levelAbove) above = centsPerKwh
    else below = centsPerKwh
  }
  if (guess > below && guess <= above) return guess
  if (above === Number.POSITIVE_INFINITY) return below + 0.001
  return below === Number.NEGATIVE_INFINITY ? above : (below + above) / 2
}

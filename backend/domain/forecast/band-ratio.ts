// Where in Amber's band a price came to lie: 0 at the prediction, 1 at the high end, −1 at the low end, further out beyond.
import type { PredictedInterval } from '../forecast-vintage.ts'

export interface BandEnds {
  readonly low: number
  readonly predicted: number
  readonly high: number
}

/** A band narrower than this is no measure of anything. */
const NARROWEST_CENTS = 1
const FURTHEST = 8
const STEP = 0.25

export const EMPTY_BINS: readonly number[] = new Array((2 * FURTHEST) / STEP).fill(0)

/** Undefined where Amber gave no band. */
export const ratioOf = ({ band }: PredictedInterval, actual: number): number | undefined => {
  if (!band) return undefined
  const { down, up } = reach(band)
  const off = actual - band.predicted
  return off / (off < 0 ? down : up)
}

/** The price that lies there in a band. */
export function centsAt(ratio: number, band: BandEnds): number {
  const { down, up } = reach(band)
  return band.predicted + ratio * (ratio < 0 ? down : up)
}

/** Index into the bins; what lies further out than eight bands counts into the last. */
export const binOf = (ratio: number): number =>
  Math.min(EMPTY_BINS.length - 1, Math.max(0, Math.floor((ratio + FURTHEST) / STEP)))

/** The ratio below which the share of all minutes lies; undefined where there are none. */
export function ratioAtShare(bins: readonly number[], share: number): number | undefined {
  const wanted = bins.reduce((sum, minutes) => sum + minutes, 0) * share
  if (wanted === 0) return undefined
  let below = 0
  for (const [bin, minutes] of bins.entries()) {
    if (below + minutes >= wanted) return bin * STEP - FURTHEST + ((wanted - below) / minutes) * STEP
    below += minutes
  }
  return FURTHEST
}

/** In numbers, though Amber's low and high of feed-in rate the value and run the other way. */
function reach({ low, predicted, high }: BandEnds): { down: number; up: number } {
  return {
    down: Math.max(NARROWEST_CENTS, predicted - Math.min(low, predicted, high)),
    up: Math.max(NARROWEST_CENTS, Math.max(low, predicted, high) - predicted),
  }
}

// The wholesale market of one state as a function of time: 5-minute spot prices in cents per kWh including GST.
import { HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import { along, clamp, type Points, rounded } from './curve.ts'
import { createGrid, type GridState } from './grid.ts'
import { keyOf, normalAt, smoothAt } from './hash.ts'
import { createSpikes, type Spikes } from './spikes.ts'
import type { State } from './states.ts'

export const STEP_MS = 5 * MINUTE_MS

export interface Market {
  /** Settled price of the step that starts then. */
  spotCentsAt(stepStartMs: number): number
  /** Per cent of demand, as measured. */
  renewablesAt(stepStartMs: number): number
  /** What can be known beforehand. */
  outlookAt(ms: number): GridState
  readonly spikes: Spikes
}

/** Price floor and cap of the market, $ per MWh without GST. */
const FLOOR_DOLLARS = -1000
const CAP_DOLLARS = 17_500
/** $1 per MWh is 0.1 c per kWh, and 10 % GST on it. */
const CENTS_OF_DOLLARS = 0.11

/** What the dearest plant asks that is needed to meet the residual demand, in cents. */
const OFFERS: Points = [
  [-0.6, -10],
  [-0.2, -7],
  [0, -5],
  [0.15, -2.8],
  [0.3, 0],
  [0.45, 3.2],
  [0.6, 6.5],
  [0.8, 9],
  [1, 12],
  [1.15, 17],
  [1.25, 24],
  [1.35, 36],
  [1.45, 70],
  [1.6, 260],
  [1.75, 900],
  [1.9, 1925],
]

export function createMarket(seed: number, state: State): Market {
  const gridAt = createGrid(seed, state)
  const spikes = createSpikes(seed, state.name)
  const rebids = keyOf(seed, state.name, 'rebids')
  const jumps = keyOf(seed, state.name, 'jumps')
  return {
    spotCentsAt(stepStartMs) {
      const step = stepStartMs / STEP_MS
      const unforeseen = 0.07 * smoothAt(rebids, stepStartMs / HOUR_MS) + 0.018 * normalAt(jumps, step)
      return settled(offerCents(gridAt(stepStartMs).residual + unforeseen), spikes.centsAt(stepStartMs))
    },
    // Counted to a hundred-thousandth and then made a per cent, as the real figures are, with their …0000001 tails.
    renewablesAt: (stepStartMs) => rounded(gridAt(stepStartMs).renewables, 5) * 100,
    outlookAt: gridAt,
    spikes,
  }
}

export const offerCents = (residual: number): number => along(OFFERS, residual)

/** Amber's figure is the market's, to the cent per MWh, with GST. */
function settled(cents: number, spikeCents: number | undefined): number {
  const dollars = Math.max(cents, spikeCents ?? cents) / CENTS_OF_DOLLARS
  return rounded(clamp(rounded(dollars, 2), FLOOR_DOLLARS, CAP_DOLLARS) * CENTS_OF_DOLLARS, 5)
}

/** Keeps a forecast within what the market allows. */
export const allowedCents = (cents: number): number =>
  rounded(clamp(cents, FLOOR_DOLLARS * CENTS_OF_DOLLARS, CAP_DOLLARS * CENTS_OF_DOLLARS), 5)

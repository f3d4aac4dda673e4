// What is said of the future, which depends on when it is said: near at hand it is close to what will come, a day ahead
// it is off by a class; each run differs from the last one, and each second a little.
import { HOUR_MS, SECOND_MS } from '#domain/interval.ts'
import { keyAt, keyOf, smoothAt, uniformAt } from './hash.ts'
import { allowedCents, type Market, offerCents, STEP_MS } from './market.ts'
import { endMsOf, type Slot } from './slots.ts'
import type { StateName } from './states.ts'

export interface Forecast {
  readonly spotCents: number
  readonly renewables: number
  /** Amber's own forecast as spot prices; near at hand only. */
  readonly advanced?: { readonly low: number; readonly predicted: number; readonly high: number }
  /** The market's sensitivities; far out only. */
  readonly range?: { readonly min: number; readonly max: number }
}

export interface Forecaster {
  spotCentsAt(stepStartMs: number, madeAtMs: number): number
  of(slot: Slot, madeAtMs: number): Forecast
}

// As recorded: rows 1 to 40 with Amber's own only, nine with both, the rest with the range only.
const ADVANCED_UNTIL_MS = 24.5 * HOUR_MS
const RANGE_FROM_MS = 20 * HOUR_MS

export function createForecaster(seed: number, state: StateName, market: Market): Forecaster {
  const key = keyOf(seed, state, 'forecast')
  const stepCents = (stepStartMs: number, madeAtMs: number) => {
    const offered = offerCents(market.outlookAt(stepStartMs).residual + errorOf(key, stepStartMs, madeAtMs))
    return allowedCents(Math.max(offered, market.spikes.forecastCentsAt(stepStartMs, madeAtMs) ?? offered))
  }
  return {
    spotCentsAt: stepCents,
    of(slot, madeAtMs) {
      const leadMs = Math.max(0, slot.startMs - madeAtMs)
      const spotCents = allowedCents(meanOverSteps(slot, (ms) => stepCents(ms, madeAtMs)))
      return {
        spotCents,
        renewables: renewablesOf(key, market, slot, madeAtMs),
        ...(leadMs < ADVANCED_UNTIL_MS && { advanced: advancedOf(key, market, slot, madeAtMs, spotCents) }),
        ...(leadMs >= RANGE_FROM_MS && { range: rangeOf(key, slot, spotCents) }),
      }
    },
  }
}

export function meanOverSteps(slot: Slot, valueAt: (stepStartMs: number) => number): number {
  let sum = 0
  for (let ms = slot.startMs; ms < endMsOf(slot); ms += STEP_MS) sum += valueAt(ms)
  return sum / ((endMsOf(slot) - slot.startMs) / STEP_MS)
}

/** In shares of demand: a part that stays with the hour, one that drifts from run to run, and one of the very second. */
function errorOf(key: number, stepStartMs: number, madeAtMs: number): number {
  const leadHours = Math.max(0, stepStartMs - madeAtMs) / HOUR_MS
  const size = Math.min(0.1, 0.014 + 0.024 * Math.sqrt(leadHours))
  const run = madeAtMs / (HOUR_MS / 2)
  const before = Math.floor(run)
  const place = stepStartMs / (1.5 * HOUR_MS)
  const earlier = smoothAt(keyAt(key, before), place)
  const drift = earlier + (smoothAt(keyAt(key, before + 1), place) - earlier) * (run - before)
  const ofTheSecond = uniformAt(keyAt(key, Math.floor(madeAtMs / SECOND_MS)), stepStartMs / STEP_MS) - 0.5
  return size * (0.9 * smoothAt(key, stepStartMs / (3 * HOUR_MS)) + 0.9 * drift + 0.2 * ofTheSecond)
}

function renewablesOf(key: number, market: Market, slot: Slot, madeAtMs: number): number {
  const share = meanOverSteps(slot, (ms) => market.outlookAt(ms).renewables)
  return 100 * Math.max(0, share - 0.8 * errorOf(key, slot.startMs, madeAtMs))
}

/** Leans from the market's forecast towards the season's usual price; the band widens with the lead, upwards first. */
function advancedOf(key: number, market: Market, slot: Slot, madeAtMs: number, spotCents: number) {
  const leadHours = Math.max(0, slot.startMs - madeAtMs) / HOUR_MS
  const usual = offerCents(market.outlookAt(slot.startMs).residual)
  const predicted = spotCents + (usual - spotCents) * Math.min(0.6, 0.1 + 0.1 * Math.sqrt(leadHours))
  const half = (0.4 + 0.09 * Math.abs(predicted)) * (0.6 + 0.45 * Math.sqrt(leadHours))
  const skew = 1.1 + 1.2 * uniformAt(key, slot.startMs / STEP_MS)
  return {
    low: allowedCents(predicted - half),
    predicted: allowedCents(predicted),
    high: allowedCents(predicted + half * skew),
  }
}

function rangeOf(key: number, slot: Slot, spotCents: number) {
  const half = 0.8 + 0.25 * Math.abs(spotCents)
  const draw = uniformAt(~key, slot.startMs / STEP_MS)
  return {
    min: allowedCents(spotCents - half * (0.4 + draw)),
    max: allowedCents(spotCents + half * (2 - draw)),
  }
}

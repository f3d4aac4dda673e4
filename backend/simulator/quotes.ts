// The price of an interval as it stands at a given time: settled, running or still to come; the same for all channels.
import { rounded } from './curve.ts'
import { createForecaster, type Forecast, meanOverSteps } from './forecast.ts'
import { keyOf } from './hash.ts'
import { createMarket, STEP_MS } from './market.ts'
import { settledAtMs } from './settlement.ts'
import { endMsOf, type Slot } from './slots.ts'
import { STATES, type StateName } from './states.ts'

export type SpikeStatus = 'none' | 'potential' | 'spike'

export interface Quote extends Forecast {
  readonly slot: Slot
  readonly kind: 'Actual' | 'Current' | 'Forecast'
  /** Of a running interval only. */
  readonly estimate?: boolean
  readonly spikeStatus: SpikeStatus
}

export interface Quotes {
  actual(slot: Slot): Quote
  current(slot: Slot, nowMs: number, options?: { neverSettles?: boolean | undefined }): Quote
  forecast(slot: Slot, nowMs: number): Quote
}

/** From here on a spot price counts as a spike. */
const SPIKE_CENTS = 300

export function createQuotes(seed: number, state: StateName): Quotes {
  const market = createMarket(seed, STATES[state])
  const forecaster = createForecaster(seed, state, market)
  const key = keyOf(seed, state, 'settlement')

  const settled = (slot: Slot) => {
    const spotCents = rounded(meanOverSteps(slot, market.spotCentsAt), 5)
    const renewables = rounded(meanOverSteps(slot, market.renewablesAt) / 100, 5) * 100
    return { slot, spotCents, renewables, spikeStatus: spotCents >= SPIKE_CENTS ? 'spike' : 'none' } as const
  }
  const isStepSettled = (startMs: number, nowMs: number) =>
    nowMs >= Math.min(startMs + STEP_MS, settledAtMs(key, { startMs, minutes: 5 }))

  const running = (slot: Slot, nowMs: number): Quote => {
    const spotCents = rounded(
      meanOverSteps(slot, (ms) =>
        isStepSettled(ms, nowMs) ? market.spotCentsAt(ms) : forecaster.spotCentsAt(ms, Math.min(ms, nowMs)),
      ),
      5,
    )
    const { renewables, advanced } = forecaster.of(slot, slot.startMs)
    const seen = slot.minutes === 30 && hasSpiked(slot, nowMs)
    return {
      slot,
      kind: 'Current',
      estimate: true,
      spotCents,
      renewables: rounded(renewables, 3),
      spikeStatus: spotCents < SPIKE_CENTS ? 'none' : seen ? 'spike' : 'potential',
      ...(advanced && { advanced }),
    }
  }
  const hasSpiked = (slot: Slot, nowMs: number): boolean => {
    for (let ms = slot.startMs; ms < endMsOf(slot); ms += STEP_MS)
      if (isStepSettled(ms, nowMs) && market.spotCentsAt(ms) >= SPIKE_CENTS) return true
    return false
  }

  return {
    actual: (slot) => ({ ...settled(slot), kind: 'Actual' }),
    current: (slot, nowMs, { neverSettles = false } = {}) =>
      nowMs >= settledAtMs(key, slot) && !neverSettles
        ? { ...settled(slot), kind: 'Current', estimate: false }
        : running(slot, nowMs),
    forecast(slot, nowMs) {
      const forecast = forecaster.of(slot, nowMs)
      return {
        ...forecast,
        slot,
        kind: 'Forecast',
        spikeStatus: forecast.spotCents >= SPIKE_CENTS ? 'potential' : 'none',
      }
    },
  }
}

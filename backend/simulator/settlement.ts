// When a running interval's price stops being an estimate: 100 measured delays of 5-minute sites lay between 17 and 37 s
// with a median of 22.6; half-hour sites wait for the last of their six steps.
import { MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import { clamp } from './curve.ts'
import { keyAt, normalAt, uniformAt } from './hash.ts'
import { STEP_MS } from './market.ts'
import type { Slot } from './slots.ts'

const NEVER_SHARE = 0.001
const LATE_SHARE = 0.006

/** Infinity for a price that is settled only once its interval is over. */
export function settledAtMs(key: number, { startMs, minutes }: Slot): number {
  const draw = uniformAt(keyAt(key, minutes), startMs / STEP_MS)
  if (draw < NEVER_SHARE) return Number.POSITIVE_INFINITY
  const deviation = normalAt(key, startMs / STEP_MS)
  const lastStepMs = startMs + minutes * MINUTE_MS - STEP_MS
  if (draw < LATE_SHARE) return lastStepMs + MINUTE_MS + ((draw - NEVER_SHARE) / LATE_SHARE) * 3 * MINUTE_MS
  return lastStepMs + (minutes === 5 ? stepDelayMs(deviation) : halfHourDelayMs(deviation))
}

/** Steeper before the median than after it. */
const stepDelayMs = (deviation: number): number =>
  clamp(22.6 * Math.exp(deviation * (deviation < 0 ? 0.12 : 0.19)), 17, 37.5) * SECOND_MS

const halfHourDelayMs = (deviation: number): number =>
  clamp(10.5 * Math.exp(deviation * 0.6), 1, 90) * SECOND_MS

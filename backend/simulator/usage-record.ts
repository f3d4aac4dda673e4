// What a meter's day goes through on its way to the bill: nothing until some hours after NEM midnight, then the whole
// day at once; on some days estimated first, on a few billed with the wrong tariff period and corrected later.
import { addDays, type NemDate, nemDayStartMs } from '#domain/calendar.ts'
import { DAY_MS, HOUR_MS } from '#domain/interval.ts'
import { clamp } from './curve.ts'
import { keyAt, normalAt, uniformAt } from './hash.ts'

export const USAGE_STAGES = ['late', 'partlyEstimated', 'estimated', 'mispriced', 'billable'] as const
/** late: nothing yet. mispriced: billable, with periods that will be corrected. billable: final. */
export type UsageStage = (typeof USAGE_STAGES)[number]

/** `key` is the meter's. */
export function stageAt(key: number, date: NemDate, nowMs: number): UsageStage {
  const endMs = nemDayStartMs(addDays(date, 1))
  const stages = stagesOf(keyAt(key, endMs / DAY_MS))
  return stages.findLast(({ afterMs }) => endMs + afterMs <= nowMs)?.stage ?? 'late'
}

interface Step {
  readonly afterMs: number
  readonly stage: UsageStage
}

function stagesOf(day: number): readonly Step[] {
  const arrivalMs = arrivalAfterMs(day)
  const draw = uniformAt(day, 1)
  if (draw < 0.12) {
    return [
      { afterMs: arrivalMs, stage: 'partlyEstimated' },
      { afterMs: arrivalMs + HOUR_MS, stage: 'estimated' },
      { afterMs: arrivalMs + (3 + 40 * uniformAt(day, 2)) * HOUR_MS, stage: 'billable' },
    ]
  }
  if (draw < 0.15) {
    return [
      { afterMs: arrivalMs, stage: 'mispriced' },
      { afterMs: arrivalMs + (2 + 8 * uniformAt(day, 2)) * DAY_MS, stage: 'billable' },
    ]
  }
  return [{ afterMs: arrivalMs, stage: 'billable' }]
}

/** Measured: 2.1 h at the earliest, mostly 3 to 6, p90 6.1, once 19; with a fault at the meter, days. */
function arrivalAfterMs(day: number): number {
  if (uniformAt(day, 3) < 0.01) return (1 + 2 * uniformAt(day, 4)) * DAY_MS
  return clamp(2.1 + 2 * Math.exp(0.52 * normalAt(day, 5)), 2.1, 19) * HOUR_MS
}

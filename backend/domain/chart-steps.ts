// The curve: one step a row, never a slope, never a bridge over a gap, and never more of them than a small computer draws.
import { durationMs, floorTo, type Interval, MINUTE_MS, overlapMs } from './interval.ts'
import { levelOf, levelOfCents } from './levels.ts'
import type { PriceInterval } from './price.ts'
import { band, shownCents } from './shown-price.ts'
import { isCutOff, type Situation } from './situation.ts'
import { isSettled } from './timeline.ts'
import type { ChartStep } from './view.ts'

export function chartSteps(now: Situation, view: Interval): ChartStep[] {
  const steps = now.general.flatMap((row) => (overlapMs(row, view) > 0 ? [step(now, row, view)] : []))
  return capped(steps, now)
}

function step(now: Situation, row: PriceInterval, view: Interval): ChartStep {
  return {
    startMs: Math.max(row.startMs, view.startMs),
    endMs: Math.min(row.endMs, view.endMs),
    cents: shownCents(row),
    ...band(row),
    level: levelOf(row, now.levels),
    certainty: certaintyOf(now, row),
  }
}

function certaintyOf(now: Situation, row: PriceInterval): ChartStep['certainty'] {
  if (isSettled(row)) return 'settled'
  if (row.kind === 'current') return 'estimate'
  // What has passed without ever being confirmed stays what it was: a forecast made earlier.
  return isCutOff(now) || row.endMs <= now.nowMs ? 'stored' : 'forecast'
}

/** Settled steps are merged first, and no coarser than an hour before the others are touched. */
function capped(steps: readonly ChartStep[], now: Situation): ChartStep[] {
  const { maxChartSteps } = now.options
  const rounds = [true, false].flatMap((settledOnly) =>
    [10, 15, 30, 60].map((minutes) => ({ settledOnly, cellMs: minutes * MINUTE_MS })),
  )
  let merged = [...steps]
  for (const { settledOnly, cellMs } of rounds) {
    if (merged.length <= maxChartSteps) return merged
    merged = mergedSteps(merged, cellMs, settledOnly, now)
  }
  // Nothing but gaps keeps them apart now: the oldest are left out.
  return merged.slice(-maxChartSteps)
}

function mergedSteps(
  steps: readonly ChartStep[],
  cellMs: number,
  settledOnly: boolean,
  now: Situation,
): ChartStep[] {
  const merged: ChartStep[] = []
  for (const step of steps) {
    const last = merged.at(-1)
    const belongs =
      last?.endMs === step.startMs &&
      last.certainty === step.certainty &&
      (!settledOnly || step.certainty === 'settled') &&
      floorTo(last.startMs, cellMs) === floorTo(step.startMs, cellMs)
    if (belongs) merged[merged.length - 1] = joined(last, step, now)
    else merged.push(step)
  }
  return merged
}

function joined(a: ChartStep, b: ChartStep, { levels }: Situation): ChartStep {
  const [lengthA, lengthB] = [durationMs(a), durationMs(b)]
  const average = (first: number, second: number): number =>
    (first * lengthA + second * lengthB) / (lengthA + lengthB)
  const cents = average(a.cents, b.cents)
  return {
    startMs: a.startMs,
    endMs: b.endMs,
    cents,
    ...(a.highCents === undefined || b.highCents === undefined
      ? {}
      : {
          lowCents: average(a.lowCents ?? a.cents, b.lowCents ?? b.cents),
          highCents: average(a.highCents, b.highCents),
        }),
    level: a.level === b.level ? a.level : levelOfCents(cents, levels.thresholds),
    certainty: a.certainty,
  }
}

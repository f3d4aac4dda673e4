// The ribbon of feed-in prices: merged while the sign holds and the price moves little, so that words fit into it.
import { durationMs, type Interval, overlapMs } from './interval.ts'
import { exportLevel } from './levels.ts'
import { shownCents } from './shown-price.ts'
import type { Situation } from './situation.ts'
import { exportRange } from './solar-words.ts'
import type { ExportStretch } from './view.ts'

type Range = Pick<ExportStretch, 'startMs' | 'endMs' | 'lowCents' | 'highCents'>

interface Stretch extends Range {
  /** Cents times milliseconds. */
  readonly sum: number
}

/** Of what is to come: beside the mast stands what exporting brings now, which the first stretch then holds. */
export function exportStretches({ feedIn, nowMs }: Situation, view: Interval): ExportStretch[] {
  const stretches: Stretch[] = []
  for (const row of feedIn) {
    if (overlapMs(row, view) === 0 || row.endMs <= nowMs) continue
    const part = { startMs: Math.max(row.startMs, view.startMs), endMs: Math.min(row.endMs, view.endMs) }
    const cents = shownCents(row)
    const stretch = {
      ...part,
      lowCents: cents,
      highCents: cents,
      sum: cents * durationMs(part),
    }
    const last = stretches.at(-1)
    if (last && belongsTo(last, stretch)) stretches[stretches.length - 1] = joined(last, stretch)
    else stretches.push(stretch)
  }
  return stretches.map(worded)
}

function belongsTo(last: Stretch, next: Stretch): boolean {
  if (last.endMs !== next.startMs) return false
  const { lowCents, highCents } = joined(last, next)
  if (Math.round(highCents) > 0) return Math.round(lowCents) > 0
  return highCents - lowCents < (lowCents < -12 ? 8 : 4)
}

const joined = (a: Stretch, b: Stretch): Stretch => ({ ...rangeOver(a, b), sum: a.sum + b.sum })

/** From the first's start to the end of the second, which follows it. */
export const rangeOver = (a: Range, b: Range): Range => ({
  startMs: a.startMs,
  endMs: b.endMs,
  lowCents: Math.min(a.lowCents, b.lowCents),
  highCents: Math.max(a.highCents, b.highCents),
})

function worded(stretch: Stretch): ExportStretch {
  const { startMs, endMs, lowCents, highCents, sum } = stretch
  return {
    startMs,
    endMs,
    lowCents,
    highCents,
    text: exportRange(lowCents, highCents),
    level: exportLevel(sum / durationMs(stretch)),
  }
}

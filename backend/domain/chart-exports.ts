// The ribbon of feed-in prices: merged while the sign holds and the price moves little, so that words fit into it.
import { durationMs, type Interval, overlapMs } from './interval.ts'
import { exportLevel } from './levels.ts'
import { shownCents } from './shown-price.ts'
import type { Situation } from './situation.ts'
import { exportText, shortExportText } from './solar-words.ts'
import type { ExportStretch } from './view.ts'

interface Stretch extends Interval {
  /** Whole cents at its start: what later rows are held against. */
  readonly firstCents: number
  /** Cents times milliseconds. */
  readonly sum: number
}

export function exportStretches({ feedIn }: Situation, view: Interval): ExportStretch[] {
  const stretches: Stretch[] = []
  for (const row of feedIn) {
    if (overlapMs(row, view) === 0) continue
    const part = { startMs: Math.max(row.startMs, view.startMs), endMs: Math.min(row.endMs, view.endMs) }
    const cents = shownCents(row)
    const stretch = { ...part, firstCents: Math.round(cents), sum: cents * durationMs(part) }
    const last = stretches.at(-1)
    if (last && belongsTo(last, stretch)) stretches[stretches.length - 1] = joined(last, stretch)
    else stretches.push(stretch)
  }
  return stretches.map(worded)
}

function belongsTo(last: Stretch, next: Stretch): boolean {
  if (last.endMs !== next.startMs) return false
  const [costs, nextCosts] = [last.firstCents > 0, next.firstCents > 0]
  if (costs || nextCosts) return costs === nextCosts
  return Math.abs(last.firstCents - next.firstCents) < (Math.abs(next.firstCents) > 12 ? 8 : 4)
}

const joined = (a: Stretch, b: Stretch): Stretch => ({ ...a, endMs: b.endMs, sum: a.sum + b.sum })

function worded(stretch: Stretch): ExportStretch {
  const { startMs, endMs, sum } = stretch
  const cents = sum / durationMs(stretch)
  return {
    startMs,
    endMs,
    text: exportText(cents, 'earn'),
    short: shortExportText(cents),
    level: exportLevel(cents),
  }
}

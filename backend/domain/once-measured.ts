// One register's rows where some of them tell of the same time: which of them count, and how much time that is.
import { durationMs } from './interval.ts'
import type { UsageInterval } from './usage.ts'

/**
 * Where Amber's answers before and after a change from 30 to 5 minutes overlap, energy must not count twice: of rows that
 * overlap the ones that cover more time stand, the shorter ones on a tie. What is no number is not measured.
 */
export function onceMeasured(rows: readonly UsageInterval[]): readonly UsageInterval[] {
  const sorted = rows
    .filter(({ kwh, startMs, endMs }) => Number.isFinite(kwh) && startMs < endMs)
    .toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs || billableFirst(a, b))
  const overlaps = sorted.some((row, index) => index > 0 && sorted[index - 1]!.endMs > row.startMs)
  return overlaps ? byLength(sorted) : sorted
}

function byLength(sorted: readonly UsageInterval[]): readonly UsageInterval[] {
  const kept: UsageInterval[] = []
  for (const row of sorted.toSorted((a, b) => durationMs(a) - durationMs(b))) {
    const under = kept.filter((other) => other.startMs < row.endMs && row.startMs < other.endMs)
    const coveredMs = under.reduce((sum, other) => sum + durationMs(other), 0)
    if (coveredMs >= durationMs(row)) continue
    for (const other of under) kept.splice(kept.indexOf(other), 1)
    kept.push(row)
  }
  return kept.sort((a, b) => a.startMs - b.startMs)
}

/** Of two words on the same interval; after that only see to it that the answer is always the same. */
const billableFirst = (a: UsageInterval, b: UsageInterval): number =>
  Number(a.quality === 'estimated') - Number(b.quality === 'estimated') ||
  b.kwh - a.kwh ||
  b.costCents - a.costCents

/** Of rows that are `onceMeasured`. */
export const measuredMs = (rows: readonly UsageInterval[]): number =>
  rows.reduce((sum, row) => sum + durationMs(row), 0)

// Time is epoch milliseconds everywhere inside; an interval holds its start and not its end: [startMs, endMs).

export interface Interval {
  readonly startMs: number
  readonly endMs: number
}

export const SECOND_MS = 1000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

export const durationMs = ({ startMs, endMs }: Interval): number => endMs - startMs

export const covers = ({ startMs, endMs }: Interval, ms: number): boolean => startMs <= ms && ms < endMs

export const overlapMs = (a: Interval, b: Interval): number =>
  Math.max(0, Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs))

/** The start of the grid cell of `stepMs` that holds `ms`; the grid begins at the epoch, as Amber's does. */
export const floorTo = (ms: number, stepMs: number): number => Math.floor(ms / stepMs) * stepMs

/** Whether the others, in any order and overlapping as they may, leave no part of it out. */
export function isCovered({ startMs, endMs }: Interval, by: readonly Interval[]): boolean {
  let untilMs = startMs
  for (const other of by.toSorted((a, b) => a.startMs - b.startMs)) {
    if (other.startMs > untilMs) break
    untilMs = Math.max(untilMs, other.endMs)
  }
  return untilMs >= endMs
}

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

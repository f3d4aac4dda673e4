import { floorTo, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'

const GRID_MS = 5 * MINUTE_MS
/** Half of all prices have settled 23 seconds into their interval. */
const OFFSET_MS = 25 * SECOND_MS

/** The next turn after `nowMs`: on Amber's 5-minute grid, a little past the interval's start. */
export function nextSyncAtMs(nowMs: number): number {
  const turn = floorTo(nowMs, GRID_MS) + OFFSET_MS
  return turn > nowMs ? turn : turn + GRID_MS
}

// In the dark a few bright pixels stay for eight hours: every three minutes they go to another place, far from the last.
import { MINUTE_MS } from '#domain/interval.ts'

const STEP_MS = 3 * MINUTE_MS
/** In this order no two neighbours follow each other; five and seven places come to all 35 pairs. */
const ACROSS = [0, 3, 1, 4, 2]
const DOWN = [0, 4, 1, 5, 2, 6, 3]

/** Shares of the free room, 0 … 1: from the left and from the top. */
export function wander(nowMs: number): { across: number; down: number } {
  const step = Math.floor(nowMs / STEP_MS)
  return { across: placeOf(ACROSS, step), down: placeOf(DOWN, step) }
}

const placeOf = (order: readonly number[], step: number): number =>
  order[step % order.length]! / (order.length - 1)

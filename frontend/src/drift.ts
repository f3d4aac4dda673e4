// Against burn-in the whole board moves a little, never its parts against each other: one pixel every three minutes,
// once around a square of two pixels.
import { MINUTE_MS } from '#domain/interval.ts'

const STEP_MS = 3 * MINUTE_MS
const AROUND = [
  [0, 0],
  [1, 0],
  [2, 0],
  [2, 1],
  [2, 2],
  [1, 2],
  [0, 2],
  [0, 1],
] as const

export function drift(nowMs: number): { xPx: number; yPx: number } {
  const [xPx, yPx] = AROUND[Math.floor(nowMs / STEP_MS) % AROUND.length] ?? AROUND[0]
  return { xPx, yPx }
}

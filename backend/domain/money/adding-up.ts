// Where a difference is told to be made of parts, the parts add up to it, to the cent: they are shares, and no bill names them.
import { total } from './total.ts'

/**
 * Whole cents for each part that add up to the whole cents of their sum. Where rounding each by itself misses that, the
 * parts that were rounded the furthest give way, by one cent each.
 */
export function addingUp(parts: readonly number[]): number[] {
  const rounded = parts.map(Math.round)
  const off = Math.round(total(parts)) - rounded.reduce((sum, cents) => sum + cents, 0)
  const step = Math.sign(off)
  const furthest = parts
    .map((cents, index) => ({ index, by: (cents - rounded[index]!) * step }))
    .sort((a, b) => b.by - a.by)
    .slice(0, Math.abs(off))
  for (const { index } of furthest) rounded[index]! += step
  return rounded
}

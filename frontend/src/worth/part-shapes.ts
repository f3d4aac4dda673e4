// Where each part of a difference lies, as shares of the width: one after the other, and back where it took.
import type { WorthPart } from '#domain/worth-view.ts'

export interface PartShape {
  /** 0 … 1 */
  readonly from: number
  readonly width: number
}

export interface PartShapes {
  readonly parts: readonly PartShape[]
  /** Where the first begins: to the right of it Amber was cheaper. */
  readonly zero: number
}

export function partShapes(parts: readonly Pick<WorthPart, 'cents'>[]): PartShapes {
  const ends = [0]
  for (const { cents } of parts) ends.push(ends.at(-1)! + cents)
  const least = Math.min(...ends)
  const span = Math.max(...ends) - least || 1
  return {
    parts: parts.map((_, i) => ({
      from: (Math.min(ends[i]!, ends[i + 1]!) - least) / span,
      width: Math.abs(ends[i + 1]! - ends[i]!) / span,
    })),
    zero: -least / span,
  }
}

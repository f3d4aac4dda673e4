// The bracket over the best window.
import type { ChartStep, ChartStretch } from '#domain/view.ts'
import type { Box } from './placement.ts'
import { type Plane, topCents } from './plane.ts'

export interface Bracket {
  readonly x0: number
  readonly x1: number
  readonly y: number
  readonly path: string
  readonly box: Box
}

/** Undefined when nothing of the window is in view. */
export function bracketOver(
  window: ChartStretch,
  steps: readonly ChartStep[],
  on: Plane,
): Bracket | undefined {
  const inside = steps.filter((step) => step.endMs > window.startMs && step.startMs < window.endMs)
  const { fontPx } = on.frame
  const [x0, x1] = [on.x(window.startMs) + 1, on.x(window.endMs) - 1]
  if (inside.length === 0 || x1 - x0 < fontPx * 0.5) return undefined
  const top = Math.min(on.zeroY, ...inside.map((step) => on.y(topCents(step))))
  const y = Math.max(fontPx * 0.2, top - fontPx * 0.55)
  const foot = y + fontPx * 0.42
  return {
    x0,
    x1,
    y,
    path: `M${x0} ${foot}V${y}H${x1}V${foot}`,
    box: { x0, y0: y - fontPx * 0.15, x1, y1: foot },
  }
}

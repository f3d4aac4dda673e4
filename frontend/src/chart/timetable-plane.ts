// The chart standing up: time goes down, price to the right. It is the lying chart turned over its corner, so that every
// shape of that one is drawn here too.
import type { Timetable } from '#domain/plan-timetable.ts'
import { type ChartFrame, type Plane, topCents } from './plane.ts'
import { priceScale } from './price-scale.ts'

export interface UprightPlane extends Plane {
  /** Draws the shapes made on this plane standing up. */
  readonly transform: string
  /** The zero line, from the left. */
  readonly zeroX: number
  /** Where the prices stand: to its left the curve, to its right their column. */
  readonly endX: number
  xOf(cents: number): number
  yOf(ms: number): number
}

/** Left of the curve the hours, right of it the prices. */
const HOURS_EMS = 4.6
const PRICES_EMS = 4.4

export function uprightPlane(view: Timetable, frame: ChartFrame): UprightPlane {
  const { widthPx, heightPx, fontPx, snapPx } = frame
  const snap = (px: number) => Math.round(px / snapPx) * snapPx
  const lowest = view.steps.reduce((least, { cents }) => Math.min(least, cents), 0)
  const highest = view.steps.reduce((most, step) => Math.max(most, topCents(step)), 0)
  const scale = priceScale(lowest, highest)
  const startX = fontPx * HOURS_EMS
  const endX = Math.max(startX + fontPx, widthPx - fontPx * PRICES_EMS)
  const risePx = (endX - startX) / (1 + scale.below)
  const zeroX = snap(startX + risePx * scale.below)
  const yOf = (ms: number) => {
    const inside = Math.min(view.endMs, Math.max(view.startMs, ms))
    return snap(((inside - view.startMs) / (view.endMs - view.startMs)) * heightPx)
  }
  const xOf = (cents: number) => snap(zeroX + scale.heightOf(cents) * risePx)
  return {
    frame,
    scale,
    zeroX,
    endX,
    xOf,
    yOf,
    // The lying chart's own terms: time along x, price upwards from its zero line.
    zeroY: 0,
    floorY: 0,
    mastX: 0,
    x: yOf,
    y: (cents) => zeroX - xOf(cents),
    transform: `matrix(0 1 -1 0 ${zeroX} 0)`,
  }
}

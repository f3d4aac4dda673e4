// Where time and price fall on a chart of a given size. Every size inside is a multiple of the font's, so that the chart
// of a phone, of an 800x480 panel and of a wall screen is the same drawing.
import type { ChartStep, ChartView } from '#domain/view.ts'
import { type PriceScale, priceScale } from './price-scale.ts'

export interface ChartFrame {
  readonly widthPx: number
  readonly heightPx: number
  readonly fontPx: number
  /** Edges fall on whole multiples of this: a device pixel, so that neighbouring fills leave no seam. */
  readonly snapPx: number
}

export interface Plane {
  readonly frame: ChartFrame
  readonly scale: PriceScale
  /** The zero line, and the foot of the curve's room: below them the hours, then the export ribbon. */
  readonly zeroY: number
  readonly floorY: number
  readonly ribbon?: { readonly y: number; readonly height: number }
  readonly mastX: number
  x(ms: number): number
  y(cents: number): number
}

/** Over the curve: a line of words, and on a narrow chart a second one, where a demand window is named. */
const TOP_EMS = 1.4
const SECOND_LINE_EMS = 1.15
const NARROW_EMS = 40
const HOURS_EMS = 1.5
const RIBBON_EMS = 1.85

export function plane(view: ChartView, frame: ChartFrame): Plane {
  const { widthPx, heightPx, fontPx, snapPx } = frame
  const snap = (px: number) => Math.round(px / snapPx) * snapPx
  const scale = priceScale(lowest(view.steps), highest(view.steps))
  const ribbonPx = view.exports.length > 0 ? fontPx * RIBBON_EMS : 0
  const floorY = snap(heightPx - fontPx * HOURS_EMS - ribbonPx)
  const risePx = Math.max(0, floorY - fontPx * topEms(view, frame)) / (1 + scale.below)
  const zeroY = snap(floorY - risePx * scale.below)
  const clamp = (ms: number) => Math.min(view.endMs, Math.max(view.startMs, ms))
  const x = (ms: number) => snap(((clamp(ms) - view.startMs) / (view.endMs - view.startMs)) * widthPx)
  const y = (cents: number) => snap(zeroY - scale.heightOf(cents) * risePx)
  const ribbon = ribbonPx > 0 ? { y: snap(heightPx - ribbonPx), height: snap(ribbonPx * 0.86) } : undefined
  return { frame, scale, zeroY, floorY, mastX: x(view.nowMs), x, y, ...(ribbon && { ribbon }) }
}

function topEms({ demandWindows }: ChartView, { widthPx, fontPx }: ChartFrame): number {
  const needsSecond = demandWindows.length > 0 && widthPx < NARROW_EMS * fontPx
  return needsSecond ? TOP_EMS + SECOND_LINE_EMS : TOP_EMS
}

/** The height that nothing of this step passes. */
export const topCents = (step: ChartStep): number => Math.max(step.cents, step.highCents ?? step.cents)

const highest = (steps: readonly ChartStep[]) =>
  steps.reduce((most, step) => Math.max(most, topCents(step)), 0)
const lowest = (steps: readonly ChartStep[]) => steps.reduce((least, step) => Math.min(least, step.cents), 0)

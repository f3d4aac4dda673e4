// The hours under the chart, as many as have room.
import type { ChartTick } from '#domain/view.ts'
import { textEms } from '../parts/text-width.ts'
import type { Plane } from './plane.ts'

export interface Hour {
  readonly x: number
  readonly text: string
  readonly isDay: boolean
}

/** Left out: what the mast or an edge would cut, and what would touch its neighbour. */
export function hours(ticks: readonly ChartTick[], on: Plane): Hour[] {
  const { fontPx, widthPx } = on.frame
  const shown: Hour[] = []
  let freeFrom = 0
  for (const { atMs, text, isDay } of ticks) {
    const x = on.x(atMs)
    const half = (textEms(text) / 2 + 0.3) * fontPx
    const hitsMast = Math.abs(x - on.mastX) < half
    if (x - half < freeFrom || x + half > widthPx || hitsMast) continue
    shown.push({ x, text, isDay })
    freeFrom = x + half
  }
  return shown
}

// A chart small enough to be read in a test: 18 hours on 1800 pixels, so that an hour is 100 of them.
import { HOUR_MS } from '#domain/interval.ts'
import type { ChartStep, ChartView } from '#domain/view.ts'
import { plane } from '../../../frontend/src/chart/plane.ts'

export const hour = (count: number): number => count * HOUR_MS

export const FRAME = { widthPx: 1800, heightPx: 1000, fontPx: 10, snapPx: 1 }

export const step = (from: number, to: number, cents: number, more: Partial<ChartStep> = {}): ChartStep => ({
  startMs: hour(from),
  endMs: hour(to),
  cents,
  level: 3,
  certainty: 'settled',
  ...more,
})

export const chart = (steps: readonly ChartStep[], more: Partial<ChartView> = {}): ChartView => ({
  startMs: 0,
  endMs: hour(18),
  nowMs: hour(3),
  steps,
  exports: [],
  demandWindows: [],
  labels: [],
  ticks: [],
  summary: '',
  table: [],
  ...more,
})

export const planeOf = (view: ChartView, frame = FRAME) => plane(view, frame)

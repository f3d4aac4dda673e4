// Demand windows on the chart: when the network counts the household's highest half hour.
import { demandWindows } from './demand-windows.ts'
import type { Interval } from './interval.ts'
import type { Situation } from './situation.ts'
import { timeSpan, timeText } from './time-words.ts'
import type { ChartStretch } from './view.ts'

/** Cut to the view, but named by where they really begin and end. */
export const chartDemand = (now: Situation, view: Interval): ChartStretch[] =>
  demandWindows(now, view).map((window) => ({
    startMs: Math.max(window.startMs, view.startMs),
    endMs: Math.min(window.endMs, view.endMs),
    text: `Demand window ${demandTime(window, now)}`,
  }))

const demandTime = ({ startMs, endMs }: Interval, { nowMs, timeZone }: Situation): string =>
  startMs > nowMs ? timeSpan(startMs, endMs, timeZone) : `to ${timeText(endMs, timeZone)}`

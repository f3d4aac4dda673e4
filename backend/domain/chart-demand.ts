// Demand windows: when the network counts the household's highest half hour.
import { type Interval, overlapMs } from './interval.ts'
import type { Situation } from './situation.ts'
import { timeSpan, timeText } from './time-words.ts'
import type { ChartStretch } from './view.ts'

/** Cut to the view, but named by where they really begin and end. */
export function demandWindows(now: Situation, view: Interval): ChartStretch[] {
  const windows: Interval[] = []
  for (const { startMs, endMs, tariff } of now.general) {
    if (!tariff?.demandWindow) continue
    const last = windows.at(-1)
    if (last?.endMs === startMs) windows[windows.length - 1] = { startMs: last.startMs, endMs }
    else windows.push({ startMs, endMs })
  }
  return windows
    .filter((window) => overlapMs(window, view) > 0)
    .map((window) => ({
      startMs: Math.max(window.startMs, view.startMs),
      endMs: Math.min(window.endMs, view.endMs),
      text: `Demand window ${demandTime(window, now)}`,
    }))
}

const demandTime = ({ startMs, endMs }: Interval, { nowMs, timeZone }: Situation): string =>
  startMs > nowMs ? timeSpan(startMs, endMs, timeZone) : `to ${timeText(endMs, timeZone)}`

// The chart of a wall is drawn anew when prices begin and when there is something new, not at each minute of the clock: by
// then it is less than a line's width behind.
import { createMemo } from 'solid-js'
import { floorTo, MINUTE_MS } from '#domain/interval.ts'
import type { ChartView } from '#domain/view.ts'

const TICK_MS = 5 * MINUTE_MS

export const createHeldChart = (chart: () => ChartView | undefined): (() => ChartView | undefined) =>
  createMemo(chart, undefined, { equals: isSame })

function isSame(shown: ChartView | undefined, next: ChartView | undefined): boolean {
  if (!shown || !next) return shown === next
  return floorTo(shown.nowMs, TICK_MS) === floorTo(next.nowMs, TICK_MS) && drawnOf(shown) === drawnOf(next)
}

/** What is written and drawn, but for the two ends, which each minute moves. */
const drawnOf = ({ steps, exports, labels, demandWindows }: ChartView): string =>
  JSON.stringify([
    steps.slice(1, -1),
    exports.map(({ text }) => text),
    labels,
    demandWindows.map(({ text }) => text),
  ])

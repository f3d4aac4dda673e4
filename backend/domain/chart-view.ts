// Everything that is drawn around now, and nothing that a drawing would have to conclude.
import { chartDemand } from './chart-demand.ts'
import { exportStretches } from './chart-exports.ts'
import { chartSteps } from './chart-steps.ts'
import { chartTable } from './chart-table.ts'
import { chartTicks } from './chart-ticks.ts'
import { chartLabels, chartSummary } from './chart-words.ts'
import { HOUR_MS } from './interval.ts'
import { present } from './present.ts'
import type { Situation } from './situation.ts'
import type { ChartView } from './view.ts'
import { bracket } from './window-choices.ts'

/** Absent when there is nothing to draw, or it is not known where in it now is. */
export function chartView(now: Situation): ChartView | undefined {
  const { nowMs, options, timeZone, ahead } = now
  const view = { startMs: nowMs - options.hoursBefore * HOUR_MS, endMs: ahead.endMs }
  const steps = chartSteps(now, view)
  if (steps.length === 0 || now.clockIsSlow) return undefined
  return {
    ...view,
    nowMs,
    steps,
    exports: exportStretches(now, view),
    demandWindows: chartDemand(now, view),
    ...present('bestWindow', bracket(now, view)),
    labels: chartLabels(now, steps),
    ticks: chartTicks(view, timeZone),
    summary: chartSummary(now, steps, view),
    table: chartTable(now, view),
  }
}

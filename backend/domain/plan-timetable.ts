// The chart of the Plan screen standing up: time down, price across, as far as the appliance may run.
import type { Advice, Appliance } from './advice.ts'
import { chartSteps } from './chart-steps.ts'
import { chartTable } from './chart-table.ts'
import { chartTicks } from './chart-ticks.ts'
import { chartSummary } from './chart-words.ts'
import { averageCents } from './cheapest-window.ts'
import { halfHours } from './half-hours.ts'
import type { Interval } from './interval.ts'
import { doubtOf, shownCents } from './shown-price.ts'
import type { Situation } from './situation.ts'
import type { ChartRow, ChartStep, ChartStretch, ChartTick } from './view.ts'
import { money } from './words.ts'

export interface TimetablePrice {
  readonly atMs: number
  /** "now 55c", "now about 55c", "now likely 55c", "31c" */
  readonly text: string
  /** The average over the run that is advised. */
  readonly isRun: boolean
  /** Printed before what else has room: now, the run, the dearest. */
  readonly isFirst: boolean
}

export interface Timetable extends Interval {
  readonly steps: readonly ChartStep[]
  /** Only where the price has moved enough to be worth reading; and the dearest. */
  readonly prices: readonly TimetablePrice[]
  /** The run that is advised, or the cheapest though it is not; more than one where it pauses. */
  readonly runs: readonly ChartStretch[]
  readonly ticks: readonly ChartTick[]
  /** One line for who cannot see it. */
  readonly summary: string
  readonly table: readonly ChartRow[]
}

/** Undefined when there is nothing to draw, or it is not known where in it now is. */
export function timetable(
  now: Situation,
  appliance: Appliance,
  advice: Advice,
  byMs: number,
): Timetable | undefined {
  const view = { startMs: now.nowMs, endMs: byMs }
  const steps = chartSteps(now, view)
  if (steps.length === 0 || now.clockIsSlow) return undefined
  const blocks = advice.action === 'wait' ? advice.blocks : []
  return {
    ...view,
    steps,
    prices: prices(now, view, blocks),
    runs: blocks.map(({ startMs, endMs }) => ({ startMs, endMs, text: appliance.name })),
    ticks: chartTicks(view, now.timeZone, 1),
    summary: chartSummary(now, steps, view),
    table: chartTable(now, view),
  }
}

const MOVED_CENTS = 2
const MOVED_SHARE = 0.08

function prices(now: Situation, view: Interval, blocks: readonly Interval[]): TimetablePrice[] {
  const runs = blocks.flatMap((block) => {
    const cents = averageCents(now.general, block)
    return cents === undefined
      ? []
      : [{ atMs: block.startMs, text: money(cents), isRun: true, isFirst: true }]
  })
  return [...movedPrices(now, view, blocks), ...runs].sort((a, b) => a.atMs - b.atMs)
}

function movedPrices(now: Situation, view: Interval, blocks: readonly Interval[]): TimetablePrice[] {
  const priced = halfHours(now.general, view).flatMap(({ startMs, cents: average }) => {
    const isNow = startMs === now.nowMs
    // The half hour that runs may hold a spike of five minutes: now is what now costs, as on every screen.
    const cents = isNow && now.row ? shownCents(now.row) : average
    return cents === undefined ? [] : [{ startMs, cents, isNow }]
  })
  const isInRun = (ms: number) => blocks.some(({ startMs, endMs }) => startMs <= ms && ms < endMs)
  const outside = priced.filter(({ startMs }) => !isInRun(startMs))
  const dearest = money(Math.max(...outside.map(({ cents }) => cents)))
  const dearestMs = outside.find(({ cents }) => money(cents) === dearest)?.startMs
  const moved: TimetablePrice[] = []
  let last: number | undefined
  for (const { startMs, cents, isNow } of priced) {
    const isFirst = isNow || startMs === dearestMs
    const far = last === undefined ? Number.POSITIVE_INFINITY : Math.abs(cents - last)
    if (!isFirst && (far <= MOVED_CENTS || far <= MOVED_SHARE * Math.abs(last ?? 0))) continue
    const text = isNow ? nowText(now, cents) : money(cents)
    if (!isInRun(startMs)) moved.push({ atMs: startMs, text, isRun: false, isFirst })
    last = cents
  }
  return moved
}

const nowText = ({ row }: Situation, cents: number): string =>
  ['now', row && doubtOf(row), money(cents)].filter(Boolean).join(' ')

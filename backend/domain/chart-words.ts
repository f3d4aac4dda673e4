// What is written on the chart, and the line that stands for it.
import { HALF_HOUR_MS } from './half-hours.ts'
import { durationMs, floorTo, type Interval } from './interval.ts'
import { isCutOff, type Situation } from './situation.ts'
import { timeText, whenText } from './time-words.ts'
import type { ChartLabel, ChartStep } from './view.ts'
import { money } from './words.ts'

/** The peak ahead with its high end, and the lowest below zero; nothing where now is the peak. */
export function chartLabels(now: Situation, steps: readonly ChartStep[]): ChartLabel[] {
  const ahead = steps.filter((step) => step.startMs > now.nowMs)
  const present = steps.find(({ startMs, endMs }) => startMs <= now.nowMs && now.nowMs < endMs)
  const [peak, low] = [dearest(ahead), cheapest(ahead)]
  return [
    ...(peak && (!present || Math.round(peak.cents) > Math.round(present.cents))
      ? [label(peak, upTo(peak))]
      : []),
    ...(low && Math.round(low.cents) < 0 ? [label(low, 'paid to use')] : []),
  ]
}

const label = (step: ChartStep, text: string): ChartLabel => ({
  atMs: (step.startMs + step.endMs) / 2,
  strong: money(step.cents),
  text,
})

const upTo = ({ cents, highCents = cents }: ChartStep): string =>
  money(highCents) === money(cents) ? '' : `up to ${money(highCents)}`

/** "Price from 7 am to 1 am. Lowest 15c at 12:30 pm, highest 58c at 6:30 pm." */
export function chartSummary(now: Situation, steps: readonly ChartStep[], view: Interval): string {
  const [low, high] = [cheapest(steps), dearest(steps)]
  if (!low || !high) return 'No price is known.'
  const at = (ms: number): string => timeText(floorTo(ms, HALF_HOUR_MS), now.timeZone)
  const extremes = `Lowest ${money(low.cents)} at ${at(low.startMs)}, highest ${money(high.cents)} at ${at(high.startMs)}.`
  return [
    ...madeText(now),
    `Price from ${at(view.startMs)} to ${at(view.endMs)}.`,
    extremes,
    ...(missingMs(steps, view) > 0 ? ['Part of it has no price.'] : []),
  ].join(' ')
}

function madeText(now: Situation): string[] {
  const { row, nowMs, timeZone } = now
  if (!isCutOff(now)) return []
  return row?.madeAtMs === undefined
    ? ['Stored forecast.']
    : [`Stored forecast from ${whenText(row.madeAtMs, nowMs, timeZone)}.`]
}

const missingMs = (steps: readonly ChartStep[], view: Interval): number =>
  durationMs(view) - steps.reduce((total, step) => total + durationMs(step), 0)

const dearest = (steps: readonly ChartStep[]): ChartStep | undefined =>
  steps.reduce<ChartStep | undefined>(
    (best, step) => (best && best.cents >= step.cents ? best : step),
    undefined,
  )

const cheapest = (steps: readonly ChartStep[]): ChartStep | undefined =>
  steps.reduce<ChartStep | undefined>(
    (best, step) => (best && best.cents <= step.cents ? best : step),
    undefined,
  )

// "Best 2 hours: 2 am": the picker under the chart, and the window that the chart brackets.
import { readyByMs } from './advice.ts'
import { averageCents, cheapestWindow, type PriceWindow } from './cheapest-window.ts'
import { HOUR_MS, type Interval, MINUTE_MS } from './interval.ts'
import { shownCents } from './shown-price.ts'
import { isCutOff, type Situation } from './situation.ts'
import { timeText } from './time-words.ts'
import type { ChartStretch, WindowChoice } from './view.ts'
import { money, shownDifference } from './words.ts'

const HOURS = [1, 2, 3]
const BRACKETED_MS = 2 * HOUR_MS

export function windowChoices(now: Situation): WindowChoice[] {
  const hours = HOURS.map((count) => {
    const what = `Best ${count === 1 ? 'hour' : `${count} hours`}`
    return choice(now, `${count} h`, what, count * HOUR_MS)
  })
  const [, second] = now.options.appliances
  if (!second) return hours
  return [...hours, choice(now, second.name, `Best for ${second.name}`, second.durationMinutes * MINUTE_MS)]
}

/** Undefined where no best window is known, or it lies outside of what the chart shows. */
export function bracket(now: Situation, view: Interval): ChartStretch | undefined {
  const best = bestWindow(now, BRACKETED_MS)
  if (!best || best.startMs < view.startMs || best.endMs > view.endMs) return undefined
  return { startMs: best.startMs, endMs: best.endMs, text: `Best 2 h: ${money(best.centsPerKwh)}` }
}

function bestWindow(now: Situation, durationMs: number): PriceWindow | undefined {
  if (!now.row) return undefined
  const { nowMs, timeZone, options } = now
  const deadlineMs = readyByMs(nowMs, durationMs, options.readyByMinute, timeZone)
  return cheapestWindow(now.general, { nowMs, deadlineMs, durationMs })
}

function choice(now: Situation, label: string, what: string, durationMs: number): WindowChoice {
  const best = bestWindow(now, durationMs)
  if (!best)
    return { label, heading: `${what}: not known`, note: now.row ? 'no forecast that long' : 'no price' }
  const start = best.startMs <= now.nowMs ? 'now' : timeText(best.startMs, now.timeZone)
  return { label, heading: `${what}: ${start}`, note: note(now, best) }
}

/** More than rounding the two prices may make. */
const OFF_CENTS = 0.5

function note(now: Situation, best: PriceWindow): string {
  if (isCutOff(now)) return 'by the stored forecast'
  const { nowMs, row, general } = now
  const length = best.endMs - best.startMs
  const nowCents = averageCents(general, { startMs: nowMs, endMs: nowMs + length }) ?? shownCents(row!)
  const savedCents = shownDifference(shownCents(row!), best.centsPerKwh)
  if (best.startMs <= nowMs) return `${money(best.centsPerKwh)} per kWh`
  // What a start now would cost is on no screen where the price is about to change.
  if (savedCents >= 100 || Math.abs(nowCents - shownCents(row!)) > OFF_CENTS)
    return `${money(best.centsPerKwh)}, started now ${money(nowCents)}`
  return savedCents < 1 ? 'hardly less than now' : `${money(savedCents)} less per kWh`
}

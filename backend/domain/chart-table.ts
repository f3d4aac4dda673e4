// The chart as a table of half hours, for who would rather read.
import { wallClock } from './calendar.ts'
import { HALF_HOUR_MS, type HalfHour, halfHours } from './half-hours.ts'
import { durationMs, floorTo, type Interval } from './interval.ts'
import { isCutOff, type Situation } from './situation.ts'
import { exactTimeText, shortWeekday } from './time-words.ts'
import { isSettled } from './timeline.ts'
import type { ChartRow } from './view.ts'
import { money } from './words.ts'

export function chartTable(now: Situation, view: Interval): ChartRow[] {
  const wholeHalfHours = {
    startMs: floorTo(view.startMs, HALF_HOUR_MS),
    endMs: floorTo(view.endMs + HALF_HOUR_MS - 1, HALF_HOUR_MS),
  }
  return halfHours(now.general, wholeHalfHours).map((cell) => tableRow(now, cell))
}

function tableRow(now: Situation, cell: HalfHour): ChartRow {
  const { startMs, endMs } = cell
  const when = { startMs, endMs, time: timeOf(startMs, now.timeZone) }
  if (cell.cents === undefined) {
    return { ...when, price: 'no price', range: '', low: 'not known', high: 'not known', state: 'not known' }
  }
  const price = money(cell.cents)
  const settled = cell.rows.every(isSettled)
  const end = (key: 'lowCents' | 'highCents'): string => {
    if (cell.band) return money(cell.band[key])
    return settled ? price : 'not given'
  }
  const [low, high] = [end('lowCents'), end('highCents')]
  const range = cell.band && low !== high ? `${low} to ${high}` : ''
  return { ...when, price, range, low, high, state: stateOf(now, cell) }
}

function stateOf(now: Situation, cell: HalfHour): string {
  const state = certaintyText(now, cell)
  return cell.pricedMs < durationMs(cell) ? `${state}, in part` : state
}

function certaintyText(now: Situation, { rows, endMs }: HalfHour): string {
  const settled = rows.filter(isSettled).length
  if (settled === rows.length) return 'confirmed'
  if (settled > 0) return 'partly confirmed'
  if (rows.some(({ kind }) => kind === 'current')) return 'about'
  return isCutOff(now) || endMs <= now.nowMs ? 'stored forecast' : 'forecast'
}

/** The first half hour of a day says which. */
function timeOf(ms: number, timeZone: string): string {
  const { hour, minute } = wallClock(ms, timeZone)
  const time = exactTimeText(ms, timeZone)
  return hour === 0 && minute === 0 ? `${shortWeekday(ms, timeZone)} ${time}` : time
}

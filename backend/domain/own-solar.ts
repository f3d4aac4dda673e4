// What one's own sun is worth: power that would have been sold costs what it would have earned, not what the grid asks.
import { addDays, localDate, wallClock } from './calendar.ts'
import { averageCents } from './cheapest-window.ts'
import { HALF_HOUR_MS } from './half-hours.ts'
import { datesOf } from './local-period.ts'
import type { MeterHistory, RegisterDay } from './meter-history.ts'
import type { AdvancedPrice, PriceInterval } from './price.ts'
import { type Band, band, shownCents } from './shown-price.ts'
import { isSettled, timeline } from './timeline.ts'

/** kW that the home usually sells at an instant. */
export type SurplusKw = (ms: number) => number

const DAYS = 14
const FEWEST_DAYS = 7
const HALF_HOURS = 48

/**
 * What was sold in each half hour of the day: the middle one of the last two weeks, so that one bright day promises
 * nothing. Undefined without export, or with less than a week of it known.
 */
export function usualSurplus(history: MeterHistory, nowMs: number): SurplusKw | undefined {
  const { timeZone } = history
  const today = localDate(nowMs, timeZone)
  const days = datesOf({ fromDate: addDays(today, -DAYS), toDate: addDays(today, -1) }).flatMap((date) => {
    const registers = history.day(date).registers.filter(({ channel }) => channel === 'feedIn')
    const isWhole = registers.length > 0 && registers.every(({ missingMs }) => missingMs === 0)
    return isWhole ? [soldKw(registers, timeZone)] : []
  })
  if (days.length < FEWEST_DAYS) return undefined
  const usual = Array.from({ length: HALF_HOURS }, (_, slot) => middle(days.map((day) => day[slot] ?? 0)))
  return usual.some((kw) => kw > 0) ? (ms) => usual[slotOf(ms, timeZone)] ?? 0 : undefined
}

/** The part of a load of `kw` that the surplus covers. */
export const solarShare = (surplusKw: SurplusKw, kw: number, ms: number): number =>
  kw > 0 ? Math.min(1, surplusKw(ms) / kw) : 0

/**
 * What each kWh of a load of `kw` costs the household, as general prices: the surplus at what it would have earned, the
 * rest at the general price. At worst no sun shines. Where no feed-in price is known nothing is taken for sunshine.
 */
export function pricesWithSolar(
  prices: readonly PriceInterval[],
  surplusKw: SurplusKw,
  kw: number,
): PriceInterval[] {
  return timeline(prices.filter(({ channel }) => channel === 'general'))
    .flatMap(halved)
    .map((row) => {
      const share = solarShare(surplusKw, kw, row.startMs)
      const forgone = share > 0 ? averageCents(prices, row, { channel: 'feedIn' }) : undefined
      return forgone === undefined ? row : blended(row, shownCents(row) * (1 - share) - forgone * share)
    })
}

/** A row that is longer than the half hours of the surplus is cut at them. */
function halved(row: PriceInterval): PriceInterval[] {
  const parts: PriceInterval[] = []
  for (let startMs = row.startMs; startMs < row.endMs; ) {
    const endMs = Math.min(row.endMs, (Math.floor(startMs / HALF_HOUR_MS) + 1) * HALF_HOUR_MS)
    parts.push(startMs === row.startMs && endMs === row.endMs ? row : { ...row, startMs, endMs })
    startMs = endMs
  }
  return parts
}

function blended(row: PriceInterval, cents: number): PriceInterval {
  if (isSettled(row)) return unsettled(row, cents)
  const known = band(row)
  return known
    ? { ...row, centsPerKwh: cents, advanced: around(cents, known) }
    : { ...row, centsPerKwh: cents }
}

/** The price is settled, the sun is not: together they are a forecast, whose high end is the grid’s price. */
const unsettled = (row: PriceInterval, cents: number): PriceInterval => ({
  ...row,
  kind: 'forecast',
  estimate: false,
  centsPerKwh: cents,
  advanced: around(cents, { lowCents: row.centsPerKwh, highCents: row.centsPerKwh }),
})

const around = (cents: number, { lowCents, highCents }: Band): AdvancedPrice => ({
  low: Math.min(lowCents, cents),
  predicted: cents,
  high: Math.max(highCents, cents),
})

function soldKw(registers: readonly RegisterDay[], timeZone: string): number[] {
  const kw: number[] = new Array(HALF_HOURS).fill(0)
  for (const { startMs, kwh } of registers.flatMap(({ rows }) => rows))
    kw[slotOf(startMs, timeZone)]! += kwh * 2
  return kw
}

function slotOf(ms: number, timeZone: string): number {
  const { hour, minute } = wallClock(ms, timeZone)
  return hour * 2 + Math.floor(minute / 30)
}

/** Of an even count the lower of the two. */
const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!

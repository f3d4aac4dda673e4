// One day of usage by half hours: what was used when, what it cost, and what is not known.
import { type ChannelRow, channelRows, costText } from './channel-rows.ts'
import { chartTicks } from './chart-ticks.ts'
import { dayAndMonth, dayInMonth, dayName } from './date-words.ts'
import { HALF_HOUR_MS } from './half-hours.ts'
import { durationMs, floorTo, type Interval } from './interval.ts'
import { levelOfCents, type Thresholds } from './levels.ts'
import type { MeteredDay } from './meter-history.ts'
import type { DayCost } from './money/day-cost.ts'
import { rowCents } from './money/energy-cost.ts'
import { total, wholeSum } from './money/total.ts'
import { CHANNELS, type Channel } from './price.ts'
import { exactTimeText } from './time-words.ts'
import type { UsageInterval } from './usage.ts'
import type { ChartTick, Level } from './view.ts'
import { energy, money } from './words.ts'

export interface UsageHalfHour extends Interval {
  /** Cents and kWh of each channel; a channel of which nothing was measured is absent. Feed-in below zero earns. */
  readonly channels: Partial<Record<Channel, { readonly kwh: number; readonly cents: number }>>
  /** Its share of the day's supply, fee and demand; 0 where they are not known. */
  readonly fixedCents: number
  /** Of the average general price; absent where none is known. */
  readonly level?: Level
  readonly state: 'known' | 'estimated' | 'partial' | 'missing'
  /** Of some of its energy no price is known, so what it cost is not either. */
  readonly isUnpriced?: true
}

export interface UsageTableRow {
  readonly time: string
  /** "0.6 kWh", "not known" */
  readonly used: string
  readonly cost: string
  readonly price: string
  /** Absent in a home that sells nothing. */
  readonly sold?: string
  readonly state: string
}

export interface UsageDayView extends Interval {
  /** "Thursday 19" */
  readonly heading: string
  /** "$11.78", "earned $0.74"; absent where nothing is known. */
  readonly cost?: string
  /** "of energy": where supply and fees are not known. */
  readonly costNote?: string
  readonly halfHours: readonly UsageHalfHour[]
  readonly rows: readonly ChannelRow[]
  readonly ticks: readonly ChartTick[]
  /** One line for who cannot see it. */
  readonly summary: string
  readonly table: readonly UsageTableRow[]
}

export function usageDayView(
  day: MeteredDay,
  cost: DayCost,
  { timeZone, thresholds }: { readonly timeZone: string; readonly thresholds: Thresholds },
): UsageDayView {
  const halfHours = halfHoursOf(day, cost, thresholds)
  const isKnown = halfHours.some(({ state }) => state !== 'missing')
  const cents = total([cost.energyCents, cost.fixed?.cents ?? 0])
  return {
    startMs: day.startMs,
    endMs: day.endMs,
    heading: dayInMonth(day.localDate),
    ...(isKnown && { cost: costText(cents) }),
    ...(isKnown && !cost.fixed && { costNote: 'of energy' }),
    halfHours,
    rows: isKnown ? channelRows(cost.channels, cost.fixed) : [],
    ticks: chartTicks(day, timeZone, 6),
    summary: summaryOf(day, cost, halfHours, timeZone),
    table: halfHours.map((halfHour) => tableRow(halfHour, cost, timeZone)),
  }
}

function halfHoursOf(day: MeteredDay, cost: DayCost, thresholds: Thresholds): UsageHalfHour[] {
  const count = Math.round(durationMs(day) / HALF_HOUR_MS)
  const rows = Map.groupBy(
    day.registers.flatMap((register) => register.rows),
    ({ startMs }) => floorTo(startMs, HALF_HOUR_MS),
  )
  const fixedCents = (cost.fixed?.cents ?? 0) / count
  return Array.from({ length: count }, (_, index) => {
    const startMs = day.startMs + index * HALF_HOUR_MS
    const own = rows.get(startMs) ?? []
    const channels = channelsOf(own)
    const { general } = channels
    const isUnpriced = own.some((row) => rowCents(row) === undefined)
    return {
      startMs,
      endMs: startMs + HALF_HOUR_MS,
      channels,
      fixedCents,
      ...(general &&
        general.kwh > 0 &&
        !isUnpriced && { level: levelOfCents(general.cents / general.kwh, thresholds) }),
      state: stateOf(own, day),
      ...(isUnpriced && { isUnpriced }),
    }
  })
}

function channelsOf(rows: readonly UsageInterval[]): UsageHalfHour['channels'] {
  const channels: UsageHalfHour['channels'] = {}
  for (const channel of CHANNELS) {
    const own = rows.filter((row) => row.channel === channel)
    if (own.length === 0) continue
    channels[channel] = {
      kwh: total(own.map(({ kwh }) => kwh)),
      cents: total(own.map((row) => rowCents(row) ?? 0)),
    }
  }
  return channels
}

function stateOf(rows: readonly UsageInterval[], day: MeteredDay): UsageHalfHour['state'] {
  if (rows.length === 0) return 'missing'
  const isWhole =
    (day.isWhole || wholeSum(rows.map(durationMs)) >= day.registers.length * HALF_HOUR_MS) &&
    rows.every((row) => rowCents(row) !== undefined)
  if (!isWhole) return 'partial'
  return rows.some(({ quality }) => quality === 'estimated') ? 'estimated' : 'known'
}

function summaryOf(
  { localDate }: MeteredDay,
  cost: DayCost,
  halfHours: readonly UsageHalfHour[],
  timeZone: string,
): string {
  const name = `${dayName(localDate)} ${dayAndMonth(localDate)}`
  const known = halfHours.filter(({ state }) => state !== 'missing')
  if (known.length === 0) return `Nothing is known of ${name}.`
  const dearest = known.reduce((a, b) => (importCents(b) > importCents(a) ? b : a))
  const missing = halfHours.length - known.length
  return [
    `${name}: ${costText(total([cost.energyCents, cost.fixed?.cents ?? 0]))}.`,
    `Dearest half hour ${exactTimeText(dearest.startMs, timeZone)}, ${money(importCents(dearest))}.`,
    ...(missing > 0 ? [`${missing} of ${halfHours.length} half hours are missing.`] : []),
  ].join(' ')
}

const importCents = ({ channels }: UsageHalfHour): number =>
  (channels.general?.cents ?? 0) + (channels.controlledLoad?.cents ?? 0)

const STATE_WORDS = {
  known: 'measured',
  estimated: 'estimated',
  partial: 'in part',
  missing: 'missing',
} as const

function tableRow(halfHour: UsageHalfHour, cost: DayCost, timeZone: string): UsageTableRow {
  const { general, controlledLoad, feedIn } = halfHour.channels
  const sold = cost.channels.feedIn && { sold: feedIn ? energy(feedIn.kwh) : 'not known' }
  const time = exactTimeText(halfHour.startMs, timeZone)
  if (!general && !controlledLoad) {
    return {
      time,
      used: 'not known',
      cost: 'not known',
      price: 'not known',
      ...sold,
      state: STATE_WORDS[halfHour.state],
    }
  }
  const kwh = (general?.kwh ?? 0) + (controlledLoad?.kwh ?? 0)
  const cents = importCents(halfHour) + (feedIn?.cents ?? 0)
  if (halfHour.isUnpriced) {
    return {
      time,
      used: energy(kwh),
      cost: 'not known',
      price: 'not known',
      ...sold,
      state: STATE_WORDS[halfHour.state],
    }
  }
  return {
    time,
    used: energy(kwh),
    cost: Math.round(cents) < 0 ? `earned ${money(-cents)}` : money(cents),
    price: kwh > 0 ? money(importCents(halfHour) / kwh) : 'nothing used',
    ...sold,
    state: STATE_WORDS[halfHour.state],
  }
}

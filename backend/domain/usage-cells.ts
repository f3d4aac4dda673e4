// The cells of a usage calendar: the days of a week or month, the months of a year.
import { addDays, type LocalDate } from './calendar.ts'
import { costText } from './channel-rows.ts'
import { dayAndMonth, dayName, monthName, shortMonth } from './date-words.ts'
import { levelOfCents, type Thresholds } from './levels.ts'
import { isWithin, type LocalPeriod, monthOf, partsOf } from './local-period.ts'
import type { DayCost } from './money/day-cost.ts'
import { boughtKwh, isEstimated, isUnmeasured, type PeriodCost, periodCost } from './money/period-cost.ts'
import { CHANNELS, type Channel } from './price.ts'
import type { Level } from './view.ts'
import { energy, LEVEL_WORDS } from './words.ts'

export type CellState =
  /** All of it is measured. */
  | 'known'
  /** All of it is there, part of it an estimate of the network. */
  | 'estimated'
  /** Part of it is missing. */
  | 'partial'
  | 'missing'
  /** It lies before anything was kept. */
  | 'before'
  | 'today'
  | 'ahead'

export interface UsageCell extends LocalPeriod {
  readonly state: CellState
  /** "19", "Nov" */
  readonly text: string
  /** "Thursday 19 November", "November 2026" */
  readonly name: string
  /** "$6.29" and "19.2"; absent where nothing is known. */
  readonly cost?: string
  readonly kwh?: string
  /** "no data", "to come", "today", "in part", "estimated". */
  readonly note?: string
  /** For the bar: all of it, and its foot of supply and fee. Absent where nothing is known. */
  readonly cents?: number
  readonly fixedCents?: number
  /** What each channel cost, feed-in below zero; absent where nothing is known. */
  readonly channelCents?: Partial<Record<Channel, number>>
  /** Of the average price of its energy: 3 cheap, 4 normal, 5 dear. */
  readonly level?: Level
  readonly isSelected: boolean
  /** The whole cell in words. */
  readonly label: string
}

export interface CellRules {
  readonly today: LocalDate
  /** The first day of which anything is known: what those before cost nobody knows. */
  readonly firstDate: LocalDate | undefined
  /** The last day of which anything is known: what is later is not missing but to come. */
  readonly lastDate: LocalDate | undefined
  readonly selected: LocalDate
  readonly thresholds: Thresholds
}

export function dayCell(day: DayCost, rules: CellRules): UsageCell {
  const { localDate } = day
  const period = { fromDate: localDate, toDate: localDate }
  const name = `${dayName(localDate)} ${dayAndMonth(localDate)}`
  return cell({ period, days: [day], text: String(partsOf(localDate).day), name }, rules)
}

/** Of the days of one calendar month. */
export function monthCell(days: readonly DayCost[], rules: CellRules): UsageCell {
  const { localDate } = days[0]!
  const name = `${monthName(localDate)} ${partsOf(localDate).year}`
  return cell({ period: monthOf(localDate), days, text: shortMonth(localDate), name }, rules)
}

interface Contents {
  readonly period: LocalPeriod
  readonly days: readonly DayCost[]
  readonly text: string
  readonly name: string
}

function cell({ period, days, text, name }: Contents, rules: CellRules): UsageCell {
  const over = days.filter(({ localDate }) => localDate < rules.today)
  const cost = periodCost(over.filter(({ localDate }) => localDate >= (rules.firstDate ?? rules.today)))
  const state = stateOf(period, over, rules)
  const isKnown = state === 'known' || state === 'estimated' || state === 'partial'
  const note = noteOf(state, period, rules)
  const figures = isKnown ? figuresOf(cost, rules.thresholds) : {}
  const { cost: costWords, kwh } = figures
  const said = [
    costWords,
    kwh && `${kwh} kWh`,
    figures.level && LEVEL_WORDS[figures.level].toLowerCase(),
    note,
  ]
  return {
    ...period,
    state,
    text,
    name,
    ...figures,
    ...(note && { note }),
    isSelected: isWithin(rules.selected, period),
    label: [name, ...said].filter((part) => part).join(', '),
  }
}

function figuresOf(cost: PeriodCost, thresholds: Thresholds): Partial<UsageCell> {
  const { general } = cost.channels
  const cents = cost.cents ?? cost.energyCents
  const kwh = boughtKwh(cost.channels)
  return {
    cost: costText(cents),
    kwh: energy(kwh).replace(' kWh', ''),
    cents,
    ...(cost.fixed && { fixedCents: cost.fixed.cents }),
    channelCents: Object.fromEntries(
      CHANNELS.flatMap((channel) => {
        const own = cost.channels[channel]
        return own ? [[channel, own.cents]] : []
      }),
    ),
    ...(general && general.kwh > 0 && { level: tint(general.cents / general.kwh, thresholds) }),
  }
}

/** A calendar tells cheap, normal and dear apart; more would be read as noise. */
const tint = (centsPerKwh: number, thresholds: Thresholds): Level =>
  Math.min(5, Math.max(3, levelOfCents(centsPerKwh, thresholds))) as Level

function stateOf(period: LocalPeriod, over: readonly DayCost[], { today, firstDate }: CellRules): CellState {
  const isDay = period.fromDate === period.toDate
  if (period.fromDate > today) return 'ahead'
  if (over.length === 0 && isDay) return 'today'
  if (over.every(isUnmeasured)) {
    if (period.toDate < (firstDate ?? '')) return 'before'
    return over.length === 0 ? 'ahead' : 'missing'
  }
  if (over.some(({ isWhole }) => !isWhole)) return 'partial'
  return over.some(isEstimated) ? 'estimated' : 'known'
}

const USAGE_COMES_WITHIN_DAYS = 3

function noteOf(state: CellState, { fromDate }: LocalPeriod, rules: CellRules): string | undefined {
  if (state === 'estimated') return 'estimated'
  if (state === 'partial') return 'in part'
  if (state === 'today') return 'today'
  if (state !== 'missing') return undefined
  if (rules.lastDate === undefined) return 'to come'
  const isNew = fromDate >= addDays(rules.today, -USAGE_COMES_WITHIN_DAYS)
  return isNew && fromDate > rules.lastDate ? 'to come' : 'no data'
}

// The Usage screen's conclusions: a day, week, month or year of it, with what is missing and what is only estimated.
import { addDays, type LocalDate } from './calendar.ts'
import { type ChannelRow, channelRows } from './channel-rows.ts'
import { type DemandPart, demandParts } from './demand-view.ts'
import type { HomeFacts } from './home-facts.ts'
import { datesOf, isWithin, type LocalPeriod, partsOf, weekOf } from './local-period.ts'
import { averagePrice } from './money/average-price.ts'
import { billOf } from './money/bill.ts'
import { type DayCost, dayCosts } from './money/day-cost.ts'
import { isUnmeasured, periodCost } from './money/period-cost.ts'
import { present } from './present.ts'
import type { Settings } from './settings/settings.ts'
import { type TariffPeriodRow, tariffPeriodRows } from './tariff-period-rows.ts'
import { type CellRules, dayCell, monthCell, type UsageCell } from './usage-cells.ts'
import { type UsageDayView, usageDayView } from './usage-day-view.ts'
import { type HeatMap, heatMap } from './usage-heat.ts'
import { type UsageHome, usageHome } from './usage-home.ts'
import { type Neighbour, neighbours, usagePeriod } from './usage-periods.ts'
import { type UsagePiles, usagePiles } from './usage-piles.ts'
import { averageText, type UsagePeriod, usageDetail, usageSentence } from './usage-words.ts'

export interface UsageRequest {
  readonly kind: UsagePeriod
  /** Any day of the period; absent: today's, and of days the newest that is known whole. */
  readonly date?: LocalDate
  /** The day that is shown by half hours; absent, or outside of the period: the newest that is known whole. */
  readonly selected?: LocalDate
}

export interface UsageView extends LocalPeriod {
  readonly kind: UsagePeriod
  readonly demo: boolean
  readonly sentence: string
  readonly detail: string
  /** Where there may be anything to see; absent otherwise. */
  readonly earlier?: Neighbour
  readonly later?: Neighbour
  /** Days of a week or month, months of a year; none of a day. */
  readonly cells: readonly UsageCell[]
  /** Empty cells before the first, so that a month's begin on its weekday, Monday first. */
  readonly emptyCells: number
  /** The dearest cell, to scale by. */
  readonly mostCents: number
  /** Of more than a day, cell by cell: each channel on the foot of supply and fee. */
  readonly piles?: UsagePiles
  /** Of the whole period. */
  readonly rows: readonly ChannelRow[]
  /** "You paid 27.1c on average. …"; empty where nothing is known. */
  readonly average: string
  /** Two or more, or none. */
  readonly tariffPeriods: readonly TariffPeriodRow[]
  /** Of a week or month. */
  readonly heat?: HeatMap
  /** Of the month that holds today: its peaks so far. */
  readonly demand: readonly DemandPart[]
  /** The selected day. */
  readonly day?: UsageDayView
}

export function usageView(
  facts: HomeFacts,
  nowMs: number,
  request: UsageRequest,
  settings: Settings,
): UsageView {
  const home = usageHome(facts, nowMs, settings)
  const { history, today, thresholds } = home
  const { kind } = request
  const newest = newestWhole(home, settings)
  const period = usagePeriod(kind, request.date ?? (kind === 'day' ? newest : today))
  const days = dayCosts(history, period, settings.charges)
  const over = overFrom(home, days)
  const cost = periodCost(toldUntil(home, over))
  const selected = selectedDay(home, period, days, request)
  const rules = {
    today,
    firstDate: history.firstDate,
    lastDate: history.lastDate,
    selected,
    thresholds,
  }
  const cells = cellsOf(kind, days, rules)
  const metered = over.map(({ localDate }) => history.day(localDate))
  const heat = kind === 'week' || kind === 'month' ? heatMap(metered, home.timeZone) : undefined
  const bill =
    over.length > 0 && kind !== 'year'
      ? billOf(history, period, { today, charges: settings.charges })
      : undefined
  const wording = { kind, period, cost, today, firstDate: history.firstDate, bill }
  return {
    ...period,
    kind,
    demo: facts.household?.demo ?? false,
    sentence: usageSentence(wording),
    detail: usageDetail(wording),
    ...neighbours(kind, period, { firstDate: history.firstDate, today }),
    cells,
    emptyCells: kind === 'month' ? daysSinceMonday(period.fromDate) : 0,
    mostCents: Math.max(0, ...cells.map(({ cents = 0 }) => cents)),
    ...present('piles', usagePiles(kind, cells)),
    rows: isUnmeasured(cost) ? [] : channelRows(cost.channels, cost.fixed),
    average: averageText(averagePrice(wholeDays(home, over)), cost),
    tariffPeriods: tariffPeriodRows(metered),
    ...(heat && { heat }),
    demand: kind === 'month' && isWithin(today, period) ? demandParts(facts, home, settings) : [],
    ...(isWithin(selected, period) && { day: dayView(home, days, selected) }),
  }
}

function dayView(home: UsageHome, days: readonly DayCost[], selected: LocalDate): UsageDayView {
  const cost = days.find(({ localDate }) => localDate === selected)!
  return usageDayView(home.history.day(selected), cost, home)
}

function selectedDay(
  { history, today }: UsageHome,
  period: LocalPeriod,
  days: readonly DayCost[],
  { selected }: UsageRequest,
): LocalDate {
  if (selected && isWithin(selected, period)) return selected
  const whole = days.findLast(({ isWhole }) => isWhole)
  if (whole) return whole.localDate
  const last = history.lastDate ?? addDays(today, -1)
  if (isWithin(last, period)) return last
  return last > period.toDate ? period.toDate : period.fromDate
}

/** Of today nothing is told before tomorrow, and at times of yesterday only its first hour. */
const LATE_DAYS = 14

function newestWhole({ history, today }: UsageHome, { charges }: Settings): LocalDate {
  const late = { fromDate: addDays(today, -LATE_DAYS), toDate: addDays(today, -1) }
  const whole = dayCosts(history, late, charges).findLast(({ isWhole }) => isWhole)
  return whole?.localDate ?? late.toDate
}

function cellsOf(kind: UsagePeriod, days: readonly DayCost[], rules: CellRules): UsageCell[] {
  if (kind === 'day') return []
  if (kind !== 'year') return days.map((day) => dayCell(day, rules))
  const months = Map.groupBy(days, ({ localDate }) => partsOf(localDate).month)
  return [...months.values()].map((month) => monthCell(month, rules))
}

/** Days that are over, from the first on which anything is known: nobody knows who paid for those before. */
const overFrom = ({ history, today }: UsageHome, days: readonly DayCost[]): DayCost[] =>
  days.filter(({ localDate }) => localDate < today && localDate >= (history.firstDate ?? today))

/** Days whose usage is still to come bear no charge yet: their cells show none. */
const toldUntil = ({ history }: UsageHome, over: readonly DayCost[]): DayCost[] =>
  over.filter(({ localDate }) => localDate <= (history.lastDate ?? ''))

const wholeDays = ({ history }: UsageHome, days: readonly DayCost[]) =>
  days.filter(({ isWhole }) => isWhole).map(({ localDate }) => history.day(localDate))

const daysSinceMonday = (date: LocalDate): number =>
  datesOf({ fromDate: weekOf(date).fromDate, toDate: date }).length - 1

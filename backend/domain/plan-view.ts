// The Plan screen's conclusions: wait or run, what it costs now, then and at worst, and the timetable to read it from.
import { type Advice, type Appliance, readyByMs } from './advice.ts'
import { adviceBy, deadlineMs } from './appliance-advice.ts'
import { HALF_HOUR_MS } from './half-hours.ts'
import type { HomeFacts } from './home-facts.ts'
import { floorTo, HOUR_MS, MINUTE_MS } from './interval.ts'
import { levelOfCents } from './levels.ts'
import { type Timetable, timetable } from './plan-timetable.ts'
import { adviceDetail, adviceSentence, forecastText, readyByText, startText } from './plan-words.ts'
import { present } from './present.ts'
import { type NowViewOptions, type Situation, situation } from './situation.ts'
import { status } from './status.ts'
import type { Certainty, Level, StatusView } from './view.ts'
import { money } from './words.ts'

export interface PlanRequest {
  /** By name; the first one where it is absent or unknown. */
  readonly appliance?: string
  /** When it must be done; absent: the appliance's or the household's own time. Too soon for a run counts as absent, later than prices are known as that. */
  readonly readyByMs?: number
}

export interface PlanView {
  readonly certainty: Certainty
  readonly demo: boolean
  readonly sentence: string
  /** Below the bars; empty where there is nothing to add. */
  readonly detail: string
  /** Whose forecast, and how old when contact is lost. */
  readonly forecast: string
  readonly appliances: readonly { readonly name: string; readonly isChosen: boolean }[]
  readonly readyBy?: ReadyBy
  /** Now first, then the time that is advised, or would be cheapest. Absent where it is not known. */
  readonly bars: readonly CostBar[]
  readonly timetable?: Timetable
  readonly status: StatusView
}

export interface ReadyBy {
  readonly atMs: number
  /** "7 am tomorrow" */
  readonly text: string
  /** Half an hour earlier and later; absent where a run does not fit, or nothing more is known. */
  readonly earlierMs?: number
  readonly laterMs?: number
}

export interface CostBar {
  /** "Start now", "Start 2 am" */
  readonly caption: string
  readonly isNow: boolean
  readonly cents: number
  /** "31c" */
  readonly text: string
  /** Of its average price. */
  readonly level: Level
  /** "at worst 37c"; absent where no high end is known or it adds nothing. */
  readonly worst?: { readonly cents: number; readonly text: string }
}

export function planView(
  facts: HomeFacts,
  nowMs: number,
  request: PlanRequest = {},
  options: NowViewOptions = {},
): PlanView {
  const near = situation(facts, nowMs, options)
  const { appliances } = near.options
  const appliance = appliances.find(({ name }) => name === request.appliance) ?? appliances[0]
  const common = {
    certainty: near.certainty,
    demo: facts.household?.demo ?? false,
    appliances: appliances.map(({ name }) => ({ name, isChosen: name === appliance?.name })),
    status: status(near),
  }
  if (!appliance) {
    return { ...common, sentence: 'No appliance is set up yet.', detail: '', forecast: '', bars: [] }
  }
  const byMs = chosenDeadlineMs(near, appliance, request.readyByMs)
  const hoursAfter = Math.max(1, Math.ceil((byMs - near.nowMs) / HOUR_MS))
  const now = situation(facts, nowMs, { ...options, hoursAfter })
  const advice = adviceBy(now, appliance, byMs)
  return {
    ...common,
    sentence: adviceSentence(now, appliance, advice, byMs),
    detail: adviceDetail(now, appliance, advice),
    forecast: now.row ? forecastText(now, advisedRun(advice)) : '',
    readyBy: readyBy(now, appliance, byMs),
    bars: now.row ? costBars(now, appliance, advice) : [],
    ...present('timetable', timetable(now, appliance, advice, byMs)),
  }
}

const advisedRun = (advice: Advice) => (advice.action === 'wait' ? advice : undefined)

function chosenDeadlineMs(now: Situation, appliance: Appliance, chosenMs: number | undefined): number {
  const fits = chosenMs !== undefined && chosenMs - now.nowMs >= appliance.durationMinutes * MINUTE_MS
  return fits ? Math.min(chosenMs, latestReadyByMs(now)) : deadlineMs(now, appliance)
}

/** As far as prices are known, and the household's own time at least: of a later one nothing more could be said. */
const latestReadyByMs = ({ knownToMs = 0, nowMs, options, timeZone }: Situation): number =>
  Math.max(knownToMs, readyByMs(nowMs, 0, options.readyByMinute, timeZone))

function readyBy(now: Situation, appliance: Appliance, atMs: number): ReadyBy {
  const soonestMs = now.nowMs + appliance.durationMinutes * MINUTE_MS
  const earlierMs = floorTo(atMs - 1, HALF_HOUR_MS)
  const laterMs = floorTo(atMs, HALF_HOUR_MS) + HALF_HOUR_MS
  return {
    atMs,
    text: readyByText(atMs, now),
    ...(earlierMs >= soonestMs && { earlierMs }),
    ...(laterMs <= latestReadyByMs(now) && { laterMs }),
  }
}

function costBars(now: Situation, appliance: Appliance, advice: Advice): CostBar[] {
  const level = (cents: number): Level => levelOfCents(cents / appliance.kwh, now.levels.thresholds)
  const bar = (caption: string, cents: number) => ({
    caption,
    cents,
    text: money(cents),
    level: level(cents),
  })
  const { nowCostCents } = advice
  const later = advice.action === 'wait' ? advice : advice.action === 'run' ? advice.later : undefined
  const worstCents = later?.worstCostCents
  const isWorse = later && worstCents !== undefined && money(worstCents) !== money(later.costCents)
  return [
    ...(nowCostCents === undefined ? [] : [{ ...bar('Start now', nowCostCents), isNow: true }]),
    ...(later
      ? [
          {
            ...bar(startCaption(now, later.startMs), later.costCents),
            isNow: false,
            ...(isWorse && { worst: { cents: worstCents, text: `at worst ${money(worstCents)}` } }),
          },
        ]
      : []),
  ]
}

const startCaption = (now: Situation, ms: number): string =>
  ms <= now.nowMs ? 'In parts' : `Start ${startText(ms, now)}`

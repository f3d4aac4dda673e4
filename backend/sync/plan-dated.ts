// Questions about whole NEM days: when each is due, and how urgent that is.
import { addDays, daysFrom, type NemDate, nemDate, nemDayStartMs, nemMinuteOfDay } from '#domain/calendar.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import type { Asked } from '../store/questions.ts'
import { type DatedRequest, isDue, type PlanSite, type PlanState } from './plan.ts'
import { REVISED_DAYS, type Span, spansOf } from './spans.ts'

export interface DatedQuestion {
  readonly request: DatedRequest
  readonly urgency: Urgency
}

/** 0: at once. 1: never answered yet. 2: daily and more often. 3: weekly. */
export type Urgency = 0 | 1 | 2 | 3

/** Usage of a day is not there before this NEM time of the next. */
const USAGE_FROM_MINUTE = 135
const WEEK_MS = 7 * DAY_MS
const MONTH_MS = 30 * DAY_MS

export const datedQuestions = (site: PlanSite, state: PlanState, nowMs: number): DatedQuestion[] => [
  ...runningPrices(site, nowMs),
  ...(['usage', 'prices'] as const).flatMap((what) =>
    spansOf(what, site, state, nowMs).flatMap((span) => questionOf(what, site, span, nowMs)),
  ),
]

/** Yesterday to tomorrow, hourly: fills what the answers on the running interval left out. */
function runningPrices({ siteId, status, asked }: PlanSite, nowMs: number): DatedQuestion[] {
  const question = 'prices now'
  if (status !== 'active' || !isWanted(asked.get(question), HOUR_MS, nowMs)) return []
  const [from, to] = [addDays(nemDate(nowMs), -1), addDays(nemDate(nowMs), 1)]
  return [{ urgency: 0, request: { what: 'prices', siteId, from, to, question } }]
}

function questionOf(what: 'prices' | 'usage', site: PlanSite, span: Span, nowMs: number): DatedQuestion[] {
  const { question, from, to } = span
  const asked = site.asked.get(question)
  const everyMs = span.isWeek ? weekEveryMs(asked, to, nowMs) : dayEveryMs(what, site, span, nowMs)
  if (!isWanted(asked, everyMs, nowMs, span.isWeek ? undefined : dayBeganMs(nowMs))) return []
  const { isWeek } = span
  const isRecheck = isWeek && asked?.answeredAtMs !== undefined
  const kind = { ...(isWeek && { isWeek }), ...(isRecheck && { isRecheck }) }
  const request = { what, siteId: site.siteId, from, to, question, ...kind }
  return [{ request, urgency: urgencyOf(span, asked, everyMs) }]
}

function urgencyOf({ question, isWeek }: Span, asked: Asked | undefined, everyMs: number): Urgency {
  const isNew = asked?.answeredAtMs === undefined
  // The kitchen shows yesterday's cost.
  if (everyMs === HOUR_MS || (isNew && question === 'usage days')) return 0
  if (isNew) return 1
  return isWeek ? 3 : 2
}

/** Of usage hourly until yesterday is whole, then less often while something may still change. */
function dayEveryMs(what: 'prices' | 'usage', site: PlanSite, { from, to }: Span, nowMs: number): number {
  if (what === 'prices') return DAY_MS
  const holdsYesterday = to === addDays(nemDate(nowMs), -1)
  const isThere = nemMinuteOfDay(nowMs) >= USAGE_FROM_MINUTE
  if (holdsYesterday && isThere && !site.yesterdayComplete) return HOUR_MS
  return site.estimatedDates.some((date) => from <= date && date <= to) ? 3 * HOUR_MS : DAY_MS
}

/**
 * When the last days' usage was there at the latest, and so all of them are asked for: each at its own hour, a day that moves
 * from one week's question to the other's could be out of sight for two.
 */
function dayBeganMs(nowMs: number): number {
  const afterMidnightMs = USAGE_FROM_MINUTE * MINUTE_MS
  return nemDayStartMs(nemDate(nowMs - afterMidnightMs)) + afterMidnightMs
}

/** What Amber leaves out in so many answers is rarely there in the next. */
const HOPEFUL_ANSWERS = 5

/** Infinity: it is known for good. */
function weekEveryMs(asked: Asked | undefined, to: NemDate, nowMs: number): number {
  const { emptyAnswers = 0, shortAnswers = 0 } = asked ?? {}
  // No answer is no proof of there being nothing: an empty one has been a mistake before.
  if (emptyAnswers > 0 && emptyAnswers < 3) return DAY_MS
  if (shortAnswers > 0) return shortAnswers < HOPEFUL_ANSWERS ? DAY_MS : WEEK_MS
  if (daysFrom(to, nemDate(nowMs)) <= REVISED_DAYS) return WEEK_MS
  // Amber gives prices of any age: what it was without for some days it may have again.
  return emptyAnswers > 0 ? MONTH_MS : Number.POSITIVE_INFINITY
}

/** What is wanted often is never out of sight for as long as what is wanted now and then. */
const PATIENCE = 4

/** A question that Amber fails at is asked again later and later, so that it does not stand in the way of the others. */
function isWanted(
  asked: Asked | undefined,
  everyMs: number,
  nowMs: number,
  sinceMs = Number.NEGATIVE_INFINITY,
): boolean {
  const { answeredAtMs } = asked ?? {}
  const isOld = answeredAtMs !== undefined && answeredAtMs < sinceMs
  if (!isOld && !isDue(answeredAtMs, everyMs, nowMs)) return false
  if (!asked?.failures) return true
  const waitMs = Math.min(DAY_MS, PATIENCE * everyMs, HOUR_MS * 2 ** (asked.failures - 1))
  return isDue(asked.failedAtMs, waitMs, nowMs)
}

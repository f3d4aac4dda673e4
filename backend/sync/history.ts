// How far a site's history has been fetched: what a household that has just begun wants to know.
import type { NemDate } from '#domain/calendar.ts'
import type { PlanSite, PlanState } from './plan.ts'
import { type Span, spansOf } from './spans.ts'

export interface HistoryProgress {
  readonly prices: HistoryPart
  readonly usage: HistoryPart
}

export interface HistoryPart {
  /** Everything from here on has been asked for and answered; absent: nothing yet. */
  readonly backTo?: NemDate
  /** Where it ends; absent: Amber has not told since when the site is its customer. */
  readonly first?: NemDate
  readonly isComplete: boolean
  /** Weeks that were answered, and all of them. */
  readonly weeks: readonly [number, number]
}

export const historyProgress = (site: PlanSite, state: PlanState, nowMs: number): HistoryProgress => ({
  prices: partOf(site, spansOf('prices', site, state, nowMs)),
  usage: partOf(site, spansOf('usage', site, state, nowMs)),
})

function partOf(site: PlanSite, spans: readonly Span[]): HistoryPart {
  const isAnswered = ({ question }: Span) => site.asked.get(question)?.answeredAtMs !== undefined
  const open = spans.findIndex((span) => !isAnswered(span))
  const known = open < 0 ? spans : spans.slice(0, open)
  const backTo = known.at(-1)?.from
  const first = site.activeFrom === undefined ? undefined : spans.at(-1)?.from
  return {
    ...(backTo !== undefined && { backTo }),
    ...(first !== undefined && { first }),
    isComplete: open < 0,
    weeks: [spans.filter(isAnswered).length, spans.length],
  }
}

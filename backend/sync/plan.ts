// What to ask Amber next. Pure: the same state at the same time asks the same, so a run can be cut off anywhere and the
// next one goes on from there. The order is what a person at the kitchen screen would miss first.
import type { NemDate } from '#domain/calendar.ts'
import { HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import type { Asked } from '../store/questions.ts'
import { currentRequest, type SeenCurrent, settleChecks } from './plan-current.ts'
import { datedQuestions } from './plan-dated.ts'

export type AmberRequest =
  | { readonly what: 'sites' }
  /** Not before that instant: until then Amber has nothing new to say. */
  | { readonly what: 'current'; readonly siteId: string; readonly notBeforeMs?: number }
  | DatedRequest

export interface DatedRequest {
  readonly what: 'prices' | 'usage'
  readonly siteId: string
  /** Whole NEM days, both included. */
  readonly from: NemDate
  readonly to: NemDate
  /** The name under which its answer is noted. */
  readonly question: string
  /** All of it has settled long ago, so that its answer can be told to be whole or short. */
  readonly isWeek?: boolean
  /** Of what is there already: one a run is enough. */
  readonly isRecheck?: boolean
}

export interface PlanSite {
  readonly siteId: string
  /** pending: nothing is known of it yet. */
  readonly status: 'active' | 'pending' | 'closed'
  readonly intervalMinutes: number
  readonly activeFrom?: NemDate
  readonly closedOn?: NemDate
  readonly asked: ReadonlyMap<string, Asked>
  /** Every register that is not taken for silent or replaced has told of all of yesterday. */
  readonly yesterdayComplete: boolean
  /** Days of which not everything is final. */
  readonly estimatedDates: readonly NemDate[]
  /** The last answer of this run on the running interval; absent: not asked yet. */
  readonly current?: SeenCurrent
}

export interface PlanState {
  readonly sitesAnsweredAtMs?: number
  /** The household's first. */
  readonly sites: readonly PlanSite[]
  /** Nothing older is wanted; absent: everything is. */
  readonly keepFrom?: NemDate
  /** What Amber could not answer in this run, by `requestKey`. */
  readonly failed: ReadonlySet<string>
  /** Amber has told the time in this run: without that nobody knows what day it is. */
  readonly knowsTime: boolean
  /** A weekly question has been asked in this run. */
  readonly rechecked: boolean
  /** Amber could not be reached: only the running price is worth another try. */
  readonly isDown: boolean
}

/** Kept back from what can wait: the next run's first questions, within the same five minutes. */
const KEPT_BACK = 4

/** In order; at most `budget` of them. */
export function plan(state: PlanState, nowMs: number, budget: number): AmberRequest[] {
  const [first] = state.sites
  const { urgent, patient } = dated(state, nowMs)
  const now = [...sites(state, nowMs), ...current(state, nowMs), ...urgent]
  const checks = first && !hasFailed(state, 'current', first) ? settleChecks(first, nowMs) : []
  const room = Math.max(0, budget - now.length - Math.max(KEPT_BACK, checks.length))
  return [...now, ...patient.slice(0, room), ...checks.slice(0, 1)].slice(0, Math.max(0, budget))
}

/** Under which a request's failure is remembered in a run: what fails for one week will fail for the next. */
export const requestKey = (request: AmberRequest): string =>
  request.what === 'sites' ? 'sites' : `${request.what} ${request.siteId}`

const hasFailed = (
  { failed }: PlanState,
  what: 'current' | 'prices' | 'usage',
  { siteId }: PlanSite,
): boolean => failed.has(`${what} ${siteId}`)

/** Daily; hourly while there is none that supplies a price: a new customer waits for it. */
function sites({ sites, sitesAnsweredAtMs, failed, isDown }: PlanState, nowMs: number): AmberRequest[] {
  if (isDown || failed.has('sites')) return []
  const everyMs = sites.some(({ status }) => status !== 'pending') ? 24 * HOUR_MS : HOUR_MS
  return isDue(sitesAnsweredAtMs, everyMs, nowMs) ? [{ what: 'sites' }] : []
}

/** A time that lies ahead was noted by a clock that was wrong. */
export const isDue = (answeredAtMs: number | undefined, everyMs: number, nowMs: number): boolean =>
  answeredAtMs === undefined || nowMs - answeredAtMs >= everyMs || answeredAtMs > nowMs + MINUTE_MS

function current(state: PlanState, nowMs: number): AmberRequest[] {
  return state.sites
    .filter((_, index) => index === 0 || !state.isDown)
    .filter((site, index) => site.status === 'active' || (index === 0 && site.status === 'closed'))
    .filter((site) => !hasFailed(state, 'current', site))
    .flatMap((site) => currentRequest(site, nowMs, { again: site === state.sites[0] }))
}

function dated(state: PlanState, nowMs: number) {
  const questions =
    state.knowsTime && !state.isDown
      ? state.sites
          .filter(({ status }) => status !== 'pending')
          .flatMap((site, rank) =>
            datedQuestions(site, state, nowMs)
              .filter(({ request }) => !hasFailed(state, request.what, site))
              .map((question) => ({ ...question, rank })),
          )
      : []
  const requests = (urgency: number) =>
    questions
      .filter((question) => question.urgency === urgency)
      .sort(
        (a, b) => a.rank - b.rank || (a.request.to < b.request.to ? 1 : a.request.to > b.request.to ? -1 : 0),
      )
      .map(({ request }) => request)
  return {
    urgent: requests(0),
    patient: [...requests(1), ...requests(2), ...(state.rechecked ? [] : requests(3).slice(0, 1))],
  }
}

// Whether to ask, to wait or to end: the plan within the budget.
import { SECOND_MS } from '#domain/interval.ts'
import { callsLeft, moreCallsMs, type Silence, silenceAt } from './bucket.ts'
import { type AmberRequest, type PlanState, plan } from './plan.ts'
import { bucketOf, planOf, type Run } from './run-state.ts'

export type Step =
  | { readonly kind: 'ask'; readonly request: AmberRequest }
  /** Long: until Amber has something new to say. */
  | { readonly kind: 'wait'; readonly untilMs: number; readonly isLong: boolean }
  | { readonly kind: 'end'; readonly heldBack?: HeldBack }

/** There is more to ask, but no call for it. */
export interface HeldBack {
  readonly by: Silence['why']
  readonly untilMs: number
}

/** So long after its start a run waits for another call; after that, the next run goes on. */
const PATIENCE_MS = 60 * SECOND_MS
const CALLS_TO_SPARE = 20

export function nextStep(run: Run): Step {
  const nowMs = run.clock.now()
  const bucket = bucketOf(run)
  const state = planOf(run)
  const [request] = plan(state, nowMs, callsLeft(bucket, nowMs))
  if (request && !isLater(request)) return { kind: 'ask', request }
  const wants = wantsMore(state, nowMs)
  const untilMs = moreCallsMs(bucket, nowMs)
  if (wants && untilMs <= run.clock.startedAt() + PATIENCE_MS) return { kind: 'wait', untilMs, isLong: false }
  if (request && isLater(request)) return { kind: 'wait', untilMs: request.notBeforeMs, isLong: true }
  if (!wants || callsLeft(bucket, nowMs) > 0) return { kind: 'end' }
  return { kind: 'end', heldBack: { by: silenceAt(bucket, nowMs)?.why ?? 'quota', untilMs } }
}

const isLater = (request: AmberRequest): request is AmberRequest & { notBeforeMs: number } =>
  request.what === 'current' && request.notBeforeMs !== undefined

/** With calls to spare, there would be a question now. */
function wantsMore(state: PlanState, nowMs: number): boolean {
  const [request] = plan(state, nowMs, CALLS_TO_SPARE)
  return request !== undefined && !isLater(request)
}

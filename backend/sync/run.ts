// One refresh: asks what the plan says, writes each answer in one transaction, and stops at the first sign that going
// on would be in vain. Nothing is awaited inside a transaction.
import { HOUR_MS } from '#domain/interval.ts'
import { AmberError } from '../amber/amber-error.ts'
import { saveNote } from '../store/notes.ts'
import { keepFromDate, prune } from '../store/prune.ts'
import { forgiveFailures } from '../store/questions.ts'
import { recordSyncRun, type SyncRun } from '../store/sync-runs.ts'
import { ask } from './answers.ts'
import { afterAnswer, withCall } from './bucket.ts'
import { historyProgress } from './history.ts'
import { type HeldBack, nextStep } from './next-step.ts'
import { outcomeOf } from './outcome.ts'
import { type AmberRequest, isDue, requestKey } from './plan.ts'
import { beginRun, bucketOf, planOf, type Run, runRecord, type SyncDeps, saveBucket } from './run-state.ts'
import { noteTrouble } from './run-trouble.ts'

export type { SyncDeps } from './run-state.ts'

export async function runSync(deps: SyncDeps): Promise<SyncRun> {
  const run = beginRun(deps)
  for (;;) {
    const step = nextStep(run)
    if (step.kind === 'end') return finish(run, step.heldBack)
    if (step.kind === 'ask') await carryOut(run, step.request)
    else await wait(run, step.untilMs, step.isLong)
  }
}

async function wait({ deps, clock }: Run, untilMs: number, isLong: boolean): Promise<void> {
  if (isLong) deps.onWait?.(untilMs)
  await deps.sleep(Math.max(0, untilMs - clock.now()))
}

async function carryOut(run: Run, request: AmberRequest): Promise<void> {
  const { db, amber } = run.deps
  run.requests += 1
  saveBucket(run, withCall(bucketOf(run), run.clock.now()))
  try {
    const answered = await ask(amber, request)
    run.clock.learn(answered.answer.clockOffMs)
    keepAnswer(run, request, answered)
  } catch (error) {
    if (!(error instanceof AmberError)) throw error
    run.clock.learn(error.clockOffMs)
    db.transaction(() => noteTrouble(run, request, error)).immediate()
  }
}

function keepAnswer(run: Run, request: AmberRequest, answered: Awaited<ReturnType<typeof ask>>): void {
  const { db, newEpoch } = run.deps
  const nowMs = run.clock.now()
  const { quota } = answered.answer
  run.answeredAtMs = nowMs
  if (quota) run.quotaRemaining = quota.remaining
  run.troubles.delete(requestKey(request))
  run.isDown = false
  if (request.what === 'current' && answered.current) run.current.set(request.siteId, answered.current(nowMs))
  if (request.what !== 'sites' && request.what !== 'current' && request.isRecheck) run.rechecked = true
  db.transaction(() => {
    answered.save(db, nowMs, newEpoch)
    saveBucket(run, afterAnswer(bucketOf(run), quota, nowMs))
    recordSyncRun(db, run.id, runRecord(run))
    if (request.what === 'current' && wasLostLong(run, nowMs)) forgiveFailures(db)
    if ('question' in request) noteProgress(run, nowMs)
  }).immediate()
}

/**
 * What Amber failed at while it failed at everything is no worse than the rest; a question that it alone fails at goes on
 * waiting. Not after a minute's trouble, which comes often: then it would not wait at all.
 */
const wasLostLong = ({ lostSinceMs }: Run, nowMs: number): boolean =>
  lostSinceMs !== undefined && isDue(lostSinceMs, HOUR_MS, nowMs)

/** A year's worth goes in a day. */
const DAYS_PRUNED_A_RUN = 2

function finish(run: Run, heldBack: HeldBack | undefined): SyncRun {
  const { db } = run.deps
  const nowMs = run.clock.now()
  const record: SyncRun = { ...runRecord(run), finishedAtMs: nowMs, ...outcomeOf(run, heldBack) }
  db.transaction(() => {
    noteProgress(run, nowMs)
    recordSyncRun(db, run.id, record)
  }).immediate()
  dropOldDays(run, nowMs)
  return record
}

/** A household that has just begun watches it. */
function noteProgress(run: Run, nowMs: number): void {
  const state = planOf(run)
  if (state.sites[0]) saveNote(run.deps.db, 'history', historyProgress(state.sites[0], state, nowMs))
}

/** By a clock that nobody has confirmed, everything might seem old. */
function dropOldDays({ deps: { db, retentionDays = 0, onPrune }, clock }: Run, nowMs: number): void {
  const keepFrom = clock.isConfirmed ? keepFromDate(db, retentionDays, nowMs) : undefined
  if (keepFrom === undefined) return
  const days = prune(db, keepFrom, DAYS_PRUNED_A_RUN)
  if (days > 0) onPrune?.(days, keepFrom)
}

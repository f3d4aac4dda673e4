// What a run makes of trouble: whom to ask no more, what to ask again, and when.
import { HOUR_MS } from '#domain/interval.ts'
import type { AmberError } from '../amber/amber-error.ts'
import { ACCOUNT, forgetAnswers, noteFailure, questionsOf } from '../store/questions.ts'
import { recordSyncRun } from '../store/sync-runs.ts'
import { afterTrouble } from './bucket.ts'
import { type AmberRequest, isDue, requestKey } from './plan.ts'
import { bucketOf, type Run, runRecord, saveBucket } from './run-state.ts'

/** Part of the caller's transaction. */
export function noteTrouble(run: Run, request: AmberRequest, trouble: AmberError): void {
  const { db, tokenMark = '' } = run.deps
  const nowMs = run.clock.now()
  run.troubles.set(requestKey(request), trouble)
  if (trouble.quota) run.quotaRemaining = trouble.quota.remaining
  saveBucket(run, afterTrouble(bucketOf(run), trouble, nowMs, tokenMark))
  // The bucket is silent then, and what was asked will be asked again.
  if (trouble.kind !== 'rate-limited' && trouble.kind !== 'unauthorised')
    noteFailed(run, request, trouble, nowMs)
  if (run.answeredAtMs !== undefined) recordSyncRun(db, run.id, runRecord(run))
}

function noteFailed(run: Run, request: AmberRequest, trouble: AmberError, nowMs: number): void {
  const { db } = run.deps
  run.isDown = trouble.kind === 'unreachable'
  if (request.what === 'current') noteCurrentFailed(run, request, trouble, nowMs)
  else run.failed.add(requestKey(request))
  if ('question' in request && !run.isDown) noteFailure(db, request.siteId, request.question, nowMs)
  if (request.what !== 'sites' && trouble.status === 404) askForSites(run, nowMs)
}

/** The price on the screen is worth some more tries, but not when the last run had no luck with them. */
function noteCurrentFailed(
  run: Run,
  request: AmberRequest & { what: 'current' },
  trouble: AmberError,
  nowMs: number,
): void {
  const failures = (run.current.get(request.siteId)?.failures ?? 0) + 1
  if (run.lostSinceMs !== undefined || trouble.status === 404) run.failed.add(requestKey(request))
  else run.current.set(request.siteId, { askedAtMs: nowMs, estimate: true, failures })
}

/** The site is gone, or has a new name. */
function askForSites({ deps: { db } }: Run, nowMs: number): void {
  if (isDue(questionsOf(db, ACCOUNT).get('sites')?.answeredAtMs, HOUR_MS, nowMs)) forgetAnswers(db, ACCOUNT)
}

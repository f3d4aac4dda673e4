// One refresh: asks what the plan says, writes each answer in one transaction, and stops at the first sign that going
// on would be in vain. Nothing is awaited inside a transaction.
import type { Database } from 'better-sqlite3'
import { nemDate } from '#domain/calendar.ts'
import type { SyncOutcome } from '#domain/household.ts'
import { MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import { AmberError } from '../amber/amber-error.ts'
import type { AmberClient, Answer } from '../amber/client.ts'
import { savePrices } from '../store/prices.ts'
import { type Progress, progressOf, saveProgress } from '../store/progress.ts'
import { saveQuarantined } from '../store/quarantine.ts'
import { saveSites } from '../store/sites.ts'
import { beginSyncRun, quotaState, recordSyncRun, type SyncRun } from '../store/sync-runs.ts'
import { saveUsage } from '../store/usage.ts'
import { type AmberRequest, plan } from './plan.ts'
import { ACCOUNT, planState, type RunState } from './plan-state.ts'

export interface SyncDeps {
  readonly db: Database
  readonly amber: AmberClient
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** Told why a run takes its time. */
  readonly onWait?: (untilMs: number) => void
  /** The site that the settings name; else the account's default. */
  readonly siteId?: string | undefined
}

/** Calls a run, and how many of the account's are left to the household's other programs. */
const RUN_CALLS = 20
const LEFT_TO_OTHERS = 10
const SILENCE_MS = 5 * MINUTE_MS

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }
interface Run {
  readonly id: number
  readonly record: Writable<SyncRun>
  state: RunState
  troubles: AmberError[]
}

export async function runSync(deps: SyncDeps): Promise<SyncRun> {
  const { db, now } = deps
  const quota = quotaState(db)
  const run: Run = {
    id: beginSyncRun(db, now()),
    record: { startedAtMs: now(), amberRequests: 0 },
    state: { failed: new Set() },
    troubles: [],
  }
  if ((quota.silentUntilMs ?? 0) > now())
    return finish(deps, run, 'rate-limited', 'Amber asked for silence; keeping the cache')
  while (run.troubles.every(goesOn)) {
    const [request] = plan(planState(db, deps.siteId, now(), run.state), now(), callsLeft(db, run, now()))
    if (!request) break
    await carryOut(deps, run, request)
  }
  return finish(deps, run, outcomeOf(run), run.troubles.map(({ message }) => message).join('; ') || undefined)
}

/** Amber stumbling over one question does not keep it from answering the others. */
const goesOn = ({ kind }: AmberError): boolean => kind === 'amber-error' || kind === 'bad-answer'

function callsLeft(db: Database, { record }: Run, nowMs: number): number {
  const { quotaRemaining, quotaResetsAtMs } = quotaState(db)
  const ofAccount =
    quotaRemaining === undefined || (quotaResetsAtMs ?? 0) <= nowMs
      ? RUN_CALLS
      : quotaRemaining - LEFT_TO_OTHERS
  return Math.min(RUN_CALLS - record.amberRequests, ofAccount)
}

async function carryOut(deps: SyncDeps, run: Run, request: AmberRequest): Promise<void> {
  if (request.what === 'current' && request.notBeforeMs !== undefined) {
    deps.onWait?.(request.notBeforeMs)
    await deps.sleep(Math.max(0, request.notBeforeMs - deps.now()))
  }
  run.record.amberRequests += 1
  try {
    const { answer, save } = await ask(deps, run, request)
    deps.db.transaction(save).immediate()
    saveQuarantined(deps.db, request.what, answer.quarantined, deps.now())
    run.record.answeredAtMs = deps.now()
    if (answer.quota) {
      run.record.quotaRemaining = answer.quota.remaining
      run.record.quotaResetsAtMs = answer.quota.resetsAtMs
    }
  } catch (error) {
    if (!(error instanceof AmberError)) throw error
    noteTrouble(deps, run, request, error)
  }
  recordSyncRun(deps.db, run.id, run.record)
}

interface Asked {
  readonly answer: Answer<unknown>
  /** One transaction: the facts, and that they were asked for. */
  readonly save: () => void
}

async function ask(deps: SyncDeps, run: Run, request: AmberRequest): Promise<Asked> {
  const { amber, db, now } = deps
  switch (request.what) {
    case 'sites': {
      const answer = await amber.sites()
      return {
        answer,
        save: () => {
          saveSites(db, answer.rows)
          saveProgress(db, ACCOUNT, 'sites', { askedAtMs: now(), reachedStart: true })
        },
      }
    }
    case 'current': {
      const answer = await amber.currentPrices(request.siteId, { previous: 12, next: 288 })
      const running = answer.rows.filter(({ kind }) => kind === 'current')
      const estimate = running.some((row) => row.estimate) || running.every((row) => row.endMs <= now())
      run.state = { ...run.state, current: { askedAtMs: now(), estimate } }
      return { answer, save: () => savePrices(db, request.siteId, answer.rows) }
    }
    case 'prices': {
      const answer = await amber.prices(request.siteId, request.from, request.to)
      const settled = answer.rows.filter(({ kind }) => kind === 'actual')
      return {
        answer,
        save: () => {
          savePrices(db, request.siteId, settled)
          saveProgress(db, request.siteId, 'prices', progressAfter(deps, request, settled.length))
        },
      }
    }
    case 'usage': {
      const answer = await amber.usage(request.siteId, request.from, request.to)
      return {
        answer,
        save: () => {
          saveUsage(db, request.siteId, answer.rows)
          saveProgress(db, request.siteId, 'usage', progressAfter(deps, request, answer.rows.length))
        },
      }
    }
  }
}

/** Older weeks without a row mean that history ends here; the newest days may just not be in yet. */
function progressAfter(
  { db, now }: SyncDeps,
  { what, siteId, from, to }: AmberRequest & { what: 'prices' | 'usage' },
  rows: number,
): Progress {
  const before = progressOf(db, siteId, what)
  const isOlder = before?.backToDate !== undefined && to < before.backToDate
  const recent = nemDate(now()) <= to || before?.askedAtMs === undefined || !isOlder
  return {
    askedAtMs: recent ? now() : before.askedAtMs,
    backToDate: before?.backToDate !== undefined && before.backToDate < from ? before.backToDate : from,
    reachedStart: (before?.reachedStart ?? false) || (isOlder && rows === 0),
  }
}

function noteTrouble({ db, now }: SyncDeps, run: Run, { what }: AmberRequest, trouble: AmberError): void {
  run.troubles.push(trouble)
  run.state = { ...run.state, failed: new Set([...run.state.failed, what]) }
  if (trouble.kind === 'rate-limited')
    run.record.silentUntilMs =
      trouble.retryAtMs === undefined ? now() + SILENCE_MS : trouble.retryAtMs + 2 * SECOND_MS
  // The site is gone, or has a new name: ask for the sites at the next run.
  if (trouble.status === 404) saveProgress(db, ACCOUNT, 'sites', { askedAtMs: 0, reachedStart: false })
}

function outcomeOf({ troubles, record }: Run): SyncOutcome {
  const [first] = troubles
  if (!first) return 'ok'
  return record.answeredAtMs === undefined ? first.kind : 'partial'
}

function finish({ db, now }: SyncDeps, run: Run, outcome: SyncOutcome, message: string | undefined): SyncRun {
  const record: SyncRun = { ...run.record, outcome, finishedAtMs: now(), ...(message ? { message } : {}) }
  recordSyncRun(db, run.id, record)
  return record
}

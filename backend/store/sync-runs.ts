import type { Database } from 'better-sqlite3'
import type { SyncOutcome } from '#domain/household.ts'
import { prepared } from './prepared.ts'

export interface SyncRun {
  readonly startedAtMs: number
  /** Absent: it is running, or was cut off. */
  readonly finishedAtMs?: number
  readonly outcome?: SyncOutcome
  readonly message?: string
  readonly amberRequests: number
  readonly answeredAtMs?: number
  readonly quotaRemaining?: number
  /** By how much this machine's clock was moved to be Amber's; absent: it was right, or nobody could tell. */
  readonly clockOffMs?: number
}

const KEPT = 2000
/** Rows that are dropped together cost one write together. */
const DROPPED_EVERY = 100

/** The number of a run that begins; its row is written once there is something to tell of it. */
export function nextSyncRunId(db: Database): number {
  const newest = prepared<[], { id: number | null }>(db, 'SELECT max(sync_run_id) AS id FROM sync_run').get()
  return (newest?.id ?? 0) + 1
}

/** Also while it runs, after each answer: that Amber answered is told at once. */
export function recordSyncRun(db: Database, id: number, run: SyncRun): void {
  prepared<object>(
    db,
    `INSERT OR REPLACE INTO sync_run VALUES (@id, @startedAtMs, @finishedAtMs, @outcome, @message, @amberRequests,
       @answeredAtMs, @quotaRemaining, @clockOffMs)`,
  ).run({
    id,
    startedAtMs: run.startedAtMs,
    finishedAtMs: run.finishedAtMs ?? null,
    outcome: run.outcome ?? null,
    message: run.message ?? null,
    amberRequests: run.amberRequests,
    answeredAtMs: run.answeredAtMs ?? null,
    quotaRemaining: run.quotaRemaining ?? null,
    clockOffMs: run.clockOffMs ?? null,
  })
  if (id % DROPPED_EVERY === 0) dropOldRuns(db, id - KEPT)
}

/** But for the last one that was answered and the first that was not: they say since when Amber is lost. */
function dropOldRuns(db: Database, upTo: number): void {
  prepared<[number]>(
    db,
    `WITH answered AS (SELECT max(sync_run_id) AS id FROM sync_run WHERE answered_at_ms IS NOT NULL)
     DELETE FROM sync_run WHERE sync_run_id <= ? AND sync_run_id NOT IN (SELECT id FROM answered
       UNION ALL SELECT id + 1 FROM answered)`,
  ).run(upTo)
}

interface SyncRunRow {
  sync_run_id: number
  started_at_ms: number
  finished_at_ms: number | null
  outcome: SyncOutcome | null
  message: string | null
  amber_requests: number
  answered_at_ms: number | null
  quota_remaining: number | null
  clock_off_ms: number | null
}

/** The last run that ended. */
export const lastSyncRun = (db: Database): SyncRun | undefined => lastSyncRuns(db, 1)[0]

/** The last runs that ended, the newest first. */
export const lastSyncRuns = (db: Database, count: number): SyncRun[] =>
  prepared<[number], SyncRunRow>(
    db,
    'SELECT * FROM sync_run WHERE outcome IS NOT NULL ORDER BY sync_run_id DESC LIMIT ?',
  )
    .all(count)
    .map(syncRunOf)

export interface AmberHistory {
  /** The last successful answer. */
  readonly answeredAtMs?: number
  /** The start of the first of the failed runs since; absent when the last run succeeded. */
  readonly lostSinceMs?: number
}

export function amberHistory(db: Database): AmberHistory {
  const answered = prepared<[], { sync_run_id: number; answered_at_ms: number }>(
    db,
    `SELECT sync_run_id, answered_at_ms FROM sync_run WHERE answered_at_ms IS NOT NULL
     ORDER BY sync_run_id DESC LIMIT 1`,
  ).get()
  const lost = prepared<[number], { started_at_ms: number | null }>(
    db,
    `SELECT min(started_at_ms) AS started_at_ms FROM sync_run
     WHERE sync_run_id > ? AND outcome IS NOT NULL AND answered_at_ms IS NULL`,
  ).get(answered?.sync_run_id ?? 0)
  return {
    ...(answered ? { answeredAtMs: answered.answered_at_ms } : {}),
    ...(lost?.started_at_ms ? { lostSinceMs: lost.started_at_ms } : {}),
  }
}

const syncRunOf = (row: SyncRunRow): SyncRun => ({
  startedAtMs: row.started_at_ms,
  amberRequests: row.amber_requests,
  ...(row.finished_at_ms === null ? {} : { finishedAtMs: row.finished_at_ms }),
  ...(row.outcome === null ? {} : { outcome: row.outcome }),
  ...(row.message === null ? {} : { message: row.message }),
  ...(row.answered_at_ms === null ? {} : { answeredAtMs: row.answered_at_ms }),
  ...(row.quota_remaining === null ? {} : { quotaRemaining: row.quota_remaining }),
  ...(row.clock_off_ms === null ? {} : { clockOffMs: row.clock_off_ms }),
})

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
  readonly quotaResetsAtMs?: number
  readonly silentUntilMs?: number
}

const KEPT = 2000

export function beginSyncRun(db: Database, startedAtMs: number): number {
  const id = prepared<[number]>(db, 'INSERT INTO sync_run (started_at_ms) VALUES (?)').run(
    startedAtMs,
  ).lastInsertRowid
  prepared<[number]>(db, 'DELETE FROM sync_run WHERE sync_run_id <= ?').run(Number(id) - KEPT)
  return Number(id)
}

/** Also while it runs, after each answer: what a run learned of the quota outlives its being cut off. */
export function recordSyncRun(db: Database, id: number, run: SyncRun): void {
  prepared<object>(
    db,
    `UPDATE sync_run SET finished_at_ms = @finishedAtMs, outcome = @outcome, message = @message,
       amber_requests = @amberRequests, answered_at_ms = @answeredAtMs, quota_remaining = @quotaRemaining,
       quota_resets_at_ms = @quotaResetsAtMs, silent_until_ms = @silentUntilMs WHERE sync_run_id = @id`,
  ).run({
    id,
    finishedAtMs: run.finishedAtMs ?? null,
    outcome: run.outcome ?? null,
    message: run.message ?? null,
    amberRequests: run.amberRequests,
    answeredAtMs: run.answeredAtMs ?? null,
    quotaRemaining: run.quotaRemaining ?? null,
    quotaResetsAtMs: run.quotaResetsAtMs ?? null,
    silentUntilMs: run.silentUntilMs ?? null,
  })
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
  quota_resets_at_ms: number | null
  silent_until_ms: number | null
}

/** The last run that ended. */
export function lastSyncRun(db: Database): SyncRun | undefined {
  const row = prepared<[], SyncRunRow>(
    db,
    'SELECT * FROM sync_run WHERE outcome IS NOT NULL ORDER BY sync_run_id DESC LIMIT 1',
  ).get()
  return row && syncRunOf(row)
}

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

/** What the account's quota was last said to be, and until when to keep silent. */
export function quotaState(
  db: Database,
): Pick<SyncRun, 'quotaRemaining' | 'quotaResetsAtMs' | 'silentUntilMs'> {
  const row = prepared<[], SyncRunRow>(
    db,
    `SELECT * FROM sync_run WHERE quota_remaining IS NOT NULL OR silent_until_ms IS NOT NULL
     ORDER BY sync_run_id DESC LIMIT 1`,
  ).get()
  return row ? syncRunOf(row) : {}
}

function syncRunOf(row: SyncRunRow): SyncRun {
  return {
    startedAtMs: row.started_at_ms,
    amberRequests: row.amber_requests,
    ...(row.finished_at_ms === null ? {} : { finishedAtMs: row.finished_at_ms }),
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
    ...(row.message === null ? {} : { message: row.message }),
    ...(row.answered_at_ms === null ? {} : { answeredAtMs: row.answered_at_ms }),
    ...(row.quota_remaining === null ? {} : { quotaRemaining: row.quota_remaining }),
    ...(row.quota_resets_at_ms === null ? {} : { quotaResetsAtMs: row.quota_resets_at_ms }),
    ...(row.silent_until_ms === null ? {} : { silentUntilMs: row.silent_until_ms }),
  }
}

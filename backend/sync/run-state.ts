// What a run knows while it goes on.
import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { NemDate } from '#domain/calendar.ts'
import type { AmberError } from '../amber/amber-error.ts'
import type { AmberClient } from '../amber/client.ts'
import { noteOf, saveNote } from '../store/notes.ts'
import type { SiteChoice } from '../store/sites.ts'
import { amberHistory, nextSyncRunId, type SyncRun } from '../store/sync-runs.ts'
import { type Bucket, EMPTY_BUCKET, forToken } from './bucket.ts'
import type { PlanState } from './plan.ts'
import type { SeenCurrent } from './plan-current.ts'
import { planState } from './plan-state.ts'
import { createRunClock, type RunClock } from './run-clock.ts'

export interface SyncDeps extends SiteChoice {
  readonly db: Database
  readonly amber: AmberClient
  /** This machine's clock. */
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** Told why a run takes its time. */
  readonly onWait?: (untilMs: number) => void
  /** 0: for ever. */
  readonly retentionDays?: number
  /** Told how many days older than that date were dropped. */
  readonly onPrune?: (days: number, keepFrom: NemDate) => void
  /** Tells one token from another, and nothing else of it. */
  readonly tokenMark?: string
  readonly newEpoch?: () => string
}

export interface Run {
  readonly deps: SyncDeps & { readonly newEpoch: () => string }
  readonly id: number
  readonly clock: RunClock
  /** The runs before were lost too, since then: trying again and again in this one would be no better. */
  readonly lostSinceMs?: number
  /** By request; one that was answered after all is none. */
  readonly troubles: Map<string, AmberError>
  readonly failed: Set<string>
  readonly current: Map<string, SeenCurrent>
  requests: number
  rechecked: boolean
  isDown: boolean
  answeredAtMs?: number
  quotaRemaining?: number
}

export function beginRun(deps: SyncDeps): Run {
  const { db, now } = deps
  const { answeredAtMs, lostSinceMs } = amberHistory(db)
  return {
    deps: { newEpoch: randomUUID, ...deps },
    id: nextSyncRunId(db),
    clock: createRunClock(now, answeredAtMs),
    ...(lostSinceMs !== undefined && { lostSinceMs }),
    troubles: new Map(),
    failed: new Set(),
    current: new Map(),
    requests: 0,
    rechecked: false,
    isDown: false,
  }
}

export function planOf({ deps, clock, failed, rechecked, isDown, current }: Run): PlanState {
  const run = { failed, rechecked, isDown, current, knowsTime: clock.isConfirmed }
  return planState(deps.db, deps, clock.now(), run)
}

export const bucketOf = ({ deps }: Run): Bucket =>
  forToken(noteOf<Bucket>(deps.db, 'calls') ?? EMPTY_BUCKET, deps.tokenMark ?? '')

export const saveBucket = ({ deps }: Run, bucket: Bucket): void => saveNote(deps.db, 'calls', bucket)

export const runRecord = ({ clock, requests, answeredAtMs, quotaRemaining }: Run): SyncRun => ({
  startedAtMs: clock.startedAt(),
  amberRequests: requests,
  ...(answeredAtMs !== undefined && { answeredAtMs }),
  ...(quotaRemaining !== undefined && { quotaRemaining }),
  ...(clock.offMs !== undefined && { clockOffMs: clock.offMs }),
})

// The time the server goes by: the machine's, set right by as much as Amber's answers have said that it is off.
import type { Database } from 'better-sqlite3'
import { MINUTE_MS } from '#domain/interval.ts'
import type { Reader } from '../store/reader.ts'
import { amberHistory, lastSyncRun } from '../store/sync-runs.ts'

/** Syncs are five minutes apart: what an older one said of the clock may no longer hold, since clocks are set. */
const HOLDS_FOR_MS = 12 * MINUTE_MS

export function correctedClock(machine: () => number, reader: Reader): () => number {
  return () => {
    const nowMs = machine()
    const { clockOffMs = 0, finishedAtMs = 0 } = lastRunOf(reader) ?? {}
    const sinceMs = nowMs + clockOffMs - finishedAtMs
    return Math.abs(sinceMs) < HOLDS_FOR_MS ? nowMs + clockOffMs : nowMs
  }
}

function lastRunOf(reader: Reader) {
  try {
    const db = reader.db()
    return db && lastSyncRun(db)
  } catch {
    // Whoever asks for more than the time is told of it.
    return undefined
  }
}

const SLACK_MS = 2 * MINUTE_MS

/** Amber has told a later time than this one: which price is now cannot be told. */
export const isBehind = (db: Database, nowMs: number): boolean =>
  (amberHistory(db).answeredAtMs ?? 0) > nowMs + SLACK_MS

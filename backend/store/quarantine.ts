// Rows of Amber's that could not be understood: each kept once, with its reason, up to a bound.
import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'

const KEPT = 500

export function saveQuarantined(
  db: Database,
  source: string,
  rows: readonly { reason: string; raw: string }[],
  nowMs: number,
): void {
  if (rows.length === 0) return
  const insert = prepared<[string, string, string, number, number]>(
    db,
    `INSERT OR IGNORE INTO quarantine (source, reason, raw, first_seen_ms)
     SELECT ?, ?, ?, ? WHERE (SELECT count(*) FROM quarantine) < ?`,
  )
  db.transaction(() => {
    for (const { reason, raw } of rows) insert.run(source, reason, raw, nowMs, KEPT)
  }).immediate()
}

export function quarantinedCount(db: Database): number {
  return prepared<[], { count: number }>(db, 'SELECT count(*) AS count FROM quarantine').get()?.count ?? 0
}

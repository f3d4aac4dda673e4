// Small things the program remembers of itself between two processes.
import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'

export type NoteName =
  | 'calls'
  | 'checked'
  | 'history'
  | 'household'
  | 'rebuilt'
  | 'seal'
  | 'second-copy'
  | 'site-changes'

/** Undefined where it was never written, or by a version that wrote it differently enough to be no JSON. */
export function noteOf<Note>(db: Database, name: NoteName): Note | undefined {
  const row = prepared<[string], { value: string }>(db, 'SELECT value FROM note WHERE name = ?').get(name)
  return row && (JSON.parse(row.value) as Note)
}

/** Writes nothing where it says so already. */
export function saveNote<Note>(db: Database, name: NoteName, note: Note): void {
  prepared<[string, string]>(
    db,
    `INSERT INTO note (name, value) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
  ).run(name, JSON.stringify(note))
}

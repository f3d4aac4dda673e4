import type { Database } from 'better-sqlite3'
import { prepared } from './prepared.ts'

/** Notes at which revision these NEM days last changed. Part of the caller's transaction. */
export function touchDays(
  db: Database,
  siteNo: number,
  what: 'prices' | 'usage',
  nemDays: Iterable<number>,
  revision: number,
): void {
  const touch = prepared<[number, number, number]>(
    db,
    `INSERT INTO day_revision (site_no, nem_day, ${what}) VALUES (?, ?, ?)
     ON CONFLICT (site_no, nem_day) DO UPDATE SET ${what} = excluded.${what}`,
  )
  for (const day of nemDays) touch.run(siteNo, day, revision)
}

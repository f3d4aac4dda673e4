// Drops what is older than the household wants to keep, a little at a time: nobody waits for it.
import type { Database } from 'better-sqlite3'
import { type NemDate, nemDayStartMs } from '#domain/calendar.ts'
import { prepared } from './prepared.ts'
import { minuteOf, nemDayOf } from './row-time.ts'

/** Drops at most `limit` rows of each kind that ended before that day; says how many it dropped. */
export function prune(db: Database, keepFrom: NemDate, limit: number): number {
  const firstMinute = minuteOf(nemDayStartMs(keepFrom))
  const drop = (table: string, key: string, where: string, bound: number) =>
    prepared<[number, number]>(
      db,
      `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${where} LIMIT ?)`,
    ).run(bound, limit).changes
  return db
    .transaction(
      () =>
        drop('price_actual', 'site_no, end_minute, minutes, channel', ENDED, firstMinute) +
        drop('usage', 'register_no, end_minute, minutes', ENDED_USAGE, firstMinute) +
        drop('usage_revision', 'register_no, end_minute, minutes, changed_at_ms', ENDED_USAGE, firstMinute) +
        drop('forecast_vintage', 'rowid', SLOT_PASSED, firstMinute) +
        drop('day_revision', 'site_no, nem_day', 'nem_day < ?', nemDayOf(keepFrom)),
    )
    .immediate()
}

// Asked of each site and register, so that the key answers it.
const ENDED = 'site_no IN (SELECT site_no FROM site_number) AND end_minute <= ?'
const SLOT_PASSED = 'site_no IN (SELECT site_no FROM site_number) AND slot_minute < ?'
const ENDED_USAGE = 'register_no IN (SELECT register_no FROM register) AND end_minute <= ?'

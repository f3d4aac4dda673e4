// Drops what is older than the household wants to keep: whole NEM days, the oldest first, each in a transaction of its
// own, so that nobody waits for it and no day is ever half there.
import type { Database } from 'better-sqlite3'
import { addDays, type NemDate, nemDate } from '#domain/calendar.ts'
import { MINUTE_MS } from '#domain/interval.ts'
import { prepared } from './prepared.ts'
import { minuteOf, nemDayOf, nemDayOfEnd, spanOfNemDay } from './row-time.ts'

/**
 * The first day to keep; undefined: nothing is to be dropped. Counted back from the newest settled price where that is
 * older than the time: even a clock that is years ahead, Amber's own included, then drops nothing that should stay.
 */
export function keepFromDate(db: Database, retentionDays: number, nowMs: number): NemDate | undefined {
  const newest = newestSettledMs(db)
  if (retentionDays === 0 || newest === undefined) return undefined
  return addDays(nemDate(Math.min(nowMs, newest)), -retentionDays)
}

/** Drops at most so many `days`, all of them before `keepFrom`; says how many it dropped. */
export function prune(db: Database, keepFrom: NemDate, days: number): number {
  for (let dropped = 0; dropped < days; dropped++) {
    const oldest = oldestDay(db)
    if (oldest === undefined || oldest >= nemDayOf(keepFrom)) return dropped
    dropUpTo(db, oldest)
  }
  return days
}

function dropUpTo(db: Database, nemDay: number): void {
  const endMinute = minuteOf(spanOfNemDay(nemDay).endMs)
  const drop = (sql: string, bound: number) => prepared<[number]>(db, `DELETE FROM ${sql}`).run(bound)
  db.transaction(() => {
    drop(`price_actual WHERE ${OF_SITES} AND end_minute <= ?`, endMinute)
    drop(`usage WHERE ${OF_REGISTERS} AND end_minute <= ?`, endMinute)
    drop(`usage_revision WHERE ${OF_REGISTERS} AND end_minute <= ?`, endMinute)
    drop(`forecast_vintage WHERE ${OF_SITES} AND slot_minute < ?`, endMinute)
    drop('day_revision WHERE nem_day <= ?', nemDay)
  }).immediate()
}

// Asked of each site and register, so that the key answers it.
const OF_SITES = 'site_no IN (SELECT site_no FROM site_number)'
const OF_REGISTERS = 'register_no IN (SELECT register_no FROM register)'

const least = (what: string, table: string, of: 'site_number' | 'register', no: string): string =>
  `SELECT (SELECT min(${what}) FROM ${table} t WHERE t.${no} = o.${no}) AS minute FROM ${of} o`

/** Days since 1970; undefined: nothing is here. */
function oldestDay(db: Database): number | undefined {
  const { minute } = prepared<[], { minute: number | null }>(
    db,
    `SELECT min(minute) AS minute FROM (${[
      least('end_minute', 'price_actual', 'site_number', 'site_no'),
      least('end_minute', 'usage', 'register', 'register_no'),
      least('end_minute', 'usage_revision', 'register', 'register_no'),
      least('slot_minute + 1', 'forecast_vintage', 'site_number', 'site_no'),
    ].join(' UNION ALL ')})`,
  ).get() as { minute: number | null }
  return minute === null ? undefined : nemDayOfEnd(minute * MINUTE_MS)
}

function newestSettledMs(db: Database): number | undefined {
  const row = prepared<[], { minute: number | null }>(
    db,
    `SELECT max((SELECT max(end_minute) FROM price_actual p WHERE p.site_no = s.site_no)) AS minute
     FROM site_number s`,
  ).get()
  return row?.minute == null ? undefined : row.minute * MINUTE_MS - 1
}

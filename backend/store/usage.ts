// Metered energy, one row a register and interval. Amber revises: the last word stands, and what a row said before is
// logged.
import type { Database } from 'better-sqlite3'
import { type Interval, isCovered } from '#domain/interval.ts'
import { CHANNELS } from '#domain/price.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { touchDays } from './day-revision.ts'
import { inRevision, type Saved } from './ledger.ts'
import { registerNo, siteNo } from './numbers.ts'
import { prepared } from './prepared.ts'
import { lengthMinutes, minuteOf, nemDayOfEnd, OVERLAPS, overlapping, spanOfRow } from './row-time.ts'
import { createTariffs, type Tariffs } from './tariffs.ts'
import { logRevision } from './usage-revisions.ts'

export {
  type UsageDayState,
  usageBetween,
  usageDayStates,
  usageDaysTold,
  usageSince,
  usageSpan,
} from './usage-queries.ts'

/** What a row says, as it is stored; the log of revisions holds the same. */
export interface UsageFacts {
  channel: number
  kwh: number
  cost_cents: number
  cents_per_kwh: number
  estimated: number
  tariff_id: number | null
}

export type UsageKey = readonly [registerNo: number, endMinute: number, minutes: number]

const COLUMNS = 'channel, kwh, cost_cents, cents_per_kwh, estimated, tariff_id'
const KEY = '(register_no, end_minute, minutes) = (?, ?, ?)'

/** Writes one answer of Amber's in one transaction. `atMs`: when it was given. */
export function saveUsage(
  db: Database,
  siteId: string,
  usage: readonly UsageInterval[],
  atMs: number,
): Saved {
  let [saved, removed] = [0, 0]
  const changed = inRevision(db, (revision) => {
    const site = siteNo(db, siteId)
    const tariffs = createTariffs(db)
    const days = new Set<number>()
    for (const [identifier, rows] of Map.groupBy(usage, (row) => row.identifier)) {
      const register = registerNo(db, site, identifier)
      for (const row of rows) {
        const key: UsageKey = [register, minuteOf(row.endMs), lengthMinutes(row)]
        if (!putUsage(db, key, factsOf(row, tariffs), revision, atMs)) continue
        saved += 1
        days.add(nemDayOfEnd(row.endMs))
      }
      removed += dropReplaced(db, register, rows, atMs, days)
    }
    touchDays(db, site, 'usage', days, revision)
    return saved + removed
  })
  return { changed, removed }
}

/** Writes one row where it differs; `atMs` undefined: of a copy, whose log is copied with it. */
export function putUsage(
  db: Database,
  key: UsageKey,
  told: UsageFacts,
  revision: number,
  atMs: number | undefined,
): boolean {
  const before = prepared<number[], UsageFacts>(db, `SELECT ${COLUMNS} FROM usage WHERE ${KEY}`).get(...key)
  // What one answer leaves out of a row is not gone: it has been known to come again.
  const facts = { ...told, tariff_id: told.tariff_id ?? before?.tariff_id ?? null }
  if (before && isSame(before, facts)) return false
  if (before && atMs !== undefined) logRevision(db, key, { was: before, became: facts, changedAtMs: atMs })
  prepared<(number | null)[]>(
    db,
    `INSERT OR REPLACE INTO usage (register_no, end_minute, minutes, ${COLUMNS}, revision)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(...key, ...valuesOf(facts), revision)
  return true
}

/**
 * Where Amber tells a stretch of time in rows of another length than before (the meter went to 5 minutes), the older
 * rows say nothing more once all of their time is told anew; until then they are all that is known of the rest of it.
 * Says how many it dropped.
 */
function dropReplaced(
  db: Database,
  register: number,
  rows: readonly UsageInterval[],
  atMs: number,
  days: Set<number>,
): number {
  const told = new Set(rows.map((row) => `${minuteOf(row.endMs)} ${lengthMinutes(row)}`))
  let removed = 0
  for (const row of rows) {
    for (const other of rowsOfOtherLength(db, register, row)) {
      if (told.has(`${other.end_minute} ${other.minutes}`) || !isToldAnew(db, register, other)) continue
      const key: UsageKey = [register, other.end_minute, other.minutes]
      logRevision(db, key, { was: other, became: undefined, changedAtMs: atMs })
      dropUsage(db, key)
      days.add(nemDayOfEnd(spanOfRow(other).endMs))
      removed += 1
    }
  }
  return removed
}

function isToldAnew(db: Database, register: number, row: { end_minute: number; minutes: number }): boolean {
  const span = spanOfRow(row)
  return isCovered(span, rowsOfOtherLength(db, register, span).map(spanOfRow))
}

/** Rows that tell of the same time in another length: with them it would be counted twice. */
export const rowsOfOtherLength = (
  db: Database,
  register: number,
  span: Interval,
): (UsageFacts & { end_minute: number; minutes: number })[] =>
  prepared<number[], UsageFacts & { end_minute: number; minutes: number }>(
    db,
    `SELECT end_minute, minutes, ${COLUMNS} FROM usage WHERE register_no = ? AND ${OVERLAPS} AND minutes <> ?`,
  ).all(register, ...overlapping(span), lengthMinutes(span))

export const hasUsage = (db: Database, key: UsageKey): boolean =>
  prepared<number[]>(db, `SELECT 1 FROM usage WHERE ${KEY}`).get(...key) !== undefined

export function dropUsage(db: Database, key: UsageKey): void {
  prepared<number[]>(db, `DELETE FROM usage WHERE ${KEY}`).run(...key)
}

const factsOf = (row: UsageInterval, tariffs: Tariffs): UsageFacts => ({
  channel: CHANNELS.indexOf(row.channel),
  kwh: row.kwh,
  cost_cents: row.costCents,
  cents_per_kwh: row.centsPerKwh,
  estimated: row.quality === 'estimated' ? 1 : 0,
  tariff_id: tariffs.numberOf(row.tariff),
})

const valuesOf = (facts: UsageFacts): (number | null)[] => [
  facts.channel,
  facts.kwh,
  facts.cost_cents,
  facts.cents_per_kwh,
  facts.estimated,
  facts.tariff_id,
]

function isSame(a: UsageFacts, b: UsageFacts): boolean {
  const others = valuesOf(b)
  return valuesOf(a).every((value, index) => value === others[index])
}

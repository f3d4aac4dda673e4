// One NEM day of usage and of its corrections, from one database into another: by names, since the numbers are each
// database's own.
import type { Database } from 'better-sqlite3'
import { isCovered } from '#domain/interval.ts'
import { touchDays } from './day-revision.ts'
import { registerNo, SITE_NO, siteNo } from './numbers.ts'
import { prepared } from './prepared.ts'
import { dayRows, spanOfRow } from './row-time.ts'
import { createTariffs, type Tariffs } from './tariffs.ts'
import { dropUsage, hasUsage, putUsage, rowsOfOtherLength, type UsageFacts, type UsageKey } from './usage.ts'
import { logRevision } from './usage-revisions.ts'

interface Place {
  readonly identifier: string
  readonly end_minute: number
  readonly minutes: number
}

interface UsageCopy extends Place, UsageFacts {
  readonly words: string | null
}

interface RevisionCopy extends Place {
  readonly changed_at_ms: number
  readonly channel: number
  readonly was_kwh: number
  readonly was_cost_cents: number
  readonly was_cents_per_kwh: number
  readonly was_estimated: number
  readonly was_words: string | null
  /** Null: rows of another length took its place. The others are then null too. */
  readonly became_kwh: number | null
  readonly became_cost_cents: number
  readonly became_cents_per_kwh: number
  readonly became_estimated: number
  readonly became_words: string | null
}

export interface UsageDayCopy {
  readonly usage: readonly UsageCopy[]
  readonly revisions: readonly RevisionCopy[]
}

/** The first question's answer; where what it asks for is damaged the next one's. The last asks the file for nothing. */
export type Read = <T>(question: () => T, ...others: (() => T)[]) => T

const OF_DAY = `FROM (SELECT ? AS nem_day) d JOIN register r ON r.site_no = ${SITE_NO}`

/** Of each kind of row what can be read; where the list of tariffs is damaged, the rows without their tariff. */
export function readUsageDay(db: Database, siteId: string, nemDay: number, read: Read): UsageDayCopy {
  const rows = <Row>(sql: string) => prepared<[number, string], Row>(db, sql).all(nemDay, siteId)
  const told = <Row>(withTariff: string, without: string): Row[] =>
    read(
      () => rows<Row>(withTariff),
      () => rows<Row>(without),
      () => [],
    )
  const usage = `${OF_DAY} JOIN usage u USING (register_no)`
  const revisions = `${OF_DAY} JOIN usage_revision v USING (register_no)`
  const [ofUsage, ofRevisions] = ['u', 'v'].map((row) => `WHERE ${dayRows('d.nem_day', row)}`)
  return {
    usage: told<UsageCopy>(
      `SELECT r.identifier, u.*, t.words ${usage} LEFT JOIN tariff t USING (tariff_id) ${ofUsage}`,
      `SELECT r.identifier, u.*, NULL AS words ${usage} ${ofUsage}`,
    ),
    revisions: told<RevisionCopy>(
      `SELECT r.identifier, v.*, w.words AS was_words, b.words AS became_words ${revisions}
         LEFT JOIN tariff w ON w.tariff_id = v.was_tariff_id
         LEFT JOIN tariff b ON b.tariff_id = v.became_tariff_id ${ofRevisions}`,
      `SELECT r.identifier, v.*, NULL AS was_words, NULL AS became_words ${revisions} ${ofRevisions}`,
    ),
  }
}

/** Says how many rows of usage it wrote. What is there already stays, unless it is to be `overwritten`. */
export function writeUsageDay(
  db: Database,
  siteId: string,
  nemDay: number,
  { usage, revisions }: UsageDayCopy,
  { revision, overwrite }: { revision: number; overwrite: boolean },
): number {
  const tariffs = createTariffs(db)
  const site = siteNo(db, siteId)
  const keyOf = (row: Place): UsageKey => [registerNo(db, site, row.identifier), row.end_minute, row.minutes]
  const wasEmpty = readUsageDay(db, siteId, nemDay, (question) => question()).usage.length === 0
  const told = Map.groupBy(usage, ({ identifier }) => identifier)
  let written = 0
  for (const row of usage) {
    const key = keyOf(row)
    const facts = { ...row, tariff_id: tariffs.numberOfWords(row.words) }
    if (
      wasEmpty ||
      (makeRoom(db, key, row, { told: told.get(row.identifier) ?? [], overwrite }) &&
        (overwrite || !hasUsage(db, key)))
    )
      written += putUsage(db, key, facts, revision, undefined) ? 1 : 0
  }
  for (const row of revisions)
    logRevision(db, keyOf(row), {
      was: factsOf(row, 'was', tariffs),
      became: row.became_kwh === null ? undefined : factsOf(row, 'became', tariffs),
      changedAtMs: row.changed_at_ms,
    })
  if (written > 0) touchDays(db, site, 'usage', [nemDay], revision)
  return written
}

/** False: all of that time is told of already, in rows of another length that are not `told` with this one, and they stay. */
function makeRoom(
  db: Database,
  key: UsageKey,
  row: Place,
  { told, overwrite }: { told: readonly Place[]; overwrite: boolean },
): boolean {
  const others = rowsOfOtherLength(db, key[0], spanOfRow(row)).filter(
    (other) => !told.some((each) => isSamePlace(each, other)),
  )
  if (others.length === 0) return true
  if (!overwrite) return !isCovered(spanOfRow(row), others.map(spanOfRow))
  const spans = told.map(spanOfRow)
  // Of time that nothing else is told of it is all that is known.
  for (const other of others)
    if (isCovered(spanOfRow(other), spans)) dropUsage(db, [key[0], other.end_minute, other.minutes])
  return true
}

const isSamePlace = (a: Omit<Place, 'identifier'>, b: Omit<Place, 'identifier'>): boolean =>
  a.end_minute === b.end_minute && a.minutes === b.minutes

const factsOf = (row: RevisionCopy, side: 'was' | 'became', tariffs: Tariffs): UsageFacts => ({
  channel: row.channel,
  kwh: row[`${side}_kwh`] ?? 0,
  cost_cents: row[`${side}_cost_cents`],
  cents_per_kwh: row[`${side}_cents_per_kwh`],
  estimated: row[`${side}_estimated`],
  tariff_id: tariffs.numberOfWords(row[`${side}_words`]),
})

// The log of corrections: what a row of usage said, what it says instead, and since when. Amber does not tell of them.
import type { Database } from 'better-sqlite3'
import type { Interval } from '#domain/interval.ts'
import { CHANNELS, type Channel, type Tariff } from '#domain/price.ts'
import type { Quality } from '#domain/usage.ts'
import { SITE_NO } from './numbers.ts'
import { prepared } from './prepared.ts'
import { OVERLAPS, overlapping, spanOfRow } from './row-time.ts'
import { createTariffs, type Tariffs } from './tariffs.ts'
import type { UsageFacts, UsageKey } from './usage.ts'

export interface UsageReading {
  readonly kwh: number
  readonly costCents: number
  readonly centsPerKwh: number
  readonly quality: Quality
  readonly tariff?: Tariff
}

export interface UsageRevision extends Interval {
  readonly channel: Channel
  readonly identifier: string
  readonly changedAtMs: number
  readonly was: UsageReading
  /** Absent: rows of another length took its place. */
  readonly became?: UsageReading
}

export interface LoggedRevision {
  readonly was: UsageFacts
  readonly became: UsageFacts | undefined
  readonly changedAtMs: number
}

/** Part of the caller's transaction. The same change told again is one change. */
export function logRevision(db: Database, key: UsageKey, { was, became, changedAtMs }: LoggedRevision): void {
  const values = (facts: UsageFacts | undefined) =>
    facts
      ? [facts.kwh, facts.cost_cents, facts.cents_per_kwh, facts.estimated, facts.tariff_id]
      : [null, null, null, null, null]
  prepared<(number | null)[]>(
    db,
    `INSERT OR IGNORE INTO usage_revision (register_no, end_minute, minutes, changed_at_ms, channel,
       was_kwh, was_cost_cents, was_cents_per_kwh, was_estimated, was_tariff_id,
       became_kwh, became_cost_cents, became_cents_per_kwh, became_estimated, became_tariff_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(...key, changedAtMs, (became ?? was).channel, ...values(was), ...values(became))
}

/** Every correction of a row that overlaps the span, in the order in which they came. */
export function usageRevisionsBetween(db: Database, siteId: string, span: Interval): UsageRevision[] {
  return prepared<[string, ...number[]], RevisionRow>(
    db,
    `SELECT v.*, r.identifier FROM register r JOIN usage_revision v USING (register_no)
     WHERE r.site_no = ${SITE_NO} AND ${OVERLAPS} ORDER BY changed_at_ms, channel, identifier, end_minute`,
  )
    .all(siteId, ...overlapping(span))
    .map(revisionOf(createTariffs(db)))
}

interface RevisionRow {
  identifier: string
  end_minute: number
  minutes: number
  changed_at_ms: number
  channel: number
  was_kwh: number
  was_cost_cents: number
  was_cents_per_kwh: number
  was_estimated: number
  was_tariff_id: number | null
  became_kwh: number | null
  became_cost_cents: number | null
  became_cents_per_kwh: number | null
  became_estimated: number | null
  became_tariff_id: number | null
}

const revisionOf =
  (tariffs: Tariffs) =>
  (row: RevisionRow): UsageRevision => ({
    channel: CHANNELS[row.channel] as Channel,
    identifier: row.identifier,
    ...spanOfRow(row),
    changedAtMs: row.changed_at_ms,
    was: readingOf(row, 'was', tariffs),
    ...(row.became_kwh !== null && { became: readingOf(row, 'became', tariffs) }),
  })

function readingOf(row: RevisionRow, side: 'was' | 'became', tariffs: Tariffs): UsageReading {
  const tariff = tariffs.tariffOf(row[`${side}_tariff_id`])
  return {
    kwh: row[`${side}_kwh`] ?? 0,
    costCents: row[`${side}_cost_cents`] ?? 0,
    centsPerKwh: row[`${side}_cents_per_kwh`] ?? 0,
    quality: row[`${side}_estimated`] === 1 ? 'estimated' : 'billable',
    ...(tariff && { tariff }),
  }
}

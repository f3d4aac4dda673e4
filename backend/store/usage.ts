import type { Database } from 'better-sqlite3'
import { NEM_OFFSET_MS } from '#domain/calendar.ts'
import { DAY_MS, HOUR_MS, type Interval, MINUTE_MS } from '#domain/interval.ts'
import type { Channel } from '#domain/price.ts'
import type { Quality, UsageInterval } from '#domain/usage.ts'
import { inRevision } from './ledger.ts'
import { prepared } from './prepared.ts'
import { createTariffs, type Tariffs } from './tariffs.ts'

const FACTS = 'channel, kwh, cost_cents, cents_per_kwh, quality, tariff_id'

const UPSERT = `INSERT INTO usage (site_id, identifier, end_ms, minutes, ${FACTS}, revision)
  VALUES (@site_id, @identifier, @end_ms, @minutes, @channel, @kwh, @cost_cents, @cents_per_kwh, @quality, @tariff_id,
    @revision)
  ON CONFLICT (site_id, identifier, end_ms, minutes) DO UPDATE
    SET (${FACTS}, revision) = (${excluded(`${FACTS}, revision`)})
  WHERE (${excluded(FACTS).replaceAll('excluded.', 'usage.')}) IS NOT (${excluded(FACTS)})`

/** Writes one answer of Amber's in one transaction; says how many rows it changed. Amber revises: the last word stands. */
export function saveUsage(db: Database, siteId: string, usage: readonly UsageInterval[]): number {
  const tariffs = createTariffs(db)
  const upsert = prepared<object>(db, UPSERT)
  return inRevision(db, (revision) => {
    let changed = 0
    for (const row of usage)
      changed += upsert.run({
        site_id: siteId,
        identifier: row.identifier,
        end_ms: row.endMs,
        minutes: (row.endMs - row.startMs) / MINUTE_MS,
        channel: row.channel,
        kwh: row.kwh,
        cost_cents: row.costCents,
        cents_per_kwh: row.centsPerKwh,
        quality: row.quality,
        tariff_id: tariffs.numberOf(row.tariff),
        revision,
      }).changes
    return changed
  })
}

/** Every row that overlaps the span, ascending in each register. */
export function usageBetween(db: Database, siteId: string, { startMs, endMs }: Interval): UsageInterval[] {
  return prepared<[string, number, number, number], UsageRow>(
    db,
    `SELECT * FROM usage WHERE site_id = ? AND end_ms > ? AND end_ms < ? + ${HOUR_MS}
       AND end_ms - minutes * ${MINUTE_MS} < ? ORDER BY channel, identifier, end_ms`,
  )
    .all(siteId, startMs, endMs, endMs)
    .map(intervalOf(createTariffs(db)))
}

export function usageSince(db: Database, siteId: string, since: number, until: number): UsageInterval[] {
  return prepared<[string, number, number], UsageRow>(
    db,
    'SELECT * FROM usage WHERE site_id = ? AND revision > ? AND revision <= ?',
  )
    .all(siteId, since, until)
    .map(intervalOf(createTariffs(db)))
}

/** First and last end of a row; undefined when there is none. */
export function usageSpan(
  db: Database,
  siteId: string,
): { firstEndMs: number; lastEndMs: number } | undefined {
  const row = prepared<[string], { first: number | null; last: number | null }>(
    db,
    'SELECT min(end_ms) AS first, max(end_ms) AS last FROM usage WHERE site_id = ?',
  ).get(siteId)
  return row?.first && row.last ? { firstEndMs: row.first, lastEndMs: row.last } : undefined
}

export interface UsageDayState {
  /** Days since 1970 by NEM time. */
  readonly nemDay: number
  readonly identifier: string
  /** 1440 when the day is whole. */
  readonly minutes: number
  readonly estimated: number
}

/** How whole each NEM day of each register is, from `fromMs` on; a day without a row is not in it. */
export function usageDayStates(db: Database, siteId: string, fromMs: number): UsageDayState[] {
  return prepared<[string, number], UsageDayState>(
    db,
    `SELECT (end_ms - 1 + ${NEM_OFFSET_MS}) / ${DAY_MS} AS nemDay, identifier, sum(minutes) AS minutes,
       sum(quality = 'estimated') AS estimated
     FROM usage WHERE site_id = ? AND end_ms > ? GROUP BY nemDay, identifier ORDER BY nemDay`,
  ).all(siteId, fromMs)
}

interface UsageRow {
  identifier: string
  end_ms: number
  minutes: number
  channel: Channel
  kwh: number
  cost_cents: number
  cents_per_kwh: number
  quality: Quality
  tariff_id: number | null
}

function intervalOf(tariffs: Tariffs): (row: UsageRow) => UsageInterval {
  return (row) => {
    const tariff = tariffs.tariffOf(row.tariff_id)
    return {
      channel: row.channel,
      identifier: row.identifier,
      startMs: row.end_ms - row.minutes * MINUTE_MS,
      endMs: row.end_ms,
      kwh: row.kwh,
      costCents: row.cost_cents,
      centsPerKwh: row.cents_per_kwh,
      quality: row.quality,
      ...(tariff ? { tariff } : {}),
    }
  }
}

function excluded(columns: string): string {
  return columns.replaceAll(/\w+/g, (name) => `excluded.${name}`)
}

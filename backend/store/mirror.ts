// What changed since a revision, and what older days hold: the questions of a mirror.
import type { Database } from 'better-sqlite3'
import { addDays, type NemDate, nemDate, nemDayStartMs } from '#domain/calendar.ts'
import type { Interval } from '#domain/interval.ts'
import type { PriceInterval } from '#domain/price.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { SITE_NO } from './numbers.ts'
import { prepared } from './prepared.ts'
import { dayRows } from './row-time.ts'
import { actualPricesSince, actualPricesSpan, settledBetween } from './settled-prices.ts'
import { usageBetween, usageSince, usageSpan } from './usage.ts'

export interface Rows {
  readonly prices: readonly PriceInterval[]
  readonly usage: readonly UsageInterval[]
}

/**
 * The rows that changed after `since`, up to the returned revision: whole revisions, about `limit` rows, so that a
 * device that slept for a year is not drowned in one answer.
 */
export function rowsSince(db: Database, siteId: string, since: number, newest: number, limit: number) {
  const until = lastRevisionWithin(db, siteId, since, limit) ?? newest
  const rows: Rows = {
    prices: actualPricesSince(db, siteId, since, until),
    usage: usageSince(db, siteId, since, until),
  }
  return { ...rows, until }
}

/** Undefined where everything after `since` fits. */
function lastRevisionWithin(db: Database, siteId: string, since: number, limit: number): number | undefined {
  const row = prepared<[string, number, number, string, number, number, number], { revision: number }>(
    db,
    `SELECT revision FROM (
       SELECT p.revision FROM day_revision d JOIN price_actual p
         ON p.site_no = d.site_no AND ${dayRows('d.nem_day', 'p')}
       WHERE d.site_no = ${SITE_NO} AND d.prices > ? AND p.revision > ?
       UNION ALL SELECT u.revision FROM day_revision d JOIN register r USING (site_no) JOIN usage u
         ON u.register_no = r.register_no AND ${dayRows('d.nem_day', 'u')}
       WHERE d.site_no = ${SITE_NO} AND d.usage > ? AND u.revision > ?)
     ORDER BY revision LIMIT 1 OFFSET ?`,
  ).get(siteId, since, since, siteId, since, since, limit)
  return row?.revision
}

/** Settled prices and usage of whole NEM days, both dates included. */
export function rowsOfDays(db: Database, siteId: string, first: NemDate, last: NemDate): Rows {
  const span: Interval = { startMs: nemDayStartMs(first), endMs: nemDayStartMs(addDays(last, 1)) }
  return { prices: settledBetween(db, siteId, span), usage: usageBetween(db, siteId, span) }
}

/** The first and last NEM date of which anything settled is known. */
export function knownDates(db: Database, siteId: string): { first: NemDate; last: NemDate } | undefined {
  const spans = [actualPricesSpan(db, siteId), usageSpan(db, siteId)].filter((span) => span !== undefined)
  if (spans.length === 0) return undefined
  return {
    first: nemDate(Math.min(...spans.map(({ firstEndMs }) => firstEndMs - 1))),
    last: nemDate(Math.max(...spans.map(({ lastEndMs }) => lastEndMs - 1))),
  }
}

import type { Database } from 'better-sqlite3'
import { nemDate } from '#domain/calendar.ts'
import { type Interval, MINUTE_MS } from '#domain/interval.ts'
import { measuredMs, onceMeasured } from '#domain/once-measured.ts'
import { CHANNELS, type Channel } from '#domain/price.ts'
import type { ToldDay } from '#domain/told-registers.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { SITE_NO } from './numbers.ts'
import { prepared } from './prepared.ts'
import { dayRows, nemDayOf, OVERLAPS, overlapping, spanOfNemDay, spanOfRow } from './row-time.ts'
import { createTariffs, type Tariffs } from './tariffs.ts'

/** Every row that overlaps the span, by channel and register, ascending in each. */
export function usageBetween(db: Database, siteId: string, span: Interval): UsageInterval[] {
  return prepared<[string, ...number[]], UsageRow>(
    db,
    `SELECT u.*, r.identifier FROM register r JOIN usage u USING (register_no)
     WHERE r.site_no = ${SITE_NO} AND ${OVERLAPS} ORDER BY channel, identifier, end_minute, minutes`,
  )
    .all(siteId, ...overlapping(span))
    .map(intervalOf(createTariffs(db)))
}

/** Rows that last changed after `since` and not after `until`. */
export function usageSince(db: Database, siteId: string, since: number, until: number): UsageInterval[] {
  return prepared<[string, number, number, number], UsageRow>(
    db,
    `SELECT u.*, r.identifier FROM day_revision d JOIN register r USING (site_no)
       JOIN usage u ON u.register_no = r.register_no AND ${dayRows('d.nem_day', 'u')}
     WHERE d.site_no = ${SITE_NO} AND d.usage > ? AND u.revision > ? AND u.revision <= ?`,
  )
    .all(siteId, since, since, until)
    .map(intervalOf(createTariffs(db)))
}

/** First and last end of a row; undefined when there is none. */
export function usageSpan(
  db: Database,
  siteId: string,
): { firstEndMs: number; lastEndMs: number } | undefined {
  const end = (which: 'min' | 'max') =>
    prepared<[string], { end: number | null }>(
      db,
      // Asked of each register, so that the key answers it.
      `SELECT ${which}((SELECT ${which}(end_minute) FROM usage u WHERE u.register_no = r.register_no)) AS end
       FROM register r WHERE site_no = ${SITE_NO}`,
    ).get(siteId)?.end
  const [first, last] = [end('min'), end('max')]
  return first && last ? { firstEndMs: first * MINUTE_MS, lastEndMs: last * MINUTE_MS } : undefined
}

export const USAGE_DAYS_TOLD = `SELECT d.nem_day AS nemDay, r.identifier
  FROM day_revision d JOIN register r USING (site_no) WHERE d.site_no = ${SITE_NO} AND d.nem_day >= ?
    AND EXISTS (SELECT 1 FROM usage u WHERE u.register_no = r.register_no AND ${dayRows('d.nem_day', 'u')})`

/** From the day on that holds `fromMs`: of which days each register told anything. One row of each is looked for. */
export const usageDaysTold = (db: Database, siteId: string, fromMs: number): ToldDay[] =>
  prepared<[string, number], ToldDay>(db, USAGE_DAYS_TOLD).all(siteId, nemDayOf(nemDate(fromMs)))

export interface UsageDayState extends ToldDay {
  /** Of its time that is measured, each stretch once: 1440 when the day is whole. */
  readonly minutes: number
  readonly estimated: number
}

/**
 * Day by day, in the order of the keys: nothing is sorted, and older days are not read. Grouped by the day of each row it
 * took four times as long, which counts on every request to Amber and every look at health.
 */
export const USAGE_DAY_STATES = `SELECT d.nem_day AS nemDay, r.identifier, sum(u.minutes) AS minutes,
    sum(u.estimated) AS estimated, min(u.minutes) < max(u.minutes) AS isMixed
  FROM day_revision d JOIN register r USING (site_no)
    JOIN usage u ON u.register_no = r.register_no AND ${dayRows('d.nem_day', 'u')}
  WHERE d.site_no = ${SITE_NO} AND d.nem_day >= ? GROUP BY d.nem_day, r.identifier`

/** How whole each NEM day of each register is, from the one on that holds `fromMs`; a day without a row is not in it. */
export const usageDayStates = (db: Database, siteId: string, fromMs: number): UsageDayState[] =>
  prepared<[string, number], UsageDayState & { isMixed: number }>(db, USAGE_DAY_STATES)
    .all(siteId, nemDayOf(nemDate(fromMs)))
    .map(({ isMixed, ...state }) => (isMixed ? onceCounted(db, siteId, state) : state))

/** Of a day that is told in rows of two lengths, some of the time may be told twice. */
function onceCounted(db: Database, siteId: string, { nemDay, identifier }: UsageDayState): UsageDayState {
  const rows = onceMeasured(
    usageBetween(db, siteId, spanOfNemDay(nemDay)).filter((row) => row.identifier === identifier),
  )
  return {
    nemDay,
    identifier,
    minutes: measuredMs(rows) / MINUTE_MS,
    estimated: rows.filter(({ quality }) => quality === 'estimated').length,
  }
}

interface UsageRow {
  identifier: string
  end_minute: number
  minutes: number
  channel: number
  kwh: number
  cost_cents: number
  cents_per_kwh: number
  estimated: number
  tariff_id: number | null
}

function intervalOf(tariffs: Tariffs): (row: UsageRow) => UsageInterval {
  return (row) => {
    const tariff = tariffs.tariffOf(row.tariff_id)
    return {
      channel: CHANNELS[row.channel] as Channel,
      identifier: row.identifier,
      ...spanOfRow(row),
      kwh: row.kwh,
      costCents: row.cost_cents,
      centsPerKwh: row.cents_per_kwh,
      quality: row.estimated === 1 ? 'estimated' : 'billable',
      ...(tariff ? { tariff } : {}),
    }
  }
}

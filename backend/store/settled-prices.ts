// Settled prices, one row an interval and channel. Amber revises: the last word stands.
import type { Database } from 'better-sqlite3'
import { type Interval, MINUTE_MS } from '#domain/interval.ts'
import { CHANNELS, type Channel, DESCRIPTORS, type PriceInterval, SPIKE_STATUSES } from '#domain/price.ts'
import { touchDays } from './day-revision.ts'
import type { Saved } from './ledger.ts'
import { indexIn, SITE_NO } from './numbers.ts'
import { prepared } from './prepared.ts'
import {
  dayRows,
  lengthMinutes,
  minuteOf,
  nemDayOfEnd,
  OVERLAPS,
  overlapping,
  spanOfRow,
} from './row-time.ts'
import { createTariffs, type Tariffs } from './tariffs.ts'

const FACTS = 'cents_per_kwh, spot_cents_per_kwh, renewables_percent, descriptor, spike_status, tariff_id'
/** What one answer leaves out of a row is not gone: it has been known to come again. */
const merged = FACTS.replaceAll(/\w+/g, 'coalesce(excluded.$&, price_actual.$&)')
const UPSERT = `INSERT INTO price_actual (site_no, end_minute, minutes, channel, ${FACTS}, revision)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (site_no, end_minute, minutes, channel) DO UPDATE
    SET (${FACTS}, revision) = (${merged}, excluded.revision)
  WHERE (${FACTS.replaceAll(/\w+/g, 'price_actual.$&')}) IS NOT (${merged})`

/**
 * A longer row than these of which every minute is told by shorter ones (the meter went to 5 minutes, and Amber tells its
 * past anew): two prices for one time. One that is covered in part stays, so that no answer makes a hole.
 */
const DROP_REPLACED = `DELETE FROM price_actual AS longer
  WHERE site_no = ? AND channel = ? AND ${OVERLAPS} AND minutes > ?
    AND minutes = (SELECT sum(minutes) FROM price_actual AS shorter
      WHERE shorter.site_no = longer.site_no AND shorter.channel = longer.channel AND shorter.minutes < longer.minutes
        AND shorter.end_minute > longer.end_minute - longer.minutes AND shorter.end_minute <= longer.end_minute)`

type Value = number | null

/** Part of the caller's transaction. */
export function saveSettled(
  db: Database,
  siteNo: number,
  prices: readonly PriceInterval[],
  revision: number,
): Saved {
  const tariffs = createTariffs(db)
  const upsert = prepared<Value[]>(db, UPSERT)
  const days = new Set<number>()
  let [changed, removed] = [0, 0]
  for (const price of prices) {
    const { changes } = upsert.run(siteNo, ...valuesOf(price, tariffs), revision)
    if (changes === 0) continue
    days.add(nemDayOfEnd(price.endMs))
    changed += changes
    removed += dropReplaced(db, siteNo, price)
  }
  touchDays(db, siteNo, 'prices', days, revision)
  return { changed, removed }
}

/** The day of the rows that go is that of the row that has just been written: no row lies in two NEM days. */
const dropReplaced = (db: Database, siteNo: number, price: PriceInterval): number =>
  prepared<number[]>(db, DROP_REPLACED).run(
    siteNo,
    CHANNELS.indexOf(price.channel),
    ...overlapping(price),
    lengthMinutes(price),
  ).changes

function valuesOf(price: PriceInterval, tariffs: Tariffs): Value[] {
  return [
    minuteOf(price.endMs),
    lengthMinutes(price),
    CHANNELS.indexOf(price.channel),
    price.centsPerKwh,
    price.spotCentsPerKwh ?? null,
    price.renewablesPercent ?? null,
    indexIn(DESCRIPTORS, price.descriptor),
    indexIn(SPIKE_STATUSES, price.spikeStatus),
    tariffs.numberOf(price.tariff),
  ]
}

export function isSettledHere(db: Database, siteNo: number, price: PriceInterval): boolean {
  const found = prepared<number[]>(
    db,
    'SELECT 1 FROM price_actual WHERE (site_no, end_minute, minutes, channel) = (?, ?, ?, ?)',
  ).get(siteNo, minuteOf(price.endMs), lengthMinutes(price), CHANNELS.indexOf(price.channel))
  return found !== undefined
}

/** Everything settled that overlaps the span, ascending by end. */
export function settledBetween(db: Database, siteId: string, span: Interval): PriceInterval[] {
  return prepared<[string, ...number[]], PriceRow>(
    db,
    `SELECT * FROM price_actual WHERE site_no = ${SITE_NO} AND ${OVERLAPS} ORDER BY end_minute, minutes, channel`,
  )
    .all(siteId, ...overlapping(span))
    .map(intervalOf(createTariffs(db)))
}

/** Settled prices that last changed after `since` and not after `until`. */
export function actualPricesSince(
  db: Database,
  siteId: string,
  since: number,
  until: number,
): PriceInterval[] {
  return prepared<[string, number, number, number], PriceRow>(
    db,
    `SELECT p.* FROM day_revision d JOIN price_actual p ON p.site_no = d.site_no AND ${dayRows('d.nem_day', 'p')}
     WHERE d.site_no = ${SITE_NO} AND d.prices > ? AND p.revision > ? AND p.revision <= ?`,
  )
    .all(siteId, since, since, until)
    .map(intervalOf(createTariffs(db)))
}

/** First and last end of a settled price; undefined when there is none. */
export function actualPricesSpan(
  db: Database,
  siteId: string,
): { firstEndMs: number; lastEndMs: number } | undefined {
  const end = (which: 'min' | 'max') =>
    prepared<[string], { end: number | null }>(
      db,
      `SELECT ${which}(end_minute) AS end FROM price_actual WHERE site_no = ${SITE_NO}`,
    ).get(siteId)?.end
  const [first, last] = [end('min'), end('max')]
  return first && last ? { firstEndMs: first * MINUTE_MS, lastEndMs: last * MINUTE_MS } : undefined
}

interface PriceRow {
  end_minute: number
  minutes: number
  channel: number
  cents_per_kwh: number
  spot_cents_per_kwh: number | null
  renewables_percent: number | null
  descriptor: number | null
  spike_status: number | null
  tariff_id: number | null
}

const intervalOf =
  (tariffs: Tariffs) =>
  (row: PriceRow): PriceInterval => ({
    channel: CHANNELS[row.channel] as Channel,
    ...spanOfRow(row),
    kind: 'actual',
    estimate: false,
    centsPerKwh: row.cents_per_kwh,
    ...told('spotCentsPerKwh', row.spot_cents_per_kwh),
    ...told('renewablesPercent', row.renewables_percent),
    ...told('descriptor', DESCRIPTORS[row.descriptor ?? -1]),
    ...told('spikeStatus', SPIKE_STATUSES[row.spike_status ?? -1]),
    ...told('tariff', tariffs.tariffOf(row.tariff_id)),
  })

const told = <Key extends string, Value>(key: Key, value: Value | null | undefined) =>
  (value === null || value === undefined ? {} : { [key]: value }) as { [K in Key]?: NonNullable<Value> }

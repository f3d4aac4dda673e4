// Settled prices, one row an interval and channel. Amber revises: the last word stands.
import type { Database } from 'better-sqlite3'
import { type Interval, MINUTE_MS } from '#domain/interval.ts'
import { CHANNELS, type Channel, DESCRIPTORS, type PriceInterval, SPIKE_STATUSES } from '#domain/price.ts'
import { touchDays } from './day-revision.ts'
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

type Value = number | null

/** Says how many rows changed. Part of the caller's transaction. */
export function saveSettled(
  db: Database,
  siteNo: number,
  prices: readonly PriceInterval[],
  revision: number,
): number {
  const tariffs = createTariffs(db)
  const upsert = prepared<Value[]>(db, UPSERT)
  const days = new Set<number>()
  let changed = 0
  for (const price of prices) {
    const { changes } = upsert.run(siteNo, ...valuesOf(price, tariffs), revision)
    if (changes > 0) days.add(nemDayOfEnd(price.endMs))
    changed += changes
  }
  touchDays(db, siteNo, 'prices', days, revision)
  return changed
}

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

// Prices by rank: settled, running, forecast, each in its table; a lower rank never overwrites a higher one.
import type { Database } from 'better-sqlite3'
import { DAY_MS, HOUR_MS, type Interval, MINUTE_MS } from '#domain/interval.ts'
import { type Channel, PRICE_KINDS, type PriceInterval, type PriceKind } from '#domain/price.ts'
import { inRevision } from './ledger.ts'
import { prepared } from './prepared.ts'
import { createTariffs, type Tariffs } from './tariffs.ts'
import { saveVintages } from './vintages.ts'

const FORECAST_KEPT_MS = 2 * DAY_MS

/** Writes one answer of Amber's in one transaction; says how many rows it changed. */
export function savePrices(db: Database, siteId: string, prices: readonly PriceInterval[]): number {
  const tariffs = createTariffs(db)
  const save = { actual: saveActual(db), current: saveCurrent(db), forecast: saveForecast(db) }
  return inRevision(db, (revision) => {
    let changed = 0
    for (const price of prices)
      changed += save[price.kind].run(rowOf(siteId, price, tariffs, revision)).changes
    changed += saveVintages(db, siteId, prices)
    if (changed > 0) dropOutdated(db, siteId, prices)
    return changed
  })
}

const FACTS =
  'cents_per_kwh, spot_cents_per_kwh, renewables_percent, descriptor, spike_status, tariff_id' as const
const KEY = 'site_id, channel, end_ms, minutes' as const

const upsert = (table: string, columns: string, compared: string, guard = '') => {
  const named = (prefix: string, list: string) =>
    list
      .split(', ')
      .map((name) => prefix + name)
      .join(', ')
  const all = `${KEY}, ${columns}, revision`
  return `INSERT INTO ${table} (${all}) SELECT ${named('@', all)} WHERE ${guard || 'true'}
    ON CONFLICT (${KEY}) DO UPDATE SET (${columns}, revision) = (${named('excluded.', `${columns}, revision`)})
    WHERE (${named(`${table}.`, compared)}) IS NOT (${named('excluded.', compared)})`
}

const saveActual = (db: Database) => prepared<object>(db, upsert('price_actual', FACTS, FACTS))

/** Nothing running is told of an interval that is settled; and once it was seen settled, no estimate is heard again. */
function saveCurrent(db: Database) {
  const columns = `${FACTS}, estimate, advanced, spot_range, made_at_ms, confirmed_at_ms`
  // The instants say when this was first told; told again, it is no news.
  const compared = `${FACTS}, estimate, advanced, spot_range`
  const guard = `NOT EXISTS (SELECT 1 FROM price_actual a WHERE a.site_id = @site_id AND a.channel = @channel
      AND a.end_ms = @end_ms AND a.minutes = @minutes)
    AND NOT (@estimate = 1 AND EXISTS (SELECT 1 FROM price_current c WHERE c.site_id = @site_id
      AND c.channel = @channel AND c.end_ms = @end_ms AND c.minutes = @minutes AND c.estimate = 0))`
  return prepared<object>(db, upsert('price_current', columns, compared, guard))
}

/** A replayed older answer does not undo a newer forecast. */
function saveForecast(db: Database) {
  const columns = `${FACTS}, advanced, spot_range, made_at_ms`
  return prepared<object>(
    db,
    `${upsert('price_forecast', columns, columns)} AND excluded.made_at_ms >= price_forecast.made_at_ms`,
  )
}

function rowOf(siteId: string, price: PriceInterval, tariffs: Tariffs, revision: number) {
  return {
    site_id: siteId,
    channel: price.channel,
    end_ms: price.endMs,
    minutes: (price.endMs - price.startMs) / MINUTE_MS,
    cents_per_kwh: price.centsPerKwh,
    spot_cents_per_kwh: price.spotCentsPerKwh ?? null,
    renewables_percent: price.renewablesPercent ?? null,
    descriptor: price.descriptor ?? null,
    spike_status: price.spikeStatus ?? null,
    tariff_id: tariffs.numberOf(price.tariff),
    estimate: price.estimate ? 1 : 0,
    advanced: price.advanced ? JSON.stringify(price.advanced) : null,
    spot_range: price.range ? JSON.stringify(price.range) : null,
    made_at_ms: price.madeAtMs ?? null,
    confirmed_at_ms: price.confirmedAtMs ?? null,
    revision,
  }
}

/** What a settled price has replaced, and forecasts of days gone by: no screen asks for them again. */
function dropOutdated(db: Database, siteId: string, prices: readonly PriceInterval[]): void {
  prepared<[string]>(
    db,
    `DELETE FROM price_current WHERE site_id = ? AND EXISTS (SELECT 1 FROM price_actual a
       WHERE (a.site_id, a.channel, a.end_ms, a.minutes)
         IS (price_current.site_id, price_current.channel, price_current.end_ms, price_current.minutes))`,
  ).run(siteId)
  const madeAtMs = Math.max(...prices.map((price) => price.madeAtMs ?? 0))
  if (madeAtMs > 0)
    prepared<[string, number]>(db, 'DELETE FROM price_forecast WHERE site_id = ? AND end_ms < ?').run(
      siteId,
      madeAtMs - FORECAST_KEPT_MS,
    )
}

interface PriceRow {
  channel: Channel
  end_ms: number
  minutes: number
  cents_per_kwh: number
  spot_cents_per_kwh: number | null
  renewables_percent: number | null
  descriptor: PriceInterval['descriptor'] | null
  spike_status: PriceInterval['spikeStatus'] | null
  tariff_id: number | null
  estimate: number
  advanced: string | null
  spot_range: string | null
  made_at_ms: number | null
  confirmed_at_ms: number | null
}

/** Everything known that overlaps the span, of every rank: `timeline` chooses. */
export function pricesBetween(db: Database, siteId: string, { startMs, endMs }: Interval): PriceInterval[] {
  const tariffs = createTariffs(db)
  return PRICE_KINDS.flatMap((kind) =>
    prepared<[string, number, number, number], PriceRow>(
      db,
      // The longest row is an hour: that bounds the search by the key.
      `SELECT * FROM price_${kind} WHERE site_id = ? AND channel IN ('general', 'controlledLoad', 'feedIn')
         AND end_ms > ? AND end_ms < ? + ${HOUR_MS} AND end_ms - minutes * ${MINUTE_MS} < ?`,
    )
      .all(siteId, startMs, endMs, endMs)
      .map(intervalOf(kind, tariffs)),
  )
}

/** The running interval and the forecasts, whole: what a mirror keeps beside the settled days. */
export function livePrices(db: Database, siteId: string): PriceInterval[] {
  const tariffs = createTariffs(db)
  return (['current', 'forecast'] as const).flatMap((kind) =>
    prepared<[string], PriceRow>(db, `SELECT * FROM price_${kind} WHERE site_id = ? ORDER BY channel, end_ms`)
      .all(siteId)
      .map(intervalOf(kind, tariffs)),
  )
}

/** The revision at which the running interval or a forecast last changed; 0 when there is none. */
export function livePricesRevision(db: Database, siteId: string): number {
  const newest = (table: string) =>
    prepared<[string], { revision: number | null }>(
      db,
      `SELECT max(revision) AS revision FROM ${table} WHERE site_id = ?`,
    ).get(siteId)?.revision ?? 0
  return Math.max(newest('price_current'), newest('price_forecast'))
}

/** Settled prices that last changed after `since` and not after `until`. */
export function actualPricesSince(
  db: Database,
  siteId: string,
  since: number,
  until: number,
): PriceInterval[] {
  return prepared<[string, number, number], PriceRow>(
    db,
    'SELECT * FROM price_actual WHERE site_id = ? AND revision > ? AND revision <= ?',
  )
    .all(siteId, since, until)
    .map(intervalOf('actual', createTariffs(db)))
}

/** First and last end of a settled price; undefined when there is none. */
export function actualPricesSpan(
  db: Database,
  siteId: string,
): { firstEndMs: number; lastEndMs: number } | undefined {
  const row = prepared<[string], { first: number | null; last: number | null }>(
    db,
    `SELECT min(first) AS first, max(last) AS last FROM (
       SELECT min(end_ms) AS first, max(end_ms) AS last FROM price_actual WHERE site_id = ?
         AND channel IN ('general', 'controlledLoad', 'feedIn') GROUP BY channel)`,
  ).get(siteId)
  return row?.first && row.last ? { firstEndMs: row.first, lastEndMs: row.last } : undefined
}

export function intervalOf(kind: PriceKind, tariffs: Tariffs): (row: PriceRow) => PriceInterval {
  return (row) => ({
    channel: row.channel,
    startMs: row.end_ms - row.minutes * MINUTE_MS,
    endMs: row.end_ms,
    kind,
    estimate: kind === 'current' && row.estimate === 1,
    centsPerKwh: row.cents_per_kwh,
    ...told('spotCentsPerKwh', row.spot_cents_per_kwh),
    ...told('renewablesPercent', row.renewables_percent),
    ...told('descriptor', row.descriptor),
    ...told('spikeStatus', row.spike_status),
    ...told('tariff', tariffs.tariffOf(row.tariff_id)),
    ...told('advanced', row.advanced && JSON.parse(row.advanced)),
    ...told('range', row.spot_range && JSON.parse(row.spot_range)),
    ...told('madeAtMs', row.made_at_ms),
    ...told('confirmedAtMs', row.confirmed_at_ms),
  })
}

const told = <Key extends string, Value>(key: Key, value: Value | null | undefined) =>
  (value === null || value === undefined ? {} : { [key]: value }) as { [K in Key]?: NonNullable<Value> }

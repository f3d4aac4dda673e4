import type { Database } from 'better-sqlite3'
import { type PredictedInterval, packVintage, unpackVintage } from '#domain/forecast-vintage.ts'
import { floorTo, MINUTE_MS } from '#domain/interval.ts'
import { CHANNELS, type Channel, type PriceInterval } from '#domain/price.ts'
import { prepared } from './prepared.ts'

/** A set a half hour is what a year of them may weigh on an SD card: the first one made in it. */
const SLOT_MS = 30 * MINUTE_MS

/** Says how many sets were new. Part of the caller's transaction. */
export function saveVintages(db: Database, siteId: string, prices: readonly PriceInterval[]): number {
  const insert = prepared<[string, Channel, number, number, Uint8Array]>(
    db,
    'INSERT OR IGNORE INTO forecast_vintage (site_id, channel, slot_ms, made_at_ms, packed) VALUES (?, ?, ?, ?, ?)',
  )
  let added = 0
  for (const channel of CHANNELS) {
    const forecasts = prices.filter((price) => price.kind === 'forecast' && price.channel === channel)
    const madeAtMs = forecasts[0]?.madeAtMs
    if (madeAtMs === undefined) continue
    added += insert.run(siteId, channel, floorTo(madeAtMs, SLOT_MS), madeAtMs, packVintage(forecasts)).changes
  }
  return added
}

/** The sets made in [fromMs, toMs), oldest first. */
export function vintagesBetween(
  db: Database,
  siteId: string,
  channel: Channel,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): { madeAtMs: number; intervals: PredictedInterval[] }[] {
  return prepared<[string, Channel, number, number], { made_at_ms: number; packed: Uint8Array }>(
    db,
    `SELECT made_at_ms, packed FROM forecast_vintage WHERE site_id = ? AND channel = ?
       AND made_at_ms >= ? AND made_at_ms < ? ORDER BY slot_ms`,
  )
    .all(siteId, channel, fromMs, toMs)
    .map((row) => ({ madeAtMs: row.made_at_ms, intervals: unpackVintage(row.packed) }))
}

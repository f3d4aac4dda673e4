// Forecasts as they were made: what Amber predicted cannot be asked of it later.
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import type { Database } from 'better-sqlite3'
import { type PredictedInterval, packVintage, unpackVintage } from '#domain/forecast-vintage.ts'
import { floorTo, MINUTE_MS } from '#domain/interval.ts'
import { CHANNELS, type Channel, type PriceInterval } from '#domain/price.ts'
import { SITE_NO } from './numbers.ts'
import { prepared } from './prepared.ts'

/** A set a half hour is what a year of them may weigh on an SD card: the first one made in it. */
const SLOT_MS = 30 * MINUTE_MS

/** Says how many sets were new: 1 or 0. Part of the caller's transaction. */
export function saveVintage(db: Database, siteNo: number, prices: readonly PriceInterval[]): number {
  const forecasts = prices.filter(({ kind }) => kind === 'forecast')
  const madeAtMs = forecasts[0]?.madeAtMs
  if (madeAtMs === undefined) return 0
  const slotMinute = floorTo(madeAtMs, SLOT_MS) / MINUTE_MS
  const has = prepared<[number, number]>(
    db,
    'SELECT 1 FROM forecast_vintage WHERE site_no = ? AND slot_minute = ?',
  )
  if (has.get(siteNo, slotMinute)) return 0
  return prepared<[number, number, number, Uint8Array]>(
    db,
    'INSERT INTO forecast_vintage (site_no, slot_minute, made_at_ms, packed) VALUES (?, ?, ?, ?)',
  ).run(siteNo, slotMinute, madeAtMs, packSet(forecasts)).changes
}

/** The sets made in [fromMs, toMs), oldest first; a set without that channel is left out. */
export function vintagesBetween(
  db: Database,
  siteId: string,
  channel: Channel,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): { madeAtMs: number; intervals: PredictedInterval[] }[] {
  return prepared<[string, number, number, number, number], { made_at_ms: number; packed: Uint8Array }>(
    db,
    `SELECT made_at_ms, packed FROM forecast_vintage WHERE site_no = ${SITE_NO}
       AND slot_minute >= ? AND slot_minute < ? AND made_at_ms >= ? AND made_at_ms < ? ORDER BY slot_minute`,
  )
    .all(siteId, floorTo(fromMs, SLOT_MS) / MINUTE_MS, toMs / MINUTE_MS, fromMs, toMs)
    .map((row) => ({ madeAtMs: row.made_at_ms, intervals: unpackSet(row.packed, channel) }))
    .filter(({ intervals }) => intervals.length > 0)
}

/** The channels in their order, each after its length: their prices go up and down together, so they pack as one. */
function packSet(forecasts: readonly PriceInterval[]): Uint8Array {
  const parts = CHANNELS.map((channel) => packVintage(forecasts.filter((price) => price.channel === channel)))
  return brotliCompressSync(Buffer.concat(parts.flatMap((part) => [lengthBytes(part.length), part])))
}

function unpackSet(packed: Uint8Array, channel: Channel): PredictedInterval[] {
  const bytes = brotliDecompressSync(packed)
  let at = 0
  for (const name of CHANNELS) {
    const from = at + 2
    at = from + bytes.readUInt16BE(at)
    if (name === channel) return unpackVintage(bytes.subarray(from, at))
  }
  return []
}

function lengthBytes(length: number): Uint8Array {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(length)
  return bytes
}

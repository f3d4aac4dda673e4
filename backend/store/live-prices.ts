// The running interval and the forecasts of a site: told anew every five minutes and read whole, so they are one packed
// record. A lower rank never overwrites a higher one: an estimate no settled price, an older forecast no newer one.
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import type { Database } from 'better-sqlite3'
import { DAY_MS } from '#domain/interval.ts'
import { CHANNELS, type PriceInterval } from '#domain/price.ts'
import { SITE_NO } from './numbers.ts'
import { prepared } from './prepared.ts'
import { isSettledHere } from './settled-prices.ts'

const FORECAST_KEPT_MS = 2 * DAY_MS
/** Above it a Pi needs seconds, below it the record needs another page. */
const QUALITY = 5

/** Says 1 if anything changed, else 0. Part of the caller's transaction, after the settled prices are in. */
export function saveLive(
  db: Database,
  siteNo: number,
  told: readonly PriceInterval[],
  revision: number,
): number {
  const kept = packedOf(db, siteNo)
  const before = kept ? unpack(kept) : []
  const after = mergeLive(before, told, (price) => isSettledHere(db, siteNo, price))
  if (JSON.stringify(before) === JSON.stringify(after)) return 0
  prepared<[number, Uint8Array, number]>(
    db,
    `INSERT INTO price_live (site_no, packed, revision) VALUES (?, ?, ?)
     ON CONFLICT (site_no) DO UPDATE SET (packed, revision) = (excluded.packed, excluded.revision)`,
  ).run(siteNo, pack(after), revision)
  return 1
}

/** The running interval and the forecasts, whole: what a mirror keeps beside the settled days. */
export function livePrices(db: Database, siteId: string): PriceInterval[] {
  const row = prepared<[string], { packed: Uint8Array }>(
    db,
    `SELECT packed FROM price_live WHERE site_no = ${SITE_NO}`,
  ).get(siteId)
  return row ? unpack(row.packed) : []
}

/** The revision at which the running interval or a forecast last changed; 0 when there is none. */
export function livePricesRevision(db: Database, siteId: string): number {
  const row = prepared<[string], { revision: number }>(
    db,
    `SELECT revision FROM price_live WHERE site_no = ${SITE_NO}`,
  ).get(siteId)
  return row?.revision ?? 0
}

/** What is known after Amber has `told` this. Nothing running or forecast is kept of an interval that has settled. */
export function mergeLive(
  kept: readonly PriceInterval[],
  told: readonly PriceInterval[],
  hasSettled: (price: PriceInterval) => boolean,
): PriceInterval[] {
  const known = new Map(kept.map((price) => [keyOf(price), price]))
  for (const price of told) {
    if (price.kind === 'actual') continue
    const older = known.get(keyOf(price))
    known.set(keyOf(price), older ? better(older, price) : price)
  }
  const madeAtMs = Math.max(0, ...told.map((price) => price.madeAtMs ?? 0))
  return [...known.values()]
    .filter((price) =>
      price.kind === 'current' ? !hasSettled(price) : price.endMs >= madeAtMs - FORECAST_KEPT_MS,
    )
    .sort(inOrder)
}

function better(older: PriceInterval, newer: PriceInterval): PriceInterval {
  if (newer.kind === 'forecast') return (newer.madeAtMs ?? 0) >= (older.madeAtMs ?? 0) ? newer : older
  if (newer.estimate && !older.estimate) return older
  // The instants say when this was first told; told again, it is no news.
  return factsOf(older) === factsOf(newer) ? older : newer
}

const factsOf = ({ madeAtMs: _, confirmedAtMs: __, ...facts }: PriceInterval): string =>
  JSON.stringify(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)))

const keyOf = ({ kind, channel, startMs, endMs }: PriceInterval): string =>
  `${kind} ${channel} ${startMs} ${endMs}`

const KINDS = ['actual', 'current', 'forecast']

const inOrder = (a: PriceInterval, b: PriceInterval): number =>
  KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
  CHANNELS.indexOf(a.channel) - CHANNELS.indexOf(b.channel) ||
  a.endMs - b.endMs ||
  a.startMs - b.startMs

function packedOf(db: Database, siteNo: number): Uint8Array | undefined {
  return prepared<[number], { packed: Uint8Array }>(
    db,
    'SELECT packed FROM price_live WHERE site_no = ?',
  ).get(siteNo)?.packed
}

const pack = (prices: readonly PriceInterval[]): Uint8Array =>
  brotliCompressSync(JSON.stringify(prices), { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } })

const unpack = (packed: Uint8Array): PriceInterval[] =>
  JSON.parse(brotliDecompressSync(packed).toString('utf8')) as PriceInterval[]

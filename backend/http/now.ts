// GET /api/now: what power costs this minute, and how certain that is.
import type { Context } from 'hono'
import { isoLocal } from '#domain/calendar.ts'
import type { NowAnswer, NowPrice } from '#domain/contract.ts'
import { HOUR_MS } from '#domain/interval.ts'
import { CHANNELS, type PriceInterval } from '#domain/price.ts'
import { isSettled, priceAt, timeline } from '#domain/timeline.ts'
import { pricesBetween } from '../store/prices.ts'
import { channelsOf } from '../store/sites.ts'
import type { AppDeps } from './app.ts'
import { isBehind } from './clock.ts'
import { homeOf } from './home.ts'

export function nowRoute(deps: AppDeps, c: Context): Response {
  const { db, site, timeZone } = homeOf(deps.reader, deps.settings, c.req.query('site'))
  const nowMs = deps.now()
  const at = isoLocal(nowMs, timeZone)
  if (!db || !site)
    return c.json<NowAnswer>({ site: null, at, channels: {}, renewablesPercent: null, demandWindow: null })
  const span = { startMs: nowMs - HOUR_MS, endMs: nowMs + HOUR_MS }
  const rows = isBehind(db, nowMs) ? [] : timeline(pricesBetween(db, site.siteId, span))
  const general = priceAt(rows, 'general', nowMs)
  const told = CHANNELS.filter((channel) => channelsOf(site).includes(channel))
  return c.json<NowAnswer>({
    site: site.siteId,
    at,
    channels: Object.fromEntries(
      told.map((channel) => [channel, nowPrice(priceAt(rows, channel, nowMs), timeZone)]),
    ),
    renewablesPercent: general?.renewablesPercent ?? null,
    demandWindow: general?.tariff?.demandWindow ?? null,
  })
}

function nowPrice(row: PriceInterval | undefined, timeZone: string): NowPrice {
  if (!row) return { state: 'unknown' }
  const { startMs, endMs, centsPerKwh, spotCentsPerKwh, descriptor, spikeStatus, advanced, madeAtMs } = row
  return {
    startAt: isoLocal(startMs, timeZone),
    endAt: isoLocal(endMs, timeZone),
    centsPerKwh,
    ...(spotCentsPerKwh !== undefined && { spotCentsPerKwh }),
    state: stateOf(row),
    ...(row.kind === 'forecast' &&
      madeAtMs !== undefined && { forecastMadeAt: isoLocal(madeAtMs, timeZone) }),
    ...(descriptor && { descriptor }),
    ...(spikeStatus && { spikeStatus }),
    ...(advanced && { advanced }),
  }
}

export function stateOf(row: PriceInterval | undefined): NowPrice['state'] {
  if (!row) return 'unknown'
  if (row.kind === 'forecast') return 'forecast'
  return isSettled(row) ? 'confirmed' : 'estimate'
}

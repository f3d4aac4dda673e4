// GET /api/prices: the best fact known of each stretch of time.
import type { Context } from 'hono'
import { addDays, isoLocal, type NemDate, nemDate, nemDayStartMs } from '#domain/calendar.ts'
import type { PriceAnswer } from '#domain/contract.ts'
import { durationMs, type Interval, MINUTE_MS } from '#domain/interval.ts'
import type { PriceInterval } from '#domain/price.ts'
import { timeline } from '#domain/timeline.ts'
import { pricesBetween } from '../store/prices.ts'
import type { AppDeps } from './app.ts'
import { homeOf } from './home.ts'
import { channelOf, spanOf } from './query.ts'
import { rowStream } from './row-stream.ts'

export function pricesRoute(deps: AppDeps, c: Context): Response {
  const read = (name: string) => c.req.query(name)
  const { db, site, timeZone } = homeOf(deps.reader, deps.settings, read('site'))
  const span = spanOf(read, timeZone, deps.now())
  const channel = channelOf(read)
  if (!db || !site) return c.json({ intervals: [] })
  const batches = nemDaysOf(span).map((day) =>
    timeline(pricesBetween(db, site.siteId, day))
      .filter((row) => channel === undefined || row.channel === channel)
      // No row straddles a NEM midnight; at the ends of the span whole rows are given.
      .filter((row) => row.endMs > span.startMs && row.startMs < span.endMs)
      .map((row) => answerOf(row, timeZone)),
  )
  return rowStream(c, 'intervals', batches)
}

export function* nemDaysOf({ startMs, endMs }: Interval): Generator<Interval> {
  for (let date: NemDate = nemDate(startMs); nemDayStartMs(date) < endMs; date = addDays(date, 1))
    yield { startMs: nemDayStartMs(date), endMs: nemDayStartMs(addDays(date, 1)) }
}

function answerOf(row: PriceInterval, timeZone: string): PriceAnswer {
  const { startMs, endMs, madeAtMs, confirmedAtMs: _, ...facts } = row
  return {
    ...facts,
    startAt: isoLocal(startMs, timeZone),
    endAt: isoLocal(endMs, timeZone),
    durationMinutes: durationMs(row) / MINUTE_MS,
    ...(row.kind === 'forecast' &&
      madeAtMs !== undefined && { forecastMadeAt: isoLocal(madeAtMs, timeZone) }),
  }
}

// GET /api/prices and /api/export/prices.csv: the best fact known of each stretch of time.
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
import { type Batches, csvStream, rowStream } from './row-stream.ts'

export const pricesRoute = (deps: AppDeps, c: Context): Response =>
  rowStream(c, 'intervals', priceAnswers(deps, c))

export const pricesCsvRoute = (deps: AppDeps, c: Context): Response =>
  csvStream(c, CSV_COLUMNS, priceAnswers(deps, c))

const CSV_COLUMNS = {
  channel: (row: PriceAnswer) => row.channel,
  startAt: (row: PriceAnswer) => row.startAt,
  endAt: (row: PriceAnswer) => row.endAt,
  durationMinutes: (row: PriceAnswer) => row.durationMinutes,
  centsPerKwh: (row: PriceAnswer) => row.centsPerKwh,
  spotCentsPerKwh: (row: PriceAnswer) => row.spotCentsPerKwh,
  kind: (row: PriceAnswer) => row.kind,
  estimate: (row: PriceAnswer) => row.estimate,
  descriptor: (row: PriceAnswer) => row.descriptor,
  spikeStatus: (row: PriceAnswer) => row.spikeStatus,
  renewablesPercent: (row: PriceAnswer) => row.renewablesPercent,
  tariffPeriod: (row: PriceAnswer) => row.tariff?.period,
  tariffSeason: (row: PriceAnswer) => row.tariff?.season,
  tariffBlock: (row: PriceAnswer) => row.tariff?.block,
  demandWindow: (row: PriceAnswer) => row.tariff?.demandWindow,
  advancedLow: (row: PriceAnswer) => row.advanced?.low,
  advancedPredicted: (row: PriceAnswer) => row.advanced?.predicted,
  advancedHigh: (row: PriceAnswer) => row.advanced?.high,
  forecastMadeAt: (row: PriceAnswer) => row.forecastMadeAt,
}

function priceAnswers(deps: AppDeps, c: Context): Batches<PriceAnswer> {
  const read = (name: string) => c.req.query(name)
  const { db, site, timeZone } = homeOf(deps.reader, deps.settings, read('site'))
  const span = spanOf(read, timeZone, deps.now())
  const channel = channelOf(read)
  if (!db || !site) return [].values()
  return nemDaysOf(span).map((day) =>
    timeline(pricesBetween(db, site.siteId, day))
      .filter((row) => channel === undefined || row.channel === channel)
      // No row straddles a NEM midnight; at the ends of the span whole rows are given.
      .filter((row) => row.endMs > span.startMs && row.startMs < span.endMs)
      .map((row) => answerOf(row, timeZone)),
  )
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

// GET /api/usage: metered energy by interval. GET /api/usage/days: by local day, with what is missing.
import type { Context } from 'hono'
import { isoLocal, localDay } from '#domain/calendar.ts'
import type { UsageAnswer, UsageDaysAnswer } from '#domain/contract.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { usageDays } from '#domain/usage-days.ts'
import { channelsOf } from '../store/sites.ts'
import { usageBetween } from '../store/usage.ts'
import type { AppDeps } from './app.ts'
import { homeOf } from './home.ts'
import { nemDaysOf } from './prices.ts'
import { channelOf, datesOf, spanOf } from './query.ts'
import { rowStream } from './row-stream.ts'

export function usageRoute(deps: AppDeps, c: Context): Response {
  const read = (name: string) => c.req.query(name)
  const { db, site, timeZone } = homeOf(deps.reader, deps.settings, read('site'))
  const span = spanOf(read, timeZone, deps.now())
  const channel = channelOf(read)
  if (!db || !site) return c.json<UsageAnswer>({ intervals: [] })
  const batches = nemDaysOf(span).map((day) =>
    usageBetween(db, site.siteId, day)
      .filter((row) => channel === undefined || row.channel === channel)
      .filter((row) => row.endMs > span.startMs && row.startMs < span.endMs)
      .map((row) => answerOf(row, timeZone)),
  )
  return rowStream(c, 'intervals', batches)
}

function answerOf(row: UsageInterval, timeZone: string): UsageAnswer['intervals'][number] {
  const { channel, identifier, kwh, costCents, centsPerKwh, quality } = row
  return {
    channel,
    identifier,
    startAt: isoLocal(row.startMs, timeZone),
    endAt: isoLocal(row.endMs, timeZone),
    kwh,
    costCents,
    centsPerKwh,
    quality,
  }
}

export function usageDaysRoute(deps: AppDeps, c: Context): Response {
  const read = (name: string) => c.req.query(name)
  const { db, site, timeZone } = homeOf(deps.reader, deps.settings, read('site'))
  const { fromDate, toDate } = datesOf(read, timeZone, deps.now())
  if (!db || !site) return c.json<UsageDaysAnswer>({ days: [] })
  const span = { startMs: localDay(fromDate, timeZone).startMs, endMs: localDay(toDate, timeZone).endMs }
  const days = usageDays(usageBetween(db, site.siteId, span), {
    fromDate,
    toDate,
    timeZone,
    intervalMinutes: site.intervalMinutes,
    channels: channelsOf(site),
    registers: site.channels,
  })
  return c.json<UsageDaysAnswer>({ days })
}

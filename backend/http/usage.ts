// GET /api/usage and /api/export/usage.csv: metered energy by interval. GET /api/usage/days: by local day, with what is missing.
import type { Database } from 'better-sqlite3'
import type { Context } from 'hono'
import { isoLocal, localDay } from '#domain/calendar.ts'
import type { UsageAnswer, UsageDaysAnswer } from '#domain/contract.ts'
import { DAY_MS, type Interval } from '#domain/interval.ts'
import { onceMeasured } from '#domain/once-measured.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { usageDays } from '#domain/usage-days.ts'
import { usageBetween, usageSpan } from '../store/usage.ts'
import type { AppDeps } from './app.ts'
import { homeOf, speakingRegisters } from './home.ts'
import { nemDaysOf } from './prices.ts'
import { channelOf, datesOf, spanOf } from './query.ts'
import { type Batches, csvStream, rowStream } from './row-stream.ts'

type UsageRow = UsageAnswer['intervals'][number]

export const usageRoute = (deps: AppDeps, c: Context): Response =>
  rowStream(c, 'intervals', usageAnswers(deps, c))

export const usageCsvRoute = (deps: AppDeps, c: Context): Response =>
  csvStream(c, CSV_COLUMNS, usageAnswers(deps, c))

const CSV_COLUMNS = {
  channel: (row: UsageRow) => row.channel,
  identifier: (row: UsageRow) => row.identifier,
  startAt: (row: UsageRow) => row.startAt,
  endAt: (row: UsageRow) => row.endAt,
  kwh: (row: UsageRow) => row.kwh,
  costCents: (row: UsageRow) => row.costCents,
  centsPerKwh: (row: UsageRow) => row.centsPerKwh,
  quality: (row: UsageRow) => row.quality,
}

function usageAnswers(deps: AppDeps, c: Context): Batches<UsageRow> {
  const read = (name: string) => c.req.query(name)
  const { db, site, timeZone } = homeOf(deps.reader, deps.settings, read('site'))
  const span = spanOf(read, timeZone, deps.now())
  const channel = channelOf(read)
  if (!db || !site) return [].values()
  return nemDaysOf(span).map((day) =>
    onceOfEach(usageBetween(db, site.siteId, day))
      .filter((row) => channel === undefined || row.channel === channel)
      .filter((row) => row.endMs > span.startMs && row.startMs < span.endMs)
      .map((row) => answerOf(row, timeZone)),
  )
}

/** Told in half hours and in the minutes that make them, energy would be added up twice by whoever reads the rows. */
const onceOfEach = (rows: readonly UsageInterval[]): UsageInterval[] =>
  [...Map.groupBy(rows, ({ channel, identifier }) => `${channel} ${identifier}`).values()].flatMap(
    onceMeasured,
  )

function answerOf(row: UsageInterval, timeZone: string): UsageRow {
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
  const days = usageDays(withFirstAndLast(db, site.siteId, span), {
    fromDate,
    toDate,
    timeZone,
    intervalMinutes: site.intervalMinutes,
    registers: speakingRegisters(db, site),
  })
  return c.json<UsageDaysAnswer>({ days })
}

const LAST_DAYS_MS = 4 * DAY_MS

/** The rows of the span, and as many more as say which registers began after it, or had begun before: as a screen has them. */
function withFirstAndLast(db: Database, siteId: string, span: Interval): UsageInterval[] {
  const known = usageSpan(db, siteId)
  if (!known) return []
  const first = { startMs: known.firstEndMs - 1, endMs: Math.min(span.startMs, known.firstEndMs + DAY_MS) }
  const last = { startMs: Math.max(span.endMs, known.lastEndMs - LAST_DAYS_MS), endMs: known.lastEndMs }
  return [first, span, last]
    .filter(({ startMs, endMs }) => startMs < endMs)
    .flatMap((part) => usageBetween(db, siteId, part))
}

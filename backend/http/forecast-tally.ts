// GET /api/forecasts/tally: the forecasts of the last weeks against what came, counted by lead time and hour. Counting a
// day takes a moment of this process, so it is done a day at a time, and once.
import type { Database } from 'better-sqlite3'
import type { Context } from 'hono'
import { addDays, datesBetween, type LocalDate, localDate, localDay } from '#domain/calendar.ts'
import type { ForecastTallyAnswer } from '#domain/contract.ts'
import { addedTallies, type ForecastTally, forecastTally } from '#domain/forecast/tally.ts'
import { tallyColumns } from '#domain/forecast/tally-columns.ts'
import { DAY_MS, HOUR_MS } from '#domain/interval.ts'
import { pricesBetween } from '../store/prices.ts'
import type { Reader } from '../store/reader.ts'
import { vintagesBetween } from '../store/vintages.ts'
import type { AppDeps } from './app.ts'
import { homeOf } from './home.ts'

/** How forecasts are made changes with the years: what is told is how good they are lately. */
const DAYS = 60
/** By then the last price of a day is settled. */
const SETTLED_AFTER_MS = 2 * HOUR_MS
const RECOUNTED_DAYS = 2
/** AEMO's forecast reaches to the end of the next trading day. */
const FURTHEST_AHEAD_MS = 2 * DAY_MS
/** A forecast interval may reach beyond the day in which it begins. */
const LONGEST_MS = HOUR_MS

/** By site and zone. */
type Counted = Map<string, Promise<ReadonlyMap<LocalDate, ForecastTally>>>

const counted = new WeakMap<Reader, Counted>()

export async function forecastTallyRoute(deps: AppDeps, c: Context): Promise<Response> {
  const { reader, settings } = deps
  const { db, site, timeZone } = homeOf(reader, settings, c.req.query('site'))
  const toDate = addDays(localDate(deps.now() - SETTLED_AFTER_MS, timeZone), -1)
  const fromDate = addDays(toDate, 1 - DAYS)
  if (!db || !site) return c.json<ForecastTallyAnswer>({ fromDate, toDate, tally: null })
  const key = `${site.siteId} ${timeZone}`
  const kept: Counted = counted.get(reader) ?? new Map()
  counted.set(reader, kept)
  // One after the other: who asks meanwhile waits, and then finds it counted.
  const tallies = (kept.get(key) ?? NOTHING)
    .catch(() => NOTHING)
    .then((days) => countDays(deps, { siteId: site.siteId, timeZone, fromDate, toDate }, days))
  kept.set(key, tallies)
  const tally = addedTallies([...(await tallies).values()])
  return c.json<ForecastTallyAnswer>({ fromDate, toDate, tally: tallyColumns(tally) })
}

const NOTHING: Promise<ReadonlyMap<LocalDate, ForecastTally>> = Promise.resolve(new Map())

interface Days {
  readonly siteId: string
  readonly timeZone: string
  readonly fromDate: LocalDate
  readonly toDate: LocalDate
}

async function countDays(
  { reader }: AppDeps,
  { fromDate, toDate, ...home }: Days,
  before: ReadonlyMap<LocalDate, ForecastTally>,
): Promise<ReadonlyMap<LocalDate, ForecastTally>> {
  const tallies = new Map<LocalDate, ForecastTally>()
  for (const date of datesBetween(fromDate, toDate)) {
    // A gap in what came may be filled for some days yet.
    const known = date > addDays(toDate, -RECOUNTED_DAYS) ? undefined : before.get(date)
    const db = known ? undefined : reader.db()
    if (known) tallies.set(date, known)
    else if (db) {
      const tally = await tallyOf(db, date, home)
      if (tally) tallies.set(date, tally)
    }
  }
  return tallies
}

/** In steps of some hours of sets, so that whoever else asks this process is not kept waiting. */
const STEP_MS = 8 * HOUR_MS

/** Undefined: the file was closed meanwhile, for good or because another took its place. */
async function tallyOf(
  db: Database,
  date: LocalDate,
  { siteId, timeZone }: Pick<Days, 'siteId' | 'timeZone'>,
): Promise<ForecastTally | undefined> {
  const span = localDay(date, timeZone)
  const came = pricesBetween(db, siteId, { ...span, endMs: span.endMs + LONGEST_MS })
  const general = came.filter(({ channel }) => channel === 'general')
  const steps: ForecastTally[] = []
  for (let fromMs = span.startMs - FURTHEST_AHEAD_MS; fromMs < span.endMs; fromMs += STEP_MS) {
    const made = { fromMs, toMs: Math.min(fromMs + STEP_MS, span.endMs) }
    const vintages = vintagesBetween(db, siteId, 'general', made)
    if (vintages.length > 0) steps.push(forecastTally(vintages, general, { span, timeZone }))
    await new Promise(setImmediate)
    if (!db.open) return undefined
  }
  const { days, ...sums } = addedTallies(steps)
  // It is one day, in however many steps.
  return { ...sums, days: days.map((count) => Math.min(count, 1)) }
}

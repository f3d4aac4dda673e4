// GET /api/mirror: what a device needs to be the same as this database. Cursor is the revision, never a time.
import type { Database } from 'better-sqlite3'
import type { Context } from 'hono'
import { addDays, daysFrom, type NemDate, nemDate, parseNemDate } from '#domain/calendar.ts'
import type { MirrorAnswer, MirrorHistoryAnswer, PiReport } from '#domain/mirror.ts'
import { priceDaysOf } from '#domain/price-day.ts'
import { usageDaysOf } from '#domain/usage-day.ts'
import { ledger } from '../store/ledger.ts'
import { knownDates, type Rows, rowsOfDays, rowsSince } from '../store/mirror.ts'
import { livePrices, livePricesRevision } from '../store/prices.ts'
import { siteRevision } from '../store/sites.ts'
import { amberHistory, lastSyncRun } from '../store/sync-runs.ts'
import type { AppDeps } from './app.ts'
import { errorAnswer, QueryError } from './error-answer.ts'
import { historyOf } from './health-store.ts'
import { type Home, homeOf, householdOf } from './home.ts'
import { revisionOf } from './query.ts'

/** The screen's past and yesterday's usage, on a local calendar that is up to an hour off NEM's. */
const FIRST_DAYS = 4
const HISTORY_DAYS = 30
const MOST_ROWS = 20_000
const DAYS_A_WEEK = 7

export function mirrorRoute(deps: AppDeps, c: Context): Response {
  const home = homeOf(deps.reader, deps.settings, c.req.query('site'))
  if (home.trouble !== undefined) return errorAnswer(c, 503, 'cache-unreadable', home.trouble)
  const before = c.req.query('before')
  if (before !== undefined) return c.json(history(home, before))
  const since = sinceOf(c, home)
  const tag = etagOf(deps, home)
  c.header('etag', tag)
  if (since !== undefined && c.req.header('if-none-match') === tag) return c.body(null, 304)
  const answer = since === undefined ? firstAnswer(deps, home) : delta(deps, home, since)
  return c.json<MirrorAnswer>({ ...answer, ...mirroredSettings(deps, c.req.query('settings')) })
}

/** Of everything a device mirrors of the household's own site: the same tag, nothing new. */
export const mirrorTag = (deps: AppDeps): string => etagOf(deps, homeOf(deps.reader, deps.settings))

/** Undefined: begin anew, as nothing was asked for or what was is a copy of another database. */
function sinceOf(c: Context, home: Home): number | undefined {
  const since = revisionOf((name) => c.req.query(name))
  const known =
    home.db &&
    since !== undefined &&
    c.req.query('epoch') === epochOf(home) &&
    since <= ledger(home.db).revision
  return known ? since : undefined
}

/** One copy is of one site: of two sites of an account, or where the household's becomes another one, rows must not mix. */
const epochOf = ({ db, site }: Home): string => `${db ? ledger(db).epoch : 'none'}.${site?.siteId ?? 'none'}`

/** Of the whole state, whatever was asked: a device that has it all learns so from the tag of its last answer. */
function etagOf({ household }: AppDeps, home: Home): string {
  const run = home.db && lastSyncRun(home.db)
  const revision = home.db ? ledger(home.db).revision : 0
  return `W/"${epochOf(home)}.${revision}.${run?.finishedAtMs ?? 0}.${household.version()}"`
}

function piReport(deps: AppDeps, { db, isAnother }: Home): PiReport {
  const { answeredAtMs, lostSinceMs } = db ? amberHistory(db) : {}
  return {
    version: deps.version,
    commit: deps.commit,
    atMs: deps.now(),
    demo: db ? ledger(db).demo : false,
    amberAnsweredAtMs: answeredAtMs ?? null,
    amberLostSinceMs: lostSinceMs ?? null,
    outcome: (db && lastSyncRun(db)?.outcome) ?? null,
    ...(db && !isAnother && usageHistory(db, deps.now())),
  }
}

/** In days back from today, as far as no day is missing. */
function usageHistory(db: Database, nowMs: number): Pick<PiReport, 'history'> {
  const usage = historyOf(db)?.usage
  if (!usage || usage.complete) return {}
  const daysBackTo = (date: string | null) => (date ? daysFrom(date as NemDate, nemDate(nowMs)) : undefined)
  const days = daysBackTo(usage.firstDate) ?? DAYS_A_WEEK * usage.weeks
  return { history: { fetchedDays: Math.min(days, daysBackTo(usage.backToDate) ?? 0), days } }
}

function mirroredSettings({ household }: AppDeps, known: string | undefined): Pick<MirrorAnswer, 'settings'> {
  const version = household.version()
  return version === known ? {} : { settings: { version, record: household.read() } }
}

function firstAnswer(deps: AppDeps, home: Home): MirrorAnswer {
  const { db, site } = home
  const common = {
    epoch: epochOf(home),
    pi: piReport(deps, home),
    household: householdOf(home) ?? null,
    more: false,
  }
  const dates = db && site && knownDates(db, site.siteId)
  if (!db || !site || !dates)
    return {
      ...common,
      revision: db ? ledger(db).revision : 0,
      live: db && site ? livePrices(db, site.siteId) : null,
      priceDays: [],
      usageDays: [],
    }
  // One snapshot: a sync may commit between two statements.
  return db.transaction((): MirrorAnswer => {
    const first = addDays(dates.last, 1 - FIRST_DAYS)
    return {
      ...common,
      revision: ledger(db).revision,
      live: livePrices(db, site.siteId),
      ...daysOf(rowsOfDays(db, site.siteId, first, dates.last)),
      ...(dates.first < first && { historyBefore: first }),
    }
  })()
}

function delta(deps: AppDeps, home: Home, since: number): MirrorAnswer {
  const { site } = home
  const db = home.db as Database
  const common = { epoch: epochOf(home), pi: piReport(deps, home), household: householdOf(home) ?? null }
  return db.transaction((): MirrorAnswer => {
    const newest = ledger(db).revision
    if (!site) return { ...common, revision: newest, more: false, live: null, priceDays: [], usageDays: [] }
    const { until, ...rows } = rowsSince(db, site.siteId, since, newest, MOST_ROWS)
    const dates = knownDates(db, site.siteId)
    const liveChanged = Math.max(livePricesRevision(db, site.siteId), siteRevision(db, site.siteId)) > since
    return {
      ...common,
      revision: until,
      more: until < newest,
      live: liveChanged ? livePrices(db, site.siteId) : null,
      ...daysOf(rows),
      ...(dates && { keptFrom: dates.first }),
    }
  })()
}

function history(home: Home, text: string): MirrorHistoryAnswer {
  const date = parseNemDate(text)
  if (!date) throw new QueryError('bad-date', 'before: a NEM date such as 2026-03-10.')
  const { db, site } = home
  const dates = db && site && knownDates(db, site.siteId)
  const empty = { epoch: epochOf(home), priceDays: [], usageDays: [], before: null }
  if (!db || !site || !dates || date <= dates.first) return empty
  const last = addDays(date <= dates.last ? date : addDays(dates.last, 1), -1)
  const first = addDays(last, 1 - HISTORY_DAYS)
  const rows = db.transaction(() => rowsOfDays(db, site.siteId, first, last))()
  return { ...empty, ...daysOf(rows), before: first > dates.first ? first : null }
}

const newestFirst = (a: { date: string }, b: { date: string }) =>
  a.date < b.date ? 1 : a.date > b.date ? -1 : 0

const daysOf = ({ prices, usage }: Rows) => ({
  priceDays: priceDaysOf(prices).sort(newestFirst),
  usageDays: usageDaysOf(usage).sort(newestFirst),
})

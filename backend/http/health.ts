// GET /api/health: the whole state in one answer; always 200 while the server lives, unless asked to be strict.
import type { Database } from 'better-sqlite3'
import type { Context } from 'hono'
import { isoLocal } from '#domain/calendar.ts'
import type { HealthAnswer, SyncAnswer } from '#domain/contract.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import type { PriceInterval } from '#domain/price.ts'
import { priceAt, timeline } from '#domain/timeline.ts'
import { isSilent, isToldWhole, toldRegisters } from '#domain/told-registers.ts'
import { ledger } from '../store/ledger.ts'
import { livePrices, pricesBetween } from '../store/prices.ts'
import { quarantinedCount } from '../store/quarantine.ts'
import { nemDateOf } from '../store/row-time.ts'
import type { Site } from '../store/sites.ts'
import { type AmberHistory, amberHistory, lastSyncRuns, type SyncRun } from '../store/sync-runs.ts'
import { usageDayStates } from '../store/usage.ts'
import type { AppDeps } from './app.ts'
import { isBehind } from './clock.ts'
import { backupAnswer, certificateAnswer } from './health-kept.ts'
import { bytesOf, historyOf, rebuiltOf, siteChangesOf } from './health-store.ts'
import { type Home, homeOf } from './home.ts'
import { stateOf } from './now.ts'
import { problemsOf } from './problems.ts'

const LIVE_FOR_MS = 10 * MINUTE_MS
/** Half an hour of them. */
const RECENT_SYNCS = 6
const USAGE_LOOK_BACK_MS = 100 * DAY_MS

export function healthRoute(deps: AppDeps, c: Context): Response {
  const answer = health(deps, c.req.query('site'))
  const strict = c.req.query('strict') === '1'
  return c.json(answer, strict && answer.status !== 'ok' ? 503 : 200)
}

export function health(deps: AppDeps, siteId?: string): HealthAnswer {
  const home = homeOf(deps.reader, deps.settings, siteId)
  try {
    return healthOf(deps, home)
  } catch (error) {
    // A damaged page is met by whoever reads it; that is a state like any other.
    return healthOf(deps, { trouble: (error as Error).message, timeZone: home.timeZone })
  }
}

function healthOf(deps: AppDeps, home: Home): HealthAnswer {
  const { db, timeZone } = home
  const nowMs = deps.now()
  const runs = db ? lastSyncRuns(db, RECENT_SYNCS) : []
  const [run] = runs
  const prices = pricesState(home, nowMs)
  const demo = db ? ledger(db).demo : false
  const answer: Omit<HealthAnswer, 'problems'> = {
    status: prices.status,
    source: db && isLive(amberHistory(db), nowMs) ? 'live' : 'cache',
    cacheAgeSeconds: db ? ageSeconds(db, nowMs) : null,
    demo,
    version: deps.version,
    commit: deps.commit,
    now: isoLocal(nowMs, timeZone),
    startedAt: isoLocal(deps.startedAtMs, timeZone),
    prices: prices.answer,
    usage: usageState(home, nowMs),
    lastSync: run ? syncAnswer(run, timeZone) : null,
    recentSyncs: runs.map((each) => syncAnswer(each, timeZone)),
    quarantinedRows: db ? quarantinedCount(db) : 0,
    history: db && !home.isAnother ? historyOf(db) : null,
    clockOffSeconds: run?.clockOffMs === undefined ? null : Math.round(run.clockOffMs / SECOND_MS),
    siteChanges: db && home.site ? siteChangesOf(db, home.site.siteId, timeZone, nowMs) : [],
    rebuilt: db ? rebuiltOf(db, timeZone) : null,
    storage: db ? { bytes: bytesOf(db), freeBytes: deps.reader.freeBytes() ?? null } : null,
    lastBackup: backupAnswer(deps.lastBackup(), demo, timeZone),
    certificate: certificateAnswer(deps.https(), timeZone),
  }
  return { ...answer, problems: problemsOf(answer, home, { nowMs, freeBytes: deps.reader.freeBytes() }) }
}

const isLive = ({ answeredAtMs, lostSinceMs }: AmberHistory, nowMs: number): boolean =>
  lostSinceMs === undefined && answeredAtMs !== undefined && Math.abs(nowMs - answeredAtMs) < LIVE_FOR_MS

/** An instant ahead of the clock is no age below zero. */
const secondsSince = (ms: number, nowMs: number): number => Math.max(0, Math.round((nowMs - ms) / SECOND_MS))

/** By a clock that is behind, no age can be told. */
function ageSeconds(db: Database, nowMs: number): number | null {
  const { answeredAtMs } = amberHistory(db)
  return answeredAtMs === undefined || isBehind(db, nowMs) ? null : secondsSince(answeredAtMs, nowMs)
}

function pricesState({ db, site, timeZone }: Home, nowMs: number) {
  const rows = db && site && !isBehind(db, nowMs) ? generalAround(db, site, nowMs) : []
  const current = priceAt(rows, 'general', nowMs)
  const lastTold = rows.findLast((row) => row.kind !== 'forecast' && row.startMs <= nowMs)
  const learnedAtMs = current?.confirmedAtMs ?? current?.madeAtMs
  const forecastUntilMs = rows.findLast((row) => row.kind === 'forecast')?.endMs
  const time = (ms: number | undefined) => (ms === undefined ? null : isoLocal(ms, timeZone))
  return {
    status: statusOf(lastTold, site, nowMs),
    answer: {
      intervalStart: time((current ?? lastTold)?.startMs),
      intervalEnd: time((current ?? lastTold)?.endMs),
      state: stateOf(current),
      ageSeconds: learnedAtMs === undefined ? null : secondsSince(learnedAtMs, nowMs),
      forecastUntil: time(forecastUntilMs),
    },
  }
}

/** The last hours and all that is to come; and where that is nothing, whatever is the newest. */
function generalAround(db: Database, site: Site, nowMs: number): PriceInterval[] {
  const span = { startMs: nowMs - 3 * HOUR_MS, endMs: nowMs + 3 * DAY_MS }
  const rows = timeline(pricesBetween(db, site.siteId, span)).filter(({ channel }) => channel === 'general')
  return rows.length > 0
    ? rows
    : timeline(livePrices(db, site.siteId)).filter(({ channel }) => channel === 'general')
}

function statusOf(
  lastTold: PriceInterval | undefined,
  site: Site | undefined,
  nowMs: number,
): HealthAnswer['status'] {
  if (!lastTold) return 'unknown'
  const graceMs = (site?.intervalMinutes === 5 ? 10 : 35) * MINUTE_MS
  return nowMs - lastTold.endMs < graceMs ? 'ok' : 'stale'
}

/** By NEM date, under which Amber delivers usage: a day is whole when every register that is to speak has told all of it. */
function usageState({ db, site }: Home, nowMs: number): HealthAnswer['usage'] {
  const states = db && site ? usageDayStates(db, site.siteId, nowMs - USAGE_LOOK_BACK_MS) : []
  const channels = site?.channels ?? []
  const registers = toldRegisters(states, channels)
  const days = Map.groupBy(states, ({ nemDay }) => nemDay)
  const numbers = [...days.keys()]
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)]
  const whole = numbers.filter((nemDay) => isToldWhole(registers, nemDay, days.get(nemDay) ?? []))
  const silent = registers.filter(isSilent).map(({ identifier, lastDay }) => ({
    identifier,
    channel: channels.find((each) => each.identifier === identifier)!.channel,
    lastDate: Number.isFinite(lastDay) ? nemDateOf(lastDay) : null,
  }))
  return {
    completeThroughDate: whole.length === 0 ? null : nemDateOf(Math.max(...whole)),
    estimatedDays: numbers.filter((nemDay) => days.get(nemDay)?.some(({ estimated }) => estimated > 0))
      .length,
    missingDays: numbers.length === 0 ? 0 : last - first + 1 - whole.length,
    ...(silent.length > 0 && { silentRegisters: silent }),
  }
}

function syncAnswer(run: SyncRun, timeZone: string): SyncAnswer {
  return {
    startedAt: isoLocal(run.startedAtMs, timeZone),
    finishedAt: run.finishedAtMs === undefined ? null : isoLocal(run.finishedAtMs, timeZone),
    outcome: run.outcome ?? 'failed',
    message: run.message ?? null,
    amberRequests: run.amberRequests,
    quotaRemaining: run.quotaRemaining ?? null,
  }
}

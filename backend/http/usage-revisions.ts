// GET /api/usage/revisions: what Amber has corrected of usage, from what to what, and when that was noticed.
import type { Context } from 'hono'
import { isoLocal } from '#domain/calendar.ts'
import type { UsageRevisionsAnswer } from '#domain/contract.ts'
import { DAY_MS } from '#domain/interval.ts'
import { type UsageRevision, usageRevisionsBetween } from '../store/usage-revisions.ts'
import type { AppDeps } from './app.ts'
import { homeOf } from './home.ts'
import { channelOf, spanOf } from './query.ts'

type Row = UsageRevisionsAnswer['revisions'][number]

/** Amber corrects what is some days old: without a question about other days, of this fortnight. */
const DEFAULT_MS = 14 * DAY_MS

export function usageRevisionsRoute(deps: AppDeps, c: Context): Response {
  const nowMs = deps.now()
  const asked = (name: string) => c.req.query(name)
  const { db, site, timeZone } = homeOf(deps.reader, deps.settings, asked('site'))
  const defaults: Record<string, string> =
    asked('from') === undefined && asked('to') === undefined
      ? { from: isoLocal(nowMs - DEFAULT_MS, timeZone), to: isoLocal(nowMs, timeZone) }
      : {}
  const span = spanOf((name) => asked(name) ?? defaults[name], timeZone, nowMs)
  const channel = channelOf(asked)
  const revisions = db && site ? usageRevisionsBetween(db, site.siteId, span) : []
  return c.json<UsageRevisionsAnswer>({
    revisions: revisions
      .filter((row) => channel === undefined || row.channel === channel)
      .map((row) => answerOf(row, timeZone)),
  })
}

const answerOf = (row: UsageRevision, timeZone: string): Row => ({
  channel: row.channel,
  identifier: row.identifier,
  startAt: isoLocal(row.startMs, timeZone),
  endAt: isoLocal(row.endMs, timeZone),
  changedAt: isoLocal(row.changedAtMs, timeZone),
  was: row.was,
  became: row.became ?? null,
})

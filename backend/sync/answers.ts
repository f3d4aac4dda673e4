// One request to Amber, and how its answer is kept: the facts, and that they were asked for.
import type { Database } from 'better-sqlite3'
import { addDays, nemDayStartMs } from '#domain/calendar.ts'
import type { Interval } from '#domain/interval.ts'
import type { AmberClient, Answer } from '../amber/client.ts'
import { renameLedger } from '../store/ledger.ts'
import { hasAllPrices } from '../store/price-cover.ts'
import { savePrices } from '../store/prices.ts'
import { saveQuarantined } from '../store/quarantine.ts'
import { ACCOUNT, forgetAnswers, noteAnswer } from '../store/questions.ts'
import { noteSiteChanges } from '../store/site-changes.ts'
import { knownSites, type Site, saveSites } from '../store/sites.ts'
import { saveUsage } from '../store/usage.ts'
import type { AmberRequest, DatedRequest } from './plan.ts'
import type { SeenCurrent } from './plan-current.ts'
import { siteAsTold } from './told-site.ts'

export interface Answered {
  readonly answer: Answer<unknown>
  /** Part of the caller's transaction. `nowMs` is Amber's time. */
  readonly save: (db: Database, nowMs: number, newEpoch: () => string) => void
  /** Of the running interval: whether to look again. */
  readonly current?: (nowMs: number) => SeenCurrent
}

export async function ask(amber: AmberClient, request: AmberRequest): Promise<Answered> {
  const answered = await answerTo(amber, request)
  const { quarantined } = answered.answer
  return {
    ...answered,
    save: (db, nowMs, newEpoch) => {
      answered.save(db, nowMs, newEpoch)
      saveQuarantined(db, request.what, quarantined, nowMs)
    },
  }
}

async function answerTo(amber: AmberClient, request: AmberRequest): Promise<Answered> {
  if (request.what === 'sites') return aboutSites(await amber.sites())
  if (request.what === 'current') return aboutNow(amber, request.siteId)
  return aboutDays(amber, request)
}

function aboutSites(answer: Awaited<ReturnType<AmberClient['sites']>>): Answered {
  return {
    answer,
    save: (db, nowMs) => {
      const before = new Map(knownSites(db).map((site) => [site.siteId, site]))
      // Of a row that could not be read nobody knows which site it was: then none has been left out.
      const isWhole = answer.quarantined.length === 0
      const sites = answer.rows.map((site) => siteAsTold(site, before.get(site.siteId)))
      saveSites(db, sites, { countLeftOut: isWhole })
      for (const site of sites) {
        noteSiteChanges(db, before.get(site.siteId), site, nowMs)
        if (isAnother(before.get(site.siteId), site)) forgetAnswers(db, site.siteId)
      }
      noteAnswer(db, ACCOUNT, 'sites', { atMs: nowMs, isEmpty: answer.rows.length === 0 })
    },
  }
}

/** Its meter or its contract is not what it was, so neither is its history: all of it is asked for again. */
function isAnother(before: Site | undefined, now: Site): boolean {
  if (!before) return false
  const registers = new Set(before.channels.map(({ identifier }) => identifier))
  return (
    before.intervalMinutes !== now.intervalMinutes ||
    before.activeFrom !== now.activeFrom ||
    now.channels.some(({ identifier }) => !registers.has(identifier))
  )
}

async function aboutNow(amber: AmberClient, siteId: string): Promise<Answered> {
  const answer = await amber.currentPrices(siteId, { previous: 12, next: 288 })
  const running = answer.rows.filter(({ kind }) => kind === 'current')
  return {
    answer,
    save: (db, _, newEpoch) => startCopiesOver(db, savePrices(db, siteId, answer.rows), newEpoch),
    current: (nowMs) => ({
      askedAtMs: nowMs,
      // One that is over is of the interval before: Amber is behind.
      estimate: running.some((row) => row.estimate) || running.every((row) => row.endMs <= nowMs),
      failures: 0,
    }),
  }
}

async function aboutDays(amber: AmberClient, request: DatedRequest): Promise<Answered> {
  const { what, siteId, from, to, question, isWeek = false } = request
  const note = (db: Database, atMs: number, answer: Answer<unknown>, isShort = false) =>
    noteAnswer(db, siteId, question, { atMs, isEmpty: isEmpty(answer), isShort })
  if (what === 'prices') {
    const answer = await amber.prices(siteId, from, to)
    return {
      answer,
      save: (db, nowMs, newEpoch) => {
        startCopiesOver(db, savePrices(db, siteId, answer.rows), newEpoch)
        note(db, nowMs, answer, isWeek && !isEmpty(answer) && !hasAllPrices(db, siteId, spanOf(request)))
      },
    }
  }
  const answer = await amber.usage(siteId, from, to)
  return {
    answer,
    save: (db, nowMs, newEpoch) => {
      startCopiesOver(db, saveUsage(db, siteId, answer.rows, nowMs), newEpoch)
      note(db, nowMs, answer)
    },
  }
}

/** A device's copy only adds: it cannot follow where rows have gone. */
function startCopiesOver(db: Database, { removed }: { removed: number }, newEpoch: () => string): void {
  if (removed > 0) renameLedger(db, newEpoch())
}

/** Rows that nobody can read are no proof of there being nothing. */
const isEmpty = ({ rows, quarantined }: Answer<unknown>): boolean => rows.length + quarantined.length === 0

const spanOf = ({ from, to }: DatedRequest): Interval => ({
  startMs: nemDayStartMs(from),
  endMs: nemDayStartMs(addDays(to, 1)),
})

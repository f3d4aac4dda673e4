// What a household's database must hold after a while in which Amber was well. Nothing else is truth: what Amber has
// dropped before anyone asked (usage older than its 90 days) cannot be known, and must not be invented either.
import { addDays, type NemDate, nemDate, nemDayStartMs } from '#domain/calendar.ts'
import { floorTo, HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import type { Truth } from '../../backend/simulator/answers.ts'
import { minutesOn, type SimulatedSite, siteRow } from '../../backend/simulator/sites.ts'
import type { Expectation } from './compare.ts'
import { type Facts, priceFacts, siteFacts, usageFacts } from './facts.ts'

export interface Asked {
  readonly sites: readonly SimulatedSite[]
  readonly truth: Truth
  /** Of the last sync. */
  readonly nowMs: number
  /** The first sync that was answered: what Amber had dropped by then was never to be had. */
  readonly begunMs: number
  /** By when all had been asked for; what Amber dropped since the first sync may be there, or not. Absent: at once. */
  readonly wholeByMs?: number
  /** Days in which nobody asked, for so long that Amber dropped them: both ends included. */
  readonly unseen?: { readonly first: NemDate; readonly last: NemDate } | undefined
}

/** For how long Amber can be asked for usage. */
const KEPT_DAYS = 90
/** A day's usage is asked for hourly from 02:15 NEM of the next: by then at the latest it has been. */
const USAGE_ASKED_BY_MS = 3.5 * HOUR_MS

export function expected(asked: Asked): Required<Expectation> {
  const { sites, nowMs } = asked
  const required: Facts = new Map([
    ...siteFacts(sites.map((site) => siteRow(site, nowMs))),
    ...sites.filter(isSupplied).flatMap((site) => [...prices(asked, site), ...usage(asked, site)]),
  ])
  const allowed: Facts = new Map(
    sites
      .filter(isSupplied)
      .flatMap((site) => [
        ...afterClosing(asked, site),
        ...yesterdaysUsage(asked, site),
        ...droppedUsage(asked, site),
      ]),
  )
  return { required, allowed }
}

/** Everything that could ever be told of these sites up to now. */
export function everything({ sites, truth, nowMs }: Pick<Asked, 'sites' | 'truth' | 'nowMs'>): Facts {
  return new Map([
    ...siteFacts(sites.map((site) => siteRow(site, nowMs))),
    ...sites.filter(isSupplied).flatMap((site) => {
      const span = { startMs: nemDayStartMs(firstDay(site)), endMs: nowMs }
      return [
        ...priceFacts(site.id, truth.prices(site.id, span)),
        ...usageFacts(site.id, truth.usage(site.id, span)),
      ]
    }),
  ])
}

const isSupplied = ({ status }: SimulatedSite): boolean => status !== 'pending'

const firstDay = ({ activeFrom }: SimulatedSite): NemDate => (activeFrom ?? '2024-01-01') as NemDate

/** Settled ones, from the site's first day to the running interval, or to the end of its last day. */
function prices({ truth, nowMs }: Asked, site: SimulatedSite) {
  const endMs = Math.min(runningFromMs(site, nowMs), closingMs(site))
  return priceFacts(site.id, truth.prices(site.id, { startMs: nemDayStartMs(firstDay(site)), endMs }))
}

/** Amber goes on telling the prices of a site that it has closed, and until /sites says so they are asked for. */
function afterClosing({ truth, nowMs }: Asked, site: SimulatedSite) {
  const span = { startMs: closingMs(site), endMs: nowMs }
  return span.startMs < span.endMs ? priceFacts(site.id, truth.prices(site.id, span)) : []
}

/** Whole days up to the last that has been asked for by now, from the first that Amber still had when it was first asked. */
function usage({ truth, nowMs, begunMs, wholeByMs = begunMs, unseen }: Asked, site: SimulatedSite) {
  const span = {
    startMs: oldestUsageMs(wholeByMs, site),
    endMs: Math.min(nemDayStartMs(nemDate(nowMs - USAGE_ASKED_BY_MS)), closingMs(site)),
  }
  const rows = truth.usage(site.id, span)
  return usageFacts(
    site.id,
    unseen ? rows.filter(({ date }) => date < unseen.first || date > unseen.last) : rows,
  )
}

/** What Amber had when it was first asked, and no more when all of it had been. */
function droppedUsage({ truth, begunMs, wholeByMs = begunMs }: Asked, site: SimulatedSite) {
  const span = { startMs: oldestUsageMs(begunMs, site), endMs: oldestUsageMs(wholeByMs, site) }
  return span.startMs < span.endMs ? usageFacts(site.id, truth.usage(site.id, span)) : []
}

function oldestUsageMs(askedMs: number, site: SimulatedSite): number {
  const oldest = addDays(nemDate(askedMs), -KEPT_DAYS)
  return nemDayStartMs(oldest > firstDay(site) ? oldest : firstDay(site))
}

/** In the first hours after NEM midnight it may have been asked for, or not yet. */
function yesterdaysUsage({ truth, nowMs }: Asked, site: SimulatedSite) {
  const today = nemDate(nowMs)
  const span = {
    startMs: nemDayStartMs(addDays(today, -1)),
    endMs: Math.min(nemDayStartMs(today), closingMs(site)),
  }
  return span.startMs < span.endMs ? usageFacts(site.id, truth.usage(site.id, span)) : []
}

const closingMs = ({ closedOn }: SimulatedSite): number =>
  closedOn === undefined ? Number.POSITIVE_INFINITY : nemDayStartMs(addDays(closedOn as NemDate, 1))

const runningFromMs = (site: SimulatedSite, nowMs: number): number =>
  floorTo(nowMs, minutesOn(site, nemDate(nowMs)) * MINUTE_MS)

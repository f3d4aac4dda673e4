// What the plan needs to know, read from the database.
import type { Database } from 'better-sqlite3'
import { addDays, daysFrom, type NemDate, nemDate, nemDayStartMs, parseNemDate } from '#domain/calendar.ts'
import { progressOf } from '../store/progress.ts'
import { defaultSite, knownSites, type Site } from '../store/sites.ts'
import { usageDayStates } from '../store/usage.ts'
import type { PlanState } from './plan.ts'

/** The question of which sites there are belongs to the account, not to a site. */
export const ACCOUNT = ''
const DAY_MINUTES = 1440

export type RunState = Pick<PlanState, 'current' | 'failed'>

export function planState(
  db: Database,
  askedForSite: string | undefined,
  nowMs: number,
  run: RunState,
): PlanState {
  const site = defaultSite(knownSites(db), askedForSite)
  const sites = progressOf(db, ACCOUNT, 'sites')
  const history = (what: 'prices' | 'usage') =>
    (site && progressOf(db, site.siteId, what)) ?? { reachedStart: false }
  const activeFrom = site?.activeFrom === undefined ? undefined : parseNemDate(site.activeFrom)
  return {
    ...run,
    ...(sites ? { sitesAskedAtMs: sites.askedAtMs } : {}),
    ...(site && {
      site: { siteId: site.siteId, intervalMinutes: site.intervalMinutes, ...(activeFrom && { activeFrom }) },
    }),
    prices: history('prices'),
    usage: {
      ...history('usage'),
      yesterdayComplete: site !== undefined && isWhole(db, site, addDays(nemDate(nowMs), -1)),
    },
  }
}

/** Every register of the site has told of every minute of the day. */
function isWhole(db: Database, site: Site, date: NemDate): boolean {
  const startMs = nemDayStartMs(date)
  const nemDay = daysFrom('1970-01-01' as NemDate, date)
  const days = usageDayStates(db, site.siteId, startMs).filter((day) => day.nemDay === nemDay)
  return site.channels.every(({ identifier }) =>
    days.some((day) => day.identifier === identifier && day.minutes === DAY_MINUTES),
  )
}

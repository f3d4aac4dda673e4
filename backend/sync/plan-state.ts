// What the plan needs to know, read from the database.
import type { Database } from 'better-sqlite3'
import { addDays, type NemDate, nemDate, nemDayStartMs, parseNemDate } from '#domain/calendar.ts'
import { isToldWhole, SPOKEN_LOOK_BACK_DAYS, toldRegisters } from '#domain/told-registers.ts'
import { ACCOUNT, questionsOf } from '../store/questions.ts'
import { nemDateOf, nemDayOf } from '../store/row-time.ts'
import { householdSite, knownSites, type Site, type SiteChoice } from '../store/sites.ts'
import { usageDayStates, usageDaysTold } from '../store/usage.ts'
import type { PlanSite, PlanState } from './plan.ts'
import type { SeenCurrent } from './plan-current.ts'

/** What only the run knows. */
export interface RunState extends Pick<PlanState, 'failed' | 'knowsTime' | 'rechecked' | 'isDown'> {
  readonly current: ReadonlyMap<string, SeenCurrent>
}

const ESTIMATED_LOOK_BACK_DAYS = 14

export function planState(
  db: Database,
  { siteId, chosenSiteId, retentionDays = 0 }: SiteChoice & { retentionDays?: number },
  nowMs: number,
  { current, ...run }: RunState,
): PlanState {
  const sites = knownSites(db)
  const first = householdSite(sites, { siteId, chosenSiteId })
  const answeredAtMs = questionsOf(db, ACCOUNT).get('sites')?.answeredAtMs
  const others = sites.filter((site) => site !== first)
  return {
    ...run,
    ...(answeredAtMs !== undefined && { sitesAnsweredAtMs: answeredAtMs }),
    ...(retentionDays > 0 && { keepFrom: addDays(nemDate(nowMs), -retentionDays) }),
    sites: (first ? [first, ...others] : []).map((site) =>
      siteState(db, site, nowMs, current.get(site.siteId)),
    ),
  }
}

function siteState(db: Database, site: Site, nowMs: number, current: SeenCurrent | undefined): PlanSite {
  const yesterday = addDays(nemDate(nowMs), -1)
  const lookBackMs = nemDayStartMs(addDays(yesterday, -ESTIMATED_LOOK_BACK_DAYS))
  const days = usageDayStates(db, site.siteId, lookBackMs)
  const told = usageDaysTold(db, site.siteId, nemDayStartMs(addDays(yesterday, -SPOKEN_LOOK_BACK_DAYS)))
  const registers = toldRegisters(told, site.channels)
  const dayOfYesterday = nemDayOf(yesterday)
  return {
    siteId: site.siteId,
    status: statusOf(site),
    intervalMinutes: site.intervalMinutes,
    ...dateOf('activeFrom', site.activeFrom),
    ...dateOf('closedOn', site.closedOn),
    asked: questionsOf(db, site.siteId),
    yesterdayComplete: isToldWhole(
      registers,
      dayOfYesterday,
      days.filter(({ nemDay }) => nemDay === dayOfYesterday),
    ),
    estimatedDates: [
      ...new Set(days.filter(({ estimated }) => estimated > 0).map(({ nemDay }) => nemDateOf(nemDay))),
    ],
    ...(current && { current }),
  }
}

/** A status that is a new word may well supply prices. */
const statusOf = ({ status, isGone }: Site): PlanSite['status'] =>
  status === 'pending' ? 'pending' : status === 'closed' || isGone ? 'closed' : 'active'

function dateOf<Name extends string>(name: Name, text: string | undefined) {
  const date = text === undefined ? undefined : parseNemDate(text)
  return (date ? { [name]: date } : {}) as { [Key in Name]?: NemDate }
}

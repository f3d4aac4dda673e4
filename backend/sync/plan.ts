// What to ask Amber next. Pure: the same state at the same time asks the same, so a run can be cut off anywhere and the
// next one goes on from there. The order is what a person at the kitchen screen would miss first.
import { addDays, daysFrom, type NemDate, nemDate, nemMinuteOfDay } from '#domain/calendar.ts'
import { DAY_MS, floorTo, HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'

export type AmberRequest =
  | { readonly what: 'sites' }
  /** Not before that instant: until then Amber has nothing new to say. */
  | { readonly what: 'current'; readonly siteId: string; readonly notBeforeMs?: number }
  | {
      readonly what: 'prices' | 'usage'
      readonly siteId: string
      readonly from: NemDate
      readonly to: NemDate
    }

export interface HistoryState {
  readonly askedAtMs?: number
  readonly backToDate?: NemDate
  readonly reachedStart: boolean
}

export interface PlanState {
  readonly sitesAskedAtMs?: number
  /** Absent: Amber has told of none. */
  readonly site?: { readonly siteId: string; readonly intervalMinutes: number; readonly activeFrom?: NemDate }
  /** The last answer of this run on the running interval; absent: not asked yet. */
  readonly current?: { readonly askedAtMs: number; readonly estimate: boolean }
  readonly prices: HistoryState
  readonly usage: HistoryState & { readonly yesterdayComplete: boolean }
  /** Questions that Amber could not answer in this run. */
  readonly failed: ReadonlySet<AmberRequest['what']>
}

/** Amber takes at most 7 days from first to last; 6 has never been refused. */
const SPAN_DAYS = 6
/** Amber keeps about 90 days of usage. */
const USAGE_DAYS = 90
/** Usage of a day is not there before this NEM time of the next. */
const USAGE_FROM_MINUTE = 135
const RUN_SLOT_MS = 5 * MINUTE_MS
/** Time for the last answer before the next run's turn. */
const RUN_MARGIN_MS = 20 * SECOND_MS

/** In order; at most `budget` of them. History leaves enough calls to see the running price settle. */
export function plan(state: PlanState, nowMs: number, budget: number): AmberRequest[] {
  const now = urgent(state, nowMs)
  const checks = state.site ? settleChecks(state, state.site, nowMs) : []
  const older = state.site ? history(state, state.site, nowMs) : []
  const room = Math.max(0, budget - now.length - checks.length)
  return [...now, ...older.slice(0, room), ...checks.slice(0, 1)].slice(0, Math.max(0, budget))
}

function urgent(state: PlanState, nowMs: number): AmberRequest[] {
  const { site, failed } = state
  const sites: AmberRequest[] =
    isDue(state.sitesAskedAtMs, DAY_MS, nowMs) && !failed.has('sites') ? [{ what: 'sites' }] : []
  if (!site) return sites
  return [
    ...sites,
    ...currentPrices(state, site, nowMs),
    ...(failed.has('prices') ? [] : recentPrices(state, site.siteId, nowMs)),
    ...(failed.has('usage') ? [] : recentUsage(state, site.siteId, nowMs)),
  ]
}

const isDue = (askedAtMs: number | undefined, everyMs: number, nowMs: number): boolean =>
  askedAtMs === undefined || nowMs - askedAtMs >= everyMs || askedAtMs > nowMs

/** Once a run; and while it is an estimate, again each time that it should have settled. */
function currentPrices(
  state: PlanState,
  site: NonNullable<PlanState['site']>,
  nowMs: number,
): AmberRequest[] {
  if (state.failed.has('current')) return []
  if (!state.current) return [{ what: 'current', siteId: site.siteId }]
  return settleInstants(state.current, site.intervalMinutes).some((ms) => ms <= nowMs)
    ? [{ what: 'current', siteId: site.siteId }]
    : []
}

function settleChecks(
  { current, failed }: PlanState,
  { siteId, intervalMinutes }: NonNullable<PlanState['site']>,
  nowMs: number,
): AmberRequest[] {
  if (!current || failed.has('current')) return []
  return settleInstants(current, intervalMinutes)
    .filter((ms) => ms > nowMs)
    .map((notBeforeMs) => ({ what: 'current', siteId, notBeforeMs }))
}

/** When to look again at a price that was an estimate: as it usually settles, and before the next run's turn. */
function settleInstants(
  { askedAtMs, estimate }: NonNullable<PlanState['current']>,
  intervalMinutes: number,
): number[] {
  if (!estimate) return []
  const startMs = floorTo(askedAtMs, intervalMinutes * MINUTE_MS)
  const runEndsMs = floorTo(askedAtMs, RUN_SLOT_MS) + RUN_SLOT_MS - RUN_MARGIN_MS
  return settleSeconds(intervalMinutes)
    .map((seconds) => startMs + seconds * SECOND_MS)
    .filter((ms) => ms > askedAtMs && ms <= runEndsMs)
}

/** Seconds into the interval at which a price that was an estimate has likely settled. */
const settleSeconds = (intervalMinutes: number): readonly number[] =>
  intervalMinutes === 5 ? [45, 70, 120, 200] : [25 * 60 + 40, 28 * 60]

/** Yesterday and today, hourly: fills what running answers left out. */
function recentPrices({ prices }: PlanState, siteId: string, nowMs: number): AmberRequest[] {
  if (!isDue(prices.askedAtMs, HOUR_MS, nowMs)) return []
  const today = nemDate(nowMs)
  return [{ what: 'prices', siteId, from: addDays(today, -1), to: today }]
}

/** The last days, hourly until yesterday is whole. */
function recentUsage({ usage }: PlanState, siteId: string, nowMs: number): AmberRequest[] {
  const late = !usage.yesterdayComplete && nemMinuteOfDay(nowMs) >= USAGE_FROM_MINUTE
  const due = usage.askedAtMs === undefined || (late && isDue(usage.askedAtMs, HOUR_MS, nowMs))
  if (!due) return []
  const yesterday = addDays(nemDate(nowMs), -1)
  return [{ what: 'usage', siteId, from: addDays(yesterday, -SPAN_DAYS), to: yesterday }]
}

/** Backwards by weeks, the newest first: usage as far as Amber keeps it, prices to the site's first day. */
function history(
  { prices, usage, failed }: PlanState,
  { siteId, activeFrom }: NonNullable<PlanState['site']>,
  nowMs: number,
): AmberRequest[] {
  const usageStart = laterOf(addDays(nemDate(nowMs), -USAGE_DAYS), activeFrom)
  const weeks = (what: 'usage' | 'prices', state: HistoryState, first: NemDate | undefined) =>
    state.reachedStart || failed.has(what)
      ? []
      : weeksBack(state.backToDate, first).map((week) => ({ what, siteId, ...week }))
  const all = [...weeks('usage', usage, usageStart), ...weeks('prices', prices, activeFrom)]
  return all.sort((a, b) => daysFrom(a.to, b.to))
}

const laterOf = (a: NemDate, b: NemDate | undefined): NemDate => (b !== undefined && b > a ? b : a)

/** More than any budget, and an end where the site's first day is not known. */
const MOST_WEEKS = 50

function weeksBack(
  backTo: NemDate | undefined,
  first: NemDate | undefined,
): { from: NemDate; to: NemDate }[] {
  const weeks: { from: NemDate; to: NemDate }[] = []
  for (let before = backTo; before !== undefined && weeks.length < MOST_WEEKS; ) {
    const to = addDays(before, -1)
    if (first !== undefined && daysFrom(first, to) < 0) break
    const from = first === undefined ? addDays(to, -SPAN_DAYS) : laterOf(addDays(to, -SPAN_DAYS), first)
    weeks.push({ from, to })
    before = from
  }
  return weeks
}

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

/** In order; at most `budget` of them. */
export function plan(state: PlanState, nowMs: number, budget: number): AmberRequest[] {
  return [...requests(state, nowMs)].slice(0, Math.max(0, budget))
}

function* requests(state: PlanState, nowMs: number): Generator<AmberRequest> {
  const { site } = state
  if (isDue(state.sitesAskedAtMs, DAY_MS, nowMs) && !state.failed.has('sites')) {
    yield { what: 'sites' }
    if (!site) return
  }
  if (!site) return
  const again = currentRequest(state, site, nowMs)
  if (again && (again.notBeforeMs ?? 0) <= nowMs) yield again
  if (!state.failed.has('prices')) yield* recentPrices(state, site.siteId, nowMs)
  if (!state.failed.has('usage')) yield* recentUsage(state, site.siteId, nowMs)
  yield* history(state, site, nowMs)
  if (again?.notBeforeMs !== undefined && again.notBeforeMs > nowMs) yield again
}

const isDue = (askedAtMs: number | undefined, everyMs: number, nowMs: number): boolean =>
  askedAtMs === undefined || nowMs - askedAtMs >= everyMs || askedAtMs > nowMs

/** Once a run; and while the price is an estimate, again when it has usually settled. */
function currentRequest(
  { current, failed }: PlanState,
  { siteId, intervalMinutes }: NonNullable<PlanState['site']>,
  nowMs: number,
): (AmberRequest & { what: 'current' }) | undefined {
  if (failed.has('current')) return undefined
  if (!current) return { what: 'current', siteId }
  if (!current.estimate) return undefined
  const startMs = floorTo(current.askedAtMs, intervalMinutes * MINUTE_MS)
  const runEndsMs = floorTo(current.askedAtMs, RUN_SLOT_MS) + RUN_SLOT_MS - RUN_MARGIN_MS
  const notBeforeMs = settleSeconds(intervalMinutes)
    .map((seconds) => startMs + seconds * SECOND_MS)
    .find((ms) => ms > current.askedAtMs)
  if (notBeforeMs === undefined || notBeforeMs > runEndsMs || nowMs > runEndsMs) return undefined
  return { what: 'current', siteId, notBeforeMs }
}

/** Seconds into the interval at which a price that was an estimate has likely settled. */
const settleSeconds = (intervalMinutes: number): readonly number[] =>
  intervalMinutes === 5 ? [45, 70, 120, 200] : [25 * 60 + 40, 28 * 60]

/** Yesterday and today, hourly: fills what running answers left out. */
function* recentPrices({ prices }: PlanState, siteId: string, nowMs: number): Generator<AmberRequest> {
  const today = nemDate(nowMs)
  if (isDue(prices.askedAtMs, HOUR_MS, nowMs))
    yield { what: 'prices', siteId, from: addDays(today, -1), to: today }
}

/** The last days, hourly until yesterday is whole. */
function* recentUsage({ usage }: PlanState, siteId: string, nowMs: number): Generator<AmberRequest> {
  const never = usage.askedAtMs === undefined
  const late = !usage.yesterdayComplete && nemMinuteOfDay(nowMs) >= USAGE_FROM_MINUTE
  if (!never && !(late && isDue(usage.askedAtMs, HOUR_MS, nowMs))) return
  const yesterday = addDays(nemDate(nowMs), -1)
  yield { what: 'usage', siteId, from: addDays(yesterday, -SPAN_DAYS), to: yesterday }
}

/** Backwards by weeks: usage as far as Amber keeps it, prices to the site's first day, side by side. */
function* history(
  { prices, usage, failed }: PlanState,
  { siteId, activeFrom }: NonNullable<PlanState['site']>,
  nowMs: number,
): Generator<AmberRequest> {
  const today = nemDate(nowMs)
  const usageStart = laterOf(addDays(today, -USAGE_DAYS), activeFrom)
  const weeks = {
    usage: usage.reachedStart || failed.has('usage') ? [] : weeksBack(usage.backToDate, usageStart),
    prices: prices.reachedStart || failed.has('prices') ? [] : weeksBack(prices.backToDate, activeFrom),
  }
  for (let index = 0; index < Math.max(weeks.usage.length, weeks.prices.length); index++)
    for (const what of ['usage', 'prices'] as const) {
      const week = weeks[what][index]
      if (week) yield { what, siteId, ...week }
    }
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

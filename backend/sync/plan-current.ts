// When to look again at the running interval: while it is an estimate, as it usually settles; where Amber could not
// answer, after a little while.
import { floorTo, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import type { AmberRequest, PlanSite } from './plan.ts'

export interface SeenCurrent {
  readonly askedAtMs: number
  readonly estimate: boolean
  /** How often in a row Amber could not be asked in this run. */
  readonly failures: number
}

const RUN_SLOT_MS = 5 * MINUTE_MS
/** Time for the last answer before the next run's turn. */
const RUN_MARGIN_MS = 20 * SECOND_MS
const FAILURE_WAITS_MS = [10, 30, 90].map((seconds) => seconds * SECOND_MS)

/** Once a run; `again` where it is due anew. */
export function currentRequest(site: PlanSite, nowMs: number, { again }: { again: boolean }): AmberRequest[] {
  const { siteId, current } = site
  const due = !current || (again && instants(site, current).some((ms) => ms <= nowMs))
  return due ? [{ what: 'current', siteId }] : []
}

/** The instants to come, the first one first. */
export function settleChecks(site: PlanSite, nowMs: number): AmberRequest[] {
  if (!site.current) return []
  return instants(site, site.current)
    .filter((ms) => ms > nowMs)
    .map((notBeforeMs) => ({ what: 'current', siteId: site.siteId, notBeforeMs }))
}

function instants({ intervalMinutes }: PlanSite, { askedAtMs, estimate, failures }: SeenCurrent): number[] {
  const runEndsMs = floorTo(askedAtMs, RUN_SLOT_MS) + RUN_SLOT_MS - RUN_MARGIN_MS
  const isInRun = (ms: number) => ms > askedAtMs && ms <= runEndsMs
  if (failures > 0)
    return [FAILURE_WAITS_MS[failures - 1] ?? Infinity].map((ms) => askedAtMs + ms).filter(isInRun)
  if (!estimate) return []
  const startMs = floorTo(askedAtMs, intervalMinutes * MINUTE_MS)
  return settleSeconds(intervalMinutes)
    .map((seconds) => startMs + seconds * SECOND_MS)
    .filter(isInRun)
}

/** Seconds into the interval at which a price that was an estimate has likely settled. */
const settleSeconds = (intervalMinutes: number): readonly number[] =>
  intervalMinutes === 5 ? [45, 70, 120, 200] : [25 * 60 + 40, 28 * 60]

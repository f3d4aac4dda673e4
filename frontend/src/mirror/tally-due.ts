// Whether the Pi has more to tell of how the forecasts turned out.
import { addDays, localDate } from '#domain/calendar.ts'
import { HOUR_MS } from '#domain/interval.ts'
import type { CopyState } from './copy.ts'

const COUNTED_AFTER_MS = 3 * HOUR_MS

/** Another day has been over for some hours, or nothing has ever been told. */
export function isTallyDue({ tally, household }: CopyState, nowMs: number): boolean {
  if (!household) return false
  if (!tally) return true
  const newest = addDays(localDate(nowMs - COUNTED_AFTER_MS, household.timeZone), -1)
  return tally.toDate < newest && nowMs - tally.askedAtMs > HOUR_MS
}

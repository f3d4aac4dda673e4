// A device's clock against the prices it has: no interval is priced, but by a forecast, before it begins.
import { MINUTE_MS } from './interval.ts'

/** A clock this little behind is corrected without a word: the newest price that has begun is taken for now. */
const SLACK_MS = 2 * MINUTE_MS

export interface ReadClock {
  readonly nowMs: number
  /** The clock is behind prices that have already begun: which of them is now cannot be told. */
  readonly clockIsSlow: boolean
}

/** `begunMs`: start of the newest interval that is known to have begun. */
export function readClock(clockMs: number, begunMs: number): ReadClock {
  const clockIsSlow = begunMs - clockMs > SLACK_MS
  return { nowMs: clockIsSlow ? clockMs : Math.max(clockMs, begunMs), clockIsSlow }
}

// This device's link to the Pi: when it last answered, since when it has not, and how far the two clocks are apart.
import { MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import type { PiReport } from '#domain/mirror.ts'
import type { CopyState } from './copy.ts'

/** When a request left and its answer was there, by this device's clock. */
export interface Exchange {
  readonly sentMs: number
  readonly receivedMs: number
}

/** Below this the two clocks count as one: no screen shows less, and a shift would only cost redraws. */
const SAME_CLOCK_MS = 2 * SECOND_MS

/** A Pi that Amber answered this lately is on the internet, so its clock is set by it. */
const CLOCK_TRUSTED_FOR_MS = 15 * MINUTE_MS

/** The state after an answer; `report` only where the answer held one. */
export function withContact(state: CopyState, exchange: Exchange, report?: PiReport): CopyState {
  const { piLostSinceMs: _, ...rest } = state
  const skewMs = report && isClockTrusted(report) ? skewOf(report.atMs, exchange) : state.skewMs
  return { ...rest, piAnsweredAtMs: exchange.receivedMs, ...(skewMs !== undefined && { skewMs }) }
}

/** The state after a failure; the same object where it knew already. */
export const withoutContact = (state: CopyState, { sentMs }: Exchange): CopyState =>
  state.piLostSinceMs === undefined ? { ...state, piLostSinceMs: sentMs } : state

/**
 * What is to be added to this device's clock. The prices' times are Amber's, so a device whose clock is wrong must be
 * led by the Pi's; small differences are left alone.
 */
export const correctionMs = ({ skewMs = 0 }: CopyState): number =>
  Math.abs(skewMs) > SAME_CLOCK_MS ? skewMs : 0

/**
 * The answer was written at some moment between the two, so the true difference lies in a range as wide as the
 * exchange took: the value nearest to none is taken, and a slow answer never invents one.
 */
function skewOf(atMs: number, { sentMs, receivedMs }: Exchange): number {
  const least = atMs - receivedMs
  const most = atMs - sentMs
  return least > 0 ? least : Math.min(most, 0)
}

// A Pi has no clock of its own that runs without power: after a cut with no internet it may be hours behind, and a
// phone that followed it would show a price of this morning as the one of now.
const isClockTrusted = ({ atMs, amberAnsweredAtMs }: PiReport): boolean =>
  amberAnsweredAtMs !== null && Math.abs(atMs - amberAnsweredAtMs) <= CLOCK_TRUSTED_FOR_MS

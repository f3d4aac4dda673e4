// The three links between a screen and the truth: device – Pi – Amber – prices. Each has its own age, and what a device
// knows of the links behind the Pi is as old as its last word from the Pi.
import type { HomeFacts } from './home-facts.ts'
import type { AmberContact, PiContact, SyncOutcome } from './household.ts'
import { MINUTE_MS, SECOND_MS } from './interval.ts'
import type { PriceInterval } from './price.ts'
import { isSettled } from './timeline.ts'

/** Contact that is older is late. Syncs are five minutes apart: one may fail. */
export const LATE_AFTER_MS = 10 * MINUTE_MS

/** A five-minute price settles 17–37 s after its interval began, seldom later. */
export const PRICE_DUE_AFTER_MS = 30 * SECOND_MS
export const PRICE_LATE_AFTER_MS = 90 * SECOND_MS

/** Why the Pi gets nothing new from Amber. */
export type AmberTrouble = 'internet' | 'token' | 'quota' | 'amber' | 'answer' | 'pi' | 'silence'

export type PiLink =
  | { readonly state: 'fine' }
  | { readonly state: 'late'; readonly sinceMs: number }
  /** `sinceMs` undefined: this device was not looking. */
  | { readonly state: 'down'; readonly sinceMs: number | undefined }
  /** Never reached. */
  | { readonly state: 'unknown' }

export type AmberLink =
  | { readonly state: 'fine' }
  /** `sinceMs` undefined: not known since when. */
  | { readonly state: 'down'; readonly trouble: AmberTrouble; readonly sinceMs: number | undefined }
  /** The Pi was not heard of for too long to say, or has not asked Amber yet. */
  | { readonly state: 'unknown' }

/** Whether Amber's price of this interval has come, though Amber answers. */
export type PriceLink = { readonly state: 'fine' | 'late' | 'unknown' }

export interface Links {
  readonly pi: PiLink
  readonly amber: AmberLink
  readonly prices: PriceLink
}

/** `row` is what covers now, if anything does. */
export function links(facts: HomeFacts, row: PriceInterval | undefined, nowMs: number): Links {
  const pi = piLink(facts.pi, nowMs)
  const amber = pi.state === 'fine' ? amberLink(facts.amber, nowMs) : ({ state: 'unknown' } as const)
  return { pi, amber, prices: { state: amber.state === 'fine' ? priceState(facts, row, nowMs) : 'unknown' } }
}

export const allFine = ({ pi, amber, prices }: Links): boolean =>
  [pi, amber, prices].every(({ state }) => state === 'fine')

function piLink({ answeredAtMs, lostSinceMs }: PiContact, nowMs: number): PiLink {
  if (lostSinceMs !== undefined) {
    // A device that was closed, or asleep, tried in vain when it woke: since when the Pi is away it cannot know.
    const wasLooking = answeredAtMs === undefined || lostSinceMs - answeredAtMs <= LATE_AFTER_MS
    return { state: 'down', sinceMs: wasLooking ? lostSinceMs : undefined }
  }
  if (answeredAtMs === undefined) return { state: 'unknown' }
  return nowMs - answeredAtMs > LATE_AFTER_MS ? { state: 'late', sinceMs: answeredAtMs } : { state: 'fine' }
}

const TROUBLE: Readonly<Partial<Record<SyncOutcome, AmberTrouble>>> = {
  unreachable: 'internet',
  unauthorised: 'token',
  'rate-limited': 'quota',
  'amber-error': 'amber',
  'bad-answer': 'answer',
  failed: 'pi',
}

function amberLink({ answeredAtMs, lostSinceMs, outcome }: AmberContact, nowMs: number): AmberLink {
  const trouble = outcome && TROUBLE[outcome]
  if (trouble !== undefined || lostSinceMs !== undefined) {
    return { state: 'down', trouble: trouble ?? 'silence', sinceMs: lostSinceMs }
  }
  if (answeredAtMs === undefined) return { state: 'unknown' }
  // The Pi answers, yet its last word from Amber is old: syncs have stopped, whatever the last one said of itself.
  return nowMs - answeredAtMs > LATE_AFTER_MS
    ? { state: 'down', trouble: 'silence', sinceMs: answeredAtMs }
    : { state: 'fine' }
}

function priceState(
  { prices, household }: HomeFacts,
  row: PriceInterval | undefined,
  nowMs: number,
): PriceLink['state'] {
  // Nobody waits for the price of a site that is closed.
  if (!row && household?.closedOn !== undefined) return 'fine'
  if (!row) return prices.length === 0 ? 'unknown' : 'late'
  if (isSettled(row)) return 'fine'
  return nowMs - row.startMs > settlesAfterMs(row) + PRICE_LATE_AFTER_MS - PRICE_DUE_AFTER_MS
    ? 'late'
    : 'fine'
}

/**
 * How long after its start a price usually is settled: half a minute, but a half-hour estimate moves until its last
 * five minutes. A forecast only waits for the first word of its interval, be that an estimate.
 */
export const settlesAfterMs = (row: PriceInterval): number =>
  row.kind !== 'forecast' && row.endMs - row.startMs > 5 * MINUTE_MS ? 25 * MINUTE_MS : PRICE_DUE_AFTER_MS

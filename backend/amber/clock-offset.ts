import { SECOND_MS } from '#domain/interval.ts'

/** A smaller difference is not worth a word, and a header of whole seconds cannot tell it. */
const TOLERATED_MS = 5 * SECOND_MS

/**
 * By how much our clock is behind Amber's (negative: ahead of it), by the `Date` of an answer to a call that was sent
 * and answered at these instants of ours; 0 where that is 5 s or less.
 */
export function clockOffset(dateMs: number, sentMs: number, receivedMs: number): number {
  // The header leaves off the rest of its second, and was written some time between the two.
  const earliest = dateMs - receivedMs
  const latest = dateMs + SECOND_MS - sentMs
  if (earliest <= TOLERATED_MS && latest >= -TOLERATED_MS) return 0
  return Math.round((earliest + latest) / 2)
}

// How often a password may be guessed: a few times at once, then slowly, for each address and for all together. What is
// remembered is bounded, whoever tries.
import { MINUTE_MS, SECOND_MS } from '#domain/interval.ts'

export interface Attempts {
  /** Milliseconds to wait before the next try; 0: it may be tried, and counts. */
  waitMs(address: string): number
  /** It was the right one: this address starts afresh. */
  forgive(address: string): void
}

interface Allowance {
  readonly atOnce: number
  readonly oneEveryMs: number
}

const OF_ONE_ADDRESS: Allowance = { atOnce: 5, oneEveryMs: MINUTE_MS }
/** One machine may have as many addresses as it likes. Low enough for any password of eight characters. */
const OF_ALL: Allowance = { atOnce: 50, oneEveryMs: 10 * SECOND_MS }
const MOST_ADDRESSES = 1000

/** `uptimeMs` and not the time of day: a clock that is set must neither free nor lock anyone. */
export function createAttempts(uptimeMs: () => number): Attempts {
  /** When each would be as if it had never tried. */
  const freeAtMs = new Map<string, number>()
  let allFreeAtMs = 0
  const waitFor = (freeMs: number, { atOnce, oneEveryMs }: Allowance) =>
    Math.max(0, freeMs - uptimeMs() - (atOnce - 1) * oneEveryMs)
  const afterOne = (freeMs: number, { oneEveryMs }: Allowance) => Math.max(freeMs, uptimeMs()) + oneEveryMs
  return {
    waitMs: (address) => {
      const ownMs = freeAtMs.get(address) ?? 0
      const waitMs = Math.max(waitFor(ownMs, OF_ONE_ADDRESS), waitFor(allFreeAtMs, OF_ALL))
      if (waitMs > 0) return waitMs
      allFreeAtMs = afterOne(allFreeAtMs, OF_ALL)
      freeAtMs.delete(address)
      freeAtMs.set(address, afterOne(ownMs, OF_ONE_ADDRESS))
      const oldest = freeAtMs.keys().next().value
      if (freeAtMs.size > MOST_ADDRESSES && oldest !== undefined) freeAtMs.delete(oldest)
      return 0
    },
    forgive: (address) => void freeAtMs.delete(address),
  }
}

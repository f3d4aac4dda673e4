// 50 calls in 300 seconds for the whole account: all its tokens and programs draw from one window, which opens with
// the first call after the last window has ended.
import { SECOND_MS } from '#domain/interval.ts'

const LIMIT = 50
const WINDOW_SECONDS = 300

export interface AccountQuota {
  /** False: used up. */
  take(nowMs: number): boolean
  /** Calls of the household's other programs. */
  spend(nowMs: number, calls: number): void
  headers(nowMs: number): Readonly<Record<string, string>>
}

export function createQuota(): AccountQuota {
  let openedMs = Number.NEGATIVE_INFINITY
  let used = 0
  const open = (nowMs: number) => {
    if (nowMs >= openedMs && nowMs < openedMs + WINDOW_SECONDS * SECOND_MS) return
    openedMs = nowMs
    used = 0
  }
  const spend = (nowMs: number, calls: number) => {
    open(nowMs)
    used = Math.min(LIMIT, used + calls)
  }
  return {
    take(nowMs) {
      open(nowMs)
      if (used >= LIMIT) return false
      used += 1
      return true
    },
    spend,
    headers(nowMs) {
      open(nowMs)
      return {
        'RateLimit-Limit': `${LIMIT}`,
        'RateLimit-Remaining': `${LIMIT - used}`,
        'RateLimit-Reset': `${Math.ceil((openedMs - nowMs) / SECOND_MS) + WINDOW_SECONDS}`,
        'RateLimit-Policy': `${LIMIT};w=${WINDOW_SECONDS}`,
      }
    },
  }
}

// When a page should think again: at each whole minute, when the clock jumped, and when it comes back into sight.
import { MINUTE_MS, SECOND_MS } from '#domain/interval.ts'

/** A machine that slept and a clock that was set are noticed within this time. */
const LOOK_EVERY_MS = 5 * SECOND_MS

/** Calls at each whole minute of the clock, and when the clock has jumped. */
export function watchMinutes(clock: () => number, onMinute: (hasJumped: boolean) => void): void {
  let lastMs = clock()
  const look = () => {
    const ms = clock()
    const hasJumped = Math.abs(ms - lastMs) > 2 * LOOK_EVERY_MS
    const isNewMinute = Math.floor(ms / MINUTE_MS) !== Math.floor(lastMs / MINUTE_MS)
    lastMs = ms
    if (isNewMinute || hasJumped) onMinute(hasJumped && document.visibilityState === 'visible')
    setTimeout(look, Math.min(LOOK_EVERY_MS, MINUTE_MS - (ms % MINUTE_MS)))
  }
  look()
}

/** Timers of a page out of sight are slowed down or stopped: it comes back with the time it left with. */
export function whenInSight(catchUp: () => void): void {
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && catchUp())
  window.addEventListener('pageshow', ({ persisted }) => persisted && catchUp())
  window.addEventListener('online', catchUp)
}

// The kitchen page says now and then that it is drawn. Whoever looks after the browser there asks how long it has been
// silent: a crashed or frozen page does not end the browser's process.
import type { Context } from 'hono'
import { MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import { errorAnswer } from './error-answer.ts'
import { isFromThisMachine } from './this-machine.ts'

export interface KioskWatch {
  beat(): void
  /** Since the last word, and where there was none, since this server began to listen for one. */
  silentMs(): number
  /** Undefined: not a word since this server began. */
  heartbeatAgeMs(): number | undefined
}

const SILENT_AFTER_MS = 3 * MINUTE_MS

/** `uptimeMs` and not the time of day: a clock that is set must not make a page look dead. */
export function createKioskWatch(uptimeMs: () => number): KioskWatch {
  const beganMs = uptimeMs()
  let beatMs: number | undefined
  return {
    beat: () => {
      beatMs = uptimeMs()
    },
    silentMs: () => uptimeMs() - (beatMs ?? beganMs),
    heartbeatAgeMs: () => (beatMs === undefined ? undefined : uptimeMs() - beatMs),
  }
}

/** GET /api/kiosk[?strict=1]: with `strict` 503 once the page has been silent for longer than three minutes. */
export function kioskRoute({ kiosk }: { kiosk: KioskWatch }, c: Context): Response {
  const ageMs = kiosk.heartbeatAgeMs()
  const isSilent = kiosk.silentMs() > SILENT_AFTER_MS
  return c.json(
    { heartbeatAgeSeconds: ageMs === undefined ? null : Math.round(ageMs / SECOND_MS), silent: isSilent },
    isSilent && c.req.query('strict') === '1' ? 503 : 200,
  )
}

/** POST /api/kiosk. The kitchen page open on a laptop says nothing about the screen on the wall. */
export function heartbeatRoute({ kiosk }: { kiosk: KioskWatch }, c: Context): Response {
  if (!isFromThisMachine(c))
    return errorAnswer(c, 403, 'not-this-machine', 'Only the screen at this machine is watched.')
  kiosk.beat()
  return c.body(null, 204)
}

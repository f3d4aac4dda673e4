// GET /api/events: server-sent events that only say "there is news"; what it is, a mirror asks for itself.
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { AppDeps } from './app.ts'
import { revisionOf } from './changes.ts'
import { mirrorTag } from './mirror.ts'

/** A comment now and then keeps the line open and shows both ends that it is. */
const KEEP_ALIVE_MS = 25_000

export function eventsRoute(deps: AppDeps, c: Context): Response {
  c.header('cache-control', 'no-store')
  return streamSSE(c, async (stream) => {
    const tell = (revision: number) => {
      const news = { revision, tag: mirrorTag(deps), settings: deps.household.version() }
      return stream.writeSSE({ event: 'changed', data: JSON.stringify(news) }).catch(() => stream.abort())
    }
    const unsubscribe = deps.changes.subscribe(tell)
    const keepAlive = setInterval(
      () => stream.write(': still here\n\n').catch(() => stream.abort()),
      KEEP_ALIVE_MS,
    )
    const ended = new Promise<void>((resolve) => {
      stream.onAbort(resolve)
      deps.closing.addEventListener('abort', () => resolve(), { once: true })
    })
    await tell(revisionOf(deps.reader))
    await ended
    clearInterval(keepAlive)
    unsubscribe()
  })
}

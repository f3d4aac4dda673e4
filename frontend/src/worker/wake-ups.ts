// When a page asks for a sync: at news from the server, when it comes back into sight, and now and then.
import { MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import type { SyncEnd } from '../mirror/mirror.ts'

const EVENTS = '/api/events'
const EVERY_MS = 5 * MINUTE_MS
/** So that the devices of a house do not all ask in the same second. */
const JITTER_MS = 30 * SECOND_MS
/** A lost Pi is asked for at these distances, so that a screen in sight is live again within ten seconds of its return. */
const RETRY_FIRST_MS = 5 * SECOND_MS
const RETRY_MOST_MS = 8 * SECOND_MS
const EVENTS_RETRY_MOST_MS = MINUTE_MS

/** Of a server that says less than it might, what is absent is taken for known. */
export interface News {
  readonly revision?: unknown
  /** Version of the household's settings. */
  readonly settings?: unknown
}

export interface WakeUpDeps {
  readonly sync: () => Promise<SyncEnd>
  /** Whether the copy is there already. */
  readonly isKnown: (news: News) => boolean
}

/** Begins with a sync. The result wakes it from outside. */
export function keepInSync({ sync, isKnown }: WakeUpDeps): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let retryMs = RETRY_FIRST_MS
  const wake = async () => {
    clearTimeout(timer)
    const end = await sync()
    clearTimeout(timer)
    timer = setTimeout(wake, waitMs(end))
  }
  const waitMs = (end: SyncEnd): number => {
    if (end === 'synced') retryMs = RETRY_FIRST_MS
    // What is not seen can wait, and a phone in a pocket must not ask for a Pi that is at home.
    if (end === 'synced' || isHidden()) return EVERY_MS + Math.random() * JITTER_MS
    const thisMs = retryMs
    retryMs = Math.min(retryMs * 1.5, RETRY_MOST_MS)
    return thisMs
  }

  watchEvents(wake, isKnown)
  // Never navigator.onLine: without internet it says no to a Pi on the same shelf, or on the same machine.
  window.addEventListener('online', wake)
  window.addEventListener('pageshow', ({ persisted }) => persisted && wake())
  document.addEventListener('visibilitychange', () => isHidden() || wake())
  void wake()
  return wake
}

/** A browser allows six connections to a server of this kind, so only a page in sight holds one open. */
function watchEvents(wake: () => void, isKnown: WakeUpDeps['isKnown']): void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let retryMs = RETRY_FIRST_MS
  let failures = 0

  const open = () => {
    close()
    source = new EventSource(EVENTS)
    source.addEventListener('changed', ({ data }: MessageEvent<string>) => {
      if (!isKnown(newsIn(data))) wake()
    })
    source.onopen = () => {
      if (failures > 0) wake()
      failures = 0
      retryMs = RETRY_FIRST_MS
    }
    source.onerror = () => {
      // The first sign that the Pi has gone; the sync finds out. It asks once more when the way back fails too: a server
      // that is being stopped ends this stream first, and still answers what is asked then.
      failures += 1
      if (failures <= 2) wake()
      if (source?.readyState === EventSource.CLOSED) openLater()
    }
  }
  const close = () => {
    clearTimeout(timer)
    source?.close()
    source = undefined
  }
  // The browser reconnects by itself but for an answer that is no stream: a 502 of something in between.
  const openLater = () => {
    timer = setTimeout(open, retryMs)
    retryMs = Math.min(retryMs * 2, EVENTS_RETRY_MOST_MS)
  }

  document.addEventListener('visibilitychange', () => (isHidden() ? close() : open()))
  window.addEventListener('pagehide', close)
  window.addEventListener('pageshow', ({ persisted }) => persisted && open())
  if (!isHidden()) open()
}

/** What cannot be read is nothing that is known. */
function newsIn(text: string): News {
  try {
    return (JSON.parse(text) as News | null) ?? {}
  } catch {
    return {}
  }
}

const isHidden = (): boolean => document.visibilityState === 'hidden'

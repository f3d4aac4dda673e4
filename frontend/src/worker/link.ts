// The page's side of the service worker: registers it, asks it to sync, and reloads into a newer build exactly once.
import type { Workbox } from 'workbox-window'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import { ask } from '../mirror/fetch.ts'
import type { SyncEnd } from '../mirror/mirror.ts'
import type { ClaimRequest, SyncRequest } from './messages.ts'

const SCRIPT = '/service-worker.js'
/** A worker that was ended in the middle never answers. */
const REPLY_WITHIN_MS = 30 * SECOND_MS

export interface WorkerLink {
  /** Undefined: no worker is active (yet), or it gave no answer. */
  sync(nowMs: number): Promise<SyncEnd | undefined>
  /** Asks the server whether there is a newer build; a first one that did not arrive whole is fetched again. */
  checkForUpdate(): void
  /** Lets the waiting build take over; every open page reloads into it. */
  applyUpdate(): void
}

export interface WorkerLinkDeps {
  readonly onUpdateReady: () => void
  /** True: the browser will not keep the app, so it cannot open without the Pi. False: it does after all. */
  readonly onRefusal: (isRefused: boolean) => void
}

interface Kept {
  readonly workbox: Workbox
  readonly registration: ServiceWorkerRegistration
}

/** Undefined where there are no service workers: over plain http to another machine. */
export function linkWorker(deps: WorkerLinkDeps): WorkerLink | undefined {
  if (!hasWorkers()) return undefined
  let kept: Kept | undefined
  const keep = async (): Promise<void> => {
    kept = await register(deps)
  }
  let keeping = keep()
  reloadOnTakeover()
  const checkForUpdate = async () => {
    await keeping
    // The browser forgets a first build of which a part was missing, and does not try again by itself.
    if (!kept || !hasBuild(kept.registration)) keeping = keep()
    else await kept.registration.update().catch(() => undefined)
  }
  setInterval(checkForUpdate, HOUR_MS)
  return {
    sync: async (nowMs) => {
      // Not worth waiting for: at a first visit the page has its prices before the worker is there.
      const worker = navigator.serviceWorker.controller ?? kept?.registration.active
      return worker ? askToSync(worker, nowMs) : undefined
    },
    checkForUpdate: () => void checkForUpdate(),
    applyUpdate: () => void keeping.then(() => kept?.workbox.messageSkipWaiting()),
  }
}

/** False where the browser has none, and where it forbids even the question, as to a page that may store nothing. */
export function hasWorkers(): boolean {
  try {
    return navigator.serviceWorker !== undefined
  } catch {
    return false
  }
}

async function register({ onUpdateReady, onRefusal }: WorkerLinkDeps): Promise<Kept | undefined> {
  try {
    // Apart from the first file: nothing that the first screen shows is behind it.
    const workbox = new (await import('workbox-window')).Workbox(SCRIPT, { updateViaCache: 'none' })
    const registration = await workbox.register({ immediate: true })
    if (registration) {
      watchForUpdates(registration, onUpdateReady)
      beTakenOn(registration)
    }
    onRefusal(false)
    return registration && { workbox, registration }
  } catch {
    onRefusal(true)
    return undefined
  }
}

const hasBuild = ({ installing, waiting, active }: ServiceWorkerRegistration): boolean =>
  (installing ?? waiting ?? active) !== null

// A page that was on its way while the first worker took on the open ones has been passed over, as has one that was loaded
// past its worker; without asking, it would have none until the next reload.
function beTakenOn({ active }: ServiceWorkerRegistration): void {
  if (!navigator.serviceWorker.controller) active?.postMessage({ type: 'CLAIM' } satisfies ClaimRequest)
}

// Workbox's own "waiting" stops listening after the first build it finds later than a minute after the page began: a
// kitchen screen whose first update broke off would never hear of the next.
function watchForUpdates(registration: ServiceWorkerRegistration, onUpdateReady: () => void): void {
  const watch = (worker: ServiceWorker | null) => {
    const announce = () => {
      if (worker?.state === 'installed' && navigator.serviceWorker.controller) onUpdateReady()
    }
    announce()
    worker?.addEventListener('statechange', announce)
  }
  watch(registration.waiting)
  watch(registration.installing)
  registration.addEventListener('updatefound', () => watch(registration.installing))
}

/** Also in the tabs that did not ask for it: their chunks are of a build that is no longer kept. */
function reloadOnTakeover(): void {
  let hadController = navigator.serviceWorker.controller !== null
  let isReloading = false
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The first worker of a first visit takes over nothing.
    if (hadController && !isReloading) {
      isReloading = true
      location.reload()
    }
    hadController = true
  })
}

function askToSync(worker: ServiceWorker, nowMs: number): Promise<SyncEnd | undefined> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    const finish = (end?: SyncEnd) => {
      clearTimeout(timer)
      port1.close()
      resolve(end)
    }
    const timer = setTimeout(finish, REPLY_WITHIN_MS)
    port1.onmessage = ({ data }: MessageEvent<SyncEnd>) => finish(data)
    worker.postMessage({ type: 'SYNC', nowMs } satisfies SyncRequest, [port2])
  })
}

/** Whether a reload, and a screen that has not been shown yet, would do without the Pi. */
export const isAppKept = (): boolean => hasWorkers() && navigator.serviceWorker.controller !== null

/** A chunk that is gone belongs to a build that is gone: reload, but never in a circle, and never into nothing. */
export function reloadOnLostChunk(nowMs: () => number): void {
  const KEY = 'reloaded-for-chunk-at'
  window.addEventListener('vite:preloadError', async () => {
    try {
      if (nowMs() - Number(sessionStorage.getItem(KEY)) < MINUTE_MS) return
      // Without an answer it is the Pi that is gone, and what is on the screen is all there is.
      await ask('/', {}, REPLY_WITHIN_MS, { method: 'HEAD' })
      sessionStorage.setItem(KEY, String(nowMs()))
      location.reload()
    } catch {
      // No answer; or nothing can be remembered, and a reload could repeat for ever.
    }
  })
}

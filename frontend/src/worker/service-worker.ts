// The service worker: keeps the built app on the device, and hosts the mirror for all tabs. The browser ends it whenever
// it likes; what must last is in the caches and in IndexedDB.
import { cleanupOutdatedCaches } from 'workbox-precaching/cleanupOutdatedCaches.js'
import { PrecacheController } from 'workbox-precaching/PrecacheController.js'
import { MINUTE_MS } from '#domain/interval.ts'
import { screenAt } from '#domain/screen-paths.ts'
import { createMirrorSource } from '../mirror/fetch.ts'
import { CHANGES, createMirror } from '../mirror/mirror.ts'
import { createDiskStore } from '../mirror/store.ts'
import type { SyncRequest, WorkerRequest } from './messages.ts'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] }

cleanupOutdatedCaches()
const app = new PrecacheController()
app.precache(self.__WB_MANIFEST)
self.addEventListener('fetch', (event) => {
  const file = fileFor(event.request)
  if (file !== undefined)
    event.respondWith(
      app.createHandlerBoundToURL(file)({ event, request: event.request, url: new URL(event.request.url) }),
    )
})

/** Undefined: the network's business, as the server's own pages are, and /api, which has one copy, in IndexedDB. Each screen is the same page. */
function fileFor({ method, mode, url }: Request): string | undefined {
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== location.origin) return undefined
  if (mode === 'navigate' && screenAt(pathname)) return '/index.html'
  return app.getCacheKeyForURL(url) === undefined ? undefined : pathname
}

let pageAheadMs = 0
const changes = new BroadcastChannel(CHANGES)
const mirror = createMirror({
  // A newer app's page may run beside this worker until it is replaced; the copy is then that page's.
  store: createDiskStore({ replaceNewer: false }),
  source: createMirrorSource(),
  now: () => Date.now() + pageAheadMs,
  tell: (change) => changes.postMessage(change),
  withHistory: true,
})

// So that the page of a first visit has its worker at once and need not be loaded twice.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('message', (event) => {
  const request = event.data as WorkerRequest | null
  if (request?.type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting())
  if (request?.type === 'CLAIM') event.waitUntil(self.clients.claim())
  if (request?.type === 'SYNC') event.waitUntil(syncFor(request, event.ports[0]))
})

async function syncFor({ nowMs }: SyncRequest, reply: MessagePort | undefined): Promise<void> {
  // A page may be shown another time than this machine's; a difference of seconds is only the worker waking up.
  const aheadMs = nowMs - Date.now()
  pageAheadMs = Math.abs(aheadMs) > MINUTE_MS ? aheadMs : 0
  reply?.postMessage(await mirror.sync())
  // Keeps this worker alive while it fetches history; ended all the same, it goes on at the next sync.
  await mirror.settled()
}

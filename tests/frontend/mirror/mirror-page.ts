// Runs in the browser under test: the mirror with a clock that the test sets, and the parts that tests look into.
import { openDB } from 'idb'
import type { CopySchema } from '../../../frontend/src/mirror/database.ts'
import { createDeviceMirror } from '../../../frontend/src/mirror/device-mirror.ts'
import { homeFactsOf } from '../../../frontend/src/mirror/facts.ts'
import { createMirrorSource } from '../../../frontend/src/mirror/fetch.ts'
import { createMirror, type MirrorChange } from '../../../frontend/src/mirror/mirror.ts'
import { createDiskStore } from '../../../frontend/src/mirror/store.ts'

const clock = { nowMs: Number(new URLSearchParams(location.search).get('now')) }
const now = () => clock.nowMs
const changes: MirrorChange[] = []
const memoryOnly: string[] = []

const device = createDeviceMirror({
  now,
  askWorker: async () => undefined,
  onChange: (change) => changes.push(change),
  onMemoryOnly: (why) => memoryOnly.push(why),
})
/** A second host of the same copy, for what a page does not show: when the history is filled. */
const own = createMirror({
  store: createDiskStore({ replaceNewer: true }),
  source: createMirrorSource(),
  now,
  tell: (change) => changes.push(change),
  withHistory: true,
})

/** What the service worker does with the copy. */
const asWorker = createMirror({
  store: createDiskStore({ replaceNewer: false }),
  source: createMirrorSource(),
  now,
  tell: (change) => changes.push(change),
  withHistory: true,
})

/** Everything on disk, as it lies there. */
async function disk() {
  const database = await openDB<CopySchema>('home-energy')
  const [states, lives, priceDays, usageDays] = await Promise.all([
    database.getAll('state'),
    database.getAll('live'),
    database.getAll('priceDays'),
    database.getAll('usageDays'),
  ])
  database.close()
  return {
    state: states[0] ?? {},
    live: lives[0] ?? [],
    priceDays,
    usageDays,
    records: states.length + lives.length,
  }
}

const page = { clock, changes, memoryOnly, device, own, asWorker, disk, homeFactsOf, openDB }
export type MirrorPage = typeof page

declare global {
  interface Window {
    mirrorPage: MirrorPage
  }
}
window.mirrorPage = page

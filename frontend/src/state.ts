// The signals that screens read: refilled from IndexedDB after each change, thought through anew at each minute.
import { createMemo, createRoot, createSignal } from 'solid-js'
import { MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import { nowView } from '#domain/now-view.ts'
import type { NowView } from '#domain/view.ts'
import { correctionMs } from './mirror/contact.ts'
import type { StoredHome, StoreTroubleKind } from './mirror/copy.ts'
import { createDeviceMirror } from './mirror/device-mirror.ts'
import { homeFactsOf } from './mirror/facts.ts'
import { hasWorkers, linkWorker, reloadOnLostChunk } from './worker/link.ts'
import { keepInSync } from './worker/wake-ups.ts'

export interface AppState {
  /** Undefined only for the moments until IndexedDB has been read for the first time. */
  view: () => NowView | undefined
  /** A newer build waits; `apply` reloads into it. */
  update: { ready: () => boolean; apply: () => void }
  /** What this device cannot do and why (plain http: no offline copy; storage refused), in words; undefined when all is well. */
  limitation: () => string | undefined
}

export const createAppState = (deps: { now: () => number; kitchen: boolean }): AppState =>
  createRoot(() => createState(deps))

function createState({ now, kitchen }: { now: () => number; kitchen: boolean }): AppState {
  const [home, setHome] = createSignal<StoredHome>()
  const [updateReady, setUpdateReady] = createSignal(false)
  const [appLimit, setAppLimit] = createSignal(appLimitation())
  const [copyLimit, setCopyLimit] = createSignal<string>()
  const [minute, setMinute] = createSignal<void>(undefined, { equals: false })

  const worker = linkWorker({
    onUpdateReady: () => setUpdateReady(true),
    onRefused: () => setAppLimit(APP_NOT_KEPT),
  })
  const mirror = createDeviceMirror({
    now,
    askWorker: async (nowMs) => worker?.sync(nowMs),
    onChange: (change) => change !== 'history' && refill(),
    onMemoryOnly: (why) => setCopyLimit(COPY_NOT_KEPT[why]),
  })
  const refill = latest(() => mirror.read(), setHome)
  const applyUpdate = () => worker?.applyUpdate()

  const homeNow = () => now() + correctionMs(home()?.state ?? {})
  const facts = createMemo(() => {
    const stored = home()
    return stored && homeFactsOf(stored)
  })
  const view = createMemo(() => {
    minute()
    const known = facts()
    return known && nowView(known, homeNow())
  })

  const start = () => {
    const isKnown = (revision: number) => home()?.state.cursor?.revision === revision
    const wake = keepInSync({ sync: mirror.sync, isKnown })
    const onMinute = (hasJumped: boolean) => {
      setMinute()
      if (hasJumped) wake()
      // The kitchen has nobody to press a button; when the price changes the board is redrawn anyway.
      if (kitchen && updateReady() && isIntervalStart(homeNow(), home())) applyUpdate()
    }
    watchMinutes(homeNow, onMinute)
    whenInSight(() => {
      setMinute()
      worker?.checkForUpdate()
    })
  }
  // What is here is shown before anything is asked for; only an empty copy makes anyone wait.
  void refill().finally(start)
  reloadOnLostChunk(now)
  askToKeep(kitchen)
  return {
    view,
    update: { ready: updateReady, apply: applyUpdate },
    limitation: () => copyLimit() ?? appLimit(),
  }
}

const APP_NOT_KEPT = 'This browser did not keep the app: without the Pi it cannot open here.'
const HTTPS_MISSING = 'HTTPS is not set up: without the Pi the app cannot open on this device.'
const COPY_NOT_KEPT: Record<StoreTroubleKind, string> = {
  refused: 'This browser keeps no copy of the prices: closed, it forgets them.',
  full: 'This device has no room for a copy of the prices: closed, it forgets them.',
  newer: 'The copy on this device is from a newer version of the app: closed, this one forgets the prices.',
}

function appLimitation(): string | undefined {
  if (hasWorkers()) return undefined
  return isSecureContext ? APP_NOT_KEPT : HTTPS_MISSING
}

/** Runs again after the present run when it was asked for meanwhile: the result is never older than the question. */
function latest<Result>(task: () => Promise<Result>, use: (result: Result) => void): () => Promise<void> {
  let running: Promise<void> | undefined
  let again = false
  const run = async () => {
    do {
      again = false
      use(await task())
    } while (again)
  }
  return () => {
    again = true
    running ??= run().finally(() => {
      running = undefined
    })
    return running
  }
}

/** A machine that slept and a clock that was set are noticed within this time. */
const LOOK_EVERY_MS = 5 * SECOND_MS

/** Calls at each whole minute of the clock, and when the clock has jumped. */
function watchMinutes(clock: () => number, onMinute: (hasJumped: boolean) => void): void {
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
function whenInSight(catchUp: () => void): void {
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && catchUp())
  window.addEventListener('pageshow', ({ persisted }) => persisted && catchUp())
  window.addEventListener('online', catchUp)
}

const isIntervalStart = (nowMs: number, home: StoredHome | undefined): boolean =>
  Math.floor(nowMs / MINUTE_MS) % (home?.state.household?.intervalMinutes ?? 5) === 0

/** Browsers give lasting room to an app that is installed; asked for earlier, some ask the person. */
function askToKeep(kitchen: boolean): void {
  const ask = () => void navigator.storage?.persist?.().catch(() => undefined)
  if (kitchen || matchMedia('(display-mode: standalone)').matches) ask()
  window.addEventListener('appinstalled', ask)
}

// The signals that screens read: refilled from IndexedDB after each change, thought through anew at each minute.
import { createMemo, createRoot, createSignal } from 'solid-js'
import type { ForecastTallyAnswer, HealthAnswer, SiteAnswer } from '#domain/contract.ts'
import { calibrationOf } from '#domain/forecast/calibration.ts'
import type { HomeFacts } from '#domain/home-facts.ts'
import { MINUTE_MS } from '#domain/interval.ts'
import { type NowViewOptions, nowView } from '#domain/now-view.ts'
import type { RevisedDay } from '#domain/revised-days.ts'
import { nowOptions, type Settings } from '#domain/settings/settings.ts'
import type { SettingsRecord } from '#domain/settings/settings-record.ts'
import type { NowView } from '#domain/view.ts'
import { watchMinutes, whenInSight } from './minutes.ts'
import { correctionMs } from './mirror/contact.ts'
import type { AnotherSite, CopyState, StoredHome, StoreTroubleKind } from './mirror/copy.ts'
import { createDeviceMirror, type DeviceMirror, type DeviceMirrorDeps } from './mirror/device-mirror.ts'
import { homeFactsOf, needsHistory } from './mirror/facts.ts'
import type { SettingChanges } from './mirror/settings.ts'
import { isTallyDue } from './mirror/tally-due.ts'
import { createSettings } from './settings.ts'
import type { Think } from './think/thinker.ts'
import type { Thinking } from './think/thinking.ts'
import { hasWorkers, linkWorker, reloadOnLostChunk } from './worker/link.ts'
import { keepInSync, type News } from './worker/wake-ups.ts'

export interface AppState {
  /** Undefined only for the moments until IndexedDB has been read for the first time. */
  view: () => NowView | undefined
  /** Of the last days, which is what most screens think from. Undefined as `view` is. */
  facts: () => HomeFacts | undefined
  /** The site that the address names, where it is not the household's own. */
  another: () => AnotherSite | undefined
  /** The time that every screen thinks at: it goes on by whole minutes, and when something is new. */
  nowMs: () => number
  /** What the Pi said of itself, and when by `nowMs`; undefined: never. */
  health: () => { answer: HealthAnswer; atMs: number } | undefined
  /** Asks the Pi how it is; what it says comes by `health`. */
  askHealth: () => Promise<void>
  /** Days of usage that Amber has corrected; undefined: never asked. */
  revised: () => readonly RevisedDay[] | undefined
  askRevisions: () => Promise<void>
  /** The sites of the account; undefined: never asked. */
  sites: () => readonly SiteAnswer[] | undefined
  askSites: () => Promise<void>
  /** How the forecasts of the last weeks turned out; undefined: not known here. */
  tally: () => ForecastTallyAnswer | undefined
  /** Asks where there is something new to be told. */
  askTally: () => Promise<void>
  /** Answers what needs more than the last days, beside the screen. */
  think: Think
  /** Fetches what thinks, where nothing else keeps it for the time when the Pi is gone. */
  loadThinking: () => Promise<void>
  /** Goes up when what `think` goes by may have changed. */
  changes: () => number
  /** What the copy on this device holds and takes up. */
  copyReport: () => Promise<CopyReport>
  settings: HouseholdSettings
  /** What the screens of now and of the plan go by: the settings, and above them what the address of this screen says. */
  options: () => NowViewOptions
  /** A newer build waits; `apply` reloads into it. */
  update: { ready: () => boolean; apply: () => void }
  /** What this device cannot do and why (plain http: no offline copy; storage refused), in words; undefined when all is well. */
  limitation: () => string | undefined
}

export interface HouseholdSettings {
  current: () => Settings
  /** As they were written: what, when and where. */
  record: () => SettingsRecord
  /** By which this device knows its own writes; undefined: it has written none. */
  writer: () => string | undefined
  /** unsent: the Pi does not have them yet. refused: it would not take them. */
  state: () => 'sent' | 'unsent' | 'refused'
  /** Settings made here that another device has made otherwise since. */
  overruled: () => readonly string[]
  /** Holds here at once, and everywhere once the Pi has it. Check with `settingProblems` first. */
  write: (changes: SettingChanges) => Promise<void>
  /** What was said of them has been read. */
  settle: () => Promise<void>
}

export interface CopyReport {
  /** NEM date of the oldest day; undefined: nothing yet. */
  readonly firstDate: string | undefined
  /** Undefined: this browser does not say. */
  readonly bytes: number | undefined
  /** Older history is still to come, or this device has no room for it, or keeps nothing at all. */
  readonly history: 'whole' | 'coming' | 'not-kept'
}

export interface AppStateDeps {
  readonly now: () => number
  readonly kitchen: boolean
  /** Of the site that the address names; without one, of the household's own. */
  readonly openMirror?: ((deps: DeviceMirrorDeps) => DeviceMirror) | undefined
  /** What the address says, which goes before the household's settings. */
  readonly options?: (settings: Settings) => NowViewOptions
}

export const createAppState = (deps: AppStateDeps): AppState => createRoot(() => createState(deps))

function createState({
  now,
  kitchen,
  openMirror = createDeviceMirror,
  options: addressed,
}: AppStateDeps): AppState {
  const [home, setHome] = createSignal<StoredHome>()
  const [updateReady, setUpdateReady] = createSignal(false)
  const [appLimit, setAppLimit] = createSignal(appLimitation())
  const [copyLimit, setCopyLimit] = createSignal<string>()
  const [changes, setChanges] = createSignal(0)
  const [minute, setMinute] = createSignal<void>(undefined, { equals: false })

  const worker = linkWorker({
    onUpdateReady: () => setUpdateReady(true),
    onRefusal: (isRefused) => setAppLimit(isRefused ? APP_NOT_KEPT : undefined),
  })
  const mirror = openMirror({
    now,
    askWorker: async (nowMs) => worker?.sync(nowMs),
    onChange: (change) => {
      if (change !== 'history' || needsHistory(home()?.state, now())) void refill()
      if (change === 'contact') return
      void thinking?.then((opened) => opened?.forget())
      setChanges((count) => count + 1)
    },
    onMemoryOnly: (why) => setCopyLimit(COPY_NOT_KEPT[why]),
  })
  let thinking: Promise<Thinking | undefined> | undefined
  const openThinking = () => {
    thinking ??= import('./think/thinking.ts').then(
      ({ createThinking }) => createThinking(mirror, () => homeNow()),
      // It could not be fetched; the next question may find the Pi.
      () => {
        thinking = undefined
        return undefined
      },
    )
    return thinking
  }
  const think: Think = async (question) => (await openThinking())?.think(question)
  const refill = latest(() => mirror.read(), setHome)
  const applyUpdate = () => worker?.applyUpdate()

  const homeNow = () => now() + correctionMs(home()?.state ?? {})
  const facts = createMemo(() => {
    const stored = home()
    return stored && homeFactsOf(stored)
  })
  const nowMs = createMemo(() => {
    minute()
    facts()
    return homeNow()
  })
  const settings = createSettings(() => home()?.state, mirror)
  // Read from the disk it is a new object each time; counted anew it is once a day.
  const tally = createMemo(() => home()?.state.tally, undefined, {
    equals: (a, b) => a?.askedAtMs === b?.askedAtMs,
  })
  const calibration = createMemo(() => {
    const counted = tally()?.tally
    return counted ? calibrationOf(counted) : undefined
  })
  const options = createMemo(() => ({
    ...nowOptions(settings.current(), calibration()),
    ...addressed?.(settings.current()),
  }))
  const view = createMemo(() => {
    const known = facts()
    const unknown = home()?.another?.unknown
    if (!known) return undefined
    const shown = nowView(known, nowMs(), options())
    return unknown === undefined ? shown : withoutSite(shown, unknown)
  })
  const health = createMemo(() => {
    const state = home()?.state
    return state?.health && { ...state.health, atMs: state.health.atMs + correctionMs(state) }
  })

  let isAskingTally = false
  const askTally = async () => {
    const state = home()?.state
    if (isAskingTally || !state || state.piLostSinceMs || !isTallyDue(state, homeNow())) return
    isAskingTally = true
    await mirror.askTally().finally(() => {
      isAskingTally = false
    })
  }
  const start = () => {
    const isKnown = (news: News) => {
      const { cursor, settings: kept } = home()?.state ?? {}
      return (
        cursor?.revision === news.revision && [undefined, kept?.version].includes(news.settings as string)
      )
    }
    const wake = keepInSync({ sync: mirror.sync, isKnown })
    const onMinute = (hasJumped: boolean) => {
      setMinute()
      void askTally()
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
    facts,
    another: () => home()?.another,
    nowMs,
    health,
    askHealth: mirror.askHealth,
    revised: () => home()?.state.revised,
    askRevisions: mirror.askRevisions,
    sites: () => home()?.state.sites,
    askSites: mirror.askSites,
    tally,
    askTally,
    think,
    loadThinking: async () => (await openThinking())?.load(),
    changes,
    copyReport: async () => {
      const copy = await mirror.store()
      return {
        firstDate: (await copy.firstDates()).prices,
        bytes: (await navigator.storage?.estimate?.())?.usage,
        // Of the copy itself: days of long ago are no reason to read for the screen anew what it shows.
        history: historyState(await copy.state(), copyLimit() === undefined),
      }
    },
    settings,
    options,
    update: { ready: updateReady, apply: applyUpdate },
    limitation: () => copyLimit() ?? appLimit(),
  }
}

/** What stands on the screen of now where there is no such home. */
const withoutSite = ({ setup: _, ...shown }: NowView, text: string): NowView => ({
  ...shown,
  headline: 'No such site',
  sentences: { short: text, long: text, full: text },
})

/** Into the memory of a page no history is fetched. */
const historyState = ({ historyBefore, historyStopped }: CopyState, isOnDisk: boolean) =>
  !historyBefore ? 'whole' : historyStopped || !isOnDisk ? 'not-kept' : 'coming'

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

const isIntervalStart = (nowMs: number, home: StoredHome | undefined): boolean =>
  Math.floor(nowMs / MINUTE_MS) % (home?.state.household?.intervalMinutes ?? 5) === 0

/** Browsers give lasting room to an app that is installed; asked for earlier, some ask the person. */
function askToKeep(kitchen: boolean): void {
  const ask = () => void navigator.storage?.persist?.().catch(() => undefined)
  if (kitchen || matchMedia('(display-mode: standalone)').matches) ask()
  window.addEventListener('appinstalled', ask)
}

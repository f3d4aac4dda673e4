// The mirror as a page sees it, whoever hosts it: the service worker, else this page; on disk, else in memory.
import {
  type CopyStore,
  type FromDate,
  type StoredHome,
  StoreTrouble,
  type StoreTroubleKind,
} from './copy.ts'
import { DATABASE, databaseOf } from './database.ts'
import { screenFrom, usageFrom } from './facts.ts'
import { createMirrorSource } from './fetch.ts'
import { CHANGES, createMirror, type Mirror, type MirrorChange, type SyncEnd } from './mirror.ts'
import { type SettingChanges, settleSettings, writeSettings } from './settings.ts'
import { createDiskStore } from './store.ts'

export interface DeviceMirrorDeps {
  /** Another site than the household's own, which has a copy of its own. */
  readonly site?: string
  readonly now: () => number
  /** Undefined: there is no worker that could do it now. */
  readonly askWorker: (nowMs: number) => Promise<SyncEnd | undefined>
  /** The copy has changed, here or in another tab: read again. */
  readonly onChange: (change: MirrorChange) => void
  /** From now on the copy is in memory only. */
  readonly onMemoryOnly: (why: StoreTroubleKind) => void
}

export interface DeviceMirror {
  /** What the screen needs. */
  read(): Promise<StoredHome>
  sync(): Promise<SyncEnd>
  /** The copy that holds, for who has to read more of it. */
  store(): Promise<CopyStore>
  /** The name of the copy on disk, where others than this page can read it; undefined: it is in memory. */
  database(): string | undefined
  /** Asks the Pi how it is and keeps what it says; without an answer, what it said last. */
  askHealth(): Promise<void>
  /** The same with what Amber has corrected of usage. */
  askRevisions(): Promise<void>
  askSites(): Promise<void>
  /** How the forecasts turned out; asks only where there is something new to be told. */
  askTally(): Promise<void>
  /** Here at once; with the next sync at the Pi. */
  writeSettings(changes: SettingChanges): Promise<void>
  /** What its user has been told of them needs not be told again. */
  settleSettings(): Promise<void>
}

export function createDeviceMirror(deps: DeviceMirrorDeps): DeviceMirror {
  const { now, askWorker, onChange, site } = deps
  const database = site === undefined ? DATABASE : databaseOf(site)
  const changes = new BroadcastChannel(CHANGES)
  changes.onmessage = ({ data }: MessageEvent<MirrorChange>) => onChange(data)
  const tellAll = (change: MirrorChange) => {
    changes.postMessage(change)
    onChange(change)
  }
  const disk = createDiskStore({ replaceNewer: true, name: database })
  const own = createMirror({
    store: disk,
    source: createMirrorSource(site),
    now,
    tell: tellAll,
    withHistory: true,
  })
  const memory = once(async (why: StoreTroubleKind) => {
    deps.onMemoryOnly(why)
    return memoryMirror(await readable(disk, now), deps)
  })
  const from = fromDates(now)
  const store = async (): Promise<CopyStore> => (await memory.made())?.store ?? disk

  return {
    async read() {
      const inMemory = memory.made()
      if (inMemory) return (await inMemory).store.read(...from)
      return disk.read(...from).catch(async (error) => {
        if (!(error instanceof StoreTrouble)) throw error
        return (await memory.make(error.kind)).store.read(...from)
      })
    },
    async sync() {
      const inMemory = memory.made()
      if (inMemory) return (await inMemory).mirror.sync()
      const end = await syncOnDisk(await askWorker(now()), own)
      return end === 'refused' || end === 'full' ? (await memory.make(end)).mirror.sync() : end
    },
    store,
    database: () => (memory.made() ? undefined : database),
    askHealth: async () => {
      const { keepHealth } = await import('./health.ts')
      if (await keepHealth(await store(), now, site)) tellAll('contact')
    },
    askRevisions: async () => {
      const part = await import('./revisions.ts').catch(notHere)
      if (await part?.keepRevisions(await store(), now(), site)) tellAll('contact')
    },
    askSites: async () => {
      const part = await import('./sites.ts').catch(notHere)
      if (await part?.keepSites(await store())) tellAll('contact')
    },
    askTally: async () => {
      const part = await import('./tally.ts').catch(notHere)
      if (await part?.keepTally(await store(), now(), site)) tellAll('contact')
    },
    writeSettings: async (changes) => {
      await writeSettings(await store(), changes, newWriter, now())
      tellAll('facts')
    },
    settleSettings: async () => {
      await settleSettings(await store())
      tellAll('facts')
    },
  }
}

/** A worker older than this page leaves the newer copy alone; so does it all where there is none. */
const syncOnDisk = async (workerEnd: SyncEnd | undefined, own: Mirror): Promise<SyncEnd> =>
  workerEnd === undefined || workerEnd === 'newer' ? own.sync() : workerEnd

async function memoryMirror(first: StoredHome | undefined, { now, onChange, site }: DeviceMirrorDeps) {
  const { createMemoryStore } = await import('./memory-store.ts')
  const store = createMemoryStore(first)
  const mirror = createMirror({
    store,
    source: createMirrorSource(site),
    now,
    tell: onChange,
    withHistory: false,
  })
  return { store, mirror }
}

/** Disk full is no reason to forget what was on the screen. */
const readable = (disk: CopyStore, now: () => number): Promise<StoredHome | undefined> =>
  disk.read(...fromDates(now)).catch(() => undefined)

const fromDates = (now: () => number): [FromDate, FromDate] => [
  (state) => screenFrom(state, now()),
  (state) => usageFrom(state, now()),
]

/** It is fetched from the Pi where no worker keeps it, and the Pi is not there: as good as no answer. */
const notHere = (): undefined => undefined

const newWriter = (): string => crypto.getRandomValues(new Uint32Array(2)).join('-')

function once<Argument, Result>(make: (argument: Argument) => Promise<Result>) {
  let made: Promise<Result> | undefined
  return {
    made: () => made,
    make: (argument: Argument) => {
      made ??= make(argument)
      return made
    },
  }
}

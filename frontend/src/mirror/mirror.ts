// Keeps the copy on this device the same as the Pi's record. No DOM: runs in the service worker or in a page, and
// remembers nothing that is not in the copy, so that either may be ended at any moment.
import { type CopyStore, StoreTrouble, type StoreTroubleKind } from './copy.ts'
import { screenFrom } from './facts.ts'
import { type MirrorSource, MirrorTrouble, type MirrorTroubleKind } from './fetch.ts'
import { sendSettings } from './settings.ts'
import { dropHistory, fillHistory, saveLost, syncDeltas } from './sync.ts'

/** How a sync ended. */
export type SyncEnd = 'synced' | MirrorTroubleKind | StoreTroubleKind

/** facts: rows, the household or the Pi's report. contact: only the link to the Pi. history: rows of long ago. */
export type MirrorChange = 'facts' | 'contact' | 'history'

/** On this BroadcastChannel whoever has changed the copy tells all others a MirrorChange. */
export const CHANGES = 'home-energy-changes'

export interface MirrorDeps {
  readonly store: CopyStore
  readonly source: MirrorSource
  readonly now: () => number
  /** Called after the change is in the copy. */
  readonly tell: (change: MirrorChange) => void
  /** Years of history belong on a disk, not into the memory of a page. */
  readonly withHistory: boolean
}

export interface Mirror {
  /** Ends with a sync that began after this call; never fails but by a mistake of ours. */
  sync(): Promise<SyncEnd>
  /** Resolves when the history is here too, or cannot be had now. */
  settled(): Promise<void>
}

export function createMirror(deps: MirrorDeps): Mirror {
  let filling: Promise<void> | undefined
  const sync = oneAtATime(async () => {
    const end = await syncOnce(deps)
    if (end === 'synced' && deps.withHistory) {
      filling ??= fillInSteps().finally(() => {
        filling = undefined
      })
    }
    return end
  })

  /** A step waits for the sync that is under way: news goes before history. */
  async function fillInSteps(): Promise<void> {
    do await sync.idle()
    while (await fillStep(deps))
  }

  return {
    sync: sync.run,
    async settled() {
      await sync.idle()
      await filling
    },
  }
}

async function syncOnce(deps: MirrorDeps): Promise<SyncEnd> {
  const sentMs = deps.now()
  try {
    deps.tell((await syncWithRoom(deps)) ? 'facts' : 'contact')
    return 'synced'
  } catch (error) {
    if (error instanceof StoreTrouble) return error.kind
    if (!(error instanceof MirrorTrouble)) throw error
    return lost(deps, sentMs, error.kind)
  }
}

async function lost(deps: MirrorDeps, sentMs: number, kind: MirrorTroubleKind): Promise<SyncEnd> {
  try {
    if (await saveLost(deps.store, { sentMs, receivedMs: deps.now() })) deps.tell('contact')
    return kind
  } catch (error) {
    if (error instanceof StoreTrouble) return error.kind
    throw error
  }
}

async function syncWithRoom(deps: MirrorDeps): Promise<boolean> {
  const exchange = async () => {
    // First, so that what the Pi then says has what was written here in it.
    const hasSent = await sendSettings(deps)
    return (await syncDeltas(deps)) || hasSent
  }
  try {
    return await exchange()
  } catch (error) {
    if (!isFull(error)) throw error
    await makeRoom(deps)
    return exchange()
  }
}

/** True: there may be more. Trouble on the way is no news: the next sync meets it too, and the fill goes on after it. */
async function fillStep(deps: MirrorDeps): Promise<boolean> {
  try {
    const step = await fillHistory(deps)
    if (step !== 'none') deps.tell('history')
    return step === 'more'
  } catch (error) {
    if (isFull(error)) await makeRoom(deps).catch(() => undefined)
    else if (!(error instanceof StoreTrouble || error instanceof MirrorTrouble)) throw error
    return false
  }
}

const makeRoom = async ({ store, now }: MirrorDeps): Promise<void> =>
  dropHistory(store, screenFrom(await store.state(), now()))

const isFull = (error: unknown): boolean => error instanceof StoreTrouble && error.kind === 'full'

/** Asked for while one runs, one more runs after it, however often it was asked for. */
function oneAtATime<Result>(task: () => Promise<Result>) {
  let running: Promise<Result> | undefined
  let next: Promise<Result> | undefined
  const start = () => {
    running = task().finally(() => {
      running = undefined
    })
    return running
  }
  const startNext = () => {
    next = undefined
    return start()
  }
  return {
    run: (): Promise<Result> => {
      if (!running) return next ?? start()
      next ??= running.then(startNext, startNext)
      return next
    },
    idle: async (): Promise<void> => {
      while (running || next) await (next ?? running)?.catch(() => undefined)
    },
  }
}

// A household on a clock that is moved by hand: the real sync, over real HTTP, against the real simulator.
import { setTimeout as realTime } from 'node:timers/promises'
import type { Database } from 'better-sqlite3'
import { floorTo, MINUTE_MS } from '#domain/interval.ts'
import { createAmberClient } from '../../backend/amber/client.ts'
import type { Faults } from '../../backend/simulator/faults.ts'
import { createSimulator, DEMO_TOKEN, type Simulator } from '../../backend/simulator/server.ts'
import { DEMO_SITE, type SimulatedSite } from '../../backend/simulator/sites.ts'
import { openGuarded } from '../../backend/store/guarded.ts'
import { keptPathOf, secure } from '../../backend/store/kept-copy.ts'
import { runSync } from '../../backend/sync/run.ts'
import { nextSyncAtMs } from '../../backend/sync/schedule.ts'
import { createFolder } from './folder.ts'

export interface HomeOptions {
  readonly startMs: number
  readonly seed: number
  readonly sites: readonly SimulatedSite[]
  readonly faults?: Faults
}

export interface Home {
  readonly clock: {
    now: number /** By how much this machine's clock is ahead of Amber's. */
    aheadMs: number
  }
  readonly faults: Faults
  readonly simulator: Simulator
  readonly url: string
  readonly path: string
  /** When each call was made, by Amber's clock. */
  readonly calls: number[]
  sites(): readonly SimulatedSite[]
  db(): Database
  /** One run at the clock's time. */
  sync(): Promise<void>
  /** Moves the clock to the next run's turn. */
  waitForTurn(everyMs?: number): void
  /** As one process ends and the next begins. */
  restart(): void
  close(): Promise<void>
}

/** Real milliseconds after which the client gives up; the household's clock moves on by what it would have waited. */
const PATIENCE_MS = 60
const PATIENCE_TOLD_MS = 12_000
/** However busy this machine is: only a fault may be a timeout. */
export const UNHURRIED_MS = 300_000

export async function openHome(options: HomeOptions): Promise<Home> {
  const { startMs, seed, sites, faults = {} } = options
  const clock = { now: startMs, aheadMs: 0 }
  const calls: number[] = []
  // An answer that comes too late: the client gives up, after the time that this takes.
  const wait = async (ms: number) => {
    clock.now += Math.min(ms, PATIENCE_TOLD_MS)
    await realTime(ms >= PATIENCE_TOLD_MS ? 10 * PATIENCE_MS : 0, undefined, { ref: false })
  }
  const simulator = createSimulator({ clock: () => clock.now, seed, sites, faults, wait })
  const { url, close } = await simulator.listen()
  const folder = createFolder()
  const path = `${folder.path}/cache.sqlite`
  const now = () => clock.now + clock.aheadMs
  const open = () => openGuarded(path, { newEpoch: () => `epoch-${clock.now}`, nowMs: now() }).db
  let db = open()
  const note = () => {
    while (calls.length < simulator.requests.length) calls.push(clock.now)
  }
  return {
    clock,
    faults,
    simulator,
    url,
    path,
    calls,
    sites: () => faults.sites ?? sites,
    db: () => db,
    sync: async () => {
      const timeoutMs = faults.delayMs ? PATIENCE_MS : UNHURRIED_MS
      const amber = createAmberClient({ baseUrl: url, token: DEMO_TOKEN, now, timeoutMs })
      const sleep = async (ms: number) => {
        note()
        clock.now += ms
      }
      await runSync({ db, amber, now, sleep, newEpoch: () => `epoch-${clock.now}` })
      note()
    },
    waitForTurn: (everyMs = 0) => {
      clock.now = nextSyncAtMs(everyMs ? floorTo(clock.now + everyMs, 5 * MINUTE_MS) : clock.now)
    },
    restart: () => {
      secure(db, keptPathOf(path))
      db.close()
      db = open()
    },
    close: async () => {
      db.close()
      await close()
      folder.remove()
    },
  }
}

/** The most calls in any five minutes. */
export function mostCallsTogether(calls: readonly number[]): number {
  let from = 0
  let most = 0
  calls.forEach((ms, index) => {
    while ((calls[from] as number) <= ms - 5 * MINUTE_MS) from += 1
    most = Math.max(most, index - from + 1)
  })
  return most
}

/** A 5-minute house with panels; one channel less than the demo's, so that a week of it takes a third less time. */
export const SOLAR_SITE: SimulatedSite = {
  ...DEMO_SITE,
  channels: DEMO_SITE.channels.filter(({ type }) => type !== 'controlledLoad'),
}

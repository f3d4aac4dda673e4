// A household, its Amber on real HTTP, and a clock that both go by.
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createAmberClient } from '../../backend/amber/client.ts'
import type { Faults } from '../../backend/simulator/faults.ts'
import { createSimulator, DEMO_TOKEN } from '../../backend/simulator/server.ts'
import { DEMO_SITE, type SimulatedSite } from '../../backend/simulator/sites.ts'
import { openForWriting } from '../../backend/store/open.ts'
import { runSync, type SyncDeps } from '../../backend/sync/run.ts'
import { nextSyncAtMs } from '../../backend/sync/schedule.ts'
import { temporaryFolder } from './temporary.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const NOW = Date.parse('2026-03-10T10:00:25+10:00')
export const ALWAYS = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER / 4 }

/** Not much history, so that little has to be fetched. */
export const NEW_CUSTOMER = { ...DEMO_SITE, activeFrom: '2026-03-08' }

/** For an Amber that does not answer; one that does may be slow, as the machine has much to do. */
const IMPATIENT_MS = 200
const PATIENT_MS = 30_000

export interface HomeOptions {
  readonly sites?: SimulatedSite[]
  readonly faults?: Faults
  readonly now?: number
  /** By how much this machine's clock is ahead of the true time. */
  readonly aheadMs?: number
}

/** Sleeping moves the clock. `clock.now` is the true time, by which Amber goes. */
export async function household(options: HomeOptions = {}) {
  const clock = { now: options.now ?? NOW, aheadMs: options.aheadMs ?? 0 }
  const machine = () => clock.now + clock.aheadMs
  const faults = options.faults ?? {}
  const simulator = createSimulator({
    clock: () => clock.now,
    faults,
    sites: options.sites ?? [NEW_CUSTOMER],
  })
  const { url, close } = await simulator.listen()
  onTestFinished(close)
  const path = join(temporaryFolder(), 'cache.sqlite')
  const db = openForWriting(path, () => 'epoch-1')
  // No test pulls the plug on this one.
  db.pragma('synchronous = OFF')
  onTestFinished(() => void db.close())
  const slept: number[] = []
  const client = (token = DEMO_TOKEN, baseUrl = url) =>
    createAmberClient({ baseUrl, token, now: machine, timeoutMs: faults.delayMs ? IMPATIENT_MS : PATIENT_MS })
  const sync = (amber = client(), more: Partial<SyncDeps> = {}) =>
    runSync({
      db,
      amber,
      now: machine,
      sleep: async (ms) => {
        slept.push(ms)
        clock.now += ms
      },
      ...more,
    })
  /** As the timer runs them, until that time has passed; says when each call was made. */
  const syncsFor = async (ms: number, more: Partial<SyncDeps> = {}) => {
    const calls: number[] = []
    const amber = noted(client(), () => calls.push(clock.now))
    for (const untilMs = clock.now + ms; clock.now < untilMs; clock.now = nextSyncAtMs(clock.now))
      await sync(amber, more)
    return calls
  }
  const paths = () =>
    simulator.requests.map(({ path }) => path.replace(/^\/v1/, '').replace(/\/sites\/\w{26}/, ''))
  return { clock, faults, simulator, db, path, slept, client, sync, syncsFor, paths, url }
}

type Client = ReturnType<typeof createAmberClient>

const noted = (amber: Client, note: () => void): Client =>
  new Proxy(amber, {
    get:
      (target, name: keyof Client) =>
      (...args: never[]) => {
        note()
        return (target[name] as (...all: never[]) => unknown)(...args)
      },
  })

/** The most calls in any five minutes. */
export const mostInAWindow = (calls: readonly number[]): number =>
  Math.max(0, ...calls.map((from) => calls.filter((ms) => ms >= from && ms < from + 5 * MINUTE).length))

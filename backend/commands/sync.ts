// One refresh, then the end. The only process that knows the token.
import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { createAmberClient } from '../amber/client.ts'
import type { Config } from '../config.ts'
import type { Outside } from '../main.ts'
import { createSimulator, DEMO_TOKEN } from '../simulator/server.ts'
import { ledger, startOver } from '../store/ledger.ts'
import { openForWriting } from '../store/open.ts'
import { knownSites } from '../store/sites.ts'
import type { SyncRun } from '../store/sync-runs.ts'
import { takeLock } from '../sync/lock.ts'
import { runSync } from '../sync/run.ts'
import { configured, EXIT_CONFIG } from './configured.ts'

/** As a shell reports a process that was told to end. */
const STOPPED = 143

export async function syncCommand(outside: Outside): Promise<number> {
  const config = configured(outside)
  if (!config) return EXIT_CONFIG
  try {
    const db = openForWriting(config.sqlitePath, randomUUID)
    const lock = takeLock(`${config.sqlitePath}.lock`)
    if (!lock) {
      outside.log('sync: another sync is running; leaving it to that one')
      db.close()
      return 0
    }
    try {
      const stopped = outside.stop.then(() => STOPPED)
      const code = await Promise.race([refresh(outside, config, db), stopped])
      if (code === STOPPED) outside.log('sync: stopped; what was fetched is kept')
      return code
    } finally {
      db.close()
      lock.release()
    }
  } catch (error) {
    outside.log(`sync: ${(error as Error).message}`)
    return 1
  }
}

async function refresh(outside: Outside, config: Config, db: Database): Promise<number> {
  const demo = config.amberToken === undefined
  if (!prepareFor(db, demo)) {
    outside.log('sync: AMBER_TOKEN is missing, but the cache holds a real household; keeping it as it is')
    return EXIT_CONFIG
  }
  const source = demo ? await demoAmber(outside) : { baseUrl: config.amberApiUrl, token: config.amberToken }
  try {
    const amber = createAmberClient({
      baseUrl: source.baseUrl,
      token: source.token,
      now: outside.now,
      ...(config.debug && { trace: (line: string) => outside.log(`amber: ${line}`) }),
    })
    const run = await runSync({
      db,
      amber,
      now: outside.now,
      sleep: outside.sleep,
      onWait: (untilMs) =>
        outside.log(`sync: the running price is an estimate; asking again at ${clockTime(untilMs)}`),
      siteId: config.amberSiteId,
    })
    outside.log(`sync: ${sentence(run)}`)
    return 0
  } finally {
    await source.close?.()
  }
}

/** The demo's facts make room for a real household's; never the other way round. */
function prepareFor(db: Database, demo: boolean): boolean {
  if (ledger(db).demo === demo) return true
  const holdsFacts = knownSites(db).length > 0
  if (demo && holdsFacts) return false
  startOver(db, randomUUID(), { demo })
  return true
}

interface Source {
  readonly baseUrl: string
  readonly token: string
  readonly close?: () => Promise<void>
}

/** The simulator is a function of the clock, so one that lives for a single sync tells the same story as the last. */
async function demoAmber({ now }: Outside): Promise<Source> {
  const { url, close } = await createSimulator({ clock: now }).listen()
  return { baseUrl: url, token: DEMO_TOKEN, close }
}

function sentence({ outcome, amberRequests, message }: SyncRun): string {
  const calls = `${amberRequests} ${amberRequests === 1 ? 'call' : 'calls'} to Amber`
  const kept = outcome === 'ok' || outcome === 'partial' ? '' : '; the cache was kept'
  return `${outcome}, ${calls}${message ? `: ${message}` : ''}${kept}`
}

const clockTime = (ms: number): string => `${new Date(ms).toISOString().slice(11, 19)} UTC`

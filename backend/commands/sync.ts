// One refresh, then the end. The only process that knows the token, and the only one that may replace the database.
import { createHash, randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { settingsOf } from '#domain/settings/settings-record.ts'
import { createAmberClient } from '../amber/client.ts'
import type { Config } from '../config.ts'
import type { Outside } from '../main.ts'
import { createSimulator, DEMO_TOKEN } from '../simulator/server.ts'
import { keptPathOf, secure } from '../store/kept-copy.ts'
import { ledger, startOver } from '../store/ledger.ts'
import { keepFromDate } from '../store/prune.ts'
import { createSettingsFile, settingsFilePath } from '../store/settings-file.ts'
import { knownSites } from '../store/sites.ts'
import type { SyncRun } from '../store/sync-runs.ts'
import { damageOf, storeTrouble } from '../store/trouble.ts'
import { takeLock } from '../sync/lock.ts'
import { runSync } from '../sync/run.ts'
import { configured, EXIT_CONFIG } from './configured.ts'
import { openStore } from './open-store.ts'
import { clockSentence, runSentence } from './sync-words.ts'

/** As a shell reports a process that was told to end. */
const STOPPED = 143

export async function syncCommand(outside: Outside): Promise<number> {
  const config = configured(outside)
  if (!config) return EXIT_CONFIG
  try {
    const lock = takeLock(config.sqlitePath)
    if (!lock) {
      outside.log('sync: another sync is running; leaving it to that one')
      return 0
    }
    try {
      return await syncOnce(outside, config)
    } finally {
      lock.release()
    }
  } catch (error) {
    outside.log(`sync: ${(storeTrouble(error, config.sqlitePath) as Error).message}`)
    return 1
  }
}

/** A damaged page may be met only when it is read: then the file is set aside, and the sync begins again with a new one. */
async function syncOnce(outside: Outside, config: Config): Promise<number> {
  try {
    return await withStore(outside, config, {})
  } catch (error) {
    if (!damageOf(error)) throw error
    return await withStore(outside, config, { isSuspect: true })
  }
}

async function withStore(
  outside: Outside,
  config: Config,
  options: { isSuspect?: boolean },
): Promise<number> {
  const db = openStore(outside, config, options)
  try {
    const stopped = outside.stop.then(() => STOPPED)
    const code = await Promise.race([refresh(outside, config, db), stopped])
    if (code === STOPPED) outside.log('sync: stopped; what was fetched is kept')
    return code
  } finally {
    db.close()
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
    const run = await runFrom(outside, config, db, source)
    const words = [runSentence(run), clockSentence(run)].filter((sentence) => sentence !== undefined)
    for (const sentence of words) outside.log(`sync: ${sentence}`)
    secure(db, keptPathOf(config.sqlitePath), keepFrom(config, db, run))
    return 0
  } finally {
    await source.close?.()
  }
}

function runFrom(
  outside: Outside,
  config: Config,
  db: Database,
  { baseUrl, token }: Source,
): Promise<SyncRun> {
  const { now, sleep, log } = outside
  const trace = (line: string) => log(`amber: ${line}`)
  return runSync({
    db,
    amber: createAmberClient({ baseUrl, token, now, ...(config.debug && { trace }) }),
    now,
    sleep,
    onWait: (untilMs) => log(`sync: the running price is not settled; asking again at ${clockTime(untilMs)}`),
    siteId: config.amberSiteId,
    chosenSiteId: settingsOf(createSettingsFile(settingsFilePath(config.sqlitePath)).read()).siteId,
    retentionDays: config.retentionDays,
    onPrune: (days, date) => log(`sync: dropped ${days} days of facts older than ${date} (RETENTION_DAYS)`),
    tokenMark: markOf(token, ledger(db).epoch),
  })
}

/** Enough to tell a new token from the one that was refused, too little to tell anything of either. */
const markOf = (token: string, salt: string): string =>
  createHash('sha256').update(`${salt} ${token}`).digest('hex').slice(0, 8)

/** Only by a time that Amber has told. */
const keepFrom = ({ retentionDays }: Config, db: Database, { answeredAtMs }: SyncRun) =>
  answeredAtMs === undefined ? undefined : keepFromDate(db, retentionDays, answeredAtMs)

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

const clockTime = (ms: number): string => `${new Date(ms).toISOString().slice(11, 19)} UTC`

// A whole household in one process: Amber (the simulator), sync, database, server, on real HTTP, and one clock for all.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { SettingsRecord } from '#domain/settings/settings-record.ts'
import { createAmberClient } from '../../backend/amber/client.ts'
import { frontEndFolder } from '../../backend/front-end-build.ts'
import { watchChanges } from '../../backend/http/changes.ts'
import { type HomeServer, listen, type ServerSettings, type Surroundings } from '../../backend/http/server.ts'
import type { Faults } from '../../backend/simulator/faults.ts'
import { createSimulator, DEMO_TOKEN } from '../../backend/simulator/server.ts'
import { DEMO_SITE, type SimulatedSite } from '../../backend/simulator/sites.ts'
import { ledger, startOver } from '../../backend/store/ledger.ts'
import { openForWriting } from '../../backend/store/open.ts'
import { createReader } from '../../backend/store/reader.ts'
import { createSettingsFile, settingsFilePath } from '../../backend/store/settings-file.ts'
import type { SyncRun } from '../../backend/store/sync-runs.ts'
import { runSync } from '../../backend/sync/run.ts'
import { readVersion } from '../../backend/version.ts'

export const MINUTE = 60_000
const ROOT = join(import.meta.dirname, '../..')

export interface Home {
  readonly clock: { now: number }
  readonly faults: Faults
  readonly url: string
  /** What the syncs write into. */
  readonly db: ReturnType<typeof openForWriting>
  /** Undefined where no certificate was given. */
  httpsPort(): number | undefined
  /** Amber can be asked, and is. */
  sync(): Promise<SyncRun>
  /** The internet is gone: the next syncs find nobody. */
  cutInternet(): void
  /** And here again. */
  restoreInternet(): void
  start(): Promise<void>
  stop(): Promise<void>
  close(): Promise<void>
}

export interface HomeOptions {
  readonly now: string
  readonly site?: SimulatedSite
  /** Where the account has several, or none. */
  readonly sites?: SimulatedSite[]
  /** As AMBER_SITE_ID names it. */
  readonly siteId?: string
  readonly demo?: boolean
  readonly synced?: boolean
  /** A database to go on from: a copy of it. */
  readonly goesOnFrom?: string
  /** What the household has entered. */
  readonly entered?: SettingsRecord
  /** What Amber does from the beginning on. */
  readonly faults?: Faults
  /** What no simulator would tell: done to the database before anything is served. */
  readonly alter?: (db: ReturnType<typeof openForWriting>) => void
  /** Beside the host and the port, which are chosen here. */
  readonly settings?: Omit<Partial<ServerSettings>, 'host' | 'port'>
  readonly hostNames?: readonly string[]
  /** Default: that of this machine. */
  readonly surroundings?: Surroundings
}

/** Serving, and (unless told otherwise) synced once. */
export async function openHome({
  now,
  site = newCustomer(DEMO_SITE, now),
  sites = [site],
  siteId,
  demo = false,
  synced = true,
  goesOnFrom,
  entered,
  faults = {},
  alter,
  settings = {},
  hostNames = [],
  surroundings,
}: HomeOptions): Promise<Home> {
  const folder = mkdtempSync(join(tmpdir(), 'home-energy-e2e-'))
  const path = join(folder, 'cache.sqlite')
  const clock = { now: Date.parse(now) }
  const amber = await createSimulator({ clock: () => clock.now, sites, faults }).listen()
  if (goesOnFrom) copyFileSync(goesOnFrom, path)
  const db = openForWriting(path, () => 'epoch-1')
  if (entered) createSettingsFile(settingsFilePath(path)).merge(entered)
  if (demo) startOver(db, `${ledger(db).epoch}-demo`, { demo })
  let baseUrl = amber.url
  let server: HomeServer | undefined
  let port = 0

  const reader = createReader(path)
  const start = async () => {
    const household = createSettingsFile(settingsFilePath(path))
    const changes = watchChanges(reader, { everyMs: 50, also: household.version })
    const running = await listen(
      {
        reader,
        changes,
        settings: { siteId },
        now: () => clock.now,
        startedAtMs: clock.now,
        version: readVersion(ROOT).version,
        commit: 'abc1234',
        hostNames,
        frontEnd: frontEndFolder(ROOT),
        log: (line) => console.error(line),
      },
      { sqlitePath: path, ...settings, host: '127.0.0.1', port },
      surroundings,
    )
    port = running.port
    server = { ...running, close: () => running.close().then(() => changes.close()) }
  }
  const stop = async () => {
    await server?.close()
    server = undefined
  }
  const sync = () =>
    runSync({
      db,
      amber: createAmberClient({ baseUrl, token: DEMO_TOKEN, now: () => clock.now, timeoutMs: 5000 }),
      siteId,
      now: () => clock.now,
      sleep: async (ms) => {
        clock.now += ms
      },
    })

  if (synced) await sync()
  alter?.(db)
  await start()
  return {
    clock,
    faults,
    db,
    url: `http://127.0.0.1:${port}`,
    httpsPort: () => server?.https()?.port,
    sync,
    cutInternet: () => {
      baseUrl = 'http://127.0.0.1:9/v1'
    },
    restoreInternet: () => {
      baseUrl = amber.url
    },
    start,
    stop,
    close: async () => {
      await stop()
      await amber.close()
      reader.close()
      db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** With Amber for a few days only: there is little to fetch. */
export const newCustomer = (site: SimulatedSite, now: string): SimulatedSite => ({
  ...site,
  activeFrom: new Date(Date.parse(now) - 3 * 24 * 60 * MINUTE).toISOString().slice(0, 10),
})

export interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  /** What a visitor must never cause: console errors, exceptions, requests to another origin. */
  readonly complaints: string[]
}

export interface VisitOptions {
  readonly width: number
  readonly height: number
  readonly theme?: 'light' | 'dark'
  readonly path?: string
}

/** The page's clock goes on from the home's; it is moved with `page.clock`. */
export async function visit(browser: Browser, home: Home, options: VisitOptions): Promise<Visit> {
  const { width, height, theme = 'light', path = '/' } = options
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    timezoneId: 'Europe/London',
    locale: 'en-AU',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`))
  page.on('console', (message) => {
    // A server that is gone is reported by the browser itself; that is no fault of the page.
    if (
      message.type() === 'error' &&
      !/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|status of 50\d/.test(message.text())
    )
      complaints.push(`console: ${message.text()} (${message.location().url})`)
  })
  context.on('request', (request) => {
    if (!request.url().startsWith(home.url) && !request.url().startsWith('data:'))
      complaints.push(`request: ${request.url()}`)
  })
  await page.clock.install({ time: home.clock.now })
  await page.goto(home.url + path)
  return { context, page, complaints }
}

/** The page's own service worker is in charge: from now on it opens without the server. */
export async function whenKept(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.waitForFunction(async () => {
    const names = await caches.keys()
    const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length))
    return kept.some((count) => count > 3)
  })
}

export async function moveClocks(home: Home, page: Page, ms: number): Promise<void> {
  home.clock.now += ms
  await page.clock.fastForward(ms)
}

// A browser page with the app's state in it, the real service worker beside it, and a Pi; new ones for every test.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { launchBrowser } from '../../browser.ts'
import { bundle, servedPage, servedScript } from './bundle.ts'
import { createFakePi, type FakePi, type ServedFile } from './fake-pi.ts'
import { HOUSEHOLD, liveFrom, meteredDays, NOW_MS, settledDays } from './home.ts'
import type {} from './state-page.ts'

interface Build {
  readonly page: string
  readonly worker: string
}
const BUILDS = ['1', '2'] as const
let published: Build
export let browser: Browser
export let builds: Build[]
export let context: BrowserContext
export let pi: FakePi

/** What the server serves from now on. */
export const publish = (build: Build): void => {
  published = build
}

/** Called once at the top of a test file. */
export function useStateLab(): void {
  beforeAll(async () => {
    browser = await launchBrowser()
    builds = await Promise.all(BUILDS.map(buildApp))
  })
  afterAll(() => browser?.close())

  beforeEach(async () => {
    publish(builds[0]!)
    const files = () =>
      new Map<string, ServedFile>([
        ['/index.html', servedPage('/page.js')],
        [
          '/sandboxed',
          { ...servedPage('/page.js'), headers: { 'content-security-policy': 'sandbox allow-scripts' } },
        ],
        ['/page.js', servedScript(published.page)],
        ['/service-worker.js', servedScript(published.worker)],
        ['/setup', { type: 'text/html', body: '<title>The server speaks</title>' }],
      ])
    pi = await createFakePi({ now: () => NOW_MS, household: HOUSEHOLD, files })
    pi.savePrices(settledDays(2))
    pi.saveUsage(meteredDays(1))
    pi.saveLive(liveFrom(NOW_MS))
    context = await browser.newContext()
  })
  afterEach(async () => {
    await context.close()
    await pi.stop()
  })
}

async function buildApp(name: string): Promise<Build> {
  const manifest = ['/index.html', '/page.js'].map((url) => ({ url, revision: name }))
  return {
    page: await bundle('./state-page.ts', { define: { BUILD: `"${name}"` } }),
    worker: await bundle('../../../frontend/src/worker/service-worker.ts', {
      format: 'iife',
      define: { 'self.__WB_MANIFEST': JSON.stringify(manifest) },
    }),
  }
}

export async function openPage(
  query = '',
  origin = pi.url,
  inContext = context,
  nowMs = NOW_MS,
): Promise<Page> {
  const page = await inContext.newPage()
  await page.goto(`${origin}/?now=${nowMs}${query}`)
  await hasView(page)
  return page
}

export const hasView = (page: Page) =>
  page.waitForFunction(() => window.statePage?.state.view() !== undefined)
export const controlled = (page: Page) =>
  page.waitForFunction(() => navigator.serviceWorker.controller !== null)
export const view = (page: Page) => page.evaluate(() => window.statePage.state.view()!)
export const limitation = (page: Page) => page.evaluate(() => window.statePage.state.limitation())
export const shows = (page: Page, price: string, options = {}) =>
  page.waitForFunction((text) => window.statePage?.state.view()?.price?.text === text, price, options)
export const isCertain = (page: Page, certainty: string, options = {}) =>
  page.waitForFunction((word) => window.statePage?.state.view()?.certainty === word, certainty, options)
export const isLost = (page: Page) =>
  page.waitForFunction(() =>
    window.statePage?.state.view()?.status.links.startsWith('Your Pi can’t be reached'),
  )
export const setClock = (page: Page, nowMs: number) =>
  page.evaluate((ms) => window.statePage.setClock(ms), nowMs)

/** A page that its worker controls and that has its prices. */
export async function controlledPage(query = '', nowMs = NOW_MS): Promise<Page> {
  const page = await openPage(query, pi.url, context, nowMs)
  await shows(page, '24c')
  await controlled(page)
  return page
}

/** Comes back into sight, as a phone does that is taken out of a pocket. */
export const lookAt = (page: Page) =>
  page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))

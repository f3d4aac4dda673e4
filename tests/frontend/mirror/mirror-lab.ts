// A browser page with the mirror in it and a Pi for it to copy; new ones for every test.
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { launchBrowser } from '../../browser.ts'
import { bundle, servedPage, servedScript } from './bundle.ts'
import { createFakePi, type FakePi } from './fake-pi.ts'
import { HOUSEHOLD, liveFrom, meteredDays, NOW_MS, settledDays } from './home.ts'
import type {} from './mirror-page.ts'

let browser: Browser
let script: string
let context: BrowserContext
let piNowMs: number
export let pi: FakePi

export const setPiClock = (nowMs: number): void => {
  piNowMs = nowMs
}

/** Called once at the top of a test file. */
export function useMirrorLab(): void {
  beforeAll(async () => {
    ;[browser, script] = await Promise.all([launchBrowser(), bundle('./mirror-page.ts')])
  })
  afterAll(() => browser?.close())

  beforeEach(async () => {
    piNowMs = NOW_MS
    const files = new Map([
      ['/index.html', servedPage('/page.js')],
      ['/page.js', servedScript(script)],
    ])
    pi = await createFakePi({ now: () => piNowMs, household: HOUSEHOLD, files: () => files, pageRows: 40 })
    context = await browser.newContext()
  })
  afterEach(async () => {
    await context.close()
    await pi.stop()
  })
}

export async function openPage(nowMs = NOW_MS): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${pi.url}/?now=${nowMs}`)
  await page.waitForFunction(() => window.mirrorPage !== undefined)
  return page
}

export const sync = (page: Page) => page.evaluate(() => window.mirrorPage.own.sync())
export const settle = (page: Page) => page.evaluate(() => window.mirrorPage.own.settled())
export const disk = (page: Page) => page.evaluate(() => window.mirrorPage.disk())
export const changes = (page: Page) => page.evaluate(() => window.mirrorPage.changes.splice(0))
export const setClock = (page: Page, nowMs: number) =>
  page.evaluate((ms) => {
    window.mirrorPage.clock.nowMs = ms
  }, nowMs)
export const facts = (page: Page) =>
  page.evaluate(async () => window.mirrorPage.homeFactsOf(await window.mirrorPage.device.read()))
export const state = async (page: Page) => (await disk(page)).state

/** From now on `window.writes` counts the records that are written. */
export const countWrites = (page: Page) =>
  page.evaluate(() => {
    const counted = Object.assign(window, { writes: 0 })
    const { put } = IDBObjectStore.prototype
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...record: Parameters<typeof put>) {
      counted.writes += 1
      return put.apply(this, record)
    }
  })

/** The first answer of a home with ten days of prices and five of usage. */
export async function filledPage(): Promise<Page> {
  pi.savePrices(settledDays(10))
  pi.saveUsage(meteredDays(5))
  pi.saveLive(liveFrom(NOW_MS))
  const page = await openPage()
  expect(await sync(page)).toBe('synced')
  await settle(page)
  await changes(page)
  return page
}

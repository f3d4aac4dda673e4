import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../browser.ts'
import { bundle, servedPage, servedScript } from './bundle.ts'
import { createFakePi, type FakePi, type ServedFile } from './fake-pi.ts'
import { HOUSEHOLD, liveFrom, NOW_MS, SOON, settledDays } from './home.ts'
import type {} from './mirror-page.ts'

let browser: Browser
let script: string
let context: BrowserContext
let pi: FakePi

beforeAll(async () => {
  ;[browser, script] = await Promise.all([launchBrowser(), bundle('./mirror-page.ts')])
})
afterAll(() => browser?.close())

beforeEach(async () => {
  const files = new Map<string, ServedFile>([
    ['/index.html', servedPage('/page.js')],
    // A page of an opaque origin: the browser itself refuses it every kind of storage.
    [
      '/sandboxed',
      { ...servedPage('/page.js'), headers: { 'content-security-policy': 'sandbox allow-scripts' } },
    ],
    ['/page.js', servedScript(script)],
    ['/blank', { type: 'text/html', body: '<!doctype html><title>blank</title>' }],
  ])
  pi = await createFakePi({ now: () => NOW_MS, household: HOUSEHOLD, files: () => files })
  pi.savePrices(settledDays(2))
  pi.saveLive(liveFrom(NOW_MS))
  context = await browser.newContext()
})
afterEach(async () => {
  await context.close()
  await pi.stop()
})

async function openPage(path = '/'): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${pi.url}${path}?now=${NOW_MS}`)
  await page.waitForFunction(() => window.mirrorPage !== undefined)
  return page
}

const disk = (page: Page) => page.evaluate(() => window.mirrorPage.disk())
const sync = (page: Page) => page.evaluate(() => window.mirrorPage.device.sync())
const priceCount = (page: Page) =>
  page.evaluate(
    async () => window.mirrorPage.homeFactsOf(await window.mirrorPage.device.read()).prices.length,
  )
const memoryOnly = (page: Page) => page.evaluate(() => window.mirrorPage.memoryOnly)

/**
 * From now on every write ends as on a device without room: accepted, then the transaction falls. (Chromium's own
 * switch for a small quota does not reach IndexedDB.)
 */
const fillDevice = (page: Page, { untilRowsAreDeleted }: { untilRowsAreDeleted: boolean }) =>
  page.evaluate((isMendable) => {
    const { put, delete: remove } = IDBObjectStore.prototype
    let isFull = true
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...record: Parameters<typeof put>) {
      const request = put.apply(this, record)
      if (isFull) this.transaction.abort()
      return request
    }
    IDBObjectStore.prototype.delete = function (this: IDBObjectStore, ...key: Parameters<typeof remove>) {
      if (isMendable) isFull = false
      return remove.apply(this, key)
    }
    const error = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'error')!
    Object.defineProperty(IDBTransaction.prototype, 'error', {
      get(this: IDBTransaction) {
        return isFull ? new DOMException('no room', 'QuotaExceededError') : error.get!.call(this)
      },
    })
  }, untilRowsAreDeleted)

/** The copy as a newer version of the app would have left it. */
async function leaveNewerCopy(version: number) {
  const page = await context.newPage()
  await page.goto(`${pi.url}/blank`)
  await page.evaluate(
    (newer) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('home-energy', newer)
        request.onupgradeneeded = () => request.result.createObjectStore('somethingNew')
        request.onerror = () => reject(request.error)
        request.onsuccess = () => {
          request.result.close()
          resolve()
        }
      }),
    version,
  )
  await page.close()
}

describe('a copy that cannot be used', () => {
  it('because a newer app wrote it is begun anew', async () => {
    await leaveNewerCopy(99)
    const page = await openPage()
    expect(await sync(page)).toBe('synced')
    expect(await priceCount(page)).toBeGreaterThan(0)
    expect(await memoryOnly(page)).toEqual([])
    expect(await page.evaluate(async () => (await window.mirrorPage.openDB('home-energy')).version)).toBe(1)
  })

  it('because a newer app wrote it is left alone by a worker of the older one', async () => {
    await leaveNewerCopy(99)
    const page = await openPage()
    const end = await page.evaluate(() => window.mirrorPage.asWorker.sync())
    expect(end).toBe('newer')
    expect(await page.evaluate(async () => (await window.mirrorPage.openDB('home-energy')).version)).toBe(99)
  })

  it('because the browser has lost a record is begun anew, and what was written here stays', async () => {
    const page = await openPage()
    await sync(page)
    await page.evaluate(() => window.mirrorPage.device.writeSettings({ billingDay: 17 }))
    await page.evaluate(() => {
      const { getAll } = IDBObjectStore.prototype
      IDBObjectStore.prototype.getAll = () => {
        IDBObjectStore.prototype.getAll = getAll
        throw new DOMException('Failed to read large IndexedDB value', 'DataError')
      }
    })
    expect(await priceCount(page)).toBe(0)
    expect((await disk(page)).state).toMatchObject({ settings: { isPending: true } })
    expect(await sync(page)).toBe('synced')
    expect(pi.settings().billingDay?.value).toBe(17)
    expect(await priceCount(page)).toBeGreaterThan(0)
    expect(await memoryOnly(page)).toEqual([])
  })

  it('because it lacks its stores is begun anew', async () => {
    await leaveNewerCopy(1)
    const page = await openPage()
    expect(await sync(page)).toBe('synced')
    expect(await priceCount(page)).toBeGreaterThan(0)
    expect(await memoryOnly(page)).toEqual([])
  })

  it('because the browser refuses is kept in memory, and the screen has its prices all the same', async () => {
    const page = await openPage('/sandboxed')
    expect(await priceCount(page)).toBe(0)
    expect(await sync(page)).toBe('synced')
    expect(await priceCount(page)).toBe(settledDays(2).length + liveFrom(NOW_MS).length)
    expect(await memoryOnly(page)).toEqual(['refused'])
    pi.faults.set('delta', 'server-error')
    expect(await sync(page)).toBe('server-error')
    expect(await priceCount(page)).toBeGreaterThan(0)
  })

  it('in memory holds no years of history', async () => {
    pi.savePrices(settledDays(20))
    const page = await openPage('/sandboxed')
    await sync(page)
    await sync(page)
    expect(pi.mirrorAsked().some(({ query }) => query.before)).toBe(false)
  })

  it('because the device is full goes on in memory from what was on the screen', async () => {
    const page = await openPage()
    await sync(page)
    const before = await priceCount(page)
    await fillDevice(page, { untilRowsAreDeleted: false })
    pi.faults.set('delta', 'server-error')
    await sync(page)
    expect(await memoryOnly(page)).toEqual(['full'])
    expect(await priceCount(page)).toBe(before)
    pi.faults.delete('delta')
    pi.savePrices([{ ...settledDays(1)[0]!, channel: 'feedIn' }])
    expect(await sync(page)).toBe('synced')
    expect(await priceCount(page)).toBe(before + 1)
  })

  it('in the middle of filling its history knows from where on it is missing', async () => {
    pi.savePrices(settledDays(20))
    pi.faults.set('history', 'server-error')
    const page = await openPage()
    await sync(page)
    await fillDevice(page, { untilRowsAreDeleted: true })
    pi.saveLive(liveFrom(NOW_MS, 66))
    expect(await sync(page)).toBe('synced')
    expect((await disk(page)).state).toMatchObject({ historyBefore: '2026-03-08', historyStopped: true })
  })

  it('gives up its history before it gives up the present', async () => {
    pi.savePrices(settledDays(20))
    const page = await openPage()
    expect(await sync(page)).toBe('synced')
    await expect.poll(async () => (await disk(page)).priceDays.length, SOON).toBe(20)
    await fillDevice(page, { untilRowsAreDeleted: true })
    pi.saveLive(liveFrom(NOW_MS, 66))
    expect(await sync(page)).toBe('synced')
    expect(await memoryOnly(page)).toEqual([])
    const { priceDays, live, state } = await disk(page)
    expect(priceDays.map(({ date }) => date)).toEqual([
      '2026-03-06',
      '2026-03-07',
      '2026-03-08',
      '2026-03-09',
      '2026-03-10',
    ])
    expect(live[0]?.centsPerKwh).toBe(66)
    expect(state).toMatchObject({ historyBefore: '2026-03-06', historyStopped: true })
    await sync(page)
    expect(pi.mirrorAsked().at(-1)?.query.before).toBeUndefined()
  })
})

describe('a connection to the copy', () => {
  it('lets go when another tab deletes it, and opens again', async () => {
    const page = await openPage()
    await sync(page)
    const other = await openPage()
    const outcome = await other.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const request = indexedDB.deleteDatabase('home-energy')
          request.onsuccess = () => resolve('deleted')
          request.onerror = () => resolve('failed')
        }),
    )
    expect(outcome).toBe('deleted')
    expect(await sync(page)).toBe('synced')
    expect(await priceCount(page)).toBeGreaterThan(0)
  })

  it('lets go when a newer app upgrades, and takes the copy back when that one is gone', async () => {
    const page = await openPage()
    await sync(page)
    await leaveNewerCopy(2)
    expect(await sync(page)).toBe('synced')
    expect(await priceCount(page)).toBeGreaterThan(0)
  })
})

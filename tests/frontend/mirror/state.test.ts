import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import { launchBrowser } from '../../browser.ts'
import { bundle, servedPage, servedScript } from './bundle.ts'
import { createFakePi, type FakePi, type ServedFile } from './fake-pi.ts'
import { HOUSEHOLD, liveFrom, meteredDays, NOW_MS, settledDays } from './home.ts'
import type {} from './state-page.ts'

/** What is promised of a lost Pi's return. */
const LIVE_AGAIN_WITHIN = { timeout: 10 * SECOND_MS }

let browser: Browser
let builds: { page: string; worker: string }[]
let context: BrowserContext
let pi: FakePi
let piNowMs: number
let build: number

beforeAll(async () => {
  browser = await launchBrowser()
  builds = [await buildApp(1), await buildApp(2)]
})
afterAll(() => browser?.close())

async function buildApp(number: number) {
  const manifest = ['/index.html', '/page.js'].map((url) => ({ url, revision: String(number) }))
  return {
    page: await bundle('./state-page.ts', { define: { BUILD: `"${number}"` } }),
    worker: await bundle('../../../frontend/src/worker/service-worker.ts', {
      format: 'iife',
      define: { 'self.__WB_MANIFEST': JSON.stringify(manifest) },
    }),
  }
}

beforeEach(async () => {
  piNowMs = NOW_MS
  build = 0
  const files = () =>
    new Map<string, ServedFile>([
      ['/index.html', servedPage('/page.js')],
      [
        '/sandboxed',
        { ...servedPage('/page.js'), headers: { 'content-security-policy': 'sandbox allow-scripts' } },
      ],
      ['/page.js', servedScript(builds[build]!.page)],
      ['/service-worker.js', servedScript(builds[build]!.worker)],
      ['/setup', { type: 'text/html', body: '<title>The server speaks</title>' }],
    ])
  pi = await createFakePi({ now: () => piNowMs, household: HOUSEHOLD, files })
  pi.savePrices(settledDays(2))
  pi.saveUsage(meteredDays(1))
  pi.saveLive(liveFrom(NOW_MS))
  context = await browser.newContext()
})
afterEach(async () => {
  await context.close()
  await pi.stop()
})

async function openPage(query = '', origin = pi.url, inContext = context, nowMs = NOW_MS): Promise<Page> {
  const page = await inContext.newPage()
  await page.goto(`${origin}/?now=${nowMs}${query}`)
  await hasView(page)
  return page
}

const hasView = (page: Page) => page.waitForFunction(() => window.statePage?.state.view() !== undefined)
const controlled = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null)
const view = (page: Page) => page.evaluate(() => window.statePage.state.view()!)
const limitation = (page: Page) => page.evaluate(() => window.statePage.state.limitation())
const shows = (page: Page, price: string, options = {}) =>
  page.waitForFunction((text) => window.statePage?.state.view()?.price?.text === text, price, options)
const isCertain = (page: Page, certainty: string, options = {}) =>
  page.waitForFunction((word) => window.statePage?.state.view()?.certainty === word, certainty, options)
const isLost = (page: Page) =>
  page.waitForFunction(() =>
    window.statePage?.state.view()?.status.links.startsWith('Your Pi can’t be reached'),
  )
const setClock = (page: Page, nowMs: number) => page.evaluate((ms) => window.statePage.setClock(ms), nowMs)

/** A page that its worker controls and that has its prices. */
async function controlledPage(query = '', nowMs = NOW_MS): Promise<Page> {
  const page = await openPage(query, pi.url, context, nowMs)
  await shows(page, '24c')
  await controlled(page)
  return page
}

/** Comes back into sight, as a phone does that is taken out of a pocket. */
const lookAt = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))

describe('a screen', () => {
  it('of a first visit shows the price without waiting for its worker', async () => {
    const page = await openPage()
    await shows(page, '24c')
    expect((await view(page)).certainty).toBe('live')
    expect(await limitation(page)).toBeUndefined()
  })

  it('hears of a new price from the server and shows it', async () => {
    const page = await controlledPage()
    pi.saveLive(liveFrom(NOW_MS, 31))
    await shows(page, '31c')
  })

  it('opens without the Pi, shows what it knew at once, and says that the Pi is away', async () => {
    const page = await controlledPage()
    await pi.stop()
    await page.reload()
    await isLost(page)
    const first = await page.evaluate(() => window.statePage.views[0])
    expect(first?.price?.text).toBe('24c')
    expect((await view(page)).price?.text).toBe('24c')
  })

  it('walks along its stored forecast without the Pi, and shows no number where that ends', async () => {
    const page = await controlledPage()
    await pi.stop()
    await setClock(page, NOW_MS + 40 * MINUTE_MS)
    await lookAt(page)
    await isCertain(page, 'stored')
    expect((await view(page)).price?.text).toBe('25c')
    await setClock(page, NOW_MS + 20 * HOUR_MS)
    await lookAt(page)
    await isCertain(page, 'unknown')
    expect((await view(page)).price).toBeUndefined()
  })

  it('thinks anew at the whole minute, once', async () => {
    // A Pi whose clock is not to be trusted leaves the page to its own.
    pi.report.amberAnsweredAtMs = null
    const page = await controlledPage('', NOW_MS + 45 * SECOND_MS)
    // Less than what counts as a jump of the clock, which would ask the Pi and show its answer.
    await setClock(page, NOW_MS + 54 * SECOND_MS)
    await page.evaluate(() => {
      window.statePage.views.length = 0
    })
    await page.waitForFunction(() => window.statePage.state.view()!.clock === '10:03')
    const clocks = await page.evaluate(() => window.statePage.views.map(({ clock }) => clock))
    expect(clocks.filter((clock) => clock === '10:03')).toHaveLength(1)
  })

  it('follows a clock that was set back', async () => {
    const page = await controlledPage()
    await setClock(page, NOW_MS - 5 * MINUTE_MS)
    await page.waitForFunction(() => window.statePage.state.view()!.clock === '9:57')
  })

  it('goes by the Pi when its own clock is wrong', async () => {
    const page = await context.newPage()
    await page.goto(`${pi.url}/?now=${NOW_MS - 3 * HOUR_MS}`)
    await shows(page, '24c')
    expect((await view(page)).clock).toBe('10:02')
  })
})

describe('a Pi that comes back', () => {
  it('is noticed within ten seconds', async () => {
    const page = await controlledPage()
    await pi.stop()
    await isLost(page)
    pi.saveLive(liveFrom(NOW_MS, 42))
    await pi.start()
    await shows(page, '42c', LIVE_AGAIN_WITHIN)
    await page.waitForFunction(() => window.statePage.state.view()!.status.mark === 'live')
  })

  it('is noticed within ten seconds without its stream of events too, after some failures', async () => {
    pi.faults.set('events', 'server-error')
    const page = await controlledPage()
    pi.faults.set('delta', 'server-error')
    await lookAt(page)
    await isLost(page)
    const failed = pi.mirrorAsked().length
    await expect.poll(() => pi.mirrorAsked().length - failed, { timeout: 30_000 }).toBeGreaterThan(1)
    pi.saveLive(liveFrom(NOW_MS, 42))
    pi.faults.delete('delta')
    await shows(page, '42c', LIVE_AGAIN_WITHIN)
  })

  it('after an answer that is no stream is listened to again', async () => {
    pi.faults.set('events', 'server-error')
    const page = await controlledPage()
    pi.faults.delete('events')
    await expect
      .poll(
        () => pi.asked.some(({ path, status }) => path === '/api/events' && status === 200),
        LIVE_AGAIN_WITHIN,
      )
      .toBe(true)
    pi.saveLive(liveFrom(NOW_MS, 43))
    await shows(page, '43c')
  })
})

describe('the service worker', () => {
  it('syncs for the page, and so one copy serves all tabs', async () => {
    const [left, right] = [await controlledPage(), await controlledPage()]
    const asked = pi.mirrorAsked().length
    pi.saveLive(liveFrom(NOW_MS, 33))
    await Promise.all([shows(left, '33c'), shows(right, '33c')])
    expect(
      pi
        .mirrorAsked()
        .slice(asked)
        .every(({ byWorker }) => byWorker),
    ).toBe(true)
  })

  it('ended by the browser goes on where it was', async () => {
    const page = await controlledPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('ServiceWorker.enable')
    await devtools.send('ServiceWorker.stopAllWorkers')
    const asked = pi.mirrorAsked().length
    pi.saveLive(liveFrom(NOW_MS, 34))
    await shows(page, '34c')
    const [first] = pi.mirrorAsked().slice(asked)
    expect(first).toMatchObject({ byWorker: true, query: { epoch: 'first' } })
  })

  it('keeps nothing of /api, and leaves the server its own pages', async () => {
    const page = await controlledPage()
    const cached = await page.evaluate(async () => {
      const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)))
      const requests = await Promise.all(caches_.map((cache) => cache.keys()))
      return requests.flat().map(({ url }) => new URL(url).pathname)
    })
    expect(cached.sort()).toEqual(['/index.html', '/page.js'])
    await page.goto(`${pi.url}/setup`)
    expect(await page.title()).toBe('The server speaks')
    expect((await page.goto(`${pi.url}/api/mirror`))?.headers()['content-type']).toBe('application/json')
    await page.goto(`${pi.url}/any/other/address?now=${NOW_MS}`)
    expect(await page.title()).toBe('test')
  })
})

describe('a newer build', () => {
  const loads = (page: Page) => {
    const seen: string[] = []
    page.on('load', () => seen.push(page.url()))
    return seen
  }
  const isReady = (page: Page) => page.waitForFunction(() => window.statePage.state.update.ready())
  const runs = (page: Page, number: string) =>
    page.waitForFunction((text) => window.statePage?.build === text, number)

  it('is offered, and taken by every tab with one reload each', async () => {
    const [left, right] = [await controlledPage(), await controlledPage()]
    const [leftLoads, rightLoads] = [loads(left), loads(right)]
    build = 1
    await lookAt(left)
    await Promise.all([isReady(left), isReady(right)])
    expect(await left.evaluate(() => window.statePage.build)).toBe('1')
    await left.evaluate(() => window.statePage.state.update.apply())
    await Promise.all([runs(left, '2'), runs(right, '2')])
    await Promise.all([shows(left, '24c'), shows(right, '24c')])
    expect([leftLoads.length, rightLoads.length]).toEqual([1, 1])
  })

  it('whose first download broke off is offered when it comes through', async () => {
    const page = await controlledPage()
    const whole = builds[1]!
    build = 1
    builds[1] = { ...whole, worker: whole.worker.replaceAll('/page.js', '/gone.js') }
    await lookAt(page)
    await expect.poll(() => pi.asked.some(({ path }) => path === '/gone.js')).toBe(true)
    builds[1] = whole
    await expect
      .poll(async () => {
        await lookAt(page)
        return page.evaluate(() => window.statePage.state.update.ready())
      })
      .toBe(true)
  })

  it('is taken by the kitchen itself when the next interval begins', async () => {
    const page = await controlledPage('&view=kitchen')
    build = 1
    await lookAt(page)
    await isReady(page)
    await setClock(page, NOW_MS + 28 * MINUTE_MS)
    await runs(page, '2')
  })

  it('does not make the first page of all load twice', async () => {
    const page = await context.newPage()
    const seen = loads(page)
    await page.goto(`${pi.url}/?now=${NOW_MS}`)
    await controlled(page)
    await shows(page, '24c')
    expect(seen).toHaveLength(1)
  })
})

describe('a device that cannot do everything', () => {
  it('over plain http shows its prices, keeps them, and says what is missing', async () => {
    const plain = await browser.newContext({ proxy: { server: pi.url } })
    try {
      const [left, right] = [
        await openPage('', 'http://pi.test', plain),
        await openPage('', 'http://pi.test', plain),
      ]
      await Promise.all([shows(left, '24c'), shows(right, '24c')])
      expect(await left.evaluate(() => isSecureContext)).toBe(false)
      expect(await limitation(left)).toBe(
        'HTTPS is not set up: without the Pi the app cannot open on this device.',
      )
      pi.faults.set('delta', 'server-error')
      await left.reload()
      await shows(left, '24c')
    } finally {
      await plain.close()
    }
  })

  it('that may store nothing shows its prices and says that it will forget them', async () => {
    const page = await context.newPage()
    await page.goto(`${pi.url}/sandboxed?now=${NOW_MS}`)
    await shows(page, '24c')
    expect(await limitation(page)).toBe('This browser keeps no copy of the prices: closed, it forgets them.')
  })

  it('asks for lasting room on the kitchen and nowhere else before it is installed', async () => {
    await context.addInitScript(() => {
      Object.assign(window, { asked: 0 })
      navigator.storage.persist = async () => {
        ;(window as unknown as { asked: number }).asked += 1
        return true
      }
    })
    const times = (page: Page) => page.evaluate(() => (window as unknown as { asked: number }).asked)
    expect(await times(await openPage('&view=kitchen'))).toBe(1)
    expect(await times(await openPage())).toBe(0)
  })
})

import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '#domain/interval.ts'
import { liveFrom, NOW_MS, SOON } from './home.ts'
import {
  builds,
  context,
  controlled,
  controlledPage,
  hasView,
  lookAt,
  openPage,
  pi,
  publish,
  setClock,
  shows,
  useStateLab,
} from './state-lab.ts'

useStateLab()

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

  it('whose first download broke off is fetched again at the next look', async () => {
    const whole = builds[0]!
    publish({ ...whole, worker: whole.worker.replaceAll('/page.js', '/gone.js') })
    const page = await openPage()
    await expect.poll(() => pi.asked.some(({ path }) => path === '/gone.js'), SOON).toBe(true)
    expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull()
    publish(whole)
    await expect
      .poll(async () => {
        await lookAt(page)
        return page.evaluate(() => navigator.serviceWorker.controller !== null)
      }, SOON)
      .toBe(true)
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
    expect((await page.goto(`${pi.url}/any/other/address`))?.fromServiceWorker()).toBe(false)
    expect((await page.goto(`${pi.url}/usage?now=${NOW_MS}`))?.fromServiceWorker()).toBe(true)
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
    publish(builds[1]!)
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
    const newer = builds[1]!
    publish({ ...newer, worker: newer.worker.replaceAll('/page.js', '/gone.js') })
    await lookAt(page)
    await expect.poll(() => pi.asked.some(({ path }) => path === '/gone.js'), SOON).toBe(true)
    publish(newer)
    await expect
      .poll(async () => {
        await lookAt(page)
        return page.evaluate(() => window.statePage.state.update.ready())
      }, SOON)
      .toBe(true)
  })

  it('is taken by the kitchen itself when the next interval begins', async () => {
    const page = await controlledPage('&view=kitchen')
    publish(builds[1]!)
    await lookAt(page)
    await isReady(page)
    await setClock(page, NOW_MS + 28 * MINUTE_MS)
    await runs(page, '2')
  })

  it('whose chunks have taken the place of this one makes the page load again, but never in a circle', async () => {
    const page = await controlledPage()
    const loseChunk = () => page.evaluate(() => window.dispatchEvent(new Event('vite:preloadError')))
    const seen = loads(page)
    await loseChunk()
    await expect.poll(() => seen.length, SOON).toBe(1)
    await hasView(page)
    await loseChunk()
    await page.evaluate(() => fetch('/setup'))
    expect(seen).toHaveLength(1)
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

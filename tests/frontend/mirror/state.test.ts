import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import { liveFrom, NOW_MS, SOON } from './home.ts'
import {
  browser,
  context,
  controlledPage,
  isCertain,
  isLost,
  limitation,
  lookAt,
  openPage,
  pi,
  setClock,
  shows,
  useStateLab,
  view,
} from './state-lab.ts'

useStateLab()

/** What is promised of a lost Pi's return. */
const LIVE_AGAIN_WITHIN = { timeout: 10 * SECOND_MS }

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
    await expect.poll(() => pi.mirrorAsked().length - failed, SOON).toBeGreaterThan(1)
    pi.saveLive(liveFrom(NOW_MS, 42))
    pi.faults.delete('delta')
    await shows(page, '42c', LIVE_AGAIN_WITHIN)
  })

  it('after an answer that is no stream is listened to again', async () => {
    pi.faults.set('events', 'server-error')
    const page = await controlledPage()
    pi.faults.delete('events')
    await expect
      .poll(() => pi.asked.some(({ path, status }) => path === '/api/events' && status === 200), SOON)
      .toBe(true)
    pi.saveLive(liveFrom(NOW_MS, 43))
    await shows(page, '43c')
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

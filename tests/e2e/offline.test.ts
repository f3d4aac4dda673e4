import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { type Home, MINUTE, moveClocks, openHome, visit, whenKept } from './home.ts'

const HOUR = 60 * MINUTE
const PHONE = { width: 390, height: 844 }
const KITCHEN = { width: 800, height: 480, path: '/?view=kitchen' }
const NOW = '2026-03-10T17:02:40+11:00'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

async function home(options: Partial<Parameters<typeof openHome>[0]> = {}): Promise<Home> {
  const opened = await openHome({ now: NOW, ...options })
  onTestFinished(opened.close)
  return opened
}

const text = (page: Page) => page.locator('body').innerText()
const says = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor()
const figure = async (page: Page) => (await page.locator('.num').first().textContent())?.trim()

/** What the number must be: whole cents of the price that the Pi knows for this moment. */
async function expectedFigure(home: Home, kind: 'centsPerKwh' | 'predicted'): Promise<string> {
  const answer = (await (await fetch(`${home.url}/api/now`)).json()) as {
    channels: { general: { centsPerKwh: number; advanced?: { predicted: number } } }
  }
  const { centsPerKwh, advanced } = answer.channels.general
  return String(
    Math.round(kind === 'predicted' ? (advanced?.predicted ?? centsPerKwh) : centsPerKwh),
  ).replace('-', '−')
}

describe.each([
  ['the kitchen', KITCHEN],
  ['a phone', PHONE],
])('on %s, when the Pi is lost', (_, screen) => {
  it('the screen is there after a reload, walks through the forecast to its end, and is live again by itself', async () => {
    const pi = await home()
    const { page, complaints } = await visit(browser, pi, screen)
    await says(page, 'Live.')
    expect(await figure(page)).toBe(await expectedFigure(pi, 'centsPerKwh'))
    await whenKept(page)

    pi.clock.now += 40 * MINUTE
    const later = await expectedFigure(pi, 'predicted')
    pi.clock.now -= 40 * MINUTE
    await pi.stop()
    await page.reload()
    await says(page, 'Live.')
    await says(page, /can.t be reached/)

    await moveClocks(pi, page, 40 * MINUTE)
    await says(page, 'Not live.')
    expect(await figure(page)).toBe(later)
    expect(await text(page)).toMatch(/Probably|Maybe/)
    expect(await text(page)).toMatch(/Forecast made 5:02\spm, 40\smin(utes)?\sago/)

    await moveClocks(pi, page, 48 * HOUR)
    await says(page, 'No price')
    expect(await page.locator('.num').count()).toBe(0)
    expect(await text(page)).toMatch(/forecast ran out/)

    await page.reload()
    await says(page, 'No price')

    await pi.sync()
    await pi.start()
    await page.getByText('Live.').first().waitFor({ timeout: 10_000 })
    expect(await figure(page)).toBe(await expectedFigure(pi, 'centsPerKwh'))
    expect(complaints).toEqual([])
  })
})

describe.each([
  ['the kitchen', KITCHEN],
  ['a phone', PHONE],
])('on %s, when the internet is gone but the Pi is there', (_, screen) => {
  it('the screen says so, walks through the forecast to its end, and is live again by itself', async () => {
    const pi = await home()
    const { page, complaints } = await visit(browser, pi, screen)
    await says(page, 'Live.')
    pi.cutInternet()
    pi.clock.now += 40 * MINUTE
    const later = await expectedFigure(pi, 'predicted')
    pi.clock.now -= 35 * MINUTE
    await pi.sync()
    await page.clock.fastForward(5 * MINUTE)
    await says(page, /No internet since 5:07/)
    await moveClocks(pi, page, 35 * MINUTE)
    await pi.sync()
    await says(page, 'Not live.')
    await expect.poll(() => figure(page)).toBe(later)
    expect(await text(page)).toMatch(/Probably|Maybe/)
    expect(await text(page)).toMatch(/Forecast made 5:02\spm, 40\smin(utes)?\sago/)
    const health = (await (await fetch(`${pi.url}/api/health`)).json()) as { source: string; status: string }
    expect(health).toMatchObject({ source: 'cache', status: 'stale' })

    await moveClocks(pi, page, 48 * HOUR)
    await pi.sync()
    await says(page, 'No price')
    expect(await page.locator('.num').count()).toBe(0)
    expect(await text(page)).toMatch(/forecast ran out/)

    pi.restoreInternet()
    await pi.sync()
    await page.getByText('Live.').first().waitFor({ timeout: 10_000 })
    expect(await figure(page)).toBe(await expectedFigure(pi, 'centsPerKwh'))
    expect(complaints).toEqual([])
  })
})

describe('a first visit', () => {
  it('to a Pi that has no prices yet says so, and shows them when they come', async () => {
    const pi = await home({ synced: false })
    const { page, complaints } = await visit(browser, pi, KITCHEN)
    await says(page, 'No prices yet')
    await pi.sync()
    await says(page, 'Live.')
    expect(complaints).toEqual([])
  })

  it('to a Pi whose answers are errors says that it cannot be used, and recovers', async () => {
    const pi = await home()
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      serviceWorkers: 'block',
    })
    const page = await context.newPage()
    await page.clock.install({ time: pi.clock.now })
    await page.route('**/api/**', (route) => route.fulfill({ status: 500, body: 'broken' }))
    await page.goto(pi.url)
    await says(page, 'No prices yet')
    await page.unroute('**/api/**')
    await page.getByText('Live.').first().waitFor({ timeout: 30_000 })
    await context.close()
  })

  it('with IndexedDB refused shows the prices all the same, and says that it cannot keep them', async () => {
    const pi = await home()
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
    await context.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('refused', 'SecurityError')
      }
    })
    const page = await context.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.clock.install({ time: pi.clock.now })
    await page.goto(pi.url)
    await says(page, 'Live.')
    await says(page, /keeps no copy/)
    expect(errors).toEqual([])
    await context.close()
  })

  it('to the demo shows DEMO', async () => {
    const pi = await home({ demo: true })
    const { page } = await visit(browser, pi, KITCHEN)
    await says(page, 'DEMO')
  })
})

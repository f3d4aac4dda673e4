// Where no worker can read the copy the page tells it what it needs; where none can be fetched the screen says so.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { type Home, openHome } from './home.ts'

let browser: Browser
let home: Home
beforeAll(async () => {
  browser = await launchBrowser()
  home = await openHome({ now: '2026-03-10T17:02:40+11:00' })
})
afterAll(async () => {
  await home.close()
  await browser.close()
})

it.each([
  [
    'is refused',
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('refused', 'SecurityError')
      }
    },
  ],
  ['is there', () => undefined],
])('the month is shown where IndexedDB %s', async (_, prepare) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  await context.addInitScript(prepare)
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.clock.install({ time: home.clock.now })
  await page.goto(`${home.url}/usage`)
  await page.locator('h1').filter({ hasText: /March/ }).waitFor()
  expect(await page.locator('table').count()).toBeGreaterThan(0)
  expect(errors).toEqual([])
  await context.close()
})

describe('where the browser keeps no app', () => {
  const openAt = async (path: string) => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      serviceWorkers: 'block',
    })
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.clock.install({ time: home.clock.now })
    return { page, goto: () => page.goto(home.url + path) }
  }
  const says = (page: Page, name: string | RegExp) =>
    page.getByRole('heading', { level: 1, name }).waitFor({ timeout: 20_000 })

  it.each([
    ['/usage', /^March so far/, '**/thinking-*.js'],
    ['/worth', /Enter a plan/, '**/thinking-worker-*.js'],
  ])(
    '%s says that it is not on this device, and is there when the Pi is back',
    async (path, words, chunk) => {
      const { page, goto } = await openAt(path)
      // The page has been loaded anew for that already, and does it once a minute at most.
      await page.addInitScript(() => sessionStorage.setItem('reloaded-for-chunk-at', String(Date.now())))
      let missed = 0
      await page.route(chunk, (route) => {
        missed += 1
        return route.abort()
      })
      await goto()
      await says(page, 'This screen is not on this device.')
      expect(missed).toBeGreaterThan(0)
      await home.stop()
      try {
        await page.getByText(/fetched from your Pi the first time, and your Pi can.t be reached/).waitFor()
        await page.unroute(chunk)
        await page.getByRole('button', { name: 'Try again' }).click()
        await says(page, 'This screen is not on this device.')
      } finally {
        await home.start()
      }
      await says(page, words)
    },
  )

  it('a page that was open for a while thinks without the Pi, though it never did before', async () => {
    const { page, goto } = await openAt('/')
    const fetched = page.waitForEvent('worker', (worker) => /thinking-worker/.test(worker.url()))
    await goto()
    await page.getByText('Live.').first().waitFor()
    await page.clock.fastForward(10_000)
    await fetched
    await page.waitForLoadState('networkidle')
    await home.stop()
    try {
      await page.getByRole('navigation').getByRole('link', { name: 'Usage', exact: true }).click()
      await says(page, /^March so far/)
    } finally {
      await home.start()
    }
  })
})

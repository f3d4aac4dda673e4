// Where no worker can read the copy the page tells it what it needs.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
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

// Wait or run, asked in a hand and on the wall, with the Pi and without it.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { type Home, MINUTE, openHome, visit, whenKept } from './home.ts'
import { openScreenAt, settled } from './screen-list.ts'

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
  ['on a phone', { width: 390, height: 844 }, ''],
  ['on the wall', { width: 800, height: 480 }, '?view=kitchen'],
])(
  'an appliance and its time are chosen, kept in the address, and answered without the Pi: %s',
  async (_, size, query) => {
    const { page, context, complaints } = await visit(browser, home, { ...size, path: `/plan${query}` })
    await settled(page)
    const verdict = async () => (await page.locator('h1').textContent())!.replaceAll('\u00a0', ' ')
    expect(await verdict()).toMatch(/the dishwasher .*\d+c/)
    await page.getByRole('button', { name: 'EV', exact: true }).click()
    await page.getByRole('button', { name: 'Half an hour earlier' }).click()
    expect(await page.locator('.stepper b').textContent()).toMatch(/6:30\sam tomorrow/)
    const online = await verdict()
    expect(online).toMatch(/the EV .*(\$\d+\.\d\d|\d+c)/)
    expect(await page.locator('.bars dt').allTextContents()).toContain('Start now')
    const now = () => page.locator('.bars .ink').evaluate((bar) => getComputedStyle(bar).backgroundColor)
    expect(await now()).toBe('rgb(16, 28, 38)')
    expect(await page.getByText(/By Amber.s own forecast/).count()).toBe(1)
    expect((await page.getByRole('link', { name: 'Use another' }).boundingBox())!.height).toBeGreaterThan(44)
    const { pathname, search } = new URL(page.url())
    expect(search).toMatch(/appliance=EV.*by=2026-03-11T06/)
    await whenKept(page)
    await home.stop()
    try {
      await openScreenAt(page, home, pathname, search)
      expect(await page.getByText(/can.t be reached/).count()).toBeGreaterThan(0)
      expect(await page.locator('.stepper b').textContent()).toMatch(/6:30\sam tomorrow/)
      expect((await verdict()).slice(0, 24)).toBe(online.slice(0, 24))
      await page.clock.fastForward(30 * MINUTE)
      // A price that was only foretold is drawn as an outline, here too; the wall is back at Now.
      if (!query) await expect.poll(now).toBe('rgba(0, 0, 0, 0)')
      expect(complaints).toEqual([])
    } finally {
      await home.start()
      await context.close()
    }
  },
)

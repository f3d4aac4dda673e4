// The address is the state: every screen can be linked to, reloaded and gone back from, with the Pi and without it.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SCREEN_PATHS } from '../../backend/domain/screen-paths.ts'
import { launchBrowser } from '../browser.ts'
import { type Home, openHome, visit, whenKept } from './home.ts'

const PHONE = { width: 390, height: 844 }

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

const tab = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('link', { name, exact: true })
const currentTab = (page: Page) => page.getByRole('navigation').locator('[aria-current=page]').textContent()

describe('the tabs', () => {
  it('lead to a screen of its own address, and the way back leads back', async () => {
    const { page, context, complaints } = await visit(browser, home, PHONE)
    await tab(page, 'Status').click()
    await page.getByText('Your Pi', { exact: true }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/status')
    expect(await page.title()).toBe('Status \u00b7 Home Energy')
    expect(await currentTab(page)).toBe('Status')
    await page.goBack()
    await page.locator('.num').waitFor()
    expect(await currentTab(page)).toBe('Now')
    expect(complaints).toEqual([])
    await context.close()
  })

  it('keep what was set for this device in the address', async () => {
    const { page, context } = await visit(browser, home, {
      ...PHONE,
      path: '/status?theme=night&date=2026-03-09',
    })
    expect(await tab(page, 'Now').getAttribute('href')).toBe('/?theme=night')
    await context.close()
  })

  it('are pressed with the keyboard alone', async () => {
    const { page, context } = await visit(browser, home, PHONE)
    await tab(page, 'Status').focus()
    await page.keyboard.press('Enter')
    await page.getByText('Your Pi', { exact: true }).waitFor()
    await context.close()
  })
})

it.each(Object.values(SCREEN_PATHS))('the server answers %s with the app', async (path) => {
  const answer = await fetch(home.url + path)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toBe('no-cache')
  expect(await answer.text()).toContain('<title>Home Energy Analysis</title>')
})

it('an address of no screen is not found', async () => {
  expect((await fetch(`${home.url}/plans`)).status).toBe(404)
})

it('a screen that was never opened is there without the Pi, by its link and by its tab', async () => {
  const pi = await openHome({ now: '2026-03-10T17:02:40+11:00' })
  const { page, context, complaints } = await visit(browser, pi, PHONE)
  await page.getByText('Live.').first().waitFor()
  await whenKept(page)
  await pi.stop()
  await page.goto(`${pi.url}/status`)
  await page
    .getByText(/can.t be reached/)
    .first()
    .waitFor()
  await tab(page, 'Now').click()
  await page.locator('.num').waitFor()
  expect(complaints).toEqual([])
  await context.close()
  await pi.close()
})

it('an address that asks for what cannot be shows what can', async () => {
  const { page, context, complaints } = await visit(browser, home, PHONE)
  await whenKept(page)
  for (const [address, sentence] of [
    ['/plan?by=2099-01-01T00:00:00Z&appliance=nonsense', /dishwasher/],
    ['/plan?by=-1', /dishwasher/],
    ['/worth?period=dates&from=2030-01-01', 'None of these days is over yet.'],
    ['/worth?period=dates&from=2026-03-09&to=2026-03-01', 'The first of these days is after the last.'],
    ['/worth?period=dates&from=2026-02-30&to=nonsense&plan=none', /./],
    ['/usage?period=year&date=9999-12-31', 'No usage is known for 9999.'],
    ['/usage?period=day&date=2026-13-45&day=x', /March/],
    ['/settings?part=nonsense', /./],
    ['/?view=nonsense&theme=nonsense&thresholds=1,x&dim=99-1', /./],
  ] as const) {
    await page.goto(home.url + address)
    await page.getByRole('heading', { level: 1, name: sentence }).waitFor({ timeout: 20_000 })
    expect(await page.getByText(/not on this device/).count()).toBe(0)
  }
  expect(complaints).toEqual([])
  await context.close()
})

it('a page that was loaded past its service worker is taken on by it, and is not reloaded for that', async () => {
  const { page, context, complaints } = await visit(browser, home, PHONE)
  await whenKept(page)
  let loads = 0
  page.on('load', () => loads++)
  const devTools = await context.newCDPSession(page)
  await Promise.all([page.waitForEvent('load'), devTools.send('Page.reload', { ignoreCache: true })])
  await whenKept(page)
  await page.getByText('Live.').first().waitFor()
  expect(loads).toBe(1)
  expect(complaints).toEqual([])
  await context.close()
})

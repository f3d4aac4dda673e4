// What holds for every screen, in both themes, with the Pi and without: a screen that joins the list is looked at by itself.
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { type Home, openHome, type Visit, visit, whenKept } from './home.ts'
import {
  hiddenRings,
  movingParts,
  NO_WORDS,
  openScreenAt,
  overflowFaults,
  SCREENS,
  settled,
  smallTargets,
} from './screen-list.ts'

const NOW = '2026-09-30T12:48:40+10:00'
const PHONE = { width: 390, height: 844 }
const PANEL = { width: 800, height: 480 }

let browser: Browser
let home: Home
/** The longest that is ever to be written: $19.99 now, $1.10 paid to use an hour ago, a month of 1,234.5 kWh, on a Wednesday. */
let longest: Home
beforeAll(async () => {
  browser = await launchBrowser()
  home = await openHome({ now: NOW, demo: true })
  longest = await openHome({
    now: NOW,
    demo: true,
    alter: (db) => {
      const end = Math.floor(Date.parse(NOW) / 300_000) * 5 + 5
      const settle = db.prepare(`INSERT OR REPLACE INTO price_actual
        SELECT site_no, ?, 5, 0, ?, ?, 63.2, NULL, NULL, NULL, revision FROM site`)
      settle.run(end, 1999, 1990)
      db.prepare(
        'UPDATE price_actual SET cents_per_kwh = -110 WHERE channel = 0 AND end_minute BETWEEN ? AND ?',
      ).run(end - 75, end - 45)
      const { kwh } = db.prepare('SELECT sum(kwh) AS kwh FROM usage WHERE channel = 0').get() as {
        kwh: number
      }
      db.prepare('UPDATE usage SET kwh = kwh * ?, cost_cents = cost_cents * ?').run(
        1234.5 / kwh,
        1234.5 / kwh,
      )
    },
  })
})
afterAll(async () => {
  for (const one of [home, longest]) await one.close()
  await browser.close()
})

const serious = async (page: Page): Promise<string[]> => {
  // At its end nothing lies half behind the tabs, which would count as too small to press.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** Blocked by the policy: the browser tells the page as an event. */
const watchPolicy = ({ page, complaints }: Visit) =>
  page
    .exposeFunction('blockedByPolicy', (what: string) => complaints.push(`policy: ${what}`))
    .then(() =>
      page.addInitScript(() =>
        document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
          (globalThis as unknown as { blockedByPolicy(what: string): void }).blockedByPolicy(
            `${violatedDirective} ${blockedURI}`,
          ),
        ),
      ),
    )

async function fits(page: Page): Promise<void> {
  for (const [size, text] of [
    [{ width: 320, height: 640 }, '100%'],
    [{ width: 320, height: 640 }, '200%'],
    [PHONE, '200%'],
    [PHONE, '100%'],
  ] as const) {
    await page.setViewportSize(size)
    await page.evaluate((percent) => document.documentElement.style.setProperty('font-size', percent), text)
    await settled(page)
    expect([size.width, text, await page.evaluate(overflowFaults)]).toEqual([size.width, text, []])
  }
}

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  let visitor: Visit
  beforeAll(async () => {
    visitor = await visit(browser, home, { ...PHONE, theme })
    await watchPolicy(visitor)
  })
  afterAll(() => visitor.context.close())

  it.each(SCREENS)('%s is whole, readable by all, and asks nobody but its own Pi', async (_, path) => {
    const { page, complaints } = visitor
    await openScreenAt(page, home, path)
    expect(await serious(page)).toEqual([])
    await fits(page)
    expect(await page.evaluate(smallTargets)).toEqual([])
    expect(await page.evaluate(hiddenRings)).toEqual([])
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await page.evaluate(movingParts)).toEqual([])
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    if (path === '/') expect(await page.evaluate(movingParts)).not.toEqual([])
    expect(await page.innerText('body')).not.toMatch(NO_WORDS)
    expect(await page.getByText('DEMO', { exact: true }).first().isVisible()).toBe(true)
    expect(complaints).toEqual([])
  })
})

describe('the longest numbers', () => {
  let visitor: Visit
  beforeAll(async () => {
    visitor = await visit(browser, longest, PHONE)
  })
  afterAll(() => visitor.context.close())

  it.each(SCREENS)('fit on %s, in a hand and on the wall', async (name, path) => {
    const { page } = visitor
    await page.setViewportSize(PHONE)
    await openScreenAt(page, longest, path)
    const text = (await page.innerText('body')).replaceAll('\u00a0', ' ')
    if (name === 'now') expect(text).toMatch(/\$\s*19\.99[\s\S]*\u2212\$1\.10/)
    if (name === 'usage') expect(text).toContain('1,234.5 kWh')
    await fits(page)
    await page.setViewportSize(PANEL)
    await openScreenAt(page, longest, path, '?view=kitchen')
    expect(await page.evaluate(overflowFaults)).toEqual([])
    expect(await page.evaluate(hiddenRings)).toEqual([])
    expect(await page.evaluate(smallTargets)).toEqual([])
    if (name === 'now') expect(await page.innerText('.past')).toMatch(/Wednesday\s+30 September/)
  })
})

describe.each([
  ['on a phone', PHONE, ''],
  ['on the wall', PANEL, '?view=kitchen'],
])('with the server killed, %s', (_, size, query) => {
  it('every screen opens by its address and says that the Pi is away', async () => {
    const { page, context, complaints } = await visit(browser, home, { ...size, path: `/${query}` })
    await settled(page)
    await whenKept(page)
    await home.stop()
    try {
      for (const [name, path] of SCREENS) {
        await openScreenAt(page, home, path, query)
        const text = await page.innerText('body')
        expect([name, text]).toEqual([name, expect.stringMatching(/can.t be reached/)])
        expect([name, NO_WORDS.test(text)]).toEqual([name, false])
        expect([name, await page.evaluate(overflowFaults)]).toEqual([name, []])
      }
      expect(complaints).toEqual([])
    } finally {
      await home.start()
      await context.close()
    }
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { type Home, openHome, visit, whenKept } from './home.ts'

const SCREENS = [
  { width: 800, height: 480, path: '/?view=kitchen' },
  { width: 1280, height: 720, path: '/?view=kitchen' },
  { width: 1920, height: 1080, path: '/?view=kitchen' },
  { width: 390, height: 844, path: '/' },
]
const THEMES = ['light', 'dark'] as const

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

/** Blocked by the policy: the browser tells the page as an event. */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const blocked: string[] = []
    Object.assign(globalThis, { blocked })
    document.addEventListener('securitypolicyviolation', (event) =>
      blocked.push(`${event.violatedDirective} ${event.blockedURI}`),
    )
  })
  await page.reload()
  return () => page.evaluate(() => (globalThis as unknown as { blocked: string[] }).blocked)
}

describe.each(SCREENS.flatMap((screen) => THEMES.map((theme) => ({ ...screen, theme }))))(
  'at $width x $height, $theme',
  ({ width, height, path, theme }) => {
    it('leaves the origin for nothing, breaks no policy, raises no error, and axe finds nothing serious', async () => {
      const { page, context, complaints } = await visit(browser, home, { width, height, path, theme })
      const blocked = await watchPolicy(page)
      await page.getByText('Live.').first().waitFor()
      await whenKept(page)
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze()
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
      expect(await blocked()).toEqual([])
      expect(complaints).toEqual([])
      await context.close()
    })
  },
)

describe('the installed app', () => {
  it('has a manifest that a browser can install from', async () => {
    const manifest = (await (await fetch(`${home.url}/manifest.webmanifest`)).json()) as {
      name: string
      display: string
      start_url: string
      theme_color: string
      icons: { src: string; sizes: string; purpose?: string; type: string }[]
    }
    expect(manifest).toMatchObject({ display: 'standalone', start_url: '/' })
    expect(manifest.theme_color).toMatch(/^#/)
    expect(manifest.icons.some(({ purpose }) => purpose?.includes('maskable'))).toBe(true)
    for (const size of ['192x192', '512x512'])
      expect(manifest.icons.some(({ sizes }) => sizes === size)).toBe(true)
    for (const { src, type } of manifest.icons) {
      const response = await fetch(new URL(src, `${home.url}/`))
      expect([src, response.status, response.headers.get('content-type')?.split(';')[0]]).toEqual([
        src,
        200,
        type,
      ])
    }
  })

  it('is told by Chromium to have nothing in the way of installing', async () => {
    const { page, context } = await visit(browser, home, { width: 390, height: 844 })
    await whenKept(page)
    const session = await context.newCDPSession(page)
    const { installabilityErrors } = (await session.send('Page.getInstallabilityErrors')) as {
      installabilityErrors: { errorId: string }[]
    }
    // A private window cannot install anything, and the browser's tests run in one.
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual(
      [],
    )
    await context.close()
  })

  it('keeps no answer of the server but in IndexedDB', async () => {
    const { page, context } = await visit(browser, home, { width: 390, height: 844 })
    await page.getByText('Live.').first().waitFor()
    await whenKept(page)
    const kept = await page.evaluate(async () => {
      const names = await caches.keys()
      const urls = await Promise.all(
        names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
      )
      return urls.flat().map((url) => new URL(url).pathname)
    })
    expect(kept).toContain('/index.html')
    expect(kept.filter((path) => path.startsWith('/api'))).toEqual([])
    await context.close()
  })
})

describe('the shell', () => {
  it('has no script and no style in its page, and names no other origin', () => {
    const html = readFileSync(join(import.meta.dirname, '../../dist/index.html'), 'utf8')
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)|\bon\w+=/)
    expect(html).not.toMatch(/https?:\/\//)
  })
})

// What the page on the wall does beside showing prices: it says that it is drawn, and shows phones the way.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { LIMITS } from '../../backend/http/limits.ts'
import { temporaryFolder } from '../backend/temporary.ts'
import { launchBrowser } from '../browser.ts'
import { hasOpenssl, makeCertificates } from '../certificates.ts'
import { type Home, type HomeOptions, moveClocks, openHome, visit } from './home.ts'

const NOW = '2026-03-10T17:02:40+11:00'
const SECOND = 1000
const BOARD = { width: 800, height: 480, path: '/?view=kitchen' }

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

async function home(options: Partial<HomeOptions> = {}): Promise<Home> {
  const opened = await openHome({ now: NOW, hostNames: ['kitchen.local'], ...options })
  onTestFinished(opened.close)
  return opened
}

const heartbeat = async ({ url }: Home) =>
  ((await (await fetch(`${url}/api/kiosk`)).json()) as { heartbeatAgeSeconds: number | null })
    .heartbeatAgeSeconds

const code = (page: Page) => page.getByRole('img', { name: /QR code/ })

describe('the kitchen screen', () => {
  it('tells the server that it is drawn, again and again', async () => {
    let uptime = 0
    const pi = await home({ surroundings: { uptimeMs: () => uptime, addresses: () => [], limits: LIMITS } })
    expect(await heartbeat(pi)).toBeNull()
    const { page } = await visit(browser, pi, BOARD)
    await page.getByText('Live.').first().waitFor()
    await moveClocks(pi, page, 2 * SECOND)
    await expect.poll(() => heartbeat(pi), { timeout: 20_000 }).toBe(0)
    uptime += 100 * SECOND
    expect(await heartbeat(pi)).toBe(100)
    await moveClocks(pi, page, 21 * SECOND)
    await expect.poll(() => heartbeat(pi), { timeout: 20_000 }).toBe(0)
  })

  it('is silent when nothing is painted any more, although the page is alive', async () => {
    const pi = await home()
    const context = await browser.newContext({ viewport: { width: 800, height: 480 } })
    onTestFinished(() => context.close())
    await context.addInitScript(() => {
      Object.assign(globalThis, { framesAsked: 0 })
      const frozen = globalThis as unknown as { framesAsked: number }
      Object.defineProperty(globalThis, 'requestAnimationFrame', { value: () => ++frozen.framesAsked })
    })
    const page = await context.newPage()
    await page.goto(`${pi.url}${BOARD.path}`)
    const asked = () => page.evaluate(() => (globalThis as unknown as { framesAsked: number }).framesAsked)
    await expect.poll(asked, { timeout: 20_000 }).toBeGreaterThan(0)
    expect(await page.locator('.board').count()).toBe(1)
    expect(await heartbeat(pi)).toBeNull()
  })

  it('is silent when the board is gone, and a phone always is', async () => {
    const pi = await home()
    const words = async (screen: typeof BOARD) => {
      const { page, context } = await visit(browser, pi, screen)
      let count = 0
      context.on('request', (request) => {
        if (request.method() === 'POST') count++
      })
      await page.getByText('Live.').first().waitFor()
      return { page, count: () => count }
    }
    const wall = await words(BOARD)
    await moveClocks(pi, wall.page, 2 * SECOND)
    await expect.poll(wall.count, { timeout: 20_000 }).toBeGreaterThan(0)
    await wall.page.evaluate(() => document.querySelector('.board')?.remove())
    const before = wall.count()
    const phone = await words({ width: 390, height: 844, path: '/' })
    for (const { page } of [wall, phone]) {
      await page.clock.fastForward(60 * SECOND)
      await page.evaluate(() => fetch('/api/session'))
    }
    expect([wall.count() - before, phone.count()]).toEqual([0, 0])
  })

  it('shows the way to /setup when it is asked to, where nothing is hidden by it', async () => {
    const pi = await home()
    const { page, complaints } = await visit(browser, pi, { ...BOARD, path: '/?view=kitchen&setup=1' })
    await code(page).waitFor()
    expect(await code(page).getAttribute('alt')).toBe(
      `QR code of http://kitchen.local:${new URL(pi.url).port}/setup`,
    )
    const box = await code(page).boundingBox()
    const column = await page.locator('.past').boundingBox()
    if (!box || !column) throw new Error('not drawn')
    expect(Math.min(box.width, box.height)).toBeGreaterThan(95)
    expect(box.x >= column.x && box.x + box.width <= column.x + column.width).toBe(true)
    expect(box.y + box.height).toBeLessThanOrEqual(column.y + column.height)
    const others = await page
      .locator('.past > :not(.setup-code)')
      .evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().bottom))
    expect(Math.max(...others)).toBeLessThanOrEqual(box.y)
    expect(complaints).toEqual([])
  })

  it('shows no way where there is no https and nobody asked', async () => {
    const pi = await home()
    const { page } = await visit(browser, pi, BOARD)
    await page.getByText('Live.').first().waitFor()
    await moveClocks(pi, page, 25 * SECOND)
    expect(await code(page).count()).toBe(0)
  })

  it.skipIf(!hasOpenssl)(
    'shows the way until a phone has the app over https (skipped where OpenSSL is not installed)',
    async () => {
      const tlsFolder = makeCertificates(temporaryFolder())
      const pi = await home({ settings: { httpsPort: 0, tlsFolder } })
      const { page } = await visit(browser, pi, BOARD)
      await code(page).waitFor()
      // A phone comes by a proxy on this machine, as with Tailscale.
      await fetch(`${pi.url}/api/mirror`, {
        headers: { 'x-forwarded-proto': 'https', 'x-forwarded-for': '100.64.0.9' },
      })
      await moveClocks(pi, page, 21 * SECOND)
      await code(page).waitFor({ state: 'detached' })
    },
  )
})

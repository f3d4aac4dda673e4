// A tab that is opened while the Pi is away: until the price is drawn, against a bare picture from the same worker's cache.
import type { Browser, BrowserContext } from 'playwright-core'
import { openHome, whenKept } from '../e2e/home.ts'
import { type Figure, type Scale, timed } from './figure.ts'

export async function offline(browser: Browser, scale: Scale): Promise<Figure[]> {
  const home = await openHome({ now: new Date().toISOString() })
  const context = await browser.newContext({ viewport: { width: 800, height: 480 } })
  try {
    const page = await context.newPage()
    await page.goto(home.url)
    await page.locator('.num').waitFor()
    await whenKept(page)
    await page.close()
    await home.stop()
    await context.addInitScript(() => {
      const isThere = () =>
        document.documentElement?.localName === 'svg' || document.querySelector('.num') !== null
      const look = () => {
        if (!isThere()) return void requestAnimationFrame(look)
        // After the frame that shows it.
        requestAnimationFrame(() =>
          setTimeout(() => Object.assign(globalThis, { drawnAfterMs: performance.now() })),
        )
      }
      look()
    })
    return [
      await timed(
        {
          what: 'opening the app without the Pi, until its price is drawn',
          anchor: 'a bare picture, as cached',
        },
        scale,
        () => opened(context, `${home.url}/`),
        () => opened(context, `${home.url}/favicon.svg`),
      ),
    ]
  } finally {
    await context.close()
    await home.close()
  }
}

/** Since the navigation began, as the page itself counts. */
async function opened(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage()
  await page.goto(url, { waitUntil: 'commit' })
  const handle = await page.waitForFunction(
    () => (globalThis as unknown as { drawnAfterMs?: number }).drawnAfterMs,
  )
  const ms = (await handle.jsonValue()) as number
  await page.close()
  return ms
}

// Draws the README's pictures from the running app: node tests/e2e/pictures.ts [folder]
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launchBrowser } from '../browser.ts'
import { openHome, visit } from './home.ts'

const folder = process.argv[2] ?? join(import.meta.dirname, '../../docs')
const PICTURES = [
  { name: 'kitchen', now: '2026-11-24T10:02:40+11:00', width: 1280, height: 720, path: '/?view=kitchen' },
  { name: 'phone', now: '2026-11-24T18:12:40+11:00', width: 390, height: 844, path: '/' },
] as const

mkdirSync(folder, { recursive: true })
const browser = await launchBrowser()
for (const { name, now, ...screen } of PICTURES) {
  const home = await openHome({ now, demo: true })
  const { page, context } = await visit(browser, home, screen)
  await page.getByText('Live.').first().waitFor()
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await context.close()
  await home.close()
}
await browser.close()

// npm run bench [-- --rounds 15 --days 90]: the performance table. Nothing here passes or fails: machines differ, and the ratios are to be looked at.
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildFrontEnd } from '../../backend/front-end-build.ts'
import { launchBrowser } from '../browser.ts'
import { benchPage, inBrowser } from './browser.ts'
import { type Figure, FULL, type Scale } from './figure.ts'
import { homeOfDays } from './home-of-days.ts'
import { offline } from './offline.ts'
import { store } from './store.ts'
import { table } from './table.ts'
import { weight } from './weight.ts'
import { wire } from './wire.ts'

export async function measure(scale: Scale): Promise<{ figures: Figure[]; browserVersion: string }> {
  const page = await benchPage()
  const home = await homeOfDays(scale.days, page.folder)
  const browser = await launchBrowser()
  try {
    const figures = [
      ...weight(),
      ...(await offline(browser, scale)),
      ...(await inBrowser(browser, home, scale)),
      ...(await store(home, scale)),
      ...(await wire(home, scale)),
    ]
    return { figures, browserVersion: browser.version() }
  } finally {
    await browser.close()
    await home.close()
    page.remove()
  }
}

if (import.meta.main) {
  await buildFrontEnd(join(import.meta.dirname, '../..'))
  const { rounds, days } = parseArgs({
    options: { rounds: { type: 'string' }, days: { type: 'string' } },
  }).values
  const { figures, browserVersion } = await measure({
    rounds: Number(rounds ?? FULL.rounds),
    days: Number(days ?? FULL.days),
  })
  console.log(table(figures))
  const [cpu] = cpus()
  console.log(
    `\n${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpu?.model.trim()}, Node ${process.versions.node}, Chromium ${browserVersion}`,
  )
  process.exit(0)
}

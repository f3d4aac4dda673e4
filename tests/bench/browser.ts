// In a real Chromium: the mirror's copy and the chart, each beside the straightforward way of doing the same.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { build, type Rolldown } from 'vite'
import solid from 'vite-plugin-solid'
import { type Figure, type Scale, timed } from './figure.ts'
import type { HomeOfDays } from './home-of-days.ts'
import type { Bench } from './page.tsx'

/** A folder to be served; the page's script is a file of its own, as the server's policy has it. */
export async function benchPage(): Promise<{ folder: string; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'home-energy-bench-page-'))
  const { output } = (await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [solid()],
    build: {
      write: false,
      cssCodeSplit: false,
      rolldownOptions: { input: join(import.meta.dirname, 'page.tsx'), output: { codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput
  for (const file of output) {
    if (file.type === 'chunk' && file.isEntry) writeFileSync(join(folder, 'page.js'), file.code)
    if (file.type === 'asset' && file.fileName.endsWith('.css'))
      writeFileSync(join(folder, 'page.css'), file.source)
  }
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><meta charset="utf-8"><title>bench</title><link rel="stylesheet" href="/page.css">' +
      '<body><script type="module" src="/page.js"></script>',
  )
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export async function inBrowser(browser: Browser, home: HomeOfDays, scale: Scale): Promise<Figure[]> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  await page.goto(home.url)
  await page.waitForFunction(() => window.bench !== undefined)
  const run = (name: keyof Bench) => () => page.evaluate((what) => window.bench[what](), name)
  // Filling takes many seconds a turn.
  const fewer = { ...scale, rounds: Math.ceil(scale.rounds / 5) }
  const days = `${scale.days} days`
  const figures = [
    await timed(
      {
        what: `copying ${days} to the device`,
        anchor: 'fetching and parsing the same answers, keeping none',
      },
      fewer,
      run('mirror'),
      run('plainFetch'),
    ),
    await timed(
      { what: `copying ${days} to the device`, anchor: 'one record an interval in IndexedDB' },
      fewer,
      run('mirror'),
      run('rowByRow'),
    ),
    await timed(
      { what: 'reading from IndexedDB what the Now screen needs', anchor: 'the same rows, a record each' },
      scale,
      run('readDays'),
      run('readRows'),
    ),
    await timed(
      { what: 'drawing the chart anew', anchor: 'uPlot with the same rows, without words' },
      { ...scale, rounds: scale.rounds * 4 },
      run('drawOurs'),
      run('drawTheirs'),
    ),
  ]
  const paths = await page.evaluate(() => window.bench.drawnPaths())
  if (paths === 0) faults.push('the chart was not drawn')
  await context.close()
  if (faults.length > 0) throw new Error(faults.join('; '))
  return figures
}

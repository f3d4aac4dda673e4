// How the appliance is, how good the forecasts were, and a home's first hours: with the Pi and without it.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import { foretell } from './foretold.ts'
import { type Home, MINUTE, type Visit, whenKept } from './home.ts'
import { BOARD, ownPi, PHONE, says } from './own-pi.ts'

const NOW = '2026-03-10T17:02:40+11:00'

vi.setConfig({ testTimeout: 240_000 })

const { openPi, open: openScreen } = ownPi({ now: NOW })

async function open(pi: Home, path: string, size = PHONE): Promise<Visit> {
  const opened = await openScreen(pi, { ...size, path })
  // A Pi that was too slow to say how it is gets asked again after a minute.
  opened.page.setDefaultTimeout(90_000)
  return opened
}

const shows = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor()

async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
    ...(isWide ? ['wider than the screen'] : []),
  ]
}

describe.each([
  ['a phone', { ...PHONE, height: 1400 }],
  ['a wide screen', { ...BOARD, height: 1400 }],
])('on %s', (_, size) => {
  it('the forecast score says how far out they were, draws and tables it, and holds without the Pi', async () => {
    const pi = await openPi()
    foretell(pi, 20)
    const { page, complaints } = await open(pi, '/score', size)
    await page.getByRole('heading', { level: 1, name: /^Forecasts 1 to 3 hours ahead were/ }).waitFor({
      timeout: 60_000,
    })
    await shows(page, /Over \d+ days\./)
    await page.getByRole('img', { name: /^Least sure about/ }).waitFor()
    await page.getByRole('button', { name: 'Show as table' }).first().click()
    await page.getByRole('columnheader', { name: 'Within the band' }).waitFor()
    expect(await faults(page)).toEqual([])
    await whenKept(page)
    await pi.stop()
    await page.reload()
    await says(page, /^Forecasts 1 to 3 hours ahead were/)
    expect(complaints).toEqual([])
  })

  it('the status tells the links, the last sync and what is kept where, and its age without the Pi', async () => {
    const pi = await openPi()
    const { page, complaints } = await open(pi, '/status', size)
    await says(page, /^Prices are live\./)
    for (const words of ['On the Pi', /\d+ of 50 calls left/, 'Version', 'npm run backup -- FILE'])
      await shows(page, words)
    const syncs = page.getByRole('table', { name: 'Last syncs' })
    await syncs.getByRole('row', { name: /^5:02\spm.* s \d+ all answered$/ }).waitFor()
    pi.cutInternet()
    pi.clock.now += 5 * MINUTE
    await pi.sync()
    await page.clock.fastForward(5 * MINUTE)
    await syncs.getByRole('row', { name: /^5:07\spm.*Amber not reached$/ }).waitFor()
    expect(await faults(page)).toEqual([])
    await whenKept(page)
    await pi.stop()
    await page.reload()
    await shows(page, /can.t be reached/)
    expect(await syncs.getByRole('row').count()).toBe(3)
    await shows(page, 'npm run backup -- FILE')
    expect(complaints).toEqual([])
  })
})

it('too little to judge by is said in words, without a number', async () => {
  const pi = await openPi()
  const { page } = await open(pi, '/score')
  await says(page, 'Too few forecasts have come due to judge them.')
  expect(await page.getByRole('img').count()).toBe(0)
})

describe('the first hours', () => {
  it('of a home are told step by step, and are over when all is there', async () => {
    const pi = await openPi({ synced: false })
    const { page, complaints } = await open(pi, '/status', { ...PHONE, height: 1400 })
    await says(page, /Waiting|The first sync/)
    await page.getByRole('heading', { name: 'The first hours' }).waitFor()
    await page.locator('.steps .done').first().waitFor()
    expect(await page.locator('.steps .done').allTextContents()).toEqual([
      expect.stringContaining('Your Pi answers'),
    ])
    expect(await faults(page)).toEqual([])
    await pi.sync()
    await expect
      .poll(() => page.locator('.steps .done').count(), { timeout: 20_000 })
      .toBeGreaterThanOrEqual(4)
    expect(complaints).toEqual([])
  })

  it('of a demo say how it becomes one’s own, and that no token is typed here', async () => {
    const pi = await openPi({ demo: true })
    const { page } = await open(pi, '/status', { ...PHONE, height: 1400 })
    await page.getByRole('heading', { name: 'To see your own prices' }).waitFor()
    await shows(page, /pi\/set-token\.sh/)
    await shows(page, /where npm start runs instead, start it again with the token/)
    expect(await page.getByRole('textbox').count()).toBe(0)
    expect(await faults(page)).toEqual([])
  })
})

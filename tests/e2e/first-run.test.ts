// A home before its first price, and while its past is being fetched: what the screens say, to the eye and to who listens.
import type { Page } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import { DEMO_SITE, pendingSite } from '../../backend/simulator/sites.ts'
import { saveNote } from '../../backend/store/notes.ts'
import { type HomeOptions, MINUTE } from './home.ts'
import { BOARD, ownPi, PHONE } from './own-pi.ts'

const KITCHEN = { ...BOARD, path: '/?view=kitchen&dim=off' }
const NOW = '2026-03-10T17:02:40+11:00'

vi.setConfig({ testTimeout: 240_000 })

const { openPi, open } = ownPi({ now: NOW })

const EMPTY = [
  ['/plan', /^No prices yet, so nothing can be said of the dishwasher\.$/],
  ['/usage', /^No usage is known for March\.$/],
  ['/worth', /^No usage is known yet for these days\.$/],
  ['/score', /^(Too few forecasts have come due|Your Pi has yet to tell)/],
] as const

/** Seen and heard are the same words: the heading is in sight, on one line of the wall, and nothing is left out of it. */
async function says(page: Page, sentence: RegExp): Promise<void> {
  const heading = page.getByRole('heading', { level: 1, name: sentence })
  await heading.waitFor()
  expect(await heading.innerText()).toMatch(sentence)
  expect(await heading.evaluate((h1) => h1.scrollWidth <= h1.clientWidth + 1)).toBe(true)
}

describe.each<[string, Partial<HomeOptions>, RegExp]>([
  ['before the first sync', { synced: false }, /^The first sync comes within five minutes\. Please wait\.$/],
  ['without a site', { sites: [] }, /^Amber lists no home yet\. Your Pi asks again hourly\.$/],
  [
    'with a site that is not Amber’s yet',
    { sites: [pendingSite(DEMO_SITE, '2026-03-12')] },
    /^Amber supplies you from 12\sMarch\. Prices begin then\.$/,
  ],
])('%s', (_, options, sentence) => {
  it('the phone and the kitchen say in one sentence what is the matter and what to do, and the phone leads to the steps', async () => {
    const pi = await openPi(options)
    const [phone, kitchen] = [await open(pi, PHONE), await open(pi, KITCHEN)]
    await says(phone.page, sentence)
    await says(kitchen.page, sentence)
    expect(await kitchen.page.getByRole('link').count()).toBe(0)
    await phone.page.getByRole('link', { name: 'What is still to come' }).click()
    await phone.page.getByRole('heading', { name: 'The first hours' }).waitFor()
    await says(phone.page, sentence)
    for (const [path, words] of EMPTY) {
      await phone.page.goto(`${pi.url}${path}`)
      await says(phone.page, words)
      await phone.page.getByRole('link', { name: 'What is still to come' }).click()
      await phone.page.getByRole('heading', { name: 'The first hours' }).waitFor()
    }
    expect([...phone.complaints, ...kitchen.complaints]).toEqual([])
  })
})

it('a token that Amber refuses is said to be, with what to do', async () => {
  const pi = await openPi({ synced: false })
  pi.faults.tokensRevoked = true
  await pi.sync()
  const { page } = await open(pi, PHONE)
  await says(
    page,
    /^Amber refused this Pi: it needs a new token\. Make one in the Amber app, then run pi\/set-token\.sh on the Pi\.$/,
  )
})

it('a demo says how it becomes one’s own, and leads to how a token is made', async () => {
  const pi = await openPi({ demo: true })
  const [phone, kitchen] = [await open(pi, PHONE), await open(pi, KITCHEN)]
  const words = /Invented prices\. For your own, see Status/
  await kitchen.page.getByText(words).waitFor()
  await phone.page.getByText(words).waitFor()
  await phone.page.getByRole('link', { name: words }).click()
  await phone.page.getByRole('heading', { name: 'To see your own prices' }).waitFor()
})

it('the past that is being fetched is counted in days where days are, and no more once it is here', async () => {
  const some = { backTo: '2026-02-04', first: '2025-12-10', isComplete: false, weeks: [5, 13] }
  const pi = await openPi({ alter: (db) => saveNote(db, 'history', { prices: some, usage: some }) })
  const { page, complaints } = await open(pi, PHONE)
  const counted = page.getByText('History is being fetched: 34 of 90 days.')
  await counted.waitFor()
  for (const tab of ['Usage', 'Worth it']) {
    await page.getByRole('link', { name: tab }).click()
    await counted.waitFor()
  }
  // A customer of three days: with the next sync all of it is here.
  pi.clock.now += 5 * MINUTE
  await pi.sync()
  await counted.waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
})

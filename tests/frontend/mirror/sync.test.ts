import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import { launchBrowser } from '../../browser.ts'
import { bundle, servedPage, servedScript } from './bundle.ts'
import { createFakePi, type FakePi, type Fault } from './fake-pi.ts'
import { HOUSEHOLD, halfHour, liveFrom, meteredDays, NEM_MIDNIGHT_MS, NOW_MS, settledDays } from './home.ts'
import type {} from './mirror-page.ts'

let browser: Browser
let script: string
let context: BrowserContext
let pi: FakePi
let piNowMs: number

beforeAll(async () => {
  ;[browser, script] = await Promise.all([launchBrowser(), bundle('./mirror-page.ts')])
})
afterAll(() => browser?.close())

beforeEach(async () => {
  piNowMs = NOW_MS
  const files = new Map([
    ['/index.html', servedPage('/page.js')],
    ['/page.js', servedScript(script)],
  ])
  pi = await createFakePi({ now: () => piNowMs, household: HOUSEHOLD, files: () => files, pageRows: 40 })
  context = await browser.newContext()
})
afterEach(async () => {
  await context.close()
  await pi.stop()
})

async function openPage(nowMs = NOW_MS): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${pi.url}/?now=${nowMs}`)
  await page.waitForFunction(() => window.mirrorPage !== undefined)
  return page
}

const sync = (page: Page) => page.evaluate(() => window.mirrorPage.own.sync())
const settle = (page: Page) => page.evaluate(() => window.mirrorPage.own.settled())
const disk = (page: Page) => page.evaluate(() => window.mirrorPage.disk())
const changes = (page: Page) => page.evaluate(() => window.mirrorPage.changes.splice(0))
const setClock = (page: Page, nowMs: number) =>
  page.evaluate((ms) => {
    window.mirrorPage.clock.nowMs = ms
  }, nowMs)
const facts = (page: Page) =>
  page.evaluate(async () => window.mirrorPage.homeFactsOf(await window.mirrorPage.device.read()))
const state = async (page: Page) => (await disk(page)).state

/** The first answer of a home with ten days of prices and five of usage. */
async function filledPage(): Promise<Page> {
  pi.savePrices(settledDays(10))
  pi.saveUsage(meteredDays(5))
  pi.saveLive(liveFrom(NOW_MS))
  const page = await openPage()
  expect(await sync(page)).toBe('synced')
  await settle(page)
  await changes(page)
  return page
}

describe('a first sync', () => {
  it('brings the newest days and the live rows at once, and older days after them', async () => {
    pi.savePrices(settledDays(10))
    pi.saveLive(liveFrom(NOW_MS))
    pi.faults.set('history', 'silent')
    const page = await openPage()
    expect(await sync(page)).toBe('synced')
    const first = await disk(page)
    expect(first.priceDays.map(({ date }) => date)).toEqual(['2026-03-08', '2026-03-09', '2026-03-10'])
    expect(first.live).toHaveLength(25)
    expect(first.state).toMatchObject({
      cursor: { epoch: 'first' },
      household: HOUSEHOLD,
      piAnsweredAtMs: NOW_MS,
      historyBefore: '2026-03-08',
    })
    expect(await changes(page)).toEqual(['facts'])
  })

  it('fills the history day by day until there is none, and says so', async () => {
    const page = await filledPage()
    const { priceDays, usageDays } = await disk(page)
    expect(priceDays).toHaveLength(10)
    expect(usageDays).toHaveLength(5)
    expect((await state(page)).historyBefore).toBeUndefined()
    expect(pi.mirrorAsked().filter(({ query }) => query.before)).toHaveLength(4)
  })

  it('of a Pi that has nothing yet leaves a copy that knows it', async () => {
    const page = await openPage()
    expect(await sync(page)).toBe('synced')
    expect(await facts(page)).toMatchObject({ household: HOUSEHOLD, prices: [], usage: [] })
  })

  it('gives the screen the rows that the Pi has', async () => {
    const page = await filledPage()
    const { prices, usage, amber, pi: contact } = await facts(page)
    const settled = prices.filter(({ kind }) => kind === 'actual')
    expect(settled).toEqual(settledDays(10).filter(({ startMs }) => startMs >= NEM_MIDNIGHT_MS - 4 * DAY_MS))
    expect(prices.filter(({ kind }) => kind !== 'actual')).toEqual(liveFrom(NOW_MS))
    expect(usage).toEqual(meteredDays(5).filter(({ startMs }) => startMs >= NEM_MIDNIGHT_MS - 4 * DAY_MS))
    expect(amber).toEqual({ answeredAtMs: NOW_MS, outcome: 'ok' })
    expect(contact).toEqual({ answeredAtMs: NOW_MS })
  })
})

describe('a later sync', () => {
  it('asks only for what is new and puts it into the days that are here', async () => {
    const page = await filledPage()
    const { revision } = (await state(page)).cursor!
    pi.savePrices([halfHour(NEM_MIDNIGHT_MS + 9 * 60 * MINUTE_MS, 99)])
    await sync(page)
    expect(pi.mirrorAsked().at(-1)?.query).toEqual({ since: String(revision), epoch: 'first' })
    const today = (await disk(page)).priceDays.at(-1)!
    expect(today.cents).toHaveLength(19)
    expect(today.cents.at(-1)).toBe(99)
  })

  it('takes what Amber has revised in the place of what was here', async () => {
    const page = await filledPage()
    const [old] = settledDays(10)
    pi.savePrices([{ ...old!, centsPerKwh: 55 }])
    await sync(page)
    const oldest = (await disk(page)).priceDays[0]!
    expect(oldest.cents).toHaveLength(48)
    expect(oldest.cents[0]).toBe(55)
  })

  it('costs no more than a 304 when there is nothing new', async () => {
    const page = await filledPage()
    await sync(page)
    expect(pi.mirrorAsked().at(-1)).toMatchObject({ isConditional: true, status: 304, bytes: 0 })
    expect(await changes(page)).toEqual(['contact'])
  })

  it('changes nothing but the time of contact when there is nothing new', async () => {
    const page = await filledPage()
    const before = await disk(page)
    await setClock(page, NOW_MS + 5 * MINUTE_MS)
    await sync(page)
    const { state: stateAfter, ...rowsAfter } = await disk(page)
    const { state: stateBefore, ...rowsBefore } = before
    expect(rowsAfter).toEqual(rowsBefore)
    expect(stateAfter).toEqual({ ...stateBefore, piAnsweredAtMs: NOW_MS + 5 * MINUTE_MS })
  })

  it('reads the same answer again without a trace', async () => {
    const page = await filledPage()
    pi.savePrices(settledDays(1).slice(-3))
    await sync(page)
    const once = await disk(page)
    // The same rows under new numbers: what a Pi sends that has re-read a day from Amber.
    pi.savePrices(settledDays(1).slice(-3))
    await sync(page)
    const twice = await disk(page)
    expect(twice.priceDays).toEqual(once.priceDays)
  })

  it('after a month of sleep takes everything in several steps', async () => {
    const page = await filledPage()
    const monthLaterMs = NOW_MS + 30 * DAY_MS
    pi.savePrices(settledDays(30, 30))
    pi.saveLive(liveFrom(monthLaterMs, 31))
    piNowMs = pi.report.amberAnsweredAtMs = monthLaterMs
    await setClock(page, monthLaterMs)
    const asked = pi.mirrorAsked().length
    expect(await sync(page)).toBe('synced')
    expect(pi.mirrorAsked().length - asked).toBeGreaterThan(2)
    expect((await disk(page)).priceDays).toHaveLength(40)
    expect((await facts(page)).prices.filter(({ kind }) => kind === 'current')).toEqual([
      liveFrom(monthLaterMs, 31)[0],
    ])
  })

  it('asked for while one runs, runs once more after it and not oftener', async () => {
    const page = await filledPage()
    const asked = pi.mirrorAsked().length
    const ends = await page.evaluate(() =>
      Promise.all(Array.from({ length: 20 }, () => window.mirrorPage.own.sync())),
    )
    expect(new Set(ends)).toEqual(new Set(['synced']))
    expect(pi.mirrorAsked().length - asked).toBe(2)
  })

  it('of two tabs at once leaves one copy, and both hear of it', async () => {
    const [left, right] = [await filledPage(), await openPage()]
    pi.savePrices(settledDays(30, 30))
    const ends = await Promise.all(
      [left, right].map((page) => page.evaluate(() => window.mirrorPage.device.sync())),
    )
    expect(ends).toEqual(['synced', 'synced'])
    expect((await disk(left)).priceDays).toHaveLength(40)
    expect((await disk(left)).priceDays).toEqual((await disk(right)).priceDays)
    for (const page of [left, right])
      await page.waitForFunction(() => window.mirrorPage.changes.includes('facts'))
  })
})

describe('another database on the Pi', () => {
  it('replaces the copy in one step, and no reader ever finds it empty', async () => {
    const page = await filledPage()
    pi.beginEpoch('second')
    pi.savePrices(settledDays(2))
    pi.saveLive(liveFrom(NOW_MS, 70))
    const seen = await page.evaluate(async () => {
      const { device, own } = window.mirrorPage
      const counts: number[] = []
      let isDone = false
      const syncing = own.sync().then(() => {
        isDone = true
      })
      while (!isDone) counts.push((await device.read()).live.length)
      await syncing
      return counts
    })
    expect(seen.length).toBeGreaterThan(0)
    expect(Math.min(...seen)).toBeGreaterThan(0)
    await settle(page)
    const { priceDays, usageDays } = await disk(page)
    expect(priceDays).toHaveLength(2)
    expect(usageDays).toEqual([])
    expect((await state(page)).cursor?.epoch).toBe('second')
  })

  it('keeps showing the old copy when the new one breaks off on its way', async () => {
    const page = await filledPage()
    const before = await disk(page)
    pi.beginEpoch('second')
    pi.faults.set('delta', 'cut')
    expect(await sync(page)).toBe('unreachable')
    expect((await disk(page)).priceDays).toEqual(before.priceDays)
    expect((await state(page)).cursor?.epoch).toBe('first')
  })

  it('that counts backwards under the same name is copied anew', async () => {
    const page = await filledPage()
    pi.rewind()
    expect(await sync(page)).toBe('synced')
    await settle(page)
    expect((await state(page)).cursor).toMatchObject({ epoch: 'first', revision: 1 })
  })
})

describe('a Pi that gives no answer', () => {
  const troubles: [Fault, string][] = [
    ['server-error', 'server-error'],
    ['html', 'bad-answer'],
    ['other-json', 'bad-answer'],
    ['cut', 'unreachable'],
  ]
  for (const [fault, end] of troubles) {
    it(`because of ${fault} leaves every row in its place and is noted as lost`, async () => {
      const page = await filledPage()
      const before = await disk(page)
      pi.savePrices(settledDays(1, 1))
      pi.faults.set('delta', fault)
      await setClock(page, NOW_MS + MINUTE_MS)
      expect(await sync(page)).toBe(end)
      const after = await disk(page)
      expect(after.priceDays).toEqual(before.priceDays)
      expect(after.state).toEqual({ ...before.state, piLostSinceMs: NOW_MS + MINUTE_MS })
      expect(await changes(page)).toEqual(['contact'])
    })
  }

  it('is lost since the first failure, however many follow, and each later one is no news', async () => {
    const page = await filledPage()
    await pi.stop()
    for (const minutes of [1, 2, 3]) {
      await setClock(page, NOW_MS + minutes * MINUTE_MS)
      expect(await sync(page)).toBe('unreachable')
    }
    expect(await changes(page)).toEqual(['contact'])
    expect((await facts(page)).pi).toEqual({ answeredAtMs: NOW_MS, lostSinceMs: NOW_MS + MINUTE_MS })
    await pi.start()
    await setClock(page, NOW_MS + 4 * MINUTE_MS)
    expect(await sync(page)).toBe('synced')
    expect((await facts(page)).pi).toEqual({ answeredAtMs: NOW_MS + 4 * MINUTE_MS })
  })

  it('from the very beginning is known to be lost', async () => {
    pi.faults.set('delta', 'server-error')
    const page = await openPage()
    expect(await sync(page)).toBe('server-error')
    expect(await facts(page)).toEqual({ prices: [], usage: [], amber: {}, pi: { lostSinceMs: NOW_MS } })
  })
})

describe('a fill of the history that was cut off', () => {
  it('goes on where it stopped when the page is opened again', async () => {
    pi.savePrices(settledDays(10))
    pi.hangAfterHistorySteps(1)
    const first = await openPage()
    await sync(first)
    await first.waitForFunction(() => window.mirrorPage.changes.includes('history'))
    await first.close()
    pi.hangAfterHistorySteps(99)
    const [second, asked] = [await openPage(), pi.mirrorAsked().length]
    expect((await state(second)).historyBefore).toBe('2026-03-06')
    await sync(second)
    await settle(second)
    const steps = pi
      .mirrorAsked()
      .slice(asked)
      .flatMap(({ query }) => query.before ?? [])
    expect(steps).toEqual(['2026-03-06', '2026-03-04', '2026-03-02'])
    expect((await disk(second)).priceDays).toHaveLength(10)
  })

  it('does not put an older row over the one a delta has brought meanwhile', async () => {
    pi.savePrices(settledDays(4))
    const release = pi.holdHistory()
    const page = await openPage()
    await sync(page)
    await expect.poll(() => pi.mirrorAsked().filter(({ query }) => query.before).length).toBe(1)
    const [oldest] = settledDays(4)
    pi.savePrices([{ ...oldest!, centsPerKwh: 77 }])
    await sync(page)
    release()
    await settle(page)
    const day = (await disk(page)).priceDays[0]!
    expect(day.cents).toHaveLength(48)
    expect(day.cents[0]).toBe(77)
  })

  it('gives way to news', async () => {
    pi.savePrices(settledDays(4))
    pi.holdHistory()
    const page = await openPage()
    await sync(page)
    pi.saveLive(liveFrom(NOW_MS, 88))
    await sync(page)
    expect((await facts(page)).prices[0]).toMatchObject({ kind: 'current', centsPerKwh: 88 })
  })
})

describe('clocks that differ', () => {
  const skewed = async (piAheadMs: number, amberAgeMs = 30 * SECOND_MS) => {
    piNowMs = NOW_MS + piAheadMs
    pi.report.amberAnsweredAtMs = piNowMs - amberAgeMs
    pi.savePrices(settledDays(2))
    const page = await openPage()
    await sync(page)
    return page
  }

  it('by more than two seconds are led by the Pi, and the copy keeps by how much', async () => {
    const page = await skewed(10 * MINUTE_MS)
    expect(await state(page)).toMatchObject({ skewMs: 10 * MINUTE_MS, piAnsweredAtMs: NOW_MS })
    expect((await facts(page)).pi).toEqual({ answeredAtMs: NOW_MS + 10 * MINUTE_MS })
  })

  it('by a second count as one', async () => {
    expect((await facts(await skewed(SECOND_MS))).pi).toEqual({ answeredAtMs: NOW_MS })
  })

  it('do not move the screen when it is the Pi that has lost the time', async () => {
    const page = await skewed(-5 * 60 * MINUTE_MS, 5 * 60 * MINUTE_MS)
    expect((await state(page)).skewMs).toBeUndefined()
    expect((await facts(page)).pi).toEqual({ answeredAtMs: NOW_MS })
  })
})

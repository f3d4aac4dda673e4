import { describe, expect, it } from 'vitest'
import { DAY_MS, MINUTE_MS } from '#domain/interval.ts'
import {
  HOUSEHOLD,
  halfHour,
  liveFrom,
  meteredDays,
  NEM_MIDNIGHT_MS,
  NOW_MS,
  SOON,
  settledDays,
} from './home.ts'
import {
  changes,
  disk,
  facts,
  filledPage,
  openPage,
  pi,
  setClock,
  setPiClock,
  settle,
  state,
  sync,
  useMirrorLab,
} from './mirror-lab.ts'

useMirrorLab()

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
    expect(pi.mirrorAsked().at(-1)?.query).toMatchObject({ since: String(revision), epoch: 'first' })
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

  it('forgets the days that the Pi keeps no longer, with the next answer and not before', async () => {
    const page = await filledPage()
    pi.dropBefore('2026-03-08')
    await sync(page)
    // Nothing of it has changed: 304.
    expect((await disk(page)).priceDays).toHaveLength(10)
    pi.saveLive(liveFrom(NOW_MS + 5 * MINUTE_MS))
    await sync(page)
    const { priceDays, usageDays, live } = await disk(page)
    expect(priceDays.map(({ date }) => date)).toEqual(['2026-03-08', '2026-03-09', '2026-03-10'])
    expect(usageDays.every(({ date }) => date >= '2026-03-08')).toBe(true)
    expect(usageDays.length).toBeGreaterThan(0)
    expect(live).toHaveLength(25)
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
    pi.report.amberAnsweredAtMs = monthLaterMs
    setPiClock(monthLaterMs)
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

describe('an answer that another tab has overtaken', () => {
  it('does not put its older rows back', async () => {
    const [slow, fast] = [await filledPage(), await openPage()]
    const [oldest] = settledDays(10)
    pi.savePrices([{ ...oldest!, centsPerKwh: 70 }])
    const release = pi.hold('delta')
    const asked = pi.mirrorAsked().length
    const syncing = sync(slow)
    await expect.poll(() => pi.mirrorAsked().length, SOON).toBe(asked + 1)
    pi.holdNoMore('delta')
    pi.savePrices([{ ...oldest!, centsPerKwh: 71 }])
    expect(await sync(fast)).toBe('synced')
    const newest = (await state(fast)).cursor
    release()
    expect(await syncing).toBe('synced')
    expect((await disk(slow)).priceDays[0]?.cents[0]).toBe(71)
    expect((await state(slow)).cursor).toEqual(newest)
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
    const asked = pi.mirrorAsked().length
    expect(await sync(page)).toBe('synced')
    expect(
      pi
        .mirrorAsked()
        .slice(asked)
        .some(({ query }) => query.since === undefined),
    ).toBe(true)
    await settle(page)
    expect((await state(page)).cursor).toMatchObject({ epoch: 'first', revision: 1 })
  })
})

import { describe, expect, it } from 'vitest'
import { MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import type { Fault } from './fake-pi.ts'
import { liveFrom, NOW_MS, SOON, settledDays } from './home.ts'
import {
  changes,
  countWrites,
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

describe('a Pi that gives no answer', () => {
  const troubles: [Fault, string][] = [
    ['server-error', 'server-error'],
    ['html', 'bad-answer'],
    ['other-json', 'bad-answer'],
    ['cut', 'unreachable'],
    ['stall', 'unreachable'],
    ['silent', 'unreachable'],
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

  it('is lost since the first failure, and those that follow are neither written nor told', async () => {
    const page = await filledPage()
    await countWrites(page)
    await pi.stop()
    for (const minutes of [1, 2, 3]) {
      await setClock(page, NOW_MS + minutes * MINUTE_MS)
      expect(await sync(page)).toBe('unreachable')
    }
    expect(await changes(page)).toEqual(['contact'])
    expect(await page.evaluate(() => (window as unknown as { writes: number }).writes)).toBe(1)
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
    const release = pi.hold('history')
    const page = await openPage()
    await sync(page)
    await expect.poll(() => pi.mirrorAsked().filter(({ query }) => query.before).length, SOON).toBe(1)
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
    pi.hold('history')
    const page = await openPage()
    await sync(page)
    pi.saveLive(liveFrom(NOW_MS, 88))
    await sync(page)
    expect((await facts(page)).prices[0]).toMatchObject({ kind: 'current', centsPerKwh: 88 })
  })
})

describe('clocks that differ', () => {
  const skewed = async (piAheadMs: number, amberAgeMs = 30 * SECOND_MS) => {
    setPiClock(NOW_MS + piAheadMs)
    pi.report.amberAnsweredAtMs = NOW_MS + piAheadMs - amberAgeMs
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

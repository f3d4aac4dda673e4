// How many calls are made, when nothing is wrong and when something is; and how a household that has just begun fills.
import { describe, expect, it } from 'vitest'
import type { Faults } from '../../backend/simulator/faults.ts'
import { DEMO_SITE, VICTORIAN_SITE } from '../../backend/simulator/sites.ts'
import { noteOf } from '../../backend/store/notes.ts'
import { usageDayStates } from '../../backend/store/usage.ts'
import type { HistoryProgress } from '../../backend/sync/history.ts'
import { nextSyncAtMs } from '../../backend/sync/schedule.ts'
import { HOUR, household, MINUTE, mostInAWindow, NEW_CUSTOMER } from './synced-home.ts'

describe('a first start', () => {
  it('fetches the newest first, tells how far it is after each call, and keeps to twenty calls in five minutes', async () => {
    const { syncsFor, db, clock } = await household({ sites: [VICTORIAN_SITE] })
    const progress: HistoryProgress[] = []
    const calls: number[] = []
    for (let run = 0; run < 4; run++) {
      calls.push(...(await syncsFor(MINUTE)))
      progress.push(noteOf<HistoryProgress>(db, 'history')!)
    }
    expect(mostInAWindow(calls)).toBeLessThanOrEqual(20)
    expect(calls.length).toBeGreaterThan(48)
    expect(clock.now).toBeLessThan(Date.parse('2026-03-10T10:30:00+10:00'))
    const backTo = progress.map(({ prices }) => prices.backTo!)
    expect([...backTo].sort().reverse()).toEqual(backTo)
    expect(progress[0]).toMatchObject({ prices: { first: '2025-06-16', isComplete: false } })
    expect(progress.at(-1)).toEqual({
      prices: { backTo: '2025-06-16', first: '2025-06-16', isComplete: true, weeks: [39, 39] },
      usage: { backTo: '2025-12-10', first: '2025-12-10', isComplete: true, weeks: [14, 14] },
    })
    const days = new Set(usageDayStates(db, VICTORIAN_SITE.id, 0).map(({ nemDay }) => nemDay))
    expect(days.size).toBeGreaterThanOrEqual(89)
  })

  it('tells its progress while its first run still goes on', async () => {
    const { sync, client, db } = await household({ sites: [VICTORIAN_SITE] })
    let left = 8
    const amber = client()
    const cut = new Proxy(amber, {
      get:
        (target, name: keyof typeof amber) =>
        (...args: never[]) => {
          if (left-- === 0) throw new Error('killed')
          return (target[name] as (...all: never[]) => unknown)(...args)
        },
    })
    await expect(sync(cut)).rejects.toThrow('killed')
    expect(noteOf<HistoryProgress>(db, 'history')?.usage.weeks[0]).toBe(3)
  })
})

describe('an hour of', () => {
  it.each<[string, Faults, number]>([
    ['nothing wrong', {}, 20],
    ['503', { outages: [{ kind: 503 }] }, 18],
    ['broken connections', { outages: [{ kind: 'reset' }] }, 18],
    ['500 to usage', { outages: [{ kind: 500, on: ['usage'] }] }, 20],
    ['500 to prices by date', { outages: [{ kind: 500, on: ['prices'] }] }, 20],
    ['500 to the running price', { outages: [{ kind: 500, on: ['current'] }] }, 20],
    ['500 to the sites', { outages: [{ kind: 500, on: ['sites'] }] }, 20],
    ['a revoked token', { tokensRevoked: true }, 3],
    ['a used up quota', { quotaExhausted: true }, 13],
    ['a used up quota that tells nothing', { quotaExhausted: true, quotaSilent: true }, 15],
    ['429 at random', { outages: [{ kind: 'throttled' }] }, 15],
    // Five in five minutes, as long as the price on the screen may still settle.
    ['empty lists', { outages: [{ kind: 'empty' }] }, 63],
    ['prices that never settle', { neverSettled: true }, 63],
    ['an Amber that is an interval behind', { staleCurrent: true }, 63],
  ])('%s: few calls, and all is well once it is over', async (_, faults, most) => {
    const home = await household({ sites: [NEW_CUSTOMER] })
    await home.syncsFor(10 * MINUTE)
    Object.assign(home.faults, faults)
    const calls = await home.syncsFor(HOUR)
    expect(mostInAWindow(calls)).toBeLessThanOrEqual(6)
    expect(calls.length).toBeLessThanOrEqual(most)
    for (const name of Object.keys(faults)) delete home.faults[name as keyof Faults]
    home.clock.now += HOUR
    await home.sync()
    expect((await home.sync()).outcome).toBe('ok')
  })
})

describe('a night of nothing wrong', () => {
  it('asks for prices around now each hour, and for usage from 02:15 on each hour until yesterday is there', async () => {
    const home = await household({ sites: [NEW_CUSTOMER], now: Date.parse('2026-03-10T01:30:25+10:00') })
    await home.syncsFor(10 * MINUTE)
    const before = home.paths().length
    const calls: [number, string][] = []
    for (let run = 0; run < 60; run++) {
      const from = home.paths().length
      await home.sync()
      for (const path of home.paths().slice(from)) calls.push([home.clock.now, path])
      home.clock.now = nextSyncAtMs(home.clock.now)
    }
    const times = (wanted: string) =>
      calls
        .filter(([, path]) => path === wanted)
        .map(([ms]) => new Date(ms + 10 * HOUR).toISOString().slice(11, 16))
    expect(home.paths().length - before).toBe(calls.length)
    expect(times('/prices/current').length).toBeGreaterThanOrEqual(60)
    // The first is that of the last days, once a day.
    expect(times('/prices')).toEqual(['02:15', '02:30', '03:30', '04:30', '05:30', '06:30'])
    expect(times('/sites')).toEqual([])
    const usage = times('/usage')
    expect(usage[0]).toBe('02:15')
    expect(usage.length).toBeLessThan(6)
    const yesterday = usageDayStates(home.db, DEMO_SITE.id, Date.parse('2026-03-09T00:00:00+10:00'))
    expect(yesterday.map(({ minutes }) => minutes)).toEqual([1440, 1440, 1440])
  })
})

// What Amber left out or failed at, and when it is asked for that again.
import type Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { PriceInterval } from '../../backend/domain/price.ts'
import type { Endpoint } from '../../backend/simulator/faults.ts'
import { type SimulatedSite, VICTORIAN_SITE } from '../../backend/simulator/sites.ts'
import { hasAllPrices } from '../../backend/store/price-cover.ts'
import { pricesBetween, savePrices } from '../../backend/store/prices.ts'
import { questionsOf } from '../../backend/store/questions.ts'
import { saveSites } from '../../backend/store/sites.ts'
import { saveUsage } from '../../backend/store/usage.ts'
import { planState } from '../../backend/sync/plan-state.ts'
import { freshStore, halfHours, nemDay, priceRow, usageRow } from './sample-rows.ts'
import { DAY, HOUR, household, MINUTE, mostInAWindow } from './synced-home.ts'

/** Half hours, and nothing but three weeks that are older than what is asked for weekly anyway. */
const SITE: SimulatedSite = {
  ...VICTORIAN_SITE,
  status: 'closed',
  activeFrom: '2025-11-13',
  closedOn: '2025-12-03',
}
const OLD = {
  startMs: Date.parse('2025-11-13T00:00:00+10:00'),
  endMs: Date.parse('2025-12-04T00:00:00+10:00'),
}
const OLD_WEEKS = ['2025-11-13', '2025-11-20', '2025-11-27'].map(
  (date) => `prices week ${Date.parse(date) / (7 * DAY)}`,
)

const rowsOf = (db: Database.Database) => pricesBetween(db, SITE.id, OLD).length
const shortAnswersOf = (db: Database.Database) =>
  OLD_WEEKS.map((week) => questionsOf(db, SITE.id).get(week)!.shortAnswers)

type Home = Awaited<ReturnType<typeof household>>

/** Some refreshes, each day at the same time. */
async function days({ syncsFor, clock }: Home, count: number) {
  const calls: number[][] = []
  for (let day = 0; day < count; day++) {
    const morning = clock.now
    calls.push(await syncsFor(HOUR))
    clock.now = morning + DAY
  }
  return calls
}

describe('old weeks of prices', () => {
  it('that were told with holes are asked for again the next day, and are whole then', async () => {
    const home = await household({ sites: [SITE], faults: { missingActuals: 0.05 } })
    await days(home, 1)
    expect(rowsOf(home.db)).toBeLessThan(home.simulator.truth.prices(SITE.id, OLD).length)
    expect(shortAnswersOf(home.db)).toEqual([1, 1, 1])
    delete home.faults.missingActuals
    const [calls] = await days(home, 1)
    expect(rowsOf(home.db)).toBe(home.simulator.truth.prices(SITE.id, OLD).length)
    expect(shortAnswersOf(home.db)).toEqual([0, 0, 0])
    expect(mostInAWindow(calls!)).toBeLessThanOrEqual(8)
  })

  it('of which rows could not be read are asked for again too', async () => {
    const home = await household({ sites: [SITE], faults: { unknownWords: { type: 'DreamInterval' } } })
    await days(home, 1)
    expect(shortAnswersOf(home.db)).toEqual([1, 1, 1])
    delete home.faults.unknownWords
    await days(home, 1)
    expect(rowsOf(home.db)).toBe(home.simulator.truth.prices(SITE.id, OLD).length)
  })

  it('of which no row can be read are not taken for empty', async () => {
    const home = await household({ sites: [SITE] })
    const amber = home.client()
    const odd = async (...asked: Parameters<typeof amber.prices>) => {
      const answer = await amber.prices(...asked)
      return { ...answer, rows: [], quarantined: [{ reason: 'odd', raw: '{}' }] }
    }
    await home.sync({ ...amber, prices: odd })
    for (const week of OLD_WEEKS)
      expect(questionsOf(home.db, SITE.id).get(week)).toMatchObject({ emptyAnswers: 0, shortAnswers: 1 })
  })

  it('that stay short are asked for on five days, then once a week, and keep nothing else waiting', async () => {
    const home = await household({ sites: [SITE], faults: { missingActuals: 0.05 } })
    const calls = await days(home, 6)
    expect(shortAnswersOf(home.db)).toEqual([5, 5, 5])
    await days(home, 5)
    expect(shortAnswersOf(home.db)).toEqual([5, 5, 5])
    await days(home, 1)
    expect(shortAnswersOf(home.db)).toEqual([6, 6, 6])
    for (const ofDay of calls) expect(mostInAWindow(ofDay)).toBeLessThanOrEqual(20)
    for (const ofDay of calls.slice(1)) expect(ofDay.length).toBeLessThan(60)
    expect((await home.sync()).outcome).toBe('ok')
  })
})

describe('a stretch of prices', () => {
  const T0 = nemDay('2025-11-13')
  const two = { startMs: T0, endMs: T0 + HOUR }
  const half = (index: number, over: Partial<PriceInterval> = {}) => priceRow(T0 + index * 30 * MINUTE, over)
  const fives = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => {
      const startMs = T0 + (from + index) * 5 * MINUTE
      return priceRow(startMs, { endMs: startMs + 5 * MINUTE })
    })
  const solar = { channel: 'feedIn' } as const

  it.each<[string, PriceInterval[], boolean]>([
    ['of which every minute is told is whole', [half(0), half(1)], true],
    ['lacks its first minutes', [half(1)], false],
    ['lacks its last minutes', [half(0)], false],
    ['lacks five minutes in its middle', [...fives(0, 5), half(1)], false],
    ['is whole in rows of two lengths', [...fives(0, 6), half(1)], true],
    ['is whole where rows of two lengths overlap', [half(0), ...fives(3, 12)], true],
    ['lacks minutes where an overlap has as many twice', [half(0), ...fives(0, 6)], false],
    ['lacks some of a second channel', [half(0), half(1), half(1, solar)], false],
    ['lacks all of a channel that is there later', [half(0), half(1), half(2, solar)], false],
    ['does not lack a channel that only was there before', [half(0), half(1), half(-1, solar)], true],
    ['does not lack a channel that begins much later', [half(0), half(1), half(4, solar)], true],
    ['without any row is not whole', [half(2)], false],
  ])('%s', (_, rows, whole) => {
    const { db } = freshStore()
    savePrices(db, 'S1', rows)
    expect(hasAllPrices(db, 'S1', two)).toBe(whole)
  })
})

describe('what Amber failed at', () => {
  const customer = { ...VICTORIAN_SITE, activeFrom: '2026-03-08' }
  const customersHome = (on?: Endpoint[]) =>
    household({ sites: [customer], faults: on ? { outages: [{ kind: 500, on }] } : {} })
  /** One refresh an hour; says which paths were asked for in each. */
  async function hours({ sync, paths, clock }: Home, count: number) {
    const asked: string[][] = []
    for (let hour = 0; hour < count; hour++) {
      const [startMs, before] = [clock.now, paths().length]
      await sync()
      asked.push(paths().slice(before))
      clock.now = startMs + HOUR
    }
    return asked
  }
  const failuresOf = ({ db }: Home) =>
    [...questionsOf(db, customer.id).values()].map(({ failures }) => failures)

  it('for two days, as at everything, is all asked for at once or within the hour when it is back', async () => {
    const home = await customersHome()
    await home.sync()
    home.faults.outages = [{ kind: 503 }]
    await hours(home, 48)
    expect(Math.max(...failuresOf(home))).toBeGreaterThan(5)
    delete home.faults.outages
    const back = await hours(home, 2)
    expect(failuresOf(home)).toEqual([0, 0, 0])
    expect(back.flat().length).toBeLessThanOrEqual(8)
  })

  it('alone is asked for less and less often, and goes on so after a trouble with everything was forgiven', async () => {
    const home = await customersHome(['usage'])
    const usageCalls = async (count: number) =>
      (await hours(home, count)).flat().filter((path) => path === '/usage').length
    await usageCalls(24)
    // Every four hours, as yesterday is wanted hourly.
    expect(await usageCalls(24)).toBeLessThanOrEqual(6)
    home.faults.outages = [{ kind: 503 }]
    await hours(home, 3)
    home.faults.outages = [{ kind: 500, on: ['usage'] }]
    await usageCalls(7)
    expect(await usageCalls(24)).toBeLessThanOrEqual(6)
  })

  it('is not forgiven for a minute’s trouble with everything', async () => {
    const home = await customersHome(['prices'])
    await hours(home, 12)
    const failures = failuresOf(home)
    home.faults.outages = [{ kind: 503 }]
    await home.sync()
    home.clock.now += 5 * MINUTE
    home.faults.outages = [{ kind: 500, on: ['prices'] }]
    await home.sync()
    expect(Math.max(...failures)).toBeGreaterThan(3)
    expect(failuresOf(home).every((count, index) => count >= failures[index]!)).toBe(true)
  })
})

it('usage with a register that never speaks is not asked for hourly for ever, and is again once it has spoken', () => {
  const { db } = freshStore()
  const nowMs = nemDay('2026-03-10') + 10 * HOUR
  const channels = ['E1', 'E7'].map((identifier) => ({ identifier, channel: 'general', tariff: '' }) as const)
  saveSites(db, [{ siteId: 'S1', network: '', status: 'active', intervalMinutes: 30, channels }])
  const tell = (daysBack: number, identifier: string) => {
    const date = new Date(nemDay('2026-03-10') - daysBack * DAY + 12 * HOUR).toISOString().slice(0, 10)
    saveUsage(
      db,
      'S1',
      halfHours(date).map((startMs) => usageRow(startMs, { identifier })),
      nowMs,
    )
  }
  const isComplete = () => {
    const run = { failed: new Set<string>(), rechecked: false, isDown: false, knowsTime: true }
    return planState(db, {}, nowMs, { ...run, current: new Map() }).sites[0]?.yesterdayComplete
  }
  for (let days = 14; days > 0; days--) tell(days, 'E1')
  expect(isComplete()).toBe(false)
  tell(15, 'E1')
  expect(isComplete()).toBe(true)
  tell(2, 'E7')
  expect(isComplete()).toBe(false)
  tell(1, 'E7')
  expect(isComplete()).toBe(true)
})

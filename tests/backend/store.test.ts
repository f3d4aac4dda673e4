import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { covers } from '../../backend/domain/interval.ts'
import { onceMeasured } from '../../backend/domain/once-measured.ts'
import type { Channel, PriceInterval } from '../../backend/domain/price.ts'
import type { UsageInterval } from '../../backend/domain/usage.ts'
import { inRevision, ledger, startOver } from '../../backend/store/ledger.ts'
import { SCHEMA_VERSION } from '../../backend/store/migrate.ts'
import { knownDates, rowsSince } from '../../backend/store/mirror.ts'
import { saveNote } from '../../backend/store/notes.ts'
import { openForReading, openForWriting } from '../../backend/store/open.ts'
import { livePrices, pricesBetween, savePrices } from '../../backend/store/prices.ts'
import { quarantinedCount, saveQuarantined } from '../../backend/store/quarantine.ts'
import {
  forgetAnswers,
  forgiveFailures,
  noteAnswer,
  noteFailure,
  questionsOf,
} from '../../backend/store/questions.ts'
import { createReader } from '../../backend/store/reader.ts'
import { defaultSite, knownSites, type Site, saveSites } from '../../backend/store/sites.ts'
import { amberHistory, lastSyncRun, nextSyncRunId, recordSyncRun } from '../../backend/store/sync-runs.ts'
import { saveUsage, usageBetween, usageDayStates, usageDaysTold } from '../../backend/store/usage.ts'
import { USAGE_DAY_STATES, USAGE_DAYS_TOLD } from '../../backend/store/usage-queries.ts'
import { usageRevisionsBetween } from '../../backend/store/usage-revisions.ts'
import { vintagesBetween } from '../../backend/store/vintages.ts'
import { temporaryFolder } from './temporary.ts'

const MINUTE = 60_000
const T0 = Date.parse('2026-03-10T10:00:00+10:00')
const SITE = 'S1'
const ALWAYS = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER / 4 }

function freshStore() {
  const path = join(temporaryFolder(), 'deep', 'cache.sqlite')
  const db = openForWriting(path, () => 'epoch-1')
  onTestFinished(() => void db.close())
  return { db, path }
}

const price = (over: Partial<PriceInterval> = {}): PriceInterval => ({
  channel: 'general',
  kind: 'actual',
  estimate: false,
  startMs: T0,
  endMs: T0 + 5 * MINUTE,
  centsPerKwh: 20.12345,
  spotCentsPerKwh: 3.5,
  renewablesPercent: 61.204,
  descriptor: 'veryLow',
  spikeStatus: 'none',
  tariff: { period: 'peak', demandWindow: true },
  ...over,
})

const estimateOf = (centsPerKwh: number): PriceInterval =>
  price({
    kind: 'current',
    estimate: true,
    centsPerKwh,
    madeAtMs: T0 + 5000,
    advanced: { low: 1, predicted: 2, high: 3 },
  })
const settledOf = (centsPerKwh: number, confirmedAtMs = T0 + 25_000): PriceInterval =>
  price({ kind: 'current', centsPerKwh, confirmedAtMs })
const forecastOf = (centsPerKwh: number, madeAtMs: number): PriceInterval =>
  price({
    kind: 'forecast',
    centsPerKwh,
    madeAtMs,
    advanced: { low: 1, predicted: 2, high: 3 },
    range: { min: 0, max: 9 },
  })

const usageRow = (over: Partial<UsageInterval> = {}): UsageInterval => ({
  channel: 'general',
  identifier: 'E1',
  startMs: T0,
  endMs: T0 + 5 * MINUTE,
  kwh: 0.214,
  costCents: 3.8315,
  centsPerKwh: 17.90412,
  quality: 'estimated',
  ...over,
})

describe('the file', () => {
  it('is made with its folder, strict, in WAL mode, at the newest schema', () => {
    const { db } = freshStore()
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION)
    const loose = db.prepare(
      "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    )
    expect(loose.all()).toEqual([])
  })

  it('keeps its name and facts when it is opened again', () => {
    const { db, path } = freshStore()
    savePrices(db, SITE, [price()])
    const again = openForWriting(path, () => 'epoch-2')
    expect(ledger(again)).toEqual({ epoch: 'epoch-1', revision: 1, demo: false })
    again.close()
  })

  it('of a newer version is refused, for writing and for reading, with what to do', () => {
    const { db, path } = freshStore()
    db.pragma(`user_version = ${SCHEMA_VERSION + 1}`)
    expect(() => openForWriting(path, () => '')).toThrow(/newer version.*Update the program/)
    expect(() => openForReading(path)).toThrow(/newer version/)
  })

  it('that is no database is named and left as it is', () => {
    const path = join(temporaryFolder(), 'cache.sqlite')
    writeFileSync(path, 'a shopping list, long enough to be read as a header '.repeat(40))
    expect(() => openForWriting(path, () => '')).toThrow(/cache\.sqlite cannot be read/)
    expect(readFileSync(path, 'utf8')).toContain('shopping list')
  })

  it.skipIf(process.getuid?.() === 0)(
    'in a folder that is not writable says so (skipped as root, who may write anywhere)',
    () => {
      const folder = temporaryFolder()
      chmodSync(folder, 0o500)
      expect(() => openForWriting(join(folder, 'cache.sqlite'), () => '')).toThrow(/make its folder writable/)
    },
  )

  it('below something that is no folder says so', () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    expect(() => openForWriting(join(file, 'cache.sqlite'), () => '')).toThrow(/make its folder writable/)
  })

  it('is read only by readers', () => {
    const { path } = freshStore()
    const reader = openForReading(path)
    expect(() => reader?.exec('DELETE FROM ledger')).toThrow(/readonly/)
    reader?.close()
  })

  it('that is not there yet is nothing to read, and is read once it is', () => {
    const path = join(temporaryFolder(), 'cache.sqlite')
    const reader = createReader(path)
    onTestFinished(reader.close)
    expect(reader.db()).toBeUndefined()
    expect(reader.version()).toBeUndefined()
    const db = openForWriting(path, () => 'epoch-1')
    expect(reader.db()).toBeDefined()
    const before = reader.version()
    savePrices(db, SITE, [price()])
    expect(reader.version()).not.toBe(before)
    db.close()
  })
})

describe('revisions', () => {
  it('count the transactions that changed something', () => {
    const { db } = freshStore()
    expect(savePrices(db, SITE, [price()]).changed).toBe(1)
    expect(savePrices(db, SITE, [price({ centsPerKwh: 21 })]).changed).toBe(1)
    expect(ledger(db).revision).toBe(2)
  })

  it('do not move, and not a byte of the log is written, when everything is already there', () => {
    const { db, path } = freshStore()
    const prices = [
      price(),
      price({ channel: 'feedIn', tariff: undefined as never }),
      settledOf(20),
      forecastOf(30, T0),
    ]
    const usage = [usageRow(), usageRow({ identifier: 'B1', channel: 'feedIn', costCents: -6 })]
    const sites: Site[] = [
      {
        siteId: SITE,
        network: 'Ausgrid',
        status: 'active',
        intervalMinutes: 5,
        channels: [{ identifier: 'E1', channel: 'general', tariff: 'EA116' }],
      },
    ]
    const write = () => [
      savePrices(db, SITE, prices).changed,
      saveUsage(db, SITE, usage, T0).changed,
      saveSites(db, sites).length,
    ]
    write()
    db.pragma('wal_checkpoint(TRUNCATE)')
    expect(write()).toEqual([0, 0, 0])
    expect(readFileSync(`${path}-wal`)).toHaveLength(0)
    expect(ledger(db).revision).toBe(3)
  })

  it('are undone with the transaction they belong to', () => {
    const { db } = freshStore()
    expect(() =>
      inRevision(db, () => {
        savePrices(db, SITE, [price()])
        throw new Error('cut off')
      }),
    ).toThrow('cut off')
    expect(ledger(db).revision).toBe(0)
    expect(pricesBetween(db, SITE, ALWAYS)).toEqual([])
  })

  it('tell a mirror only what changed since, in whole revisions within its limit', () => {
    const { db } = freshStore()
    for (let index = 0; index < 5; index++) {
      const at = { startMs: T0 + index * 5 * MINUTE, endMs: T0 + (index + 1) * 5 * MINUTE }
      savePrices(db, SITE, [price(at), price({ ...at, channel: 'feedIn' })])
    }
    expect(rowsSince(db, SITE, 3, 5, 100)).toMatchObject({ until: 5, prices: { length: 4 } })
    expect(rowsSince(db, SITE, 0, 5, 3)).toMatchObject({ until: 2, prices: { length: 4 } })
    expect(rowsSince(db, SITE, 5, 5, 3)).toMatchObject({ until: 5, prices: [] })
  })
})

describe('prices', () => {
  it('come back as they went in, each rank as itself', () => {
    const { db } = freshStore()
    const rows = [
      price(),
      { ...settledOf(9), startMs: T0 + 5 * MINUTE, endMs: T0 + 10 * MINUTE },
      forecastOf(30, T0),
    ]
    savePrices(db, SITE, rows)
    expect(pricesBetween(db, SITE, ALWAYS)).toEqual(rows)
  })

  it('of a feed-in without a tariff have none', () => {
    const { db } = freshStore()
    const { tariff: _, ...bare } = price({ channel: 'feedIn', centsPerKwh: -3 })
    savePrices(db, SITE, [bare])
    expect(pricesBetween(db, SITE, ALWAYS)).toEqual([bare])
  })

  it('that settled are never overwritten by an estimate of the same interval', () => {
    const { db } = freshStore()
    savePrices(db, SITE, [estimateOf(40)])
    savePrices(db, SITE, [settledOf(30)])
    expect(savePrices(db, SITE, [estimateOf(50)]).changed).toBe(0)
    expect(livePrices(db, SITE)).toEqual([settledOf(30)])
  })

  it('keep the instant at which they were first seen settled', () => {
    const { db } = freshStore()
    savePrices(db, SITE, [settledOf(30, T0 + 25_000)])
    savePrices(db, SITE, [settledOf(30, T0 + 70_000)])
    expect(livePrices(db, SITE)[0]?.confirmedAtMs).toBe(T0 + 25_000)
  })

  it('of the running interval give way to its settled row, and do not come back', () => {
    const { db } = freshStore()
    savePrices(db, SITE, [estimateOf(40)])
    savePrices(db, SITE, [price()])
    expect(livePrices(db, SITE)).toEqual([])
    expect(savePrices(db, SITE, [estimateOf(41), settledOf(42)]).changed).toBe(0)
  })

  it('told anew by 5 minutes take the place of their half hour, once all of it is told and not before', () => {
    const { db } = freshStore()
    const halfHourMs = Math.floor(T0 / (30 * MINUTE)) * 30 * MINUTE
    const half = (index: number, channel: Channel = 'general') =>
      price({
        channel,
        startMs: halfHourMs + index * 30 * MINUTE,
        endMs: halfHourMs + (index + 1) * 30 * MINUTE,
      })
    const five = (index: number) =>
      price({ startMs: halfHourMs + index * 5 * MINUTE, endMs: halfHourMs + (index + 1) * 5 * MINUTE })
    const others = [half(-1), half(0, 'feedIn'), half(1)]
    savePrices(db, SITE, [half(0), ...others])
    const fives = [0, 1, 2, 3, 4, 5].map(five)
    expect(savePrices(db, SITE, fives.slice(1)).removed).toBe(0)
    expect(pricesBetween(db, SITE, ALWAYS)).toContainEqual(half(0))
    expect(savePrices(db, SITE, fives).removed).toBe(1)
    const stored = pricesBetween(db, SITE, ALWAYS)
    expect(stored).toHaveLength(9)
    expect(stored).toEqual(expect.arrayContaining([...fives, ...others]))
  })

  it('that are forecast are replaced by newer forecasts only', () => {
    const { db } = freshStore()
    savePrices(db, SITE, [forecastOf(30, T0 + MINUTE)])
    expect(savePrices(db, SITE, [forecastOf(29, T0)]).changed).toBe(0)
    expect(livePrices(db, SITE)[0]?.centsPerKwh).toBe(30)
    savePrices(db, SITE, [forecastOf(31, T0 + 2 * MINUTE)])
    expect(livePrices(db, SITE)[0]?.centsPerKwh).toBe(31)
  })

  it('that are revised after they settled are revised here', () => {
    const { db } = freshStore()
    savePrices(db, SITE, [price()])
    savePrices(db, SITE, [price({ centsPerKwh: 7.25, tariff: { period: 'offPeak' } })])
    expect(pricesBetween(db, SITE, ALWAYS)).toMatchObject([
      { centsPerKwh: 7.25, tariff: { period: 'offPeak' } },
    ])
  })

  it('keep what one answer leaves out of a row, and take what it says instead', () => {
    const { db } = freshStore()
    savePrices(db, SITE, [price()])
    const { tariff: _, descriptor: __, ...bare } = price()
    expect(savePrices(db, SITE, [bare]).changed).toBe(0)
    expect(savePrices(db, SITE, [{ ...bare, descriptor: 'high' }]).changed).toBe(1)
    expect(pricesBetween(db, SITE, ALWAYS)).toEqual([price({ descriptor: 'high' })])
  })

  it('of 5 and of 30 minutes that end together are two facts', () => {
    const { db } = freshStore()
    savePrices(db, SITE, [price(), price({ startMs: T0 - 25 * MINUTE, centsPerKwh: 22 })])
    expect(pricesBetween(db, SITE, ALWAYS)).toHaveLength(2)
  })

  it('between two instants are those that overlap them', () => {
    const { db } = freshStore()
    savePrices(db, SITE, [price(), price({ startMs: T0 + 5 * MINUTE, endMs: T0 + 10 * MINUTE })])
    const between = (startMs: number, endMs: number) => pricesBetween(db, SITE, { startMs, endMs }).length
    expect(between(T0 + 5 * MINUTE, T0 + 6 * MINUTE)).toBe(1)
    expect(between(T0 + 4 * MINUTE, T0 + 6 * MINUTE)).toBe(2)
    expect(between(T0 - MINUTE, T0)).toBe(0)
  })
})

describe('forecast vintages', () => {
  it('are kept one a half hour and channel, as they were made first', () => {
    const { db } = freshStore()
    for (const minute of [0, 5, 31]) savePrices(db, SITE, [forecastOf(30 + minute, T0 + minute * MINUTE)])
    const kept = vintagesBetween(db, SITE, 'general', { fromMs: T0, toMs: T0 + 60 * MINUTE })
    expect(kept.map(({ madeAtMs, intervals }) => [madeAtMs, intervals[0]?.cents])).toEqual([
      [T0, 30],
      [T0 + 31 * MINUTE, 61],
    ])
    expect(kept[0]?.intervals).toEqual([
      { startMs: T0, endMs: T0 + 5 * MINUTE, cents: 30, band: { low: 1, predicted: 2, high: 3 } },
    ])
  })
})

describe('usage', () => {
  it('is revised by what Amber says last', () => {
    const { db } = freshStore()
    saveUsage(db, SITE, [usageRow()], T0)
    saveUsage(db, SITE, [usageRow({ kwh: 0.2, costCents: 3, quality: 'billable' })], T0 + 1)
    expect(usageBetween(db, SITE, ALWAYS)).toEqual([
      usageRow({ kwh: 0.2, costCents: 3, quality: 'billable' }),
    ])
  })

  it('that is corrected leaves word of what it was, when, and what it became', () => {
    const { db } = freshStore()
    const tariff = { period: 'peak' }
    saveUsage(db, SITE, [usageRow({ tariff })], T0)
    saveUsage(db, SITE, [usageRow({ tariff })], T0 + 1)
    saveUsage(db, SITE, [usageRow({ tariff, kwh: 0.2, costCents: 3, quality: 'billable' })], T0 + 2)
    saveUsage(
      db,
      SITE,
      [usageRow({ tariff: { period: 'offPeak' }, kwh: 0.2, costCents: 2, quality: 'billable' })],
      T0 + 3,
    )
    const first = { kwh: 0.214, costCents: 3.8315, centsPerKwh: 17.90412, quality: 'estimated', tariff }
    const second = { ...first, kwh: 0.2, costCents: 3, quality: 'billable' }
    const third = { ...second, costCents: 2, tariff: { period: 'offPeak' } }
    const { kwh: _, costCents: __, centsPerKwh: ___, quality: ____, ...place } = usageRow()
    expect(usageRevisionsBetween(db, SITE, ALWAYS)).toEqual([
      { ...place, changedAtMs: T0 + 2, was: first, became: second },
      { ...place, changedAtMs: T0 + 3, was: second, became: third },
    ])
  })

  it('whose tariff one answer leaves out keeps it', () => {
    const { db } = freshStore()
    saveUsage(db, SITE, [usageRow({ tariff: { period: 'peak' } })], T0)
    expect(saveUsage(db, SITE, [usageRow()], T0 + 1).changed).toBe(0)
    expect(usageBetween(db, SITE, ALWAYS)[0]?.tariff).toEqual({ period: 'peak' })
  })

  it('that comes again in rows of another length takes the place of the older ones, which are logged', () => {
    const { db } = freshStore()
    const half = usageRow({ endMs: T0 + 30 * MINUTE, kwh: 1.2 })
    const before = usageRow({ startMs: T0 - 30 * MINUTE, endMs: T0 })
    const fives = Array.from({ length: 6 }, (_, index) =>
      usageRow({ startMs: T0 + index * 5 * MINUTE, endMs: T0 + (index + 1) * 5 * MINUTE, kwh: 0.2 }),
    )
    saveUsage(db, SITE, [before, half], T0)
    expect(saveUsage(db, SITE, fives, T0 + 1)).toEqual({ changed: 7, removed: 1 })
    expect(usageBetween(db, SITE, ALWAYS)).toEqual([before, ...fives])
    expect(usageRevisionsBetween(db, SITE, ALWAYS)).toMatchObject([{ startMs: T0, was: { kwh: 1.2 } }])
    expect(usageRevisionsBetween(db, SITE, ALWAYS)[0]).not.toHaveProperty('became')
  })

  describe('told in half hours, and in five minutes that do not make them whole', () => {
    const fivesOf = (startMs: number) =>
      Array.from({ length: 6 }, (_, index) =>
        usageRow({
          startMs: startMs + index * 5 * MINUTE,
          endMs: startMs + (index + 1) * 5 * MINUTE,
          kwh: 0.25,
        }),
      )
    const half = (startMs: number) => usageRow({ startMs, endMs: startMs + 30 * MINUTE, kwh: 1.5 })
    const day = (db: Database.Database) => usageDayStates(db, SITE, 0)
    const kwh = (db: Database.Database) =>
      onceMeasured(usageBetween(db, SITE, ALWAYS)).reduce((sum, row) => sum + row.kwh, 0)

    it('keeps the half hour until the last of its minutes is told', () => {
      const { db } = freshStore()
      const fives = fivesOf(T0)
      saveUsage(db, SITE, [half(T0)], T0)
      expect(saveUsage(db, SITE, fives.slice(0, 5), T0 + 1).removed).toBe(0)
      expect([day(db)[0]?.minutes, kwh(db)]).toEqual([30, 1.5])
      expect(saveUsage(db, SITE, fives.slice(5), T0 + 2).removed).toBe(1)
      expect(usageBetween(db, SITE, ALWAYS)).toEqual(fives)
      expect([day(db)[0]?.minutes, kwh(db)]).toEqual([30, 1.5])
    })

    it('is told in half hours again: they stand', () => {
      const { db } = freshStore()
      saveUsage(db, SITE, fivesOf(T0).slice(2), T0)
      expect(saveUsage(db, SITE, [half(T0)], T0 + 1).removed).toBe(4)
      expect(usageBetween(db, SITE, ALWAYS)).toEqual([half(T0)])
    })

    it('makes a day whole that is told in both, and counts its estimates once', () => {
      const { db } = freshStore()
      const midnight = Date.parse('2026-03-10T00:00:00+10:00')
      const starts = Array.from({ length: 48 }, (_, index) => midnight + index * 30 * MINUTE)
      const fives = starts.slice(20).flatMap(fivesOf)
      saveUsage(db, SITE, [...starts.slice(0, 30).map(half), ...fives], T0)
      expect(day(db)).toMatchObject([{ minutes: 1440, estimated: 20 + 28 * 6 }])
    })

    it('loses nothing that was told and counts nothing twice, however the answers fall', () => {
      const starts = [0, 1, 2].map((index) => T0 + index * 30 * MINUTE)
      const answers = fc.array(fc.subarray([...starts.map(half), ...starts.flatMap(fivesOf)]), {
        maxLength: 4,
      })
      fc.assert(
        fc.property(answers, (told) => {
          const { db } = freshStore()
          db.pragma('synchronous = OFF')
          for (const [index, rows] of told.entries()) saveUsage(db, SITE, rows, T0 + index)
          const minutes = Array.from({ length: 18 }, (_, index) => T0 + index * 5 * MINUTE).filter((ms) =>
            told.flat().some((row) => covers(row, ms)),
          )
          expect(day(db)[0]?.minutes ?? 0).toBe(minutes.length * 5)
          expect(kwh(db)).toBeCloseTo(minutes.length * 0.25, 9)
          db.close()
        }),
        { numRuns: 60 },
      )
    })
  })

  it('that one answer tells in rows of both lengths is kept in both: neither is older than the other', () => {
    const { db } = freshStore()
    const half = usageRow({ endMs: T0 + 30 * MINUTE, kwh: 1.2 })
    const five = usageRow({ endMs: T0 + 5 * MINUTE, kwh: 0.2 })
    expect(saveUsage(db, SITE, [half, five], T0)).toEqual({ changed: 2, removed: 0 })
    expect(usageRevisionsBetween(db, SITE, ALWAYS)).toEqual([])
  })

  it('of two registers of one channel is two facts', () => {
    const { db } = freshStore()
    saveUsage(db, SITE, [usageRow(), usageRow({ identifier: 'E3' })], T0)
    expect(usageBetween(db, SITE, ALWAYS)).toHaveLength(2)
  })

  it('tells how whole each NEM day is; the interval that ends at midnight belongs to the day it ends', () => {
    const { db } = freshStore()
    const midnight = Date.parse('2026-03-11T00:00:00+10:00')
    const rows = [
      usageRow({ startMs: midnight - 30 * MINUTE, endMs: midnight }),
      usageRow({ startMs: midnight, endMs: midnight + 30 * MINUTE, quality: 'billable' }),
    ]
    saveUsage(db, SITE, rows, midnight + MINUTE)
    const day = Date.parse('2026-03-10') / 86_400_000
    expect(usageDayStates(db, SITE, 0)).toEqual([
      { nemDay: day, identifier: 'E1', minutes: 30, estimated: 1 },
      { nemDay: day + 1, identifier: 'E1', minutes: 30, estimated: 0 },
    ])
    expect(knownDates(db, SITE)).toEqual({ first: '2026-03-10', last: '2026-03-11' })
    expect(usageDaysTold(db, SITE, 0).map((told) => told.nemDay)).toEqual([day, day + 1])
    expect(usageDaysTold(db, SITE, midnight)).toEqual([{ nemDay: day + 1, identifier: 'E1' }])
    // Asked in the middle of a day it tells of all of it.
    expect(usageDayStates(db, SITE, midnight - 1)).toHaveLength(2)
    expect(usageDayStates(db, SITE, midnight)).toHaveLength(1)
    expect(usageDayStates(db, 'S2', 0)).toEqual([])
  })

  it.each([
    ['that', USAGE_DAY_STATES],
    ['on which days each register spoke', USAGE_DAYS_TOLD],
  ])('tells %s without sorting, and without a look at older days', (_, sql) => {
    const { db } = freshStore()
    const plan = db.prepare<[string, number], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    const steps = plan.all(SITE, 20_000).map(({ detail }) => detail)
    expect(steps.join()).not.toMatch(/TEMP B-TREE|SCAN [dru]\b/)
    expect(steps).toContainEqual(expect.stringMatching(/d USING PRIMARY KEY \(site_no=\? AND nem_day>\?\)/))
    expect(steps).toContainEqual(
      expect.stringMatching(
        /u (EXISTS )?USING PRIMARY KEY \(register_no=\? AND end_minute>\? AND end_minute<\?\)/,
      ),
    )
  })
})

describe('sites', () => {
  const site = (siteId: string, status: string, over: Partial<Site> = {}): Site => ({
    siteId,
    network: 'Jemena',
    status,
    intervalMinutes: 30,
    channels: [],
    ...over,
  })

  it('that one answer leaves out are kept', () => {
    const { db } = freshStore()
    saveSites(db, [site('A', 'active'), site('B', 'closed')])
    saveSites(db, [site('B', 'closed')])
    expect(knownSites(db).map(({ siteId }) => siteId)).toEqual(['A', 'B'])
  })

  it.each([
    ['the active one', ['closed', 'active', 'pending'], 'S1'],
    ['the pending one where none is active', ['closed', 'pending'], 'S1'],
    ['the closed one where there is no other', ['closed'], 'S0'],
    ['one whose status is a new word before none at all', ['dreaming'], 'S0'],
  ])('default to %s', (_, statuses, expected) => {
    expect(
      defaultSite(
        statuses.map((status, index) => site(`S${index}`, status)),
        undefined,
      )?.siteId,
    ).toBe(expected)
  })

  it('that many answers in a row leave out are gone: another is the household’s then', () => {
    const { db } = freshStore()
    saveSites(db, [site('A', 'active', { activeFrom: '2026-01-01' }), site('B', 'active')])
    expect(defaultSite(knownSites(db), undefined)?.siteId).toBe('A')
    for (let answer = 0; answer < 6; answer++) saveSites(db, [site('B', 'active')])
    saveSites(db, [])
    expect(defaultSite(knownSites(db), undefined)?.siteId).toBe('A')
    saveSites(db, [site('B', 'active')])
    expect(defaultSite(knownSites(db), undefined)?.siteId).toBe('B')
    saveSites(db, [site('A', 'active', { activeFrom: '2026-01-01' }), site('B', 'active')])
    expect(defaultSite(knownSites(db), undefined)?.siteId).toBe('A')
  })

  it('keep a register that one answer leaves out, and let go of it after many', () => {
    const { db } = freshStore()
    const [E1, B1] = [
      { identifier: 'E1', channel: 'general', tariff: 'EA116' } as const,
      { identifier: 'B1', channel: 'feedIn', tariff: 'EA029' } as const,
    ]
    const registers = () => knownSites(db)[0]?.channels.map(({ identifier }) => identifier)
    saveSites(db, [site('A', 'active', { channels: [E1, B1] })])
    for (let answer = 0; answer < 6; answer++) saveSites(db, [site('A', 'active', { channels: [E1] })])
    saveSites(db, [site('A', 'active', { channels: [] })])
    expect(registers()).toEqual(['B1', 'E1'])
    saveSites(db, [site('A', 'active', { channels: [E1] })])
    expect(registers()).toEqual(['E1'])
  })

  it('are the one asked for, or none', () => {
    expect(defaultSite([site('A', 'closed')], 'A')?.siteId).toBe('A')
    expect(defaultSite([site('A', 'active')], 'B')).toBeUndefined()
  })
})

describe('sync runs', () => {
  const ended = (db: Database.Database, startedAtMs: number, answeredAtMs?: number) =>
    recordSyncRun(db, nextSyncRunId(db), {
      startedAtMs,
      finishedAtMs: startedAtMs + 1,
      outcome: answeredAtMs ? 'ok' : 'unreachable',
      amberRequests: 1,
      ...(answeredAtMs && { answeredAtMs, quotaRemaining: 40 }),
    })

  it('tell since when Amber has been lost, and when it answered last', () => {
    const { db } = freshStore()
    expect(amberHistory(db)).toEqual({})
    ended(db, 1000, 1001)
    expect(amberHistory(db)).toEqual({ answeredAtMs: 1001 })
    ended(db, 2000)
    ended(db, 3000)
    expect(amberHistory(db)).toEqual({ answeredAtMs: 1001, lostSinceMs: 2000 })
    ended(db, 4000, 4001)
    expect(amberHistory(db)).toEqual({ answeredAtMs: 4001 })
  })

  it('that were cut off are not the last run, but that Amber answered them is known', () => {
    const { db } = freshStore()
    ended(db, 1000, 1001)
    recordSyncRun(db, nextSyncRunId(db), { startedAtMs: 2000, amberRequests: 1, answeredAtMs: 2001 })
    expect(lastSyncRun(db)?.startedAtMs).toBe(1000)
    expect(amberHistory(db)).toEqual({ answeredAtMs: 2001 })
  })

  it('are dropped after a week, but not what tells since when Amber is lost', () => {
    const { db } = freshStore()
    ended(db, 1000, 1001)
    db.transaction(() => {
      for (let run = 0; run < 2400; run++) ended(db, 2000 + run)
    })()
    expect(amberHistory(db)).toEqual({ answeredAtMs: 1001, lostSinceMs: 2000 })
    expect(db.prepare('SELECT count(*) FROM sync_run').pluck().get()).toBeLessThan(2110)
  })
})

describe('a row that was set aside', () => {
  it('is kept once, however often it comes', () => {
    const { db } = freshStore()
    const bad = [{ reason: 'type: unknown', raw: '{}' }]
    saveQuarantined(db, 'prices', bad, 1)
    saveQuarantined(db, 'prices', bad, 2)
    expect(quarantinedCount(db)).toBe(1)
  })

  it('is one of a bounded number', () => {
    const { db } = freshStore()
    const many = Array.from({ length: 600 }, (_, index) => ({ reason: 'odd', raw: String(index) }))
    saveQuarantined(db, 'prices', many, 1)
    expect(quarantinedCount(db)).toBe(500)
  })
})

describe('starting over', () => {
  it('leaves nothing of what was, under a new name', () => {
    const { db } = freshStore()
    saveSites(db, [
      {
        siteId: SITE,
        network: '',
        status: 'active',
        intervalMinutes: 5,
        channels: [{ identifier: 'E1', channel: 'general', tariff: '' }],
      },
    ])
    savePrices(db, SITE, [price(), forecastOf(3, T0)])
    saveUsage(db, SITE, [usageRow()], T0)
    saveQuarantined(db, 'x', [{ reason: '', raw: '' }], 1)
    recordSyncRun(db, nextSyncRunId(db), { startedAtMs: 1, amberRequests: 0 })
    saveUsage(db, SITE, [usageRow({ kwh: 1 })], 2)
    saveNote(db, 'history', {})
    noteAnswer(db, SITE, 'usage days', { atMs: 1, isEmpty: false })
    startOver(db, 'epoch-2', { demo: true })
    const tables = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'ledger'")
      .pluck()
      .all() as string[]
    expect(tables.length).toBeGreaterThan(13)
    for (const table of tables)
      expect([table, db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()]).toEqual([table, 0])
    expect(ledger(db)).toEqual({ epoch: 'epoch-2', revision: 0, demo: true })
  })
})

describe('a question', () => {
  it('counts in a row the answers that held nothing, those that were short, and failures', () => {
    const { db } = freshStore()
    const asked = () => questionsOf(db, SITE).get('prices week 1')
    const answer = (isEmpty: boolean, isShort = false) =>
      noteAnswer(db, SITE, 'prices week 1', { atMs: T0, isEmpty, isShort })
    for (const _ of [1, 2, 3]) answer(true)
    expect(asked()).toEqual({ answeredAtMs: T0, emptyAnswers: 3, shortAnswers: 0, failures: 0 })
    for (const _ of [1, 2]) answer(false, true)
    noteFailure(db, SITE, 'prices week 1', T0 + MINUTE)
    noteFailure(db, SITE, 'prices week 1', T0 + 2 * MINUTE)
    const failed = { answeredAtMs: T0, emptyAnswers: 0, shortAnswers: 2, failedAtMs: T0 + 2 * MINUTE }
    expect(asked()).toEqual({ ...failed, failures: 2 })
    forgiveFailures(db)
    expect(asked()).toEqual({ ...failed, failures: 1 })
    answer(false)
    expect(asked()).toEqual({ answeredAtMs: T0, emptyAnswers: 0, shortAnswers: 0, failures: 0 })
    forgetAnswers(db, SITE)
    expect(asked()).toBeUndefined()
  })
})

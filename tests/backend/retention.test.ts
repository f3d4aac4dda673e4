// RETENTION_DAYS: what is dropped, how much at a time, and when nothing is.
import type { Database } from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { AmberError } from '../../backend/amber/amber-error.ts'
import type { AmberClient, Answer } from '../../backend/amber/client.ts'
import { addDays, type NemDate } from '../../backend/domain/calendar.ts'
import { keptPathOf, secure } from '../../backend/store/kept-copy.ts'
import { openAlone } from '../../backend/store/open.ts'
import { savePrices } from '../../backend/store/prices.ts'
import { keepFromDate, prune } from '../../backend/store/prune.ts'
import { runSync } from '../../backend/sync/run.ts'
import { DAY, forecastRow, freshStore, MINUTE, nemDay, priceRow, saveDays, saveSite } from './sample-rows.ts'

const FIRST = '2026-01-01' as NemDate
const TEN_DAYS = Array.from({ length: 10 }, (_, index) => addDays(FIRST, index))
const keepFrom = (date: string) => date as NemDate

function tenDays() {
  const store = freshStore()
  saveSite(store.db)
  saveDays(store.db, TEN_DAYS)
  return store
}

/** How many rows each kind of fact has on each NEM day: "2026-01-03 48 48 1 1". */
function daysOf(db: Database): string[] {
  const day = (minute: string) => `date((${minute}) * 60 + 36000, 'unixepoch')`
  const counts = (table: string, minute: string) =>
    new Map(
      db
        .prepare(`SELECT ${day(minute)}, count(*) FROM ${table} GROUP BY 1`)
        .raw()
        .all() as [string, number][],
    )
  const all = [
    counts('price_actual', 'end_minute - 1'),
    counts('usage', 'end_minute - 1'),
    counts('usage_revision', 'end_minute - 1'),
    counts('forecast_vintage', 'slot_minute'),
  ]
  const dates = [...new Set(all.flatMap((kind) => [...kind.keys()]))].sort()
  return dates.map((date) => [date, ...all.map((kind) => kind.get(date) ?? 0)].join(' '))
}
const whole = (dates: readonly string[]) => dates.map((date) => `${date} 48 48 1 1`)

describe('pruning', () => {
  it('drops whole days of every kind of fact, the oldest first, and no more at a time than it may', () => {
    const { db } = tenDays()
    expect(daysOf(db)).toEqual(whole(TEN_DAYS))
    expect(prune(db, keepFrom('2026-01-06'), 2)).toBe(2)
    expect(daysOf(db)).toEqual(whole(TEN_DAYS.slice(2)))
    expect(prune(db, keepFrom('2026-01-06'), 100)).toBe(3)
    expect(daysOf(db)).toEqual(whole(TEN_DAYS.slice(5)))
    expect(prune(db, keepFrom('2026-01-06'), 100)).toBe(0)
    expect(db.prepare('SELECT count(*) FROM day_revision').pluck().get()).toBe(5)
  })

  it('lets a reader go on that began before it', () => {
    const { db, path } = tenDays()
    const reader = freshStore(path).db
    reader.exec('BEGIN')
    expect(daysOf(reader)).toHaveLength(10)
    prune(db, keepFrom('2026-01-06'), 100)
    expect(daysOf(reader)).toHaveLength(10)
    reader.exec('COMMIT')
    expect(daysOf(reader)).toHaveLength(5)
  })

  it('reaches the second copy as well', () => {
    const { db, path } = tenDays()
    secure(db, keptPathOf(path))
    prune(db, keepFrom('2026-01-06'), 100)
    saveDays(db, ['2026-01-11'])
    expect(secure(db, keptPathOf(path), keepFrom('2026-01-06'))).toBe(true)
    const kept = openAlone(keptPathOf(path), () => 'kept')
    expect(daysOf(kept)).toEqual([...TEN_DAYS.slice(5), '2026-01-11'].map((date) => `${date} 0 48 1 1`))
    kept.close()
  })

  it('reaches the second copy also where nothing new has come since', () => {
    const { db, path } = tenDays()
    secure(db, keptPathOf(path))
    prune(db, keepFrom('2026-01-06'), 100)
    expect(secure(db, keptPathOf(path), keepFrom('2026-01-06'))).toBe(true)
    const kept = openAlone(keptPathOf(path), () => 'kept')
    expect(daysOf(kept)).toHaveLength(5)
    kept.close()
    expect(secure(db, keptPathOf(path), keepFrom('2026-01-06'))).toBe(false)
  })
})

describe('the first day to keep', () => {
  it.each([
    ['none is set', 0, '2026-01-11T09:00:00+10:00', undefined],
    ['the clock is right', 3, '2026-01-11T09:00:00+10:00', '2026-01-07'],
    ['the clock is years ahead', 3, '2029-01-11T09:00:00+10:00', '2026-01-07'],
    ['the clock is days behind', 3, '2026-01-02T09:00:00+10:00', '2025-12-30'],
  ])('when %s', (_, days, now, expected) => {
    expect(keepFromDate(tenDays().db, days, Date.parse(now))).toBe(expected)
  })

  it('is counted from what has settled: a forecast is no proof of the time', () => {
    const { db } = tenDays()
    savePrices(db, 'S1', [forecastRow(nemDay('2026-02-20'), nemDay('2026-02-19'))])
    expect(keepFromDate(db, 3, nemDay('2026-02-20'))).toBe('2026-01-07')
  })

  it('is none in an empty database', () => {
    expect(keepFromDate(freshStore().db, 3, nemDay('2026-01-11'))).toBeUndefined()
  })
})

describe('a sync', () => {
  const NOW = nemDay('2026-01-11') + 9 * 60 * MINUTE

  /** An Amber that has the running interval, and tells the time or does not. */
  const amber = (clockOffMs: number | undefined): AmberClient => {
    const answer = <Row>(rows: readonly Row[]): Promise<Answer<Row>> =>
      Promise.resolve({ rows, quarantined: [], answeredAtMs: NOW, clockOffMs, quota: undefined })
    return {
      sites: () => answer([]),
      currentPrices: () => answer([priceRow(NOW, { kind: 'current' })]),
      prices: () => answer([]),
      usage: () => answer([]),
    }
  }
  const lost = new AmberError('unreachable', 'no network')
  const unreachable: AmberClient = {
    sites: () => Promise.reject(lost),
    currentPrices: () => Promise.reject(lost),
    prices: () => Promise.reject(lost),
    usage: () => Promise.reject(lost),
  }
  const sync = async (db: Database, client: AmberClient, offMs = 0) => {
    const clock = { now: NOW + offMs }
    const told: string[] = []
    await runSync({
      db,
      amber: client,
      now: () => clock.now,
      sleep: async (ms) => {
        clock.now += ms
      },
      retentionDays: 4,
      onPrune: (days, date) => told.push(`${days} before ${date}`),
    })
    return told
  }

  it('drops two days, says so, and the next one goes on', async () => {
    const { db } = tenDays()
    expect(await sync(db, amber(0))).toEqual(['2 before 2026-01-06'])
    expect(daysOf(db)).toEqual(whole(TEN_DAYS.slice(2)))
    await sync(db, amber(0))
    expect(await sync(db, amber(0))).toEqual(['1 before 2026-01-06'])
    expect(await sync(db, amber(0))).toEqual([])
    expect(daysOf(db)).toEqual(whole(TEN_DAYS.slice(5)))
  })

  it.each([
    ['Amber is not reached', unreachable, 0],
    ['no answer tells the time', amber(undefined), 0],
    ['no answer tells the time and the clock is a year ahead', amber(undefined), 365 * DAY],
  ])('drops nothing when %s', async (_, client, offMs) => {
    const { db } = tenDays()
    expect(await sync(db, client, offMs)).toEqual([])
    expect(daysOf(db)).toEqual(whole(TEN_DAYS))
  })

  it('drops by Amber’s time where the machine’s is years ahead', async () => {
    const { db } = tenDays()
    expect(await sync(db, amber(-3 * 365 * DAY), 3 * 365 * DAY)).toEqual(['2 before 2026-01-06'])
  })
})

// Rows of a small household, for the tests of the store: a general register that is billed by the half hour.
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import type { PriceInterval } from '../../backend/domain/price.ts'
import type { UsageInterval } from '../../backend/domain/usage.ts'
import { openForWriting } from '../../backend/store/open.ts'
import { savePrices } from '../../backend/store/prices.ts'
import { saveSites } from '../../backend/store/sites.ts'
import { saveUsage } from '../../backend/store/usage.ts'
import { temporaryFolder } from './temporary.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const SITE = 'S1'
export const ALWAYS = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER / 4 }

/** The start of a NEM day. */
export const nemDay = (date: string): number => Date.parse(`${date}T00:00:00+10:00`)

export function freshStore(path = join(temporaryFolder(), 'cache.sqlite'), epoch = 'epoch-1') {
  const db = openForWriting(path, () => epoch)
  // No test pulls the plug on this one.
  db.pragma('synchronous = OFF')
  onTestFinished(() => void db.close())
  return { db, path }
}

export const priceRow = (startMs: number, over: Partial<PriceInterval> = {}): PriceInterval => ({
  channel: 'general',
  kind: 'actual',
  estimate: false,
  startMs,
  endMs: startMs + 30 * MINUTE,
  centsPerKwh: 20.5,
  spotCentsPerKwh: 3.25,
  ...over,
})

export const forecastRow = (startMs: number, madeAtMs: number, cents = 30): PriceInterval =>
  priceRow(startMs, {
    kind: 'forecast',
    madeAtMs,
    centsPerKwh: cents,
    advanced: { low: cents - 5, predicted: cents, high: cents + 20 },
  })

export const usageRow = (startMs: number, over: Partial<UsageInterval> = {}): UsageInterval => {
  const kwh = over.kwh ?? 0.25
  return {
    channel: 'general',
    identifier: 'E1',
    startMs,
    endMs: startMs + 30 * MINUTE,
    kwh,
    costCents: kwh * 20.5,
    centsPerKwh: 20.5,
    quality: 'billable',
    tariff: { period: 'peak' },
    ...over,
  }
}

export const halfHours = (date: string): number[] =>
  Array.from({ length: 48 }, (_, slot) => nemDay(date) + slot * 30 * MINUTE)

export function saveSite(db: Database, siteId = SITE): void {
  const channels = [{ identifier: 'E1', channel: 'general', tariff: 'EA116' } as const]
  saveSites(db, [
    { siteId, network: 'Ausgrid', status: 'active', intervalMinutes: 30, activeFrom: '2025-01-01', channels },
  ])
}

/** Prices, usage of which the first row was corrected, and a set of forecasts of each of these days. */
export function saveDays(db: Database, dates: readonly string[], siteId = SITE): void {
  for (const date of dates) {
    const starts = halfHours(date)
    savePrices(
      db,
      siteId,
      starts.map((startMs) => priceRow(startMs)),
    )
    savePrices(db, siteId, [forecastRow(nemDay(date) + HOUR, nemDay(date))])
    saveUsage(db, siteId, [usageRow(starts[0]!, { kwh: 0.5, quality: 'estimated' })], nemDay(date) + DAY)
    saveUsage(
      db,
      siteId,
      starts.map((startMs) => usageRow(startMs)),
      nemDay(date) + 2 * DAY,
    )
  }
}

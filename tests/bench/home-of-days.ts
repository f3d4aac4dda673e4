// A home with as many days of facts as are wanted, in a database as the product writes it, served by the product's server.
// Seeded: each run measures the same.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { addDays, type NemDate, nemDayStartMs } from '#domain/calendar.ts'
import { MINUTE_MS } from '#domain/interval.ts'
import type { Channel, PriceInterval } from '#domain/price.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { watchChanges } from '../../backend/http/changes.ts'
import { listen } from '../../backend/http/server.ts'
import { keyOf, uniformAt } from '../../backend/simulator/hash.ts'
import { openForWriting } from '../../backend/store/open.ts'
import { savePrices } from '../../backend/store/prices.ts'
import { createReader } from '../../backend/store/reader.ts'
import { saveSites } from '../../backend/store/sites.ts'
import { saveUsage } from '../../backend/store/usage.ts'

export const SITE = 'S1'
const LAST = '2026-03-10' as NemDate
export const NOW_MS = Date.parse('2026-03-11T00:02:40+10:00')
const REGISTERS = { general: 'E1', feedIn: 'B1' } as const

export interface HomeOfDays {
  readonly db: Database
  readonly url: string
  readonly port: number
  readonly firstDate: NemDate
  readonly lastDate: NemDate
  /** One more day comes in, as it does: a price every five minutes, yesterday's usage at once. */
  liveADay(): void
  close(): Promise<void>
}

export async function homeOfDays(days: number, frontEnd: string): Promise<HomeOfDays> {
  const folder = mkdtempSync(join(tmpdir(), 'home-energy-bench-'))
  const path = join(folder, 'cache.sqlite')
  const db = openForWriting(path, () => 'epoch-1')
  saveSites(db, [
    {
      siteId: SITE,
      network: 'Ausgrid',
      status: 'active',
      intervalMinutes: 5,
      channels: (['general', 'feedIn'] as const).map((channel) => ({
        channel,
        identifier: REGISTERS[channel],
        tariff: '',
      })),
    },
  ])
  const firstDate = addDays(LAST, 1 - days)
  for (let date = firstDate; date <= LAST; date = addDays(date, 1)) {
    savePrices(db, SITE, pricesOf(date))
    if (date < LAST) saveUsage(db, SITE, usageOf(date), NOW_MS)
  }
  const reader = createReader(path)
  const changes = watchChanges(reader, { everyMs: 60_000 })
  const server = await listen(
    {
      reader,
      changes,
      settings: {},
      now: () => NOW_MS,
      startedAtMs: NOW_MS,
      version: '1.0.0',
      commit: 'abc1234',
      hostNames: [],
      frontEnd,
      log: (line) => console.error(line),
    },
    { host: '127.0.0.1', port: 0 },
  )
  return {
    db,
    url: `http://127.0.0.1:${server.port}`,
    port: server.port,
    firstDate,
    lastDate: LAST,
    liveADay: () => {
      const prices = pricesOf(addDays(LAST, 1))
      for (let step = 0; step < 288; step++)
        savePrices(
          db,
          SITE,
          [0, 288].map((channel) => prices[channel + step] as PriceInterval),
        )
      saveUsage(db, SITE, usageOf(LAST), NOW_MS)
    },
    close: async () => {
      await server.close()
      changes.close()
      reader.close()
      db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const noise = keyOf(1, 'bench')

const intervals = (date: NemDate) =>
  Array.from({ length: 288 }, (_, step) => {
    const startMs = nemDayStartMs(date) + step * 5 * MINUTE_MS
    return { startMs, endMs: startMs + 5 * MINUTE_MS, draw: uniformAt(noise, startMs / MINUTE_MS) }
  })

const pricesOf = (date: NemDate): PriceInterval[] =>
  (['general', 'feedIn'] as const).flatMap((channel) =>
    intervals(date).map(({ startMs, endMs, draw }) => ({
      channel,
      startMs,
      endMs,
      kind: 'actual',
      estimate: false,
      centsPerKwh: round((channel === 'general' ? 16 : -2) + 30 * draw),
      spotCentsPerKwh: round(30 * draw),
      renewablesPercent: round(100 * draw),
      descriptor: draw < 0.5 ? 'low' : 'neutral',
      spikeStatus: 'none',
    })),
  )

const usageOf = (date: NemDate): UsageInterval[] =>
  (Object.keys(REGISTERS) as (keyof typeof REGISTERS & Channel)[]).flatMap((channel) =>
    intervals(date).map(({ startMs, endMs, draw }) => ({
      channel,
      identifier: REGISTERS[channel],
      startMs,
      endMs,
      kwh: Math.round(draw * 200) / 1000,
      centsPerKwh: round(16 + 30 * draw),
      costCents: round(draw * 0.2 * (16 + 30 * draw)),
      quality: 'billable',
    })),
  )

const round = (value: number): number => Math.round(value * 1e5) / 1e5

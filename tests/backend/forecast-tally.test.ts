// Forecasts as they were stored against prices as they came, over real HTTP from a real database.
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { ForecastTallyAnswer } from '../../backend/domain/contract.ts'
import { tallyOfColumns } from '../../backend/domain/forecast/tally-columns.ts'
import type { PriceInterval } from '../../backend/domain/price.ts'
import { scoreView } from '../../backend/domain/score-view.ts'
import { openForWriting } from '../../backend/store/open.ts'
import { savePrices } from '../../backend/store/prices.ts'
import { NOW, openServer, type Served } from './http-server.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const MIDNIGHT = Date.parse('2026-03-10T00:00:00+11:00')

const row = (startMs: number, centsPerKwh: number, more: Partial<PriceInterval> = {}): PriceInterval => ({
  channel: 'general',
  kind: 'actual',
  estimate: false,
  startMs,
  endMs: startMs + 30 * MINUTE,
  centsPerKwh,
  ...more,
})

/** Every hour a set of two hours to come: Amber's own 4c too high, AEMO's 10c. */
function forecastSet(madeAtMs: number): PriceInterval[] {
  return [0, 1, 2, 3].map((half) =>
    row(madeAtMs + half * 30 * MINUTE, 40, {
      kind: 'forecast',
      madeAtMs,
      advanced: { low: 20, predicted: 34, high: 50 },
    }),
  )
}

async function withDays(days: number): Promise<{ served: Served; saveNextDay: () => void }> {
  const served = await openServer()
  const db = openForWriting(join(served.folder, 'cache.sqlite'), () => 'epoch-1')
  onTestFinished(() => void db.close())
  const saveDays = (firstMs: number, count: number) =>
    db.transaction(() => {
      for (let ms = firstMs; ms < firstMs + count * DAY; ms += HOUR) savePrices(db, 'S1', forecastSet(ms))
      const halves = Array.from({ length: count * 48 + 4 }, (_, half) =>
        row(firstMs + half * 30 * MINUTE, 30),
      )
      savePrices(db, 'S1', halves)
    })()
  saveDays(MIDNIGHT - days * DAY, days)
  return { served, saveNextDay: () => void saveDays(MIDNIGHT, 1) }
}

const ask = async ({ get }: Served): Promise<ForecastTallyAnswer> =>
  (await (await get('/api/forecasts/tally')).json()) as ForecastTallyAnswer

const sentenceOf = ({ tally }: ForecastTallyAnswer): string =>
  scoreView(tally ? tallyOfColumns(tally) : undefined).sentence

it('counts what was forecast against what came, so that a device can say how far off it was', async () => {
  const { served } = await withDays(9)
  const answer = await ask(served)
  expect([answer.fromDate, answer.toDate]).toEqual(['2026-01-09', '2026-03-09'])
  const view = scoreView(tallyOfColumns(answer.tally!))
  expect(view.sentence).toBe('Forecasts 1 to 3 hours ahead were 4.0c out on average.')
  expect(view.leads.map(({ short, amber, aemo }) => [short, amber, aemo])).toEqual([
    ['½ h', '4.0c', '10.0c'],
    ['1 h', '4.0c', '10.0c'],
    ['3 h', '4.0c', '10.0c'],
  ])
  expect(answer.tally!.days.slice(0, 4)).toEqual([9, 9, 9, 0])
})

it('says the same when it is asked again, and a day later has a day more', async () => {
  const { served, saveNextDay } = await withDays(8)
  const [first, again] = await Promise.all([ask(served), ask(served)])
  expect(again).toEqual(first)
  saveNextDay()
  served.clock.now = NOW + DAY
  expect((await ask(served)).tally!.days[0]).toBe(9)
})

it('finds too little to judge by in a week that is not over', async () => {
  const { served } = await withDays(5)
  expect(sentenceOf(await ask(served))).toBe('Too few forecasts have come due to judge them.')
})

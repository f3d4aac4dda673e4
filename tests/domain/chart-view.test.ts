import { describe, expect, test } from 'vitest'
import { isoLocal, localDay, parseLocalDate } from '#domain/calendar.ts'
import { HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import { type NowViewOptions, nowView } from '#domain/now-view.ts'
import type { PriceInterval } from '#domain/price.ts'
import { at, factsOf, feedIn, forecast, HOUSEHOLD, inTouch, price, rows, SYDNEY } from './sample-facts.ts'

const NOW = at(10, 2)
const chartOf = (prices: readonly PriceInterval[], nowMs = NOW, options: NowViewOptions = {}) =>
  nowView(factsOf(prices, inTouch(nowMs)), nowMs, options).chart!
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('the chart', () => {
  const chart = chartOf(rows({ nowMs: NOW }))

  test('reaches from 3 hours before now to 15 after, so that now stands at a sixth', () => {
    expect([NOW - chart.startMs, chart.endMs - NOW]).toEqual([3 * HOUR_MS, 15 * HOUR_MS])
    expect(chart.nowMs).toBe(NOW)
    expect(chart.steps[0]?.startMs).toBe(chart.startMs)
    expect(chart.steps.at(-1)?.endMs).toBe(chart.endMs)
  })

  test('draws settled prices without a band and forecasts with one', () => {
    const [past, ahead] = [chart.steps[0]!, chart.steps.at(-1)!]
    expect(past).toMatchObject({ certainty: 'settled' })
    expect(past.highCents).toBeUndefined()
    expect(ahead).toMatchObject({ certainty: 'forecast', cents: 26, highCents: 26 * 1.3 })
  })

  test('labels the peak with its high end, and brackets the best two hours', () => {
    expect(chart.labels).toEqual([{ atMs: at(18, 45), strong: '58c', text: 'up to 75c' }])
    expect(chart.bestWindow).toEqual({ startMs: at(11, 30), endMs: at(13, 30), text: 'Best 2 h: 15c' })
  })

  test('labels no peak on a flat day', () => {
    expect(chartOf(rows({ nowMs: NOW, profile: [45] })).labels).toEqual([])
  })

  test('labels the lowest price below zero', () => {
    const profile = Array.from({ length: 48 }, (_, index) => (index === 23 ? -9 : 30))
    expect(chartOf(rows({ nowMs: NOW, profile })).labels).toEqual([
      { atMs: at(11, 45), strong: '\u22129c', text: 'paid to use' },
    ])
  })

  test('has a line of words that says the same', () => {
    expect(plain(chart.summary)).toBe(
      'Price from 7 am to 1 am. Lowest 15c at 12:30 pm, highest 58c at 6:30 pm.',
    )
  })

  test('draws no range of the spot price as if it were a price', () => {
    const spot = [forecast(at(10), 30, 20, { range: { min: -5, max: 400 } })]
    expect(chartOf(spot).steps[0]).not.toHaveProperty('highCents')
  })

  test('leaves out what has no price, and says so', () => {
    const holed = rows({ nowMs: NOW }).filter(({ startMs }) => startMs < at(9) || startMs >= at(9, 30))
    const { steps, summary, table } = chartOf(holed)
    expect(steps.some((step) => step.startMs < at(9, 30) && step.endMs > at(9))).toBe(false)
    expect(summary).toContain('Part of it has no price.')
    expect(table.find(({ time }) => plain(time) === '9 am')).toEqual({
      startMs: at(9),
      endMs: at(9, 30),
      time: '9\u00a0am',
      price: 'no price',
      range: '',
      low: 'not known',
      high: 'not known',
      state: 'not known',
    })
  })

  test('is hollow from the forecast on when contact is lost', () => {
    const nowMs = at(16, 31)
    const facts = factsOf(rows({ nowMs, madeAtMs: at(14, 25) }), {
      amber: { answeredAtMs: at(14, 25), lostSinceMs: at(14, 29), outcome: 'unreachable' },
      pi: { answeredAtMs: nowMs },
    })
    const { steps, summary } = nowView(facts, nowMs).chart!
    const kinds = new Set(
      steps.filter(({ startMs }) => startMs >= at(14, 30)).map(({ certainty }) => certainty),
    )
    expect([...kinds]).toEqual(['stored'])
    expect(plain(summary)).toMatch(/^Stored forecast from 2:25 pm\./)
  })

  test('does not make the forecast ahead old because one price is late', () => {
    const nowMs = at(10, 8)
    const { steps } = chartOf(rows({ nowMs, madeAtMs: at(10, 0) }), nowMs)
    expect(steps.at(-1)?.certainty).toBe('forecast')
  })

  test('keeps a forecast that was never confirmed a stored forecast', () => {
    const { steps } = chartOf([forecast(at(8), 30, 20), price(at(10), 5, 20)])
    expect(steps[0]?.certainty).toBe('stored')
  })
})

describe('the number of steps', () => {
  const longest = { hoursBefore: 72 }

  test('never passes the limit, and settled prices give way first', () => {
    const { steps } = chartOf(rows({ nowMs: NOW, fromMs: NOW - 80 * HOUR_MS }), NOW, longest)
    expect(steps.length).toBeLessThanOrEqual(300)
    const ahead = steps.filter(({ startMs }) => startMs > NOW && startMs < at(11))
    expect(ahead.every(({ startMs, endMs }) => endMs - startMs === 5 * MINUTE_MS)).toBe(true)
  })

  test('is lowered by averages over time that keep the cost', () => {
    const fine = rows({ nowMs: NOW, fromMs: NOW - 80 * HOUR_MS })
    const area = (steps: readonly { startMs: number; endMs: number; cents: number }[]) =>
      steps.reduce((sum, { startMs, endMs, cents }) => sum + (endMs - startMs) * cents, 0)
    const unlimited = chartOf(fine, NOW, { ...longest, maxChartSteps: 10_000 })
    expect(area(chartOf(fine, NOW, longest).steps)).toBeCloseTo(area(unlimited.steps), 0)
  })

  test('is kept even where gaps keep every step apart', () => {
    const islands = Array.from({ length: 500 }, (_, index) =>
      price(NOW - index * 10 * MINUTE_MS - 3e5, 5, 20),
    )
    expect(chartOf(islands, NOW, { hoursBefore: 100 }).steps).toHaveLength(300)
  })
})

describe('the hours under the chart', () => {
  const ticks = (nowMs: number, timeZone: string) =>
    nowView(
      factsOf([price(nowMs - MINUTE_MS, 60, 20)], {
        household: { ...HOUSEHOLD, timeZone },
        ...inTouch(nowMs),
      }),
      nowMs,
    ).chart!.ticks

  test('come every three, with the day’s name at midnight', () => {
    expect(ticks(NOW, SYDNEY).map(({ text }) => plain(text))).toEqual([
      '9 am',
      'noon',
      '3 pm',
      '6 pm',
      '9 pm',
      'Wed',
    ])
    expect(ticks(NOW, SYDNEY).find(({ isDay }) => isDay)?.atMs).toBe(at(24))
  })

  test.each([
    ['2026-10-04', SYDNEY, 2],
    ['2026-04-05', SYDNEY, 4],
    ['2026-10-04', 'Australia/Adelaide', 2],
    ['2026-10-04', 'Australia/Brisbane', 3],
  ])('on %s in %s show 3 am %i hours after midnight', (date, zone, hours) => {
    const { startMs } = localDay(parseLocalDate(date)!, zone)
    const [midnight, three] = ticks(startMs + HOUR_MS, zone).filter(({ atMs }) => atMs >= startMs)
    expect([midnight?.isDay, plain(three!.text)]).toEqual([true, '3 am'])
    expect((three!.atMs - midnight!.atMs) / HOUR_MS).toBe(hours)
    expect(isoLocal(three!.atMs, zone)).toContain('T03:00:00')
  })
})

describe('demand windows', () => {
  const hourOf = (ms: number): number => ((ms - at(0)) / HOUR_MS) % 24
  const withDemand = (nowMs: number) =>
    rows({ nowMs }).map((row) => ({
      ...row,
      tariff: { demandWindow: hourOf(row.startMs) >= 15 && hourOf(row.startMs) < 21 },
    }))

  test('are one stretch, named by its hours before it and by its end within it', () => {
    expect(chartOf(withDemand(NOW)).demandWindows).toEqual([
      { startMs: at(15), endMs: at(21), text: 'Demand window 3\u20139\u00a0pm' },
    ])
    const [inside] = chartOf(withDemand(at(18, 31)), at(18, 31)).demandWindows
    expect(inside).toMatchObject({ startMs: at(15, 31), endMs: at(21), text: 'Demand window to 9\u00a0pm' })
  })
})

describe('the export ribbon', () => {
  test('merges while the sign holds and the price moves little, and words each part by benefit', () => {
    const nowMs = at(12, 47)
    const general = rows({ nowMs })
    const earned = (ms: number): number => {
      const hour = ((ms - at(0)) / HOUR_MS) % 24
      if (hour < 15) return -3
      return hour < 18 ? 14 : 33
    }
    const { exports } = chartOf([...general, ...feedIn(general, earned)], nowMs)
    expect(exports.slice(0, 3).map(({ text, level }) => [text, level])).toEqual([
      ['costs 3c', 5],
      ['earn 14c', 2],
      ['earn 33c', 1],
    ])
  })

  test('keeps costing and earning apart, however little lies between, and costing together', () => {
    const signed = [2, -1, -2, 3, 15].map((cents, index) =>
      forecast(at(11) + index * 30 * MINUTE_MS, 30, cents, { channel: 'feedIn' }),
    )
    const { exports } = chartOf([price(at(10), 5, 20), ...signed])
    expect(exports.map(({ text }) => text)).toEqual(['costs 2c', 'earn 1–2c', 'costs 3–15c'])
  })

  test('parts where the whole of a stretch would say little', () => {
    const sunset = [13, 15, 17, 19, 11, 9, 8, 6].map((cents, index) =>
      forecast(at(11) + index * 30 * MINUTE_MS, 30, -cents, { channel: 'feedIn' }),
    )
    const { exports } = chartOf([price(at(10), 5, 20), ...sunset])
    expect(exports.map(({ text }) => text)).toEqual(['earn 13–19c', 'earn 8–11c', 'earn 6c'])
  })

  test('begins with the price of now, however it was before, and holds what the board says of now', () => {
    const nowMs = at(10, 2)
    const general = rows({ nowMs })
    const earned = (ms: number): number => (ms < at(10) ? 15 : ms < at(10, 30) ? 12 : 13.6)
    const facts = factsOf([...general, ...feedIn(general, earned)], inTouch(nowMs))
    const view = nowView(facts, nowMs)
    expect(view.price?.solarExport?.text).toBe('earns 12c')
    expect(view.chart?.exports[0]).toMatchObject({ text: 'earn 12–14c' })
  })

  test('words Amber’s own prediction of it', () => {
    const advanced = { low: -2.58, predicted: -4, high: -5.64 }
    const { exports } = chartOf([
      price(at(10), 30, 20),
      forecast(at(10), 30, -3, { channel: 'feedIn', advanced }),
    ])
    expect(exports[0]).toMatchObject({ text: 'earn 4c' })
  })

  test('leaves a gap a gap', () => {
    const two = [0, 60].map((minute) => forecast(at(11, minute), 30, -9, { channel: 'feedIn' }))
    expect(chartOf([price(at(10), 5, 20), ...two]).exports).toHaveLength(2)
  })
})

test('the table reads in half hours, and says how certain each is', () => {
  const { table } = chartOf(rows({ nowMs: NOW }))
  expect(table).toHaveLength(37)
  expect(table.map(({ state }) => state).slice(5, 8)).toEqual(['confirmed', 'partly confirmed', 'forecast'])
  expect(table.find(({ time }) => plain(time) === 'Wed midnight')).toMatchObject({
    price: '27c',
    high: '35c',
  })
})

import { describe, expect, test } from 'vitest'
import { advise } from '#domain/advice.ts'
import { averageCents } from '#domain/cheapest-window.ts'
import { HOUR_MS } from '#domain/interval.ts'
import { pricesWithSolar, usualSurplus } from '#domain/own-solar.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { date, historyOf, usageFrom, usageOn } from './money/sample-usage.ts'
import { at, forecast, price } from './sample-facts.ts'

const NOON = at(12)
const sold = (kwh: (hour: number) => number, first = '2026-11-10', last = '2026-11-23'): UsageInterval[] =>
  usageFrom(first, last, { kwh, cents: () => -5, more: { channel: 'feedIn', identifier: 'B1' } })
const sunny = (hour: number) => (hour >= 10 && hour < 14 ? 1 : 0)

describe('what the panels usually have to spare', () => {
  test('is the middle of the last two weeks at that half hour', () => {
    const surplus = usualSurplus(historyOf(sold(sunny)), NOON)!
    expect([surplus(NOON), surplus(at(13, 59)), surplus(at(14)), surplus(at(2))]).toEqual([2, 2, 0, 0])
  })

  test('does not promise what one bright day sold', () => {
    const bright = usageOn(date('2026-11-20'), {
      kwh: () => 3,
      more: { channel: 'feedIn', identifier: 'B1' },
    })
    const usage = [
      ...sold(sunny).filter(({ startMs }) => !bright.some((row) => row.startMs === startMs)),
      ...bright,
    ]
    const surplus = usualSurplus(historyOf(usage), NOON)!
    expect([surplus(NOON), surplus(at(2))]).toEqual([2, 0])
  })

  test('of an even count of days is the lower of the two in the middle', () => {
    const half = sold((hour) => sunny(hour) / 2, '2026-11-10', '2026-11-16')
    const usage = [...half, ...sold(sunny, '2026-11-17')]
    expect(usualSurplus(historyOf(usage), NOON)!(NOON)).toBe(1)
  })

  test('is not told by less than a week, without panels, or where they never spare anything', () => {
    expect(usualSurplus(historyOf(sold(sunny, '2026-11-18')), NOON)).toBeUndefined()
    expect(usualSurplus(historyOf(sold(sunny, '2026-11-17')), NOON)).toBeDefined()
    expect(usualSurplus(historyOf(usageFrom('2026-11-10', '2026-11-23')), NOON)).toBeUndefined()
    expect(usualSurplus(historyOf(sold(() => 0)), NOON)).toBeUndefined()
  })

  test('keeps to the clock of the home over the night on which it changes', () => {
    const usage = sold(sunny, '2026-09-26', '2026-10-09')
    const surplus = usualSurplus(historyOf(usage), Date.parse('2026-10-10T12:00+11:00'))!
    expect(surplus(Date.parse('2026-10-10T10:00+11:00'))).toBe(2)
    expect(surplus(Date.parse('2026-10-10T09:30+11:00'))).toBe(0)
  })
})

describe('one’s own power', () => {
  const surplus = (ms: number) => (ms >= 0 && ms < HOUR_MS ? 1 : 0)
  const general = forecast(0, 120, 30, { advanced: { low: 25, predicted: 30, high: 45 } })
  const feedIn = (cents: number) => forecast(0, 120, cents, { channel: 'feedIn' })
  const hour = (index: number) => ({ startMs: index * HOUR_MS, endMs: (index + 1) * HOUR_MS })
  const cost = (kw: number, feedInCents: number, index = 0) =>
    averageCents(pricesWithSolar([general, feedIn(feedInCents)], surplus, kw), hour(index))

  test('costs what it would have earned', () => expect(cost(1, -8)).toBe(8))
  test('is worth using where exporting costs', () => expect(cost(1, 3)).toBe(-3))
  test('covers a part of a larger load', () => expect(cost(4, -8)).toBe(0.25 * 8 + 0.75 * 30))
  test('is none where the sun has nothing to spare', () => expect(cost(1, -8, 1)).toBe(30))

  test('is not counted on at worst', () => {
    const prices = pricesWithSolar([general, feedIn(-8)], surplus, 1)
    expect(averageCents(prices, hour(0), { rankedBy: 'worst' })).toBe(45)
  })

  test('that would have earned more than the grid ever asks costs that at worst as well', () => {
    const prices = pricesWithSolar([general, feedIn(-60)], surplus, 1)
    expect(averageCents(prices, hour(0))).toBe(60)
    expect(averageCents(prices, hour(0), { rankedBy: 'worst' })).toBe(60)
  })

  test('is not counted on at worst either where the price is settled', () => {
    const settled = pricesWithSolar([price(0, 60, 30), feedIn(-8)], surplus, 1)
    expect(averageCents(settled, hour(0))).toBe(8)
    expect(averageCents(settled, hour(0), { rankedBy: 'worst' })).toBe(30)
  })

  test('is not counted where no feed-in price is known', () => {
    expect(averageCents(pricesWithSolar([general], surplus, 1), hour(0))).toBe(30)
    const half = forecast(0, 10, -8, { channel: 'feedIn' })
    expect(averageCents(pricesWithSolar([general, half], surplus, 1), hour(0))).toBe(30)
  })

  test('makes noon the time to run, though the night is cheaper on the grid', () => {
    const day = [price(0, 60, 30), forecast(HOUR_MS, 60, 24), forecast(2 * HOUR_MS, 60, 18)]
    const exported = day.map((row) => ({ ...row, channel: 'feedIn' as const, centsPerKwh: -4 }))
    const washer = { name: 'Washer', kwh: 1, durationMinutes: 60 }
    const asked = { nowMs: 0, deadlineMs: 3 * HOUR_MS }
    const bright = (ms: number) => (ms >= HOUR_MS && ms < 2 * HOUR_MS ? 3 : 0)
    expect(advise([...day, ...exported], washer, asked)).toMatchObject({
      startMs: 2 * HOUR_MS,
      costCents: 18,
    })
    expect(advise([...day, ...exported], washer, { ...asked, surplusKw: bright })).toMatchObject({
      startMs: HOUR_MS,
      costCents: 4,
      solarShare: 1,
    })
  })
  test('covers the part of a run over which it shines, and of a stronger load less', () => {
    const day = [price(0, 60, 30), forecast(HOUR_MS, 120, 24)]
    const exported = day.map((row) => ({ ...row, channel: 'feedIn' as const, centsPerKwh: -4 }))
    const share = (surplusKw: number, kwh: number) =>
      advise(
        [...day, ...exported],
        { name: 'Washer', kwh, durationMinutes: 90 },
        {
          nowMs: 0,
          deadlineMs: 3 * HOUR_MS,
          // Over one of the hour and a half that are left after the first half hour.
          surplusKw: (ms) => (ms >= 2 * HOUR_MS ? surplusKw : 0),
        },
      )
    expect(share(2, 1.5)).toMatchObject({ startMs: 1.5 * HOUR_MS, solarShare: 2 / 3 })
    expect((share(2, 6) as { solarShare: number }).solarShare).toBeCloseTo((2 / 3) * (2 / 4), 10)
  })
})

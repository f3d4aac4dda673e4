import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localDay } from '#domain/calendar.ts'
import { durationMs, HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import { centsOf, channelCosts, costByInterval, costByTariffPeriod } from '#domain/money/energy-cost.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { date, historyOf, SYDNEY, usageOn } from './sample-usage.ts'

const DAY = date('2026-11-23')
const dayOf = (usage: readonly UsageInterval[]) => historyOf(usage).day(DAY)

describe('the energy of a day', () => {
  test('is counted apart: import, controlled load, export', () => {
    const usage = [
      ...usageOn(DAY, { kwh: () => 0.5, cents: () => 30 }),
      ...usageOn(DAY, {
        kwh: () => 0.25,
        cents: () => 12,
        more: { channel: 'controlledLoad', identifier: 'E2' },
      }),
      ...usageOn(DAY, { kwh: () => 0.1, cents: () => -8, more: { channel: 'feedIn', identifier: 'B1' } }),
    ]
    expect(channelCosts(dayOf(usage))).toMatchObject({
      general: { kwh: 24, cents: 720, missingMs: 0, unpricedKwh: 0 },
      controlledLoad: { kwh: 12, cents: 144 },
      feedIn: { kwh: 4.8, cents: -38.4 },
    })
  })

  test('adds up the registers of a channel', () => {
    const usage = [...usageOn(DAY), ...usageOn(DAY, { more: { identifier: 'E3' } })]
    expect(channelCosts(dayOf(usage)).general).toMatchObject({ kwh: 48, measuredMs: 48 * HOUR_MS })
  })

  test('says how much is missing, and estimated, and does not take it for nothing', () => {
    const usage = usageOn(DAY)
      .slice(3)
      .map((row, index) => (index < 4 ? { ...row, quality: 'estimated' as const } : row))
    expect(channelCosts(dayOf(usage)).general).toMatchObject({
      measuredMs: 45 * 30 * MINUTE_MS,
      missingMs: 3 * 30 * MINUTE_MS,
      estimatedMs: 4 * 30 * MINUTE_MS,
    })
  })

  test('without a price is named, not free', () => {
    const usage = usageOn(DAY).map((row, index) =>
      index === 0 ? { ...row, kwh: 2, costCents: Number.NaN, centsPerKwh: Number.NaN } : row,
    )
    expect(channelCosts(dayOf(usage)).general).toMatchObject({ kwh: 25.5, unpricedKwh: 2, cents: 705 })
  })

  test('with a price and no cost is costed by the price', () => {
    const usage = usageOn(DAY).map((row) => ({ ...row, costCents: Number.NaN }))
    expect(channelCosts(dayOf(usage)).general).toMatchObject({ cents: 720, unpricedKwh: 0 })
  })

  test('costs what Amber says it does, also where that is not its price', () => {
    const usage = usageOn(DAY).map((row, index) => (index === 4 ? { ...row, costCents: 11.1234 } : row))
    expect(channelCosts(dayOf(usage)).general?.cents).toBe(47 * 15 + 11.1234)
    expect(costByInterval(dayOf(usage))[4]?.channels.general).toEqual({ kwh: 0.5, cents: 11.1234 })
  })

  test('that is no number is missing', () => {
    const usage = usageOn(DAY).map((row, index) => (index === 9 ? { ...row, kwh: Number.NaN } : row))
    expect(channelCosts(dayOf(usage)).general).toMatchObject({ kwh: 23.5, missingMs: 30 * MINUTE_MS })
  })
})

describe('energy that is told twice is counted once', () => {
  const half = usageOn(DAY, { kwh: () => 0.6 })
  const fine = usageOn(DAY, { minutes: 5, kwh: () => 0.1 })

  test('in half hours and in the five minutes that make them', () => {
    expect(channelCosts(dayOf([...half, ...fine])).general).toMatchObject({ kwh: 28.8, missingMs: 0 })
  })

  test('the half hour stands where its five minutes are not all there', () => {
    const usage = [...half, ...fine.slice(2)]
    expect(channelCosts(dayOf(usage)).general).toMatchObject({
      kwh: 28.8,
      missingMs: 0,
      measuredMs: 24 * HOUR_MS,
    })
    expect(dayOf(usage).registers[0]?.rows).toHaveLength(1 + 47 * 6)
  })

  test('in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...half.slice(0, 6), ...fine.slice(0, 36)]), (usage) => {
        const sorted = usage.toSorted((a, b) => a.endMs - b.endMs || a.startMs - b.startMs)
        expect(channelCosts(dayOf(usage))).toEqual(channelCosts(dayOf(sorted)))
      }),
    )
  })
})

test.each([
  // kWh, cents per kWh and the cost that Amber rounds them to.
  [0.214, 17.90412, 3.8315],
  [0.9, -7.5, -6.75],
  [2.005, 1482.33333, 2972.0783],
  [0, 29.1, 0],
])('%f kWh at %f c/kWh is %f c', (kwh, centsPerKwh, cents) => {
  expect(Math.abs(centsOf(kwh, centsPerKwh) - cents)).toBeLessThan(0.01)
  expect(centsOf(kwh, centsPerKwh)).toBeCloseTo(cents, 4)
})

test('by its price an interval costs what Amber rounds it to, import and export, of any size and price', () => {
  // Grams of a kWh and hundred-thousandths of a cent, as Amber gives them, multiplied without a fraction.
  const grams = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 10_000_000 }))
  const fine = fc.integer({ min: -15_000_000, max: 200_000_000 })
  fc.assert(
    fc.property(grams, fine, (kwh, cents) => {
      const exact = BigInt(kwh) * BigInt(cents)
      const ours = BigInt(Math.round(centsOf(kwh / 1e3, cents / 1e5) * 1e4)) * 10_000n
      const off = ours > exact ? ours - exact : exact - ours
      // Half of the last decimal that Amber writes, far below a hundredth of a cent.
      expect(off <= 5001n).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('each interval is told by itself, its channels apart, and one without a price has none', () => {
  const usage = [
    ...usageOn(DAY),
    ...usageOn(DAY, { kwh: () => 0.1, cents: () => -8, more: { channel: 'feedIn', identifier: 'B1' } }).slice(
      1,
    ),
  ].map((row, index) => (index === 2 ? { ...row, costCents: Number.NaN, centsPerKwh: Number.NaN } : row))
  const costs = costByInterval(dayOf(usage))
  expect(costs).toHaveLength(48)
  const starts = costs.map(({ startMs }) => startMs)
  expect(costByInterval(dayOf(usage.toReversed())).map(({ startMs }) => startMs)).toEqual(starts)
  expect(starts).toEqual(starts.toSorted((a, b) => a - b))
  expect(costs[0]?.channels).toEqual({ general: { kwh: 0.5, cents: 15 } })
  expect(costs[1]?.channels).toEqual({ general: { kwh: 0.5, cents: 15 }, feedIn: { kwh: 0.1, cents: -0.8 } })
  expect(costs[2]?.channels.general).toEqual({ kwh: 0.5, cents: undefined })
})

test('by the network’s periods, as Amber names them on each row', () => {
  const usage = usageOn(DAY, { cents: (hour) => (hour >= 15 && hour < 21 ? 50 : 20) }).map((row, index) => ({
    ...row,
    ...(index !== 0 && { tariff: { period: index >= 30 && index < 42 ? 'peak' : 'offPeak' } }),
  }))
  const periods = costByTariffPeriod([dayOf(usage)])
  expect(Object.fromEntries([...periods].map(([period, { kwh, cents }]) => [period, [kwh, cents]]))).toEqual({
    '': [0.5, 10],
    offPeak: [17.5, 350],
    peak: [6, 300],
  })
  expect([...periods.values()].map(({ missingMs }) => missingMs)).toEqual([0, 0, 0])
})

test.each(['2026-10-04', '2026-04-05', '2026-11-23'])(
  'of %s measured and missing time always make the whole local day, whatever is lost',
  (text) => {
    const day = date(text)
    const all = usageOn(day)
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 1 }), (usage) => {
        const { general } = channelCosts(historyOf(usage).day(day))
        expect(general!.measuredMs + general!.missingMs).toBe(durationMs(localDay(day, SYDNEY)))
        expect(general!.kwh).toBeCloseTo(usage.length * 0.5, 9)
      }),
      { numRuns: 30 },
    )
  },
)

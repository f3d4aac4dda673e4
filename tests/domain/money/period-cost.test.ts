import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type LocalDate } from '#domain/calendar.ts'
import { MINUTE_MS } from '#domain/interval.ts'
import { billingPeriodOf, daysIn } from '#domain/local-period.ts'
import { averagePrice } from '#domain/money/average-price.ts'
import { chargesOn, type DatedCharges, feeCents } from '#domain/money/charges.ts'
import { dayCosts } from '#domain/money/day-cost.ts'
import { periodCost } from '#domain/money/period-cost.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { date, historyOf, usageFrom, usageOn } from './sample-usage.ts'

const CHARGES: readonly DatedCharges[] = [
  { includesGst: true, supplyCentsPerDay: 101.2, fee: { cents: 2500, per: 'month' as const } },
]
const costOf = (usage: readonly UsageInterval[], from: string, to: string, charges = CHARGES) =>
  periodCost(dayCosts(historyOf(usage), { fromDate: date(from), toDate: date(to) }, charges))

describe('a period', () => {
  test('is the sum of its days: energy, supply and the subscription', () => {
    const cost = costOf(usageFrom('2026-11-01', '2026-11-30'), '2026-11-01', '2026-11-30')
    expect(cost).toMatchObject({ days: 30, wholeDays: 30, estimatedDays: 0, energyCents: 30 * 720 })
    expect(cost.fixed?.supplyCents).toBeCloseTo(30 * 101.2, 6)
    expect(cost.cents).toBeCloseTo(30 * (720 + 101.2) + cost.fixed!.feeCents, 6)
  })

  test('without charges has none, and no total: half of what is due is not what is due', () => {
    const cost = costOf(usageFrom('2026-11-01', '2026-11-03'), '2026-11-01', '2026-11-03', [])
    expect(cost).toMatchObject({ energyCents: 2160, fixed: undefined, cents: undefined })
  })

  test('with charges for some of its days only has no total either', () => {
    const charges = [{ ...CHARGES[0]!, fromDate: date('2026-11-02') }]
    expect(
      costOf(usageFrom('2026-11-01', '2026-11-03'), '2026-11-01', '2026-11-03', charges).cents,
    ).toBeUndefined()
    expect(
      costOf(usageFrom('2026-11-01', '2026-11-03'), '2026-11-02', '2026-11-03', charges).cents,
    ).toBeDefined()
  })

  test('counts whole and estimated days', () => {
    const usage = usageFrom('2026-11-01', '2026-11-05').filter((_, index) => index !== 100)
    const some = usage.map((row, index) => (index < 2 ? { ...row, quality: 'estimated' as const } : row))
    expect(costOf(some, '2026-11-01', '2026-11-05')).toMatchObject({
      days: 5,
      wholeDays: 4,
      estimatedDays: 1,
    })
  })

  test('counts no day as whole of which a half hour has no price', () => {
    const usage = usageFrom('2026-11-01', '2026-11-05').map((row, index) =>
      index === 100 ? { ...row, costCents: Number.NaN, centsPerKwh: Number.NaN } : row,
    )
    expect(costOf(usage, '2026-11-01', '2026-11-05')).toMatchObject({
      wholeDays: 4,
      channels: { general: { unpricedKwh: 0.5, missingMs: 0 } },
    })
  })

  test('of nothing measured costs nothing but its charges, and no day of it is whole', () => {
    expect(costOf([], '2026-11-01', '2026-11-02')).toMatchObject({
      wholeDays: 0,
      energyCents: 0,
      channels: {},
    })
  })
})

describe('charges', () => {
  test('are those in force on the day', () => {
    const [old, july, later] = [
      { ...CHARGES[0]!, supplyCentsPerDay: 90 },
      { ...CHARGES[0]!, fromDate: date('2026-07-01') },
      { ...CHARGES[0]!, fromDate: date('2027-07-01'), supplyCentsPerDay: 120 },
    ]
    const all = [later, old, july]
    expect(chargesOn(all, date('2026-06-30'))).toBe(old)
    expect(chargesOn(all, date('2026-07-01'))).toBe(july)
    expect(chargesOn(all, date('2028-01-01'))).toBe(later)
    expect(chargesOn([july], date('2026-06-30'))).toBeUndefined()
  })

  test.each([
    [28, 2300],
    [30, 2465],
    [31, 2548],
  ])(
    'of a $25 subscription over a bill of %i days are what Amber itself bills, to a few cents',
    (days, cents) => {
      expect(Math.abs(feeCents(CHARGES[0]!) * days - cents)).toBeLessThan(2)
    },
  )

  test('without GST get it', () => {
    const plus = [{ ...CHARGES[0]!, includesGst: false }]
    const usage = usageOn(date('2026-11-01'))
    const [without, withGst] = [CHARGES, plus].map((charges) =>
      costOf(usage, '2026-11-01', '2026-11-01', charges),
    )
    expect(withGst!.fixed!.cents).toBeCloseTo(without!.fixed!.cents * 1.1, 5)
    expect(withGst!.energyCents).toBe(without!.energyCents)
  })
})

test('the average paid and the average of an even load, by day', () => {
  const cents = (hour: number) => (hour < 12 ? 20 : 40)
  const days = ['2026-11-01', '2026-11-02'].map(date)
  const usage = days.flatMap((day) => usageOn(day, { cents, kwh: (hour) => (hour < 12 ? 1 : 0) }))
  const history = historyOf(usage)
  expect(averagePrice(days.map(history.day))).toEqual({ kwh: 48, paidCentsPerKwh: 20, evenCentsPerKwh: 30 })
  expect(averagePrice([historyOf([]).day(days[0]!)])).toBeUndefined()
})

test('a half hour without a price has no part in the average of an even load: it does not make it cheaper', () => {
  const day = date('2026-11-01')
  const priced = usageOn(day, { cents: () => 40 })
  const some = priced.map((row, index) => (index % 4 === 0 ? { ...row, centsPerKwh: Number.NaN } : row))
  expect(averagePrice([historyOf(some).day(day)])).toEqual(averagePrice([historyOf(priced).day(day)]))
})

/** Two months around the night on which summer time begins, with odd prices, lost rows and a peak. */
const anyUsage = fc
  .record({
    seed: fc.nat(1e6),
    lost: fc.array(fc.nat(2900), { maxLength: 40 }),
  })
  .map(({ seed, lost }) => {
    const gone = new Set(lost)
    return usageFrom('2026-09-01', '2026-10-31', {
      kwh: (hour) => Math.round(((seed * (hour + 1)) % 977) / 0.7) / 1000,
      cents: (hour) => Math.round(((seed + hour * 7919) % 9001) - 800) / 137,
    }).filter((_, index) => !gone.has(index))
  })

const DEMAND = { centsPerKw: 17.3, per: 'month' as const, times: [{ fromMinute: 900, toMinute: 1260 }] }
const WITH_DEMAND = [{ ...CHARGES[0]!, includesGst: false, demand: [DEMAND] }]

test('splitting a period never changes its sum, and permuting the usage changes nothing', () => {
  fc.assert(
    fc.property(anyUsage, fc.integer({ min: 0, max: 59 }), fc.nat(), (usage, days, turn) => {
      const [from, to] = [date('2026-09-01'), date('2026-10-31')]
      const cut = addDays(from, days)
      const history = historyOf(usage)
      const cost = (a: LocalDate, b: LocalDate) =>
        periodCost(dayCosts(history, { fromDate: a, toDate: b }, WITH_DEMAND))
      const [whole, first, second] = [cost(from, to), cost(from, cut), cost(addDays(cut, 1), to)]
      expect(first.cents! + second.cents!).toBeCloseTo(whole.cents!, 9)
      expect(first.energyCents + second.energyCents).toBeCloseTo(whole.energyCents, 9)
      for (const key of ['kwh', 'measuredMs', 'missingMs'] as const) {
        expect(first.channels.general![key] + second.channels.general![key]).toBeCloseTo(
          whole.channels.general![key],
          9,
        )
      }
      const shift = turn % usage.length
      const turned = [...usage.slice(shift), ...usage.slice(0, shift)].toReversed()
      const other = periodCost(dayCosts(historyOf(turned), { fromDate: from, toDate: to }, WITH_DEMAND))
      expect(other).toEqual(whole)
    }),
    { numRuns: 25 },
  )
})

test('a meter that goes from half hours to five minutes, at any time, changes no sum, no gap and no peak', () => {
  const fives = (row: UsageInterval): UsageInterval[] =>
    Array.from({ length: 6 }, (_, index) => ({
      ...row,
      startMs: row.startMs + index * 5 * MINUTE_MS,
      endMs: row.startMs + (index + 1) * 5 * MINUTE_MS,
      kwh: row.kwh / 6,
      costCents: row.costCents / 6,
    }))
  fc.assert(
    fc.property(anyUsage, fc.nat(), fc.nat(600), (usage, cut, overlap) => {
      const at = cut % usage.length
      const period = { fromDate: date('2026-09-01'), toDate: date('2026-10-31') }
      const costs = (rows: readonly UsageInterval[]) =>
        periodCost(dayCosts(historyOf(rows), period, WITH_DEMAND))
      // For a while Amber may tell both.
      const mixed = [...usage.slice(0, at + overlap), ...usage.slice(at).flatMap(fives)]
      const [before, after] = [costs(usage), costs(mixed)]
      const { general } = after.channels
      expect(general!.kwh).toBeCloseTo(before.channels.general!.kwh, 2)
      expect(after.energyCents).toBeCloseTo(before.energyCents, 1)
      expect(after.fixed!.demandCents).toBeCloseTo(before.fixed!.demandCents, 2)
      expect([general!.missingMs, general!.measuredMs, after.wholeDays]).toEqual([
        before.channels.general!.missingMs,
        before.channels.general!.measuredMs,
        before.wholeDays,
      ])
    }),
    { numRuns: 15 },
  )
})

test('losing usage never makes a period look whole, nor its peak higher', () => {
  fc.assert(
    fc.property(anyUsage, fc.array(fc.nat(2900), { minLength: 1, maxLength: 20 }), (usage, lost) => {
      const gone = new Set(lost.map((index) => index % usage.length))
      const fewer = usage.filter((_, index) => !gone.has(index))
      const [before, after] = [usage, fewer].map((rows) =>
        costOf(rows, '2026-09-01', '2026-10-31', WITH_DEMAND),
      )
      expect(after!.channels.general!.missingMs).toBeGreaterThan(before!.channels.general!.missingMs)
      expect(after!.wholeDays).toBeLessThanOrEqual(before!.wholeDays)
      expect(after!.fixed!.demandCents).toBeLessThanOrEqual(before!.fixed!.demandCents)
    }),
    { numRuns: 25 },
  )
})

test('billing periods cover the days of a year once', () => {
  let day = date('2026-01-01')
  let days = 0
  while (day < '2027-01-01') {
    const period = billingPeriodOf(day, 29)
    days += daysIn(period)
    day = addDays(period.toDate, 1)
  }
  expect(days).toBeGreaterThanOrEqual(365)
})

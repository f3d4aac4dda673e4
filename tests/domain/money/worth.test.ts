import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOUR_MS } from '#domain/interval.ts'
import { datesOf } from '#domain/local-period.ts'
import { dearestHalfHours } from '#domain/money/dearest.ts'
import type { EnergyPlan } from '#domain/money/energy-plan.ts'
import { amberSide, worth } from '#domain/money/worth.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { type DayShape, date, historyOf, usageFrom, usageOn } from './sample-usage.ts'

const FLAT: EnergyPlan = {
  id: 'flat',
  name: 'Flat',
  includesGst: true,
  supplyCentsPerDay: 100,
  general: { kind: 'flat', centsPerKwh: 35 },
  feedIn: { kind: 'flat', centsPerKwh: 5 },
}
const TIMED: EnergyPlan = {
  ...FLAT,
  id: 'tou',
  general: {
    kind: 'timeOfUse',
    rates: [{ name: 'Peak', centsPerKwh: 60, times: [{ fromMinute: 900, toMinute: 1260 }] }],
    restCentsPerKwh: 25,
  },
}
const CHARGES = [{ includesGst: true, supplyCentsPerDay: 90, fee: { cents: 82, per: 'day' as const } }]
const REQUEST = {
  fromDate: date('2026-09-01'),
  toDate: date('2026-09-30'),
  charges: CHARGES,
  billingDay: 1,
}

/** Dear in the evening, used at noon. */
const SHAPE: DayShape = {
  cents: (hour) => (hour >= 15 && hour < 21 ? 60 : 20),
  kwh: (hour) => (hour >= 10 && hour < 14 ? 2 : 0.25),
}
const SEPTEMBER = usageFrom('2026-09-01', '2026-09-30', SHAPE)
const of = (usage: readonly UsageInterval[], plan = FLAT, more = {}) => {
  const request = { ...REQUEST, ...more }
  const { cents: amberCents, counted, ...amber } = amberSide(historyOf(usage), request)
  const compared = worth(historyOf(usage), plan, request)
  const planCents = compared.verdict ? compared.planCents : Number.NaN
  return { ...amber, amberCents, countedDays: counted.length, planCents, ...compared }
}

describe('was it worth it', () => {
  test('is the plan’s cost less Amber’s, supply and fees on both sides', () => {
    const { amberCents, planCents, verdict, includesFixed, countedDays } = of(SEPTEMBER)
    // A day: 16 kWh at noon and 10 else, 3 of them in the evening.
    expect(amberCents).toBeCloseTo(30 * (16 * 20 + 7 * 20 + 3 * 60 + 172), 6)
    expect(planCents).toBeCloseTo(30 * (26 * 35 + 100), 6)
    expect(verdict!.savedCents).toBeCloseTo(planCents - amberCents, 6)
    expect([includesFixed, countedDays]).toEqual([true, 30])
  })

  test('comes from skill, the level of prices and the charges', () => {
    const { verdict, average } = of(SEPTEMBER)
    // Spread evenly: 26 kWh at 30c, the average of the day.
    expect(average).toMatchObject({ evenCentsPerKwh: 30 })
    expect(verdict!.skillCents).toBeCloseTo(30 * (26 * 30 - (23 * 20 + 3 * 60)), 5)
    expect(verdict!.luckCents).toBeCloseTo(30 * 26 * (35 - 30), 5)
    expect(verdict!.chargesCents).toBeCloseTo(30 * (100 - 172), 5)
  })

  test('against time of use, timing that would have paid there as well is no skill with Amber', () => {
    const { verdict } = of(SEPTEMBER, TIMED)
    const planEven = (26 * (6 * 60 + 18 * 25)) / 24
    const planGeneral = 23 * 25 + 3 * 60
    expect(verdict!.skillCents).toBeCloseTo(30 * (26 * 30 - (23 * 20 + 3 * 60) - (planEven - planGeneral)), 5)
    expect(verdict!.luckCents).toBeCloseTo(30 * (planEven - 26 * 30), 5)
  })

  test('leaves a day with a gap out of both sides', () => {
    const lost = SEPTEMBER.filter((_, index) => index !== 500)
    const { countedDays, leftOutDays, amberCents, planCents } = of(lost)
    expect([countedDays, leftOutDays]).toEqual([29, 1])
    expect(amberCents).toBeCloseTo((of(SEPTEMBER).amberCents * 29) / 30, 5)
    expect(planCents).toBeCloseTo((of(SEPTEMBER).planCents * 29) / 30, 5)
  })

  test('leaves supply and fees out of both sides where Amber’s are not known', () => {
    const { includesFixed, verdict, planCents } = of(SEPTEMBER, FLAT, { charges: [] })
    expect(includesFixed).toBe(false)
    expect(planCents).toBeCloseTo(30 * 26 * 35, 6)
    expect(verdict!.chargesCents).toBe(0)
  })

  test('is not told where the plan has no rate for what the home uses', () => {
    const hot = usageFrom('2026-09-01', '2026-09-30', {
      more: { channel: 'controlledLoad', identifier: 'E2' },
    })
    const { verdict, untold } = of([...SEPTEMBER, ...hot])
    expect(verdict).toBeUndefined()
    expect(untold).toEqual({ kind: 'no-rate', kwh: 720 })
  })

  test('is not told where the plan’s demand goes by a window that Amber does not name', () => {
    const demand = { ...FLAT, demand: [{ centsPerKw: 10, per: 'day' as const }] }
    expect(of(SEPTEMBER, demand).untold).toEqual({ kind: 'no-demand-window' })
    // Left out of both sides anyway.
    expect(of(SEPTEMBER, demand, { charges: [] }).verdict).toBeDefined()
  })

  test('is not told where no day is whole', () => {
    expect(of([]).untold).toEqual({ kind: 'no-days' })
    expect(of(SEPTEMBER.filter((_, index) => index % 48 !== 0)).verdict).toBeUndefined()
  })

  test('what exporting cost over a bill is let off, as Amber does', () => {
    const exported = (cents: number) => [
      ...SEPTEMBER,
      ...usageFrom('2026-09-01', '2026-09-30', {
        kwh: () => 0.1,
        cents: () => cents,
        more: { channel: 'feedIn', identifier: 'B1' },
      }),
    ]
    const plain = of(SEPTEMBER).amberCents
    expect(of(exported(2)).amberCents).toBeCloseTo(plain, 5)
    expect(of(exported(-2)).amberCents).toBeCloseTo(plain - 30 * 4.8 * 2, 5)
  })

  test('counts days that are only estimated so far', () => {
    const estimated = SEPTEMBER.map((row, index) =>
      index < 60 ? { ...row, quality: 'estimated' as const } : row,
    )
    expect(of(estimated).estimatedDays).toBe(2)
  })
})

const anyUsage = fc
  .record({
    seed: fc.integer({ min: 1, max: 1e6 }),
    lost: fc.array(fc.nat(1439), { maxLength: 6 }),
    sold: fc.boolean(),
  })
  .map(({ seed, lost, sold }) => {
    const gone = new Set(lost)
    const general = usageFrom('2026-09-01', '2026-09-30', {
      kwh: (hour) => ((seed * (hour * 2 + 3)) % 1009) / 400,
      cents: (hour) => ((seed + hour * 6007) % 8009) / 100 - 9,
    })
    const solar = usageFrom('2026-09-01', '2026-09-30', {
      kwh: (hour) => (hour > 9 && hour < 15 ? (seed % 97) / 60 : 0),
      cents: (hour) => ((seed * hour) % 41) - 30,
      more: { channel: 'feedIn', identifier: 'B1' },
    })
    return [...general, ...(sold ? solar : [])].filter((_, index) => !gone.has(index))
  })

test('skill, luck and charges always add up to what was saved, against any plan', () => {
  const block: EnergyPlan = {
    ...FLAT,
    includesGst: false,
    general: { kind: 'block', per: 'month', blocks: [{ kwh: 300, centsPerKwh: 22 }], restCentsPerKwh: 33 },
    demand: [{ centsPerKw: 12, per: 'day', times: [{ fromMinute: 900, toMinute: 1260 }] }],
  }
  fc.assert(
    fc.property(anyUsage, fc.constantFrom(FLAT, TIMED, block), fc.boolean(), (usage, plan, charged) => {
      const { verdict, amberCents, planCents } = of(usage, plan, charged ? {} : { charges: [] })
      const { savedCents, skillCents, luckCents, chargesCents } = verdict!
      expect(skillCents + luckCents + chargesCents).toBeCloseTo(savedCents, 6)
      expect(savedCents).toBeCloseTo(planCents - amberCents, 6)
    }),
    { numRuns: 40 },
  )
})

test('the order of the usage changes nothing', () => {
  fc.assert(
    fc.property(anyUsage, fc.nat(), fc.constantFrom(FLAT, TIMED), (usage, turn, plan) => {
      const at = turn % usage.length
      const turned = [...usage.slice(at), ...usage.slice(0, at)].toReversed()
      const [a, b] = [historyOf(usage), historyOf(turned)]
      expect(worth(a, plan, REQUEST)).toEqual(worth(b, plan, REQUEST))
      expect(amberSide(a, REQUEST)).toEqual(amberSide(b, REQUEST))
      const dearest = [a, b].map((history) => dearestHalfHours(datesOf(REQUEST).map(history.day), 9))
      expect(dearest[0]).toEqual(dearest[1])
    }),
    { numRuns: 15 },
  )
})

test('an even load shows no skill', () => {
  const even = usageFrom('2026-09-01', '2026-09-30', { ...SHAPE, kwh: () => 0.4 })
  for (const plan of [FLAT, TIMED]) expect(of(even, plan).verdict!.skillCents).toBeCloseTo(0, 4)
})

test('the dearest half hours, five minutes added up, exports left out', () => {
  const fine = usageFrom('2026-09-01', '2026-09-02', {
    minutes: 5,
    cents: (hour) => (hour >= 18 && hour < 18.5 ? 1400 : 20),
    kwh: () => 0.1,
  })
  const sold = usageFrom('2026-09-01', '2026-09-02', {
    cents: () => -2000,
    more: { channel: 'feedIn', identifier: 'B1' },
  })
  const history = historyOf([...fine, ...sold])
  const dearest = dearestHalfHours(
    ['2026-09-01', '2026-09-02'].map((day) => history.day(date(day))),
    3,
  )
  expect(dearest).toHaveLength(3)
  expect(dearest[0]).toMatchObject({ cents: 840, startMs: Date.parse('2026-09-01T18:00+10:00') })
  expect(dearest[0]!.centsPerKwh).toBeCloseTo(1400, 6)
  expect(dearest[2]!.cents).toBeCloseTo(12, 6)
})

test('the dearest half hours are those that cost anything, of equal ones the earlier first', () => {
  const cents = (hour: number) => [0, 1, -5, 1][hour * 2] ?? 0
  const day = historyOf(usageOn(date('2026-09-01'), { cents })).day(date('2026-09-01'))
  const dearest = dearestHalfHours([day], 5)
  expect(dearest.map(({ startMs, cents: cost }) => [(startMs - day.startMs) / HOUR_MS, cost])).toEqual([
    [0.5, 0.5],
    [1.5, 0.5],
  ])
})

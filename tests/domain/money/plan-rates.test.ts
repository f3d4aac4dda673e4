import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type LocalDate } from '#domain/calendar.ts'
import { MINUTE_MS } from '#domain/interval.ts'
import type { EnergyPlan, EnergyRates } from '#domain/money/energy-plan.ts'
import { planKind } from '#domain/money/energy-plan.ts'
import { planDays } from '#domain/money/plan-cost.ts'
import { blockCents, ratedDays } from '#domain/money/plan-rates.ts'
import { holdsAt } from '#domain/money/time-rule.ts'
import { date, historyOf, usageFrom, usageOn } from './sample-usage.ts'

const FLAT: EnergyRates = { kind: 'flat', centsPerKwh: 30 }
const TIMED: EnergyRates = {
  kind: 'timeOfUse',
  rates: [
    {
      name: 'Peak',
      centsPerKwh: 50,
      times: [{ weekdays: [1, 2, 3, 4, 5], fromMinute: 900, toMinute: 1260 }],
    },
    { name: 'Off-peak', centsPerKwh: 20, times: [{ fromMinute: 1320, toMinute: 420 }] },
  ],
  restCentsPerKwh: 30,
}
const BLOCKS = {
  kind: 'block',
  per: 'month',
  blocks: [
    { kwh: 100, centsPerKwh: 20 },
    { kwh: 200, centsPerKwh: 30 },
  ],
  restCentsPerKwh: 40,
} as const
const PLAN: EnergyPlan = { id: 'a', name: 'A', includesGst: true, supplyCentsPerDay: 100, general: FLAT }

const one = (text: string) => ({ fromDate: date(text), toDate: date(text) })

describe('a time rule', () => {
  const clock = (weekday: number, hour: number, minute = 0, month = 11) => ({ month, weekday, hour, minute })
  test.each([
    ['at its first minute', { fromMinute: 900, toMinute: 1260 }, clock(1, 15), true],
    ['not at its last', { fromMinute: 900, toMinute: 1260 }, clock(1, 21), false],
    ['until midnight', { fromMinute: 900, toMinute: 1440 }, clock(1, 23, 59), true],
    ['past midnight, before it', { fromMinute: 1320, toMinute: 420 }, clock(1, 23), true],
    ['past midnight, after it', { fromMinute: 1320, toMinute: 420 }, clock(1, 6, 59), true],
    ['not in between', { fromMinute: 1320, toMinute: 420 }, clock(1, 12), false],
    ['all day where both ends are one', { fromMinute: 0, toMinute: 1440 }, clock(0, 0), true],
    ['on its weekdays', { weekdays: [6], fromMinute: 0, toMinute: 1440 }, clock(6, 3), true],
    ['on no other', { weekdays: [6], fromMinute: 0, toMinute: 1440 }, clock(0, 3), false],
    ['in its months', { months: [6, 7], fromMinute: 0, toMinute: 1440 }, clock(0, 3, 0, 6), true],
    ['in no other', { months: [6, 7], fromMinute: 0, toMinute: 1440 }, clock(0, 3), false],
  ])('holds %s', (_, rule, at, expected) => expect(holdsAt(rule, at)).toBe(expected))
})

describe('rates', () => {
  test('flat: energy times the rate', () => {
    expect(ratedDays(historyOf(usageOn(date('2026-11-23'))), one('2026-11-23'), 'general', FLAT)).toEqual([
      { cents: 720, evenCents: 720 },
    ])
  })

  test.each([
    // Half a kWh each half hour: 6 h of peak, 9 h of off-peak, 9 h of the rest.
    ['2026-11-23', 6 * 50 + 9 * 20 + 9 * 30],
    // Sunday: no peak.
    ['2026-11-22', 9 * 20 + 15 * 30],
    // 23 hours, one of off-peak lost to summer time; 25, one gained.
    ['2026-10-04', 8 * 20 + 15 * 30],
    ['2026-04-05', 10 * 20 + 15 * 30],
  ])('by time of use go by the clock of the home on %s', (day, cents) => {
    const [rated] = ratedDays(historyOf(usageOn(date(day))), one(day), 'general', TIMED)
    expect(rated!.cents).toBeCloseTo(cents, 6)
    expect(rated!.evenCents).toBeCloseTo(cents, 6)
  })

  test('by time of use begin when the clock of another zone shows it', () => {
    const day = date('2026-11-23')
    const ms = Date.parse('2026-11-23T15:00+10:30')
    const zone = 'Australia/Adelaide'
    const usage = usageOn(day, { timeZone: zone, kwh: () => 0 }).map((row) =>
      row.startMs === ms || row.startMs === ms - 30 * MINUTE_MS ? { ...row, kwh: 1 } : row,
    )
    const [rated] = ratedDays(historyOf(usage, zone), one(day), 'general', TIMED)
    expect(rated!.cents).toBe(30 + 50)
  })

  test('by time of use: the same energy, spread evenly, is what no timing would have paid', () => {
    const usage = usageOn(date('2026-11-23'), { kwh: (hour) => (hour >= 15 && hour < 21 ? 1 : 0) })
    const [rated] = ratedDays(historyOf(usage), one('2026-11-23'), 'general', TIMED)
    expect(rated!.cents).toBe(600)
    expect(rated!.evenCents).toBeCloseTo((12 * (6 * 50 + 9 * 20 + 9 * 30)) / 24, 6)
  })

  test.each([
    [0, 50, 1000],
    [90, 20, 200 + 300],
    [0, 400, 2000 + 6000 + 4000],
    [300, 10, 400],
    [0, 0, 0],
  ])('in blocks: after %i kWh the next %i cost %i c', (used, kwh, cents) => {
    expect(blockCents(BLOCKS, used, kwh)).toBe(cents)
  })

  test('in blocks count from the start of their month, whenever the period begins', () => {
    // 24 kWh a day: the first block ends on the 5th, the second on the 13th.
    const history = historyOf(usageFrom('2026-10-28', '2026-11-14'))
    const centsOn = (text: string) => ratedDays(history, one(text), 'general', BLOCKS)[0]!.cents
    expect(centsOn('2026-11-01')).toBe(24 * 20)
    expect(centsOn('2026-11-05')).toBe(4 * 20 + 20 * 30)
    expect(centsOn('2026-11-14')).toBe(24 * 40)
    expect(centsOn('2026-11-13')).toBe(12 * 30 + 12 * 40)
  })

  test('in daily blocks begin anew each day', () => {
    const daily = { ...BLOCKS, per: 'day', blocks: [{ kwh: 10, centsPerKwh: 20 }] } as const
    const days = ratedDays(
      historyOf(usageFrom('2026-11-01', '2026-11-03')),
      { fromDate: date('2026-11-01'), toDate: date('2026-11-03') },
      'general',
      daily,
    )
    expect(days.map(({ cents }) => cents)).toEqual([760, 760, 760])
  })

  test('in quarterly blocks go on through the months of the quarter', () => {
    const quarterly = { ...BLOCKS, per: 'quarter' } as const
    const history = historyOf(usageFrom('2026-10-01', '2026-11-01'))
    expect(ratedDays(history, one('2026-11-01'), 'general', quarterly)[0]!.cents).toBe(24 * 40)
  })
})

describe('a plan', () => {
  const solar = [
    ...usageOn(date('2026-11-23')),
    ...usageOn(date('2026-11-23'), { kwh: () => 0.1, more: { channel: 'feedIn', identifier: 'B1' } }),
    ...usageOn(date('2026-11-23'), { kwh: () => 0.2, more: { channel: 'controlledLoad', identifier: 'E2' } }),
  ]
  const costOf = (more: Partial<EnergyPlan>) =>
    planDays(historyOf(solar), one('2026-11-23'), { ...PLAN, ...more })[0]!

  test('prices import, controlled load and export, and adds supply and a fee', () => {
    const day = costOf({
      controlledLoad: { kind: 'flat', centsPerKwh: 20 },
      feedIn: { kind: 'flat', centsPerKwh: 5 },
      fee: { cents: 10, per: 'day' },
    })
    expect(day.energyCents).toBeCloseTo(720 + 192 - 24, 6)
    expect(day.fixed).toMatchObject({ supplyCents: 100, feeCents: 10, demandCents: 0, cents: 110 })
    expect(day.unpricedKwh).toBe(0)
  })

  test('that names no rate for a channel leaves its energy unpriced and does not give it away', () => {
    expect(costOf({}).unpricedKwh).toBeCloseTo(4.8 + 9.6, 6)
    expect(costOf({ feedIn: { kind: 'flat', centsPerKwh: 0 } }).unpricedKwh).toBeCloseTo(9.6, 6)
  })

  test('without GST gets it on what is paid, and on nothing that is earned', () => {
    const day = costOf({
      includesGst: false,
      controlledLoad: { kind: 'flat', centsPerKwh: 20 },
      feedIn: { kind: 'flat', centsPerKwh: 5 },
    })
    expect(day.channels.general!.cents).toBeCloseTo(792, 6)
    expect(day.channels.feedIn!.cents).toBeCloseTo(-24, 6)
    expect(day.fixed!.cents).toBeCloseTo(110, 6)
  })

  test('with feed-in in blocks: the first kWh of the day earn more', () => {
    const tiered = {
      kind: 'block',
      per: 'day',
      blocks: [{ kwh: 3, centsPerKwh: 12 }],
      restCentsPerKwh: 4,
    } as const
    expect(costOf({ feedIn: tiered }).channels.feedIn!.cents).toBeCloseTo(-(36 + 1.8 * 4), 6)
  })

  test('with a demand charge is a demand plan, however it prices energy', () => {
    expect(planKind(PLAN)).toBe('flat')
    expect(planKind({ ...PLAN, general: TIMED })).toBe('timeOfUse')
    const demand = [{ centsPerKw: 20, per: 'day' as const, times: [{ fromMinute: 0, toMinute: 1440 }] }]
    expect(planKind({ ...PLAN, demand })).toBe('demand')
    expect(costOf({ demand }).fixed!.demandCents).toBe(20)
  })
})

const anyRates = fc.constantFrom<EnergyRates>(FLAT, TIMED, BLOCKS, { ...BLOCKS, per: 'quarter' })

test('what a plan costs over a period is the sum of its parts, wherever it is cut', () => {
  const history = historyOf(
    usageFrom('2026-08-20', '2026-11-10', { kwh: (hour) => ((hour * 37) % 11) / 7 }).filter(
      (_, i) => i % 97 !== 3,
    ),
  )
  const plan = (general: EnergyRates): EnergyPlan => ({
    ...PLAN,
    includesGst: false,
    general,
    demand: [{ centsPerKw: 333, per: 'month', times: [{ fromMinute: 900, toMinute: 1260 }] }],
  })
  const costs = (general: EnergyRates, fromDate: LocalDate, toDate: LocalDate) =>
    planDays(history, { fromDate, toDate }, plan(general)).map((day) => [day.energyCents, day.fixed!.cents])
  fc.assert(
    fc.property(anyRates, fc.integer({ min: 0, max: 59 }), (general, days) => {
      const [from, to] = [date('2026-09-10'), date('2026-11-10')]
      const cut = addDays(from, days)
      expect([...costs(general, from, cut), ...costs(general, addDays(cut, 1), to)]).toEqual(
        costs(general, from, to),
      )
    }),
    { numRuns: 30 },
  )
})

test('blocks cost the same however a month’s energy is spread over its days', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 80_000 }), { maxLength: 31 }), (grams) => {
      const kwh = grams.map((gram) => gram / 1000)
      let used = 0
      let cents = 0
      for (const one of kwh) {
        cents += blockCents(BLOCKS, used, one)
        used += one
      }
      expect(cents).toBeCloseTo(blockCents(BLOCKS, 0, used), 4)
    }),
  )
})

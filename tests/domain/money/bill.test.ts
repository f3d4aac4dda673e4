import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, localDay } from '#domain/calendar.ts'
import { MINUTE_MS } from '#domain/interval.ts'
import { datesOf } from '#domain/local-period.ts'
import { billEstimate, billOf } from '#domain/money/bill.ts'
import { expectedEnergy, pastDays } from '#domain/money/bill-range.ts'
import { reconciled } from '#domain/money/reconcile.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { parseUsage } from '../../../backend/amber/parse.ts'
import { createAnswers } from '../../../backend/simulator/answers.ts'
import { VICTORIAN_SITE } from '../../../backend/simulator/sites.ts'
import { date, historyOf, SYDNEY, usageFrom, usageOn } from './sample-usage.ts'

const CHARGES = [{ includesGst: true, supplyCentsPerDay: 100 }]
const TODAY = date('2026-11-24')
const request = { today: TODAY, charges: CHARGES }

/** $7.20 a day, the same each day. */
const STEADY = usageFrom('2026-10-01', '2026-11-23')
/** One day $4.80, the next $9.60. */
const UNSTEADY = datesOf({ fromDate: date('2026-10-01'), toDate: date('2026-11-23') }).flatMap((day, index) =>
  usageOn(day, { cents: () => (index % 2 ? 20 : 40) }),
)

describe('the bill to come', () => {
  test('is what is known, the usual for the rest, and the charges of all its days', () => {
    expect(billEstimate(historyOf(STEADY), 1, request)).toEqual({
      awaitedDays: 0,
      fromDate: '2026-11-01',
      toDate: '2026-11-30',
      days: 30,
      knownDays: 23,
      gapDays: 0,
      missingDays: 0,
      remainingDays: 7,
      estimatedDays: 0,
      energySoFarCents: 23 * 720,
      soFarCents: 23 * 820,
      includesFixed: true,
      estimate: { lowCents: 30 * 820, cents: 30 * 820, highCents: 30 * 820 },
    })
  })

  test('is of energy alone while no charges are entered', () => {
    const bill = billEstimate(historyOf(STEADY), 1, { today: TODAY, charges: [] })
    expect(bill).toMatchObject({ includesFixed: false, estimate: { cents: 30 * 720 } })
  })

  test('counts a gap by its share, and what is known of the day besides', () => {
    const isLost = (row: UsageInterval, index: number) =>
      row.startMs >= Date.parse('2026-11-10T00:00+11:00') && index % 4 === 0
    const lost = STEADY.filter(
      (row, index) => !(isLost(row, index) && row.endMs <= Date.parse('2026-11-11T00:00+11:00')),
    )
    const bill = billEstimate(historyOf(lost), 1, request)
    expect(bill).toMatchObject({ knownDays: 22, gapDays: 1, remainingDays: 7 })
    expect(bill.estimate!.cents).toBeCloseTo(30 * 820, 6)
  })

  test('is of energy alone where charges are entered for some of its days', () => {
    const charges = [{ ...CHARGES[0]!, fromDate: date('2026-11-10') }]
    const bill = billEstimate(historyOf(STEADY), 1, { today: TODAY, charges })
    expect(bill).toMatchObject({ includesFixed: false, estimate: { cents: 30 * 720, highCents: 30 * 720 } })
  })

  test.each([
    ['half an hour', 1],
    ['half of a day', 24],
    ['a whole day', 48],
  ])('does not take %s without a price for nothing', (_, unpriced) => {
    const dayMs = Date.parse('2026-11-10T00:00+11:00')
    const some = STEADY.map((row) => {
      const half = (row.startMs - dayMs) / (30 * MINUTE_MS)
      return 0 <= half && half < unpriced ? { ...row, costCents: Number.NaN, centsPerKwh: Number.NaN } : row
    })
    const bill = billEstimate(historyOf(some), 1, request)
    expect(bill).toMatchObject({ knownDays: 22, gapDays: 1 })
    expect(bill.estimate!.cents).toBeCloseTo(30 * 820, 6)
  })

  test('is not guessed from less than a week', () => {
    const few = usageFrom('2026-11-18', '2026-11-23')
    expect(billEstimate(historyOf(few), 1, request).estimate).toBeUndefined()
    expect(billEstimate(historyOf(usageFrom('2026-11-17', '2026-11-23')), 1, request).estimate).toBeDefined()
  })

  test('of a period that is over is its sum, without a range', () => {
    const bill = billOf(
      historyOf(UNSTEADY),
      { fromDate: date('2026-10-05'), toDate: date('2026-11-04') },
      request,
    )
    expect(bill).toMatchObject({ remainingDays: 0, gapDays: 0, knownDays: 31 })
    expect(bill.estimate!.lowCents).toBe(bill.estimate!.highCents)
  })

  test('narrows as days come in', () => {
    const widths = [5, 12, 19, 26, 30].map((days) => {
      const today = addDays(date('2026-10-25'), days)
      const { estimate } = billOf(
        historyOf(UNSTEADY),
        { fromDate: date('2026-10-25'), toDate: date('2026-11-23') },
        { ...request, today },
      )
      return estimate!.highCents - estimate!.lowCents
    })
    expect(widths).toEqual(widths.toSorted((a, b) => b - a))
    expect(widths.at(-1)).toBe(0)
  })

  test('lets off what exporting cost over the whole bill', () => {
    const sold = (cents: number) =>
      usageFrom('2026-10-01', '2026-11-23', {
        kwh: () => 0.1,
        cents: () => cents,
        more: { channel: 'feedIn', identifier: 'B1' },
      })
    const [costs, earns] = [3, -3].map((cents) =>
      billEstimate(historyOf([...STEADY, ...sold(cents)]), 1, request),
    )
    expect(costs!.estimate!.cents).toBeCloseTo(30 * 820, 5)
    expect(earns!.estimate!.cents).toBeCloseTo(30 * (820 - 14.4), 5)
  })

  test('may be dearer by a new peak of demand, up to the highest of the two months before', () => {
    const demand = [{ centsPerKw: 10, per: 'day' as const, times: [{ fromMinute: 0, toMinute: 1440 }] }]
    const peaky = STEADY.map((row) =>
      row.startMs === Date.parse('2026-10-14T18:00+11:00') ? { ...row, kwh: 2 } : row,
    )
    const charges = [{ ...CHARGES[0]!, demand }]
    const { estimate } = billEstimate(historyOf(peaky), 1, { today: TODAY, charges })
    // 1 kW so far in November, 4 in October.
    expect(estimate!.cents).toBeCloseTo(30 * (820 + 10), 5)
    expect(estimate!.highCents).toBeCloseTo(30 * (820 + 40), 5)
    // A period that reaches into a month of which nothing is measured takes its peak for likely.
    const later = billEstimate(historyOf(peaky), 20, { today: TODAY, charges })
    expect(later.estimate!.cents).toBeCloseTo(30 * 820 + 11 * 10 + 19 * 40, 5)
  })

  test('is no dearer by peaks of demand that nobody ever had, nor by those of a month that is over', () => {
    const demand = [{ centsPerKw: 10, per: 'day' as const, times: [{ fromMinute: 0, toMinute: 1440 }] }]
    const charges = [{ ...CHARGES[0]!, demand }]
    const moreOf = (usage: UsageInterval[], today: string) => {
      const { estimate } = billEstimate(historyOf(usage), 20, { today: date(today), charges })
      return estimate!.highCents - estimate!.cents
    }
    // 0.4 kW, always.
    expect(moreOf(usageFrom('2026-10-05', '2026-11-23', { kwh: () => 0.2 }), '2026-11-24')).toBeCloseTo(0, 5)
    const peaky = usageFrom('2026-10-05', '2026-12-04').map((row) =>
      row.startMs === Date.parse('2026-10-14T18:00+11:00') ? { ...row, kwh: 2 } : row,
    )
    // From October's 4 kW December's 1 kW may rise, for its 19 days; November's eleven stay as they were.
    expect(moreOf(peaky, '2026-12-05')).toBeCloseTo(19 * 30, 5)
  })
})

test('a new peak may come until the last day of its month is over', () => {
  const demand = [{ centsPerKw: 10, per: 'day' as const, times: [{ fromMinute: 0, toMinute: 1440 }] }]
  const usage = usageFrom('2026-10-01', '2026-11-29').map((row) =>
    row.startMs === Date.parse('2026-10-14T18:00+11:00') ? { ...row, kwh: 2 } : row,
  )
  const moreOn = (today: string): number => {
    const { estimate } = billEstimate(historyOf(usage), 1, {
      today: date(today),
      charges: [{ ...CHARGES[0]!, demand }],
    })
    return estimate!.highCents - estimate!.cents
  }
  expect(moreOn('2026-11-30')).toBeCloseTo(30 * 30, 5)
})

describe('the range', () => {
  test('is no wider than days that resemble one another by four fifths make it', () => {
    const days = datesOf({ fromDate: date('2026-10-27'), toDate: date('2026-11-23') })
    const usage = days.flatMap((day, index) => usageOn(day, { cents: () => 10 + index }))
    const daily = days.map((_, index) => 24 * (10 + index))
    const mean = daily.reduce((sum, cents) => sum + cents, 0) / 28
    const variance = daily.reduce((sum, cents) => sum + (cents - mean) ** 2, 0) / 27
    const student = 1.281552 + (1.281552 ** 3 + 1.281552) / (4 * 27)
    const expected = student * Math.sqrt(variance * (1.8 / 0.2) * (7 + 49 / 28))
    expect(expectedEnergy(pastDays(historyOf(usage), TODAY), 7)!.eitherWayCents).toBeCloseTo(expected, 3)
  })

  test('is as wide as four in five of the misses before, once there are thirty of them', () => {
    const widthOf = (before: number) => {
      // At first all sorts of days, of late each as the other.
      const level = (index: number) => (index < before ? 10 + ((index * 37) % 101) : 30)
      const days = datesOf({ fromDate: addDays(TODAY, -before - 28), toDate: addDays(TODAY, -1) })
      const daily = days.map((_, index) => 24 * level(index))
      const usage = days.flatMap((day, index) => usageOn(day, { cents: () => level(index) }))
      const misses = daily.slice(28).map((cents, index) => {
        const four = daily.slice(index, index + 28)
        return Math.abs(cents - four.reduce((sum, one) => sum + one, 0) / 28)
      })
      const past = pastDays(historyOf(usage), TODAY)
      const { eitherWayCents } = expectedEnergy(past, 1)!
      return { misses, eitherWayCents, ofAPart: expectedEnergy(past, 0.25)!.eitherWayCents }
    }
    const { misses, eitherWayCents, ofAPart } = widthOf(30)
    // The gap of a part of a day has been tried by whole days.
    expect(ofAPart).toBe(eitherWayCents)
    expect(misses).toHaveLength(30)
    expect(misses.filter((miss) => miss <= eitherWayCents + 1e-3)).toHaveLength(24)
    expect(widthOf(29).eitherWayCents).toBe(0)
  })

  test('widens with how much days differ, and holds what is expected', () => {
    const { estimate } = billEstimate(historyOf(UNSTEADY), 1, request)
    expect(estimate!.cents).toBeCloseTo(30 * 820, -3)
    expect(estimate!.highCents - estimate!.cents).toBeGreaterThan(0)
    expect(estimate!.cents - estimate!.lowCents).toBeCloseTo(estimate!.highCents - estimate!.cents, 6)
  })

  test('is wider where days of a kind come together, as hot ones do, than where the same days take turns', () => {
    const widthOf = (isDear: (index: number) => boolean) => {
      const days = datesOf({ fromDate: date('2026-10-27'), toDate: date('2026-11-23') })
      const usage = days.flatMap((day, index) => usageOn(day, { cents: () => (isDear(index) ? 40 : 20) }))
      return expectedEnergy(pastDays(historyOf(usage), TODAY), 7)!.eitherWayCents
    }
    const inTurn = widthOf((index) => index % 2 === 0)
    // A week cheap, a week dear: three days in four are as the day before.
    expect(widthOf((index) => Math.floor(index / 7) % 2 === 0) / inTurn).toBeGreaterThan(2)
    expect(inTurn).toBeGreaterThan(0)
  })

  test('holds nine tenths and not all: of weeks that come, about one in ten is dearer', () => {
    // A year of days whose costs are thrown by a fixed rule; each week is expected from the four before it.
    let state = 7
    const next = () => {
      state = (state * 48_271) % 2_147_483_647
      return state / 2_147_483_647
    }
    const usage = datesOf({ fromDate: date('2026-01-01'), toDate: date('2026-12-31') }).flatMap((day) => {
      const level = 15 + 30 * next() + (next() < 0.05 ? 40 : 0)
      return usageOn(day, { cents: () => level })
    })
    const history = historyOf(usage)
    const weeks = Array.from({ length: 46 }, (_, index) => addDays(date('2026-02-05'), index * 7))
    const outcomes = weeks.map((first) => {
      const period = { fromDate: first, toDate: addDays(first, 6) }
      const { estimate } = billOf(history, period, { today: first, charges: [] })
      const real = billOf(history, period, { today: addDays(first, 7), charges: [] }).energySoFarCents
      return real < estimate!.lowCents ? 'below' : real > estimate!.highCents ? 'above' : 'within'
    })
    const share = (what: string) => outcomes.filter((outcome) => outcome === what).length / outcomes.length
    expect(share('within')).toBeGreaterThan(0.65)
    expect(share('within')).toBeLessThan(0.97)
    expect(share('above')).toBeLessThan(0.25)
    expect(share('below')).toBeLessThan(0.25)
  })

  test('holds about four bills in five of a household through the seasons', () => {
    const first = date('2025-07-01')
    const span = {
      startMs: localDay(first, SYDNEY).startMs,
      endMs: localDay(date('2026-07-01'), SYDNEY).startMs,
    }
    const outcomes = [1, 2].flatMap((seed) => {
      const { rows } = parseUsage(
        createAnswers(seed, [VICTORIAN_SITE], {}).truth.usage(VICTORIAN_SITE.id, span),
      )
      const history = historyOf(rows)
      return Array.from({ length: 22 }, (_, index) => addDays(first, 100 + index * 10)).map((fromDate) => {
        const period = { fromDate, toDate: addDays(fromDate, 29) }
        const { estimate } = billOf(history, period, { today: addDays(fromDate, 10), charges: [] })
        const real = billOf(history, period, { today: addDays(fromDate, 30), charges: [] }).energySoFarCents
        return estimate!.lowCents <= real && real <= estimate!.highCents
      })
    })
    const share = outcomes.filter(Boolean).length / outcomes.length
    expect(share).toBeGreaterThan(0.7)
    expect(share).toBeLessThan(0.97)
  })

  test('does not depend on the order of the usage, and of no days is nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.nat(2000), (days, turn) => {
        const turned = [...UNSTEADY.slice(turn), ...UNSTEADY.slice(0, turn)].toReversed()
        const [a, b] = [UNSTEADY, turned].map((usage) =>
          expectedEnergy(pastDays(historyOf(usage), TODAY), days),
        )
        expect(a).toEqual(b)
        expect(a!.eitherWayCents).toBeGreaterThanOrEqual(0)
        if (days === 0) expect(a).toEqual({ cents: 0, exportCents: 0, eitherWayCents: 0 })
      }),
      { numRuns: 15 },
    )
  })
})

describe('a bill that came', () => {
  const bill = { fromDate: date('2026-10-15'), toDate: date('2026-11-14'), totalCents: 31 * 820 }
  const against = (totalCents: number, usage = STEADY, charges = CHARGES) =>
    reconciled(historyOf(usage), { ...bill, totalCents }, { today: TODAY, charges })

  test('agrees to the cents that its lines are rounded by', () => {
    expect(against(31 * 820)).toMatchObject({ verdict: 'agrees', differenceCents: 0, differences: [] })
    expect(against(31 * 820 + 4)?.verdict).toBe('agrees')
    expect(against(31 * 820 - 6)?.verdict).toBe('differs')
  })

  test('differs by what is in no fact of ours', () => {
    expect(against(31 * 820 - 5000)).toMatchObject({
      verdict: 'differs',
      oursCents: 31 * 820,
      differenceCents: -5000,
      differences: [{ kind: 'not-in-the-facts' }],
    })
  })

  test('cannot be judged while a day of it is missing, and says so', () => {
    const lost = STEADY.filter((_, index) => index !== 48 * 20)
    expect(against(31 * 820 - 500, lost)).toMatchObject({
      verdict: 'cannot-tell',
      differences: [{ kind: 'days-missing', days: 1 }],
    })
  })

  test('cannot be judged without charges, nor before it is over', () => {
    expect(against(31 * 820, STEADY, [])).toMatchObject({
      verdict: 'cannot-tell',
      differences: [{ kind: 'charges-missing' }],
    })
    const early = reconciled(historyOf(STEADY), bill, { today: date('2026-11-10'), charges: CHARGES })
    expect(early).toMatchObject({ verdict: 'cannot-tell', differences: [{ kind: 'days-ahead', days: 5 }] })
  })

  test('names estimated days where they may be the reason', () => {
    const estimated = STEADY.map((row, index) =>
      index === 48 * 20 ? { ...row, quality: 'estimated' as const } : row,
    )
    expect(against(31 * 820 + 300, estimated)?.differences).toEqual([
      { kind: 'days-estimated', days: 1 },
      { kind: 'not-in-the-facts' },
    ])
  })

  test('of days of which nothing at all is known is left unjudged, however usual they were', () => {
    expect(against(31 * 820, usageFrom('2026-09-10', '2026-10-14'))).toBeUndefined()
  })

  test('from before all that is known is left unjudged', () => {
    expect(
      reconciled(
        historyOf(STEADY),
        { ...bill, fromDate: date('2025-01-01'), toDate: date('2025-01-31') },
        request,
      ),
    ).toBeUndefined()
  })
})

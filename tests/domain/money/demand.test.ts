import { describe, expect, test } from 'vitest'
import { isoLocal } from '#domain/calendar.ts'
import { MINUTE_MS } from '#domain/interval.ts'
import { meterHistory } from '#domain/meter-history.ts'
import { type DemandCharge, demandMonth } from '#domain/money/demand.ts'
import { demandOfDays, newPeakCents } from '#domain/money/demand-cost.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { date, historyOf, SYDNEY, usageFrom, usageOn } from './sample-usage.ts'

const EVENING = [{ fromMinute: 15 * 60, toMinute: 21 * 60 }]
const CHARGE: DemandCharge = { centsPerKw: 20, per: 'day', times: EVENING }
const CHARGES = { includesGst: true, supplyCentsPerDay: 100, demand: [CHARGE] }
const NOVEMBER = date('2026-11-10')

/** Two kW at six in the evening on the 5th, three at noon on the 6th, one kW else. */
const usage = usageFrom('2026-10-20', '2026-11-10').map((row) => {
  const at = isoLocal(row.startMs, SYDNEY)
  if (at.startsWith('2026-11-05T18:00')) return { ...row, kwh: 1 }
  return at.startsWith('2026-11-06T12:00') ? { ...row, kwh: 1.5 } : row
})

describe('the month’s peak', () => {
  test('is the highest half hour of the window, not of the day', () => {
    const { peak } = demandMonth(historyOf(usage), NOVEMBER, CHARGE)
    expect(peak?.kw).toBe(2)
    expect(isoLocal(peak!.startMs, SYDNEY)).toBe('2026-11-05T18:00:00+11:00')
    expect(peak!.endMs - peak!.startMs).toBe(30 * MINUTE_MS)
  })

  test('is that of its own month', () => {
    expect(demandMonth(historyOf(usage), date('2026-10-31'), CHARGE).peak?.kw).toBe(1)
    expect(demandMonth(historyOf(usage), date('2026-12-01'), CHARGE).peak).toBeUndefined()
  })

  test('is the first of equal ones', () => {
    const { peak } = demandMonth(historyOf(usage.map((row) => ({ ...row, kwh: 0.5 }))), NOVEMBER, CHARGE)
    expect(isoLocal(peak!.startMs, SYDNEY)).toBe('2026-11-01T15:00:00+11:00')
  })

  test('is unknown, and not 0, while nothing of the window was measured', () => {
    const morning = usageOn(NOVEMBER).slice(0, 20)
    expect(demandMonth(historyOf(morning), NOVEMBER, CHARGE).peak).toBeUndefined()
    const idle = usageOn(NOVEMBER, { kwh: () => 0 })
    expect(demandMonth(historyOf(idle), NOVEMBER, CHARGE).peak?.kw).toBe(0)
  })

  test('adds up registers and five minutes, and leaves controlled load out', () => {
    const fine = usageOn(NOVEMBER, { minutes: 5, kwh: () => 0.1 })
    const more = [
      ...fine,
      ...fine.map((row) => ({ ...row, identifier: 'E3' })),
      ...fine.map((row) => ({ ...row, identifier: 'E2', channel: 'controlledLoad' as const })),
    ]
    expect(demandMonth(historyOf(more), NOVEMBER, CHARGE).peak?.kw).toBe(2.4)
  })

  test('has nothing unmeasured where one register takes the place of the other in the window', () => {
    const swapMs = Date.parse('2026-11-05T18:00:00+11:00')
    const swapped = usage.map((row) => (row.startMs < swapMs ? row : { ...row, identifier: 'E9' }))
    const history = meterHistory(swapped, {
      timeZone: SYDNEY,
      intervalMinutes: 30,
      registers: [{ channel: 'general', identifier: 'E9' }],
    })
    expect(demandMonth(history, NOVEMBER, CHARGE)).toEqual(demandMonth(historyOf(usage), NOVEMBER, CHARGE))
  })

  test('is at least what was measured, and says what was not', () => {
    const isLost = ({ startMs }: UsageInterval) => isoLocal(startMs, SYDNEY).startsWith('2026-11-05T1')
    const known = usage.filter((row) => !isLost(row))
    const { peak, unmeasuredMs } = demandMonth(historyOf(known), NOVEMBER, CHARGE)
    expect(peak?.kw).toBe(1)
    // 15:00 to 20:00, of what lies in the window.
    expect(unmeasuredMs).toBe(10 * 30 * MINUTE_MS)
  })

  test.each([
    ['weekdays alone', [{ ...EVENING[0]!, weekdays: [1, 2, 3, 4] }], 2],
    ['Fridays alone', [{ ...EVENING[0]!, weekdays: [5] }], 1],
    ['another season', [{ ...EVENING[0]!, months: [6, 7] }], undefined],
    ['past midnight', [{ fromMinute: 11 * 60, toMinute: 60 }], 3],
  ])('keeps to the household’s rule: %s', (_, times, kw) => {
    expect(demandMonth(historyOf(usage), NOVEMBER, { ...CHARGE, times }).peak?.kw).toBe(kw)
  })
})

describe('Amber’s own window', () => {
  const amber: DemandCharge = { centsPerKw: 20, per: 'day' }
  const flagged = usage.map((row) => ({
    ...row,
    tariff: { demandWindow: isoLocal(row.startMs, SYDNEY).includes('T12:') },
  }))

  test('is used where the household has no rule', () => {
    expect(demandMonth(historyOf(flagged), NOVEMBER, amber)).toMatchObject({
      isWindowKnown: true,
      peak: { kw: 3 },
    })
  })

  test('is overruled by the household’s, which may know better', () => {
    expect(demandMonth(historyOf(flagged), NOVEMBER, CHARGE).peak?.kw).toBe(2)
  })

  test('is not guessed where no row tells of one', () => {
    expect(demandMonth(historyOf(usage), NOVEMBER, amber)).toMatchObject({
      isWindowKnown: false,
      peak: undefined,
    })
    const day = demandOfDays(historyOf(usage))
    expect(day({ ...CHARGES, demand: [amber] }, NOVEMBER)).toBeUndefined()
  })

  test.each([
    ['never', false],
    ['always', true],
  ])(
    'that comes %s in a week or more is doubted, and no shorter time nor an own rule is',
    (doubt, isNamed) => {
      const named = usage.map((row) => ({ ...row, tariff: { demandWindow: isNamed } }))
      expect(demandMonth(historyOf(named), NOVEMBER, amber).doubt).toBe(doubt)
      expect(demandMonth(historyOf(named), NOVEMBER, CHARGE).doubt).toBeUndefined()
      const until = Date.parse('2026-11-08T00:00+11:00')
      const week = named.filter(({ startMs }) => startMs < until)
      expect(demandMonth(historyOf(week), NOVEMBER, amber).doubt).toBe(doubt)
      expect(demandMonth(historyOf(week.slice(0, -1)), NOVEMBER, amber).doubt).toBeUndefined()
      expect(demandMonth(historyOf(flagged), NOVEMBER, amber).doubt).toBeUndefined()
    },
  )

  test('leaves open what rows without a word may hide', () => {
    const partly = flagged.map((row, index) => (index % 2 ? row : { ...row, tariff: {} }))
    expect(demandMonth(historyOf(partly), NOVEMBER, amber).isWindowKnown).toBe(true)
  })
})

describe('the charge', () => {
  const day = demandOfDays(historyOf(usage))

  test('by the day is the month’s peak at each of its days, also those before the peak', () => {
    expect(day(CHARGES, date('2026-11-01'))).toBe(40)
    expect(day(CHARGES, date('2026-11-10'))).toBe(40)
    expect(day(CHARGES, date('2026-10-31'))).toBe(20)
  })

  test('by the month is spread over its days', () => {
    const monthly = { ...CHARGES, demand: [{ ...CHARGE, per: 'month' as const, centsPerKw: 600 }] }
    expect(day(monthly, NOVEMBER)).toBe(40)
  })

  test('without GST gets it', () => {
    expect(day({ ...CHARGES, includesGst: false }, NOVEMBER)).toBe(44)
  })

  test('is none in a month in which it is not raised', () => {
    expect(day({ ...CHARGES, demand: [{ ...CHARGE, months: [6, 7, 8] }] }, NOVEMBER)).toBe(0)
  })

  test('of a new peak is what it adds over the whole month', () => {
    const month = demandMonth(historyOf(usage), NOVEMBER, CHARGE)
    expect(newPeakCents(CHARGES, CHARGE, month, 3.5)).toBe(1.5 * 20 * 30)
    expect(newPeakCents(CHARGES, CHARGE, month, 1.9)).toBe(0)
    const monthly = { ...CHARGE, per: 'month' as const, centsPerKw: 600 }
    expect(newPeakCents(CHARGES, monthly, month, 3)).toBe(600)
  })
})

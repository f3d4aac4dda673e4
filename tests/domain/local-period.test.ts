import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type LocalDate, localDate, localDay, nemDate, nemDayStartMs } from '#domain/calendar.ts'
import { DAY_MS, durationMs, HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import {
  billingPeriodOf,
  datesOf,
  daysIn,
  monthOf,
  monthsTo,
  quarterOf,
  weekdayOf,
  weekOf,
  yearOf,
} from '#domain/local-period.ts'

const date = (text: string) => text as LocalDate

describe('a period', () => {
  test.each([
    ['week', weekOf, '2026-11-24', '2026-11-23', '2026-11-29'],
    ['week', weekOf, '2026-11-29', '2026-11-23', '2026-11-29'],
    ['week', weekOf, '2026-11-23', '2026-11-23', '2026-11-29'],
    ['month', monthOf, '2028-02-11', '2028-02-01', '2028-02-29'],
    ['month', monthOf, '2026-12-31', '2026-12-01', '2026-12-31'],
    ['quarter', quarterOf, '2026-11-24', '2026-10-01', '2026-12-31'],
    ['quarter', quarterOf, '2026-03-31', '2026-01-01', '2026-03-31'],
    ['year', yearOf, '2026-11-24', '2026-01-01', '2026-12-31'],
  ])('of a %s (case %#) holds its date', (_, periodOf, text, from, to) => {
    expect(periodOf(date(text))).toEqual({ fromDate: from, toDate: to })
  })

  test('of months counts back over the year', () => {
    expect(monthsTo(date('2026-01-15'), 3)).toEqual({ fromDate: '2025-11-01', toDate: '2026-01-31' })
  })

  test.each([
    ['2026-03-14', 15, '2026-02-15', '2026-03-14'],
    ['2026-03-15', 15, '2026-03-15', '2026-04-14'],
    ['2026-11-24', 1, '2026-11-01', '2026-11-30'],
    ['2026-01-10', 15, '2025-12-15', '2026-01-14'],
    // A month too short for the billing day begins its period on its last day.
    ['2026-02-28', 31, '2026-02-28', '2026-03-30'],
    ['2026-02-27', 31, '2026-01-31', '2026-02-27'],
    ['2026-03-31', 31, '2026-03-31', '2026-04-29'],
    ['2028-02-29', 30, '2028-02-29', '2028-03-29'],
  ])('of the bill that holds %s, billed on day %i, is %s to %s', (text, billingDay, from, to) => {
    expect(billingPeriodOf(date(text), billingDay)).toEqual({ fromDate: from, toDate: to })
  })
})

const anyDate = fc
  .integer({ min: Date.parse('2020-01-01') / DAY_MS, max: Date.parse('2032-12-31') / DAY_MS })
  .map((days) => new Date(days * DAY_MS).toISOString().slice(0, 10) as LocalDate)

test('every day is in exactly one billing period, and the next begins the day after', () => {
  fc.assert(
    fc.property(anyDate, fc.integer({ min: 1, max: 31 }), (day, billingDay) => {
      const period = billingPeriodOf(day, billingDay)
      expect(datesOf(period)).toContain(day)
      expect(billingPeriodOf(addDays(period.toDate, 1), billingDay).fromDate).toBe(addDays(period.toDate, 1))
      expect(billingPeriodOf(period.toDate, billingDay)).toEqual(period)
      expect(daysIn(period)).toBeGreaterThanOrEqual(28)
      expect(daysIn(period)).toBeLessThanOrEqual(31)
    }),
  )
})

test('weeks begin on Mondays', () => {
  fc.assert(
    fc.property(anyDate, (day) => {
      const { fromDate, toDate } = weekOf(day)
      expect([weekdayOf(fromDate), weekdayOf(toDate)]).toEqual([1, 0])
      expect(datesOf({ fromDate, toDate })).toContain(day)
    }),
  )
})

const ZONES = ['Australia/Sydney', 'Australia/Brisbane', 'Australia/Adelaide', 'Australia/Hobart']

test('a local day has 24 hours, but 23 or 25 where its clocks change, and the days of a year leave no gap', () => {
  const hours = (zone: string) =>
    datesOf(yearOf(date('2026-06-01'))).map((day) => durationMs(localDay(day, zone)) / HOUR_MS)
  for (const zone of ZONES) {
    const changed = hours(zone).filter((count) => count !== 24)
    expect(changed, zone).toEqual(zone === 'Australia/Brisbane' ? [] : [25, 23])
  }
  fc.assert(
    fc.property(anyDate, fc.constantFrom(...ZONES), (day, zone) => {
      expect(localDay(day, zone).endMs).toBe(localDay(addDays(day, 1), zone).startMs)
    }),
  )
})

test('a NEM day has 48 half hours and 288 five minutes, whatever the clocks do', () => {
  fc.assert(
    fc.property(anyDate, fc.constantFrom(5, 30), (day, minutes) => {
      const startMs = nemDayStartMs(nemDate(Date.parse(`${day}T12:00:00+10:00`)))
      const rows = Array.from(
        { length: 2000 },
        (_, index) => startMs - 12 * HOUR_MS + index * minutes * MINUTE_MS,
      )
      const own = rows.filter((ms) => String(nemDate(ms)) === day)
      expect(own).toHaveLength(minutes === 5 ? 288 : 48)
    }),
    { numRuns: 40 },
  )
})

test.each([
  ['2026-10-04', 'Australia/Sydney', 23],
  ['2026-10-04', 'Australia/Adelaide', 23],
  ['2026-10-04', 'Australia/Brisbane', 24],
  ['2026-04-05', 'Australia/Sydney', 25],
  ['2026-04-05', 'Australia/Adelaide', 25],
  ['2026-11-24', 'Australia/Hobart', 24],
])('of the rows around %s, %s has %i hours in its day and Amber 48 or 288 in hers', (text, zone, hours) => {
  for (const minutes of [5, 30]) {
    const firstMs = Date.parse(`${text}T00:00:00Z`) - 36 * HOUR_MS
    const rows = Array.from(
      { length: (84 * 60) / minutes },
      (_, index) => firstMs + index * minutes * MINUTE_MS,
    )
    expect(rows.filter((ms) => String(localDate(ms, zone)) === text)).toHaveLength((hours * 60) / minutes)
    expect(rows.filter((ms) => String(nemDate(ms)) === text)).toHaveLength(minutes === 5 ? 288 : 48)
  }
})

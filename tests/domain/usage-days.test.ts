import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type LocalDate, localDay } from '#domain/calendar.ts'
import { usageDays } from '#domain/usage-days.ts'
import { SYDNEY, usageOfDay } from './sample-facts.ts'

const DATE = '2026-11-23' as LocalDate
const rowsOf = (date: LocalDate, more = {}, zone = SYDNEY) => {
  const { startMs, endMs } = localDay(date, zone)
  return usageOfDay(startMs, endMs, more)
}
const request = (date: LocalDate, more = {}) => ({
  fromDate: date,
  toDate: date,
  timeZone: SYDNEY,
  intervalMinutes: 30,
  ...more,
})
const only = (days: ReturnType<typeof usageDays>) => days[0]!.channels

describe('the usage of a day', () => {
  test('adds up energy and cost, and is whole with 48 half hours', () => {
    expect(only(usageDays(rowsOf(DATE), request(DATE))).general).toEqual({
      kwh: 24,
      costCents: 684,
      intervals: 48,
      expectedIntervals: 48,
      estimatedIntervals: 0,
    })
  })

  test.each([
    ['2026-10-04', SYDNEY, 46],
    ['2026-04-05', SYDNEY, 50],
    ['2026-10-04', 'Australia/Brisbane', 48],
    ['2026-04-05', 'Australia/Adelaide', 50],
  ])('%s in %s expects %i half hours, known or not', (text, timeZone, expected) => {
    const date = text as LocalDate
    const known = usageDays(rowsOf(date, {}, timeZone), request(date, { timeZone }))
    const unknown = usageDays([], request(date, { timeZone, channels: ['general'] }))
    expect(only(known).general?.expectedIntervals).toBe(expected)
    expect(only(unknown).general).toMatchObject({ intervals: 0, expectedIntervals: expected })
  })

  test('counts what is missing, and does not take it for nothing used', () => {
    const rows = rowsOf(DATE).filter((_, index) => index % 4 !== 0)
    expect(only(usageDays(rows, request(DATE))).general).toMatchObject({
      intervals: 36,
      expectedIntervals: 48,
    })
  })

  test('counts estimated intervals', () => {
    const rows = rowsOf(DATE).map((row, index) =>
      index < 3 ? { ...row, quality: 'estimated' as const } : row,
    )
    expect(only(usageDays(rows, request(DATE))).general?.estimatedIntervals).toBe(3)
  })

  test('adds up the registers of one channel, and expects each of them', () => {
    const rows = [...rowsOf(DATE), ...rowsOf(DATE, { identifier: 'E2' }).slice(0, 40)]
    expect(only(usageDays(rows, request(DATE))).general).toMatchObject({
      kwh: 44,
      intervals: 88,
      expectedIntervals: 96,
    })
  })

  test('misses a register that was there the day before and is silent', () => {
    const rows = [...rowsOf(addDays(DATE, -1), { identifier: 'E2' }), ...rowsOf(DATE)]
    expect(only(usageDays(rows, request(DATE))).general).toMatchObject({
      intervals: 48,
      expectedIntervals: 96,
    })
  })

  test('does not expect a register before its first day, nor one that the site no longer has', () => {
    const later = rowsOf(addDays(DATE, 1), { identifier: 'E2' })
    const earlier = rowsOf(addDays(DATE, -1), { identifier: 'E9' })
    const registers = [
      { channel: 'general', identifier: 'E1' },
      { channel: 'general', identifier: 'E2' },
    ]
    const days = usageDays([...earlier, ...rowsOf(DATE), ...later], request(DATE, { registers }))
    expect(only(days).general?.expectedIntervals).toBe(48)
  })

  test('misses a register that the site no longer has until the last that it told', () => {
    const gone = [-2, 1].flatMap((days) => rowsOf(addDays(DATE, days), { identifier: 'E9' }))
    const registers = [{ channel: 'general', identifier: 'E1' }]
    const days = usageDays([...gone, ...rowsOf(DATE)], request(DATE, { registers }))
    expect(only(days).general).toMatchObject({ intervals: 48, expectedIntervals: 96 })
  })

  test('keeps to the length of the rows it has, across a change from 30 to 5 minutes', () => {
    const days = usageDays(rowsOf(DATE), request(DATE, { intervalMinutes: 5 }))
    expect(only(days).general?.expectedIntervals).toBe(48)
    const nothing = usageDays([], request(DATE, { intervalMinutes: 5, channels: ['general'] }))
    expect(only(nothing).general?.expectedIntervals).toBe(288)
  })

  test('names a channel of the site without any row, and no channel that the site has not', () => {
    const days = usageDays(rowsOf(DATE), request(DATE, { channels: ['general', 'feedIn'] }))
    expect(only(days).feedIn).toMatchObject({ intervals: 0, expectedIntervals: 48 })
    expect(only(days).controlledLoad).toBeUndefined()
  })
})

test('every row falls into exactly one local day, in both weeks of a daylight saving change', () => {
  const zones = ['Australia/Sydney', 'Australia/Brisbane', 'Australia/Adelaide']
  const weeks = ['2026-10-01', '2026-04-01'] as LocalDate[]
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...weeks),
      fc.integer({ min: 0, max: 300 }),
      (zone, first, skip) => {
        const last = addDays(first, 6)
        const { startMs } = localDay(first, zone)
        const { endMs } = localDay(last, zone)
        const rows = usageOfDay(startMs, endMs).slice(skip)
        const days = usageDays(rows, { fromDate: first, toDate: last, timeZone: zone, intervalMinutes: 30 })
        expect(days).toHaveLength(7)
        expect(days.reduce((sum, { channels }) => sum + (channels.general?.intervals ?? 0), 0)).toBe(
          rows.length,
        )
      },
    ),
  )
})

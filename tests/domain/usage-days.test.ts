import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, datesBetween, type LocalDate, localDay } from '#domain/calendar.ts'
import type { UsageInterval } from '#domain/usage.ts'
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

  describe('and its registers', () => {
    const daysOf = (from: number, to: number, identifier: string) =>
      datesBetween(addDays(DATE, from), addDays(DATE, to)).flatMap((date) => rowsOf(date, { identifier }))
    const listed = (...identifiers: string[]) => ({
      registers: identifiers.map((identifier) => ({ channel: 'general', identifier })),
    })
    const general = (rows: readonly UsageInterval[], more = {}) =>
      only(usageDays(rows, request(DATE, more))).general

    test.each([
      ['waits two weeks for one that never spoke', -13, 'E1', 96],
      ['and no longer', -14, 'E1', 48],
    ])('%s', (_, from, identifier, expectedIntervals) => {
      const rows = daysOf(from, 0, identifier)
      expect(general(rows, listed('E1', 'E2'))).toMatchObject({ intervals: 48, expectedIntervals })
    })

    test.each([
      ['waits two weeks for one that fell silent', -14, 96],
      ['and no longer', -15, 48],
    ])('%s', (_, last, expectedIntervals) => {
      const rows = [...daysOf(-20, 0, 'E1'), ...daysOf(-20, last, 'E2')]
      expect(general(rows, listed('E1', 'E2'))).toMatchObject({ intervals: 48, expectedIntervals })
    })

    test('does not wait for one that was replaced, from the day on that the site has it no longer', () => {
      const rows = [...daysOf(-5, -2, 'E1'), ...daysOf(-1, 0, 'E9')]
      expect(general(rows, { channels: ['general'] })).toMatchObject({ expectedIntervals: 96 })
      expect(general(rows, { ...listed('E9'), channels: ['general'] })).toMatchObject({
        expectedIntervals: 48,
      })
    })

    test('misses nothing of a day on which one took the place of the other, but what neither told', () => {
      const { startMs } = localDay(DATE, SYDNEY)
      const swapMs = startMs + 60 * 60_000
      const rows = [
        ...daysOf(-1, 0, 'E1').filter((row) => row.startMs < swapMs),
        ...daysOf(0, 1, 'E9').filter((row) => row.startMs >= swapMs),
      ]
      expect(general(rows, listed('E9'))).toMatchObject({ kwh: 24, intervals: 48, expectedIntervals: 48 })
      const late = rows.filter((row) => row.startMs !== swapMs)
      expect(general(late, listed('E9'))?.intervals).toBe(47)
      expect(general(late, listed('E9'))?.expectedIntervals).toBeGreaterThan(47)
      // The first day of all begins where it begins: what came before nobody told.
      expect(
        general(
          rows.filter((row) => row.identifier === 'E9'),
          listed('E9'),
        ),
      ).toMatchObject({
        intervals: 46,
        expectedIntervals: 48,
      })
    })
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

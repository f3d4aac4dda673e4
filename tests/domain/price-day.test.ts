import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nemDate } from '#domain/calendar.ts'
import { DAY_MS, MINUTE_MS } from '#domain/interval.ts'
import type { PriceDay } from '#domain/mirror.ts'
import { CHANNELS, DESCRIPTORS, type PriceInterval, SPIKE_STATUSES } from '#domain/price.ts'
import { intervalsOfPriceDay, mergePriceDay, priceDaysOf } from '#domain/price-day.ts'

const midnightMs = Date.parse('2026-03-10T00:00:00+10:00')

const row = (
  startMinute: number,
  minutes: number,
  centsPerKwh: number,
  rest: Partial<PriceInterval> = {},
): PriceInterval => ({
  channel: 'general',
  kind: 'actual',
  estimate: false,
  startMs: midnightMs + startMinute * MINUTE_MS,
  endMs: midnightMs + (startMinute + minutes) * MINUTE_MS,
  centsPerKwh,
  ...rest,
})

const dayOf = (...rows: PriceInterval[]): PriceDay => priceDaysOf(rows)[0]!

const tariffs = fc.record(
  {
    period: fc.constantFrom('peak', 'offPeak', 'solarSponge'),
    season: fc.constantFrom('summer', 'winter'),
    block: fc.integer({ min: 1, max: 3 }),
    demandWindow: fc.boolean(),
  },
  { requiredKeys: [] },
)
const cents = fc.integer({ min: -20_000_00000, max: 20_000_00000 }).map((n) => n / 100_000)

/** Settled rows of a few days on the 5-minute grid, each stretch of time once a channel. */
const settledRows = fc.uniqueArray(
  fc
    .record(
      {
        channel: fc.constantFrom(...CHANNELS),
        slot: fc.integer({ min: 0, max: 3 * 288 - 1 }),
        centsPerKwh: cents,
        spotCentsPerKwh: cents,
        renewablesPercent: fc.double({ min: 0, max: 120, noNaN: true, noDefaultInfinity: true }),
        descriptor: fc.constantFrom(...DESCRIPTORS),
        spikeStatus: fc.constantFrom(...SPIKE_STATUSES),
        tariff: tariffs,
      },
      { requiredKeys: ['channel', 'slot', 'centsPerKwh'] },
    )
    .map(({ slot, channel, centsPerKwh, ...rest }) => ({ ...row(slot * 5, 5, centsPerKwh, rest), channel })),
  { selector: ({ channel, startMs }) => `${channel} ${startMs}`, maxLength: 60 },
)

const key = ({ channel, startMs }: PriceInterval) => `${channel} ${startMs}`
const sorted = (rows: readonly PriceInterval[]) => rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))

describe('price days', () => {
  it('come back as the settled rows they were made of', () => {
    fc.assert(
      fc.property(settledRows, (rows) => {
        expect(sorted(priceDaysOf(rows).flatMap(intervalsOfPriceDay))).toEqual(sorted(rows))
      }),
    )
  })

  it('survive the wire', () => {
    fc.assert(
      fc.property(settledRows, (rows) => {
        const days = priceDaysOf(rows)
        expect(JSON.parse(JSON.stringify(days)).flatMap(intervalsOfPriceDay)).toEqual(
          days.flatMap(intervalsOfPriceDay),
        )
      }),
    )
  })

  it('hold each interval on the NEM date of its start, ascending, with columns of one length', () => {
    fc.assert(
      fc.property(settledRows, (rows) => {
        for (const day of priceDaysOf(rows)) {
          expect(day.end).toEqual(day.end.toSorted((a, b) => a - b))
          for (const name of [
            'minutes',
            'cents',
            'spot',
            'renewables',
            'descriptor',
            'spike',
            'tariff',
          ] as const)
            expect(day[name]).toHaveLength(day.end.length)
          for (const { startMs } of intervalsOfPriceDay(day)) expect(nemDate(startMs)).toBe(day.date)
        }
      }),
    )
  })

  it('end the row that ends at midnight at minute 1440 of the day it began on', () => {
    expect(dayOf(row(1435, 5, 20))).toMatchObject({ date: '2026-03-10', end: [1440], minutes: [5] })
    expect(dayOf(row(1410, 30, 20))).toMatchObject({ date: '2026-03-10', end: [1440], minutes: [30] })
    expect(dayOf(row(1440, 5, 20))).toMatchObject({ date: '2026-03-11', end: [5] })
  })

  it('keep fixed +10:00 days when the home changes its clocks', () => {
    for (const date of ['2026-04-05', '2026-10-04']) {
      const startMs = Date.parse(`${date}T00:00:00+10:00`)
      const rows = Array.from({ length: 48 }, (_, half) => ({
        ...row(0, 30, half),
        startMs: startMs + half * 30 * MINUTE_MS,
        endMs: startMs + (half + 1) * 30 * MINUTE_MS,
      }))
      expect(priceDaysOf(rows).map((day) => [day.date, day.end.length])).toEqual([[date, 48]])
    }
  })

  it('leave out what is not settled', () => {
    const rows = [
      row(0, 5, 1),
      row(5, 5, 2, { kind: 'current' }),
      row(10, 5, 3, { kind: 'current', estimate: true }),
      row(15, 5, 4, { kind: 'forecast' }),
    ]
    expect(dayOf(...rows).cents).toEqual([1, 2])
    expect(priceDaysOf(rows.slice(2))).toEqual([])
  })

  it('write each tariff once', () => {
    const peak = { period: 'peak', demandWindow: true }
    const day = dayOf(
      row(0, 5, 1, { tariff: peak }),
      row(5, 5, 1),
      row(10, 5, 1, { tariff: { demandWindow: true, period: 'peak' } }),
    )
    expect(day).toMatchObject({ tariff: [0, null, 0], tariffs: [peak] })
  })

  it('leave out a word that a newer server has and this version has not', () => {
    const newer: PriceDay = { ...dayOf(row(0, 5, 7)), descriptor: [99], spike: [-1], tariff: [4] }
    expect(intervalsOfPriceDay(newer)).toEqual([row(0, 5, 7)])
  })
})

describe('merging two price days', () => {
  it('takes the newer of a row that both have and keeps all others', () => {
    const merged = mergePriceDay(
      dayOf(row(0, 5, 1), row(5, 5, 2, { descriptor: 'low' })),
      dayOf(row(10, 5, 3), row(5, 5, 9)),
    )
    expect(intervalsOfPriceDay(merged)).toEqual([row(0, 5, 1), row(5, 5, 9), row(10, 5, 3)])
  })

  it('tells rows of the same end but other lengths apart', () => {
    const merged = mergePriceDay(dayOf(row(0, 30, 1)), dayOf(row(25, 5, 2)))
    expect([merged.end, merged.minutes, merged.cents]).toEqual([
      [30, 30],
      [5, 30],
      [2, 1],
    ])
  })

  it('puts a day in order where there is nothing older', () => {
    const day = dayOf(row(0, 5, 1), row(5, 5, 2))
    const reversed = { ...day, end: [10, 5], cents: [2, 1] }
    expect(mergePriceDay(undefined, reversed)).toEqual(day)
  })

  it('changes nothing when the same day comes again', () => {
    fc.assert(
      fc.property(settledRows, settledRows, (older, newer) => {
        for (const day of priceDaysOf(newer)) {
          const before = priceDaysOf(older).find(
            (one) => one.date === day.date && one.channel === day.channel,
          )
          const once = mergePriceDay(before, day)
          expect(mergePriceDay(once, day)).toEqual(once)
        }
      }),
    )
  })

  it('does not depend on the order in which different rows come', () => {
    fc.assert(
      fc.property(settledRows, fc.func(fc.boolean()), (rows, isLeft) => {
        for (const whole of priceDaysOf(rows)) {
          const [left, right] = [true, false].map((side) =>
            priceDaysOf(intervalsOfPriceDay(whole).filter((one) => isLeft(one.startMs) === side)),
          )
          if (!left?.[0] || !right?.[0]) continue
          expect(mergePriceDay(left[0], right[0])).toEqual(whole)
          expect(mergePriceDay(right[0], left[0])).toEqual(whole)
        }
      }),
    )
  })

  it('keeps what a newer server wrote, for the version that will know the word', () => {
    const older: PriceDay = { ...dayOf(row(0, 5, 7)), descriptor: [99] }
    expect(mergePriceDay(older, dayOf(row(5, 5, 8))).descriptor).toEqual([99, null])
  })
})

it('a whole day of 5-minute prices is one record', () => {
  const rows = Array.from({ length: DAY_MS / (5 * MINUTE_MS) }, (_, slot) => row(slot * 5, 5, slot))
  expect(priceDaysOf(rows)).toHaveLength(1)
})

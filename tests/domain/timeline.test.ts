import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MINUTE_MS } from '#domain/interval.ts'
import { CHANNELS, type PriceInterval } from '#domain/price.ts'
import { priceAt, rank, timeline } from '#domain/timeline.ts'
import { forecast, price } from './sample-facts.ts'

const minutes = (count: number): number => count * MINUTE_MS
const spans = (rows: readonly PriceInterval[]) =>
  rows.map(({ startMs, endMs, centsPerKwh }) => [startMs / MINUTE_MS, endMs / MINUTE_MS, centsPerKwh])

/** Any rows on a 5-minute grid of a few hours: all kinds, lengths and overlaps. */
const anyRows = fc.array(
  fc
    .record({
      channel: fc.constantFrom(...CHANNELS),
      start: fc.integer({ min: 0, max: 30 }),
      length: fc.constantFrom(5, 5, 15, 30),
      certainty: fc.constantFrom('actual', 'settled', 'estimate', 'forecast', 'forecast'),
      cents: fc.integer({ min: -20, max: 60 }),
      made: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    })
    .map(({ channel, start, length, certainty, cents, made }) =>
      price(minutes(start * 5), length, cents, {
        channel,
        kind: certainty === 'actual' || certainty === 'forecast' ? certainty : 'current',
        estimate: certainty === 'estimate',
        ...(made === undefined ? {} : { madeAtMs: made }),
      }),
    ),
  { maxLength: 40 },
)

describe('the timeline', () => {
  test('keeps what a settled price leaves of a half-hour forecast, even in two pieces', () => {
    const rows = timeline([forecast(0, 30, 40), price(minutes(10), 5, 20)])
    expect(spans(rows)).toEqual([
      [0, 10, 40],
      [10, 15, 20],
      [15, 30, 40],
    ])
  })

  test.each([
    ['actual over settled current', price(0, 5, 1), price(0, 5, 2, { kind: 'current' })],
    [
      'settled over estimate',
      price(0, 5, 1, { kind: 'current' }),
      price(0, 5, 2, { kind: 'current', estimate: true }),
    ],
    [
      'estimate over forecast',
      price(0, 5, 1, { kind: 'current', estimate: true }),
      forecast(0, 5, 2, { madeAtMs: 9 }),
    ],
    ['later forecast over earlier', forecast(0, 30, 1, { madeAtMs: 2 }), forecast(0, 5, 2, { madeAtMs: 1 })],
    [
      '5 minutes over 30 made together',
      forecast(0, 5, 1, { madeAtMs: 2 }),
      forecast(0, 30, 2, { madeAtMs: 2 }),
    ],
    [
      'a dated forecast over one without date',
      forecast(0, 30, 1, { madeAtMs: 1 }),
      price(0, 5, 2, { kind: 'forecast' }),
    ],
  ])('believes %s', (_, better, worse) => {
    expect(timeline([worse, better])[0]?.centsPerKwh).toBe(1)
    expect(timeline([better, worse])[0]?.centsPerKwh).toBe(1)
  })

  test('leaves a gap a gap', () => {
    const rows = timeline([price(0, 5, 10), price(minutes(10), 5, 20)])
    expect(spans(rows)).toEqual([
      [0, 5, 10],
      [10, 15, 20],
    ])
    expect(priceAt(rows, 'general', minutes(7))).toBeUndefined()
    expect(priceAt(rows, 'general', minutes(10))?.centsPerKwh).toBe(20)
    expect(priceAt(rows, 'feedIn', minutes(10))).toBeUndefined()
  })

  test('drops a row that ends before it begins', () => {
    expect(timeline([price(minutes(10), -5, 10), price(0, 0, 10)])).toEqual([])
  })

  test('gives the channels in their order, each ascending and never twice', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const line = timeline(rows)
        for (const [index, row] of line.entries()) {
          const last = line[index - 1]
          if (!last) continue
          const channels = CHANNELS.indexOf(row.channel) - CHANNELS.indexOf(last.channel)
          expect(channels > 0 || (channels === 0 && last.endMs <= row.startMs)).toBe(true)
        }
      }),
    )
  })

  test('knows at every instant the best that any row says of it, and nothing where none does', () => {
    fc.assert(
      fc.property(
        anyRows,
        fc.constantFrom(...CHANNELS),
        fc.integer({ min: 0, max: 190 }),
        (rows, channel, minute) => {
          const ms = minutes(minute)
          const covering = rows.filter(
            (row) => row.channel === channel && row.startMs <= ms && ms < row.endMs,
          )
          const best = covering.toSorted(
            (a, b) =>
              rank(b) - rank(a) ||
              (b.madeAtMs ?? 0) - (a.madeAtMs ?? 0) ||
              a.endMs - a.startMs - (b.endMs - b.startMs) ||
              b.centsPerKwh - a.centsPerKwh,
          )[0]
          expect(priceAt(timeline(rows), channel, ms)?.centsPerKwh).toBe(best?.centsPerKwh)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('does not depend on the order of the rows', () => {
    const shuffled = anyRows.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    )
    fc.assert(
      fc.property(shuffled, ([rows, others]) => {
        expect(timeline(others)).toEqual(timeline(rows))
      }),
    )
  })

  test('of a timeline is itself', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        expect(timeline(timeline(rows))).toEqual(timeline(rows))
      }),
    )
  })

  test('keeps the newest of 20 000 forecasts that overlap', () => {
    const rows = Array.from({ length: 20_000 }, (_, index) =>
      forecast(minutes((index % 4000) * 5), 30, index % 50, { madeAtMs: index }),
    )
    expect(timeline(rows)).toHaveLength(4000)
  })
})

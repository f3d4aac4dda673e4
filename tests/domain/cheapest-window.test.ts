import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { averageCents, cheapestWindow } from '#domain/cheapest-window.ts'
import { HOUR_MS, type Interval, MINUTE_MS } from '#domain/interval.ts'
import type { PriceInterval } from '#domain/price.ts'
import { anyLine } from './random-prices.ts'
import { forecast, price } from './sample-facts.ts'

const STEP_MS = 5 * MINUTE_MS
const minutes = (count: number): number => count * MINUTE_MS

/** Every start on the 5-minute grid, each summed up step by step. */
function bruteForce(rows: readonly PriceInterval[], { startMs, endMs }: Interval, durationMs: number) {
  let best: { startMs: number; cents: number } | undefined
  for (let fromMs = startMs; fromMs + durationMs <= endMs; fromMs += STEP_MS) {
    let sum = 0
    for (let ms = fromMs; ms < fromMs + durationMs; ms += STEP_MS) {
      sum += rows.find((row) => row.startMs <= ms && ms < row.endMs)?.centsPerKwh ?? Number.NaN
    }
    const cents = (sum * STEP_MS) / durationMs
    if (!Number.isNaN(cents) && (!best || cents < best.cents - 1e-9)) best = { startMs: fromMs, cents }
  }
  return best
}

const anyDuration = fc.integer({ min: 1, max: 30 }).map((count) => count * STEP_MS)

describe('the cheapest window', () => {
  test('weighs each price by its time where 5-minute and half-hour rows mix', () => {
    const rows = [
      price(0, 5, 0),
      price(minutes(5), 5, 60),
      price(minutes(10), 30, 30),
      price(minutes(40), 30, 20),
    ]
    const window = cheapestWindow(rows, { nowMs: 0, deadlineMs: minutes(70), durationMs: HOUR_MS })
    expect(window).toEqual({ startMs: minutes(10), endMs: minutes(70), centsPerKwh: 25 })
  })

  test('is the earliest of two that cost the same', () => {
    const rows = [10, 30, 10, 30].map((cents, index) => price(index * HOUR_MS, 60, cents))
    const window = cheapestWindow(rows, { nowMs: 0, deadlineMs: 4 * HOUR_MS, durationMs: HOUR_MS })
    expect(window?.startMs).toBe(0)
  })

  test('never crosses a gap, however cheap both sides are', () => {
    const rows = [price(0, 30, 1), price(minutes(35), 30, 1), price(minutes(65), 60, 50)]
    const window = cheapestWindow(rows, { nowMs: 0, deadlineMs: minutes(125), durationMs: HOUR_MS })
    expect(window?.startMs).toBe(minutes(35))
  })

  test('starts now at the earliest, within a row, and ends by the deadline, within a row', () => {
    const rows = [price(0, 30, 15), price(minutes(30), 30, 20), price(minutes(60), 30, 5)]
    const request = { nowMs: minutes(12), deadlineMs: minutes(70), durationMs: minutes(30) }
    expect(cheapestWindow(rows, request)).toEqual({
      startMs: minutes(40),
      endMs: minutes(70),
      centsPerKwh: (20 * 20 + 10 * 5) / 30,
    })
    const rising = rows.map((row, index) => ({ ...row, centsPerKwh: index * 10 }))
    expect(cheapestWindow(rising, request)?.startMs).toBe(minutes(12))
  })

  test('takes prices below zero for what they are', () => {
    const rows = [price(0, 30, 0), price(minutes(30), 30, -8), price(minutes(60), 30, 3)]
    const window = cheapestWindow(rows, { nowMs: 0, deadlineMs: minutes(90), durationMs: HOUR_MS })
    expect(window).toEqual({ startMs: 0, endMs: HOUR_MS, centsPerKwh: -4 })
  })

  test.each([
    ['longer than all that is known', 2 * HOUR_MS, HOUR_MS],
    ['longer than the time to the deadline', HOUR_MS, minutes(30)],
    ['of no length', 0, HOUR_MS],
  ])('is unknown when it is %s', (_, durationMs, deadlineMs) => {
    expect(cheapestWindow([price(0, 60, 10)], { nowMs: 0, deadlineMs, durationMs })).toBeUndefined()
  })

  test('speaks of the channel it was asked for', () => {
    const rows = [price(0, 60, 10), price(0, 60, 1, { channel: 'controlledLoad' })]
    const request = { nowMs: 0, deadlineMs: HOUR_MS, durationMs: HOUR_MS }
    expect(cheapestWindow(rows, request)?.centsPerKwh).toBe(10)
    expect(cheapestWindow(rows, { ...request, channel: 'controlledLoad' })?.centsPerKwh).toBe(1)
  })

  test('by the worst case may be another one, and a row without a high end is a gap for it', () => {
    const rows = [
      forecast(0, 60, 20, { advanced: { low: 5, predicted: 10, high: 90 } }),
      forecast(HOUR_MS, 60, 20, { advanced: { low: 14, predicted: 15, high: 18 } }),
      forecast(2 * HOUR_MS, 60, 1),
    ]
    const request = { nowMs: 0, deadlineMs: 2 * HOUR_MS, durationMs: HOUR_MS }
    expect(cheapestWindow(rows, request)?.centsPerKwh).toBe(10)
    expect(cheapestWindow(rows, { ...request, rankedBy: 'worst' })).toMatchObject({
      startMs: HOUR_MS,
      centsPerKwh: 18,
    })
    const later = { nowMs: 2 * HOUR_MS, deadlineMs: 3 * HOUR_MS, durationMs: HOUR_MS }
    expect(cheapestWindow(rows, later)?.centsPerKwh).toBe(1)
    expect(cheapestWindow(rows, { ...later, rankedBy: 'worst' })).toBeUndefined()
  })

  test('costs what a search over every start finds, and starts as early', () => {
    fc.assert(
      fc.property(anyLine, anyDuration, ({ rows, startMs, endMs }, durationMs) => {
        const found = cheapestWindow(rows, { nowMs: startMs, deadlineMs: endMs, durationMs })
        const expected = bruteForce(rows, { startMs, endMs }, durationMs)
        expect(found?.startMs).toBe(expected?.startMs)
        if (expected) expect(found?.centsPerKwh).toBeCloseTo(expected.cents, 6)
      }),
      { numRuns: 500 },
    )
  })

  test('is as good as any start off the grid', () => {
    fc.assert(
      fc.property(
        anyLine,
        anyDuration,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (line, durationMs, share) => {
          const { rows, startMs, endMs } = line
          const anyStartMs = Math.floor(startMs + share * (endMs - startMs - durationMs))
          const other = averageCents(rows, { startMs: anyStartMs, endMs: anyStartMs + durationMs })
          const best = cheapestWindow(rows, { nowMs: startMs, deadlineMs: endMs, durationMs })
          fc.pre(other !== undefined && anyStartMs >= startMs)
          expect(best!.centsPerKwh).toBeLessThanOrEqual(other! + 1e-6)
        },
      ),
    )
  })

  test('never gets cheaper by a gap', () => {
    const withHole = anyLine.chain((line) => fc.tuple(fc.constant(line), fc.nat(line.rows.length)))
    fc.assert(
      fc.property(withHole, anyDuration, ([{ rows, startMs, endMs }, hole], durationMs) => {
        const request = { nowMs: startMs, deadlineMs: endMs, durationMs }
        const whole = cheapestWindow(rows, request)
        const holed = cheapestWindow(
          rows.filter((_, index) => index !== hole),
          request,
        )
        if (holed) expect(holed.centsPerKwh).toBeGreaterThanOrEqual(whole!.centsPerKwh - 1e-6)
      }),
    )
  })

  test('does not depend on the order of the rows', () => {
    const shuffled = anyLine.chain((line) =>
      fc.tuple(fc.constant(line), fc.shuffledSubarray(line.rows, { minLength: line.rows.length })),
    )
    fc.assert(
      fc.property(shuffled, anyDuration, ([{ rows, startMs, endMs }, others], durationMs) => {
        const request = { nowMs: startMs, deadlineMs: endMs, durationMs }
        expect(cheapestWindow(others, request)).toEqual(cheapestWindow(rows, request))
      }),
    )
  })
})

describe('the average over an interval', () => {
  test('is known only where all of it has a price', () => {
    const rows = [price(0, 30, 10), price(minutes(30), 30, 20)]
    expect(averageCents(rows, { startMs: minutes(15), endMs: minutes(60) })).toBeCloseTo(
      (15 * 10 + 30 * 20) / 45,
    )
    expect(averageCents(rows, { startMs: minutes(15), endMs: minutes(61) })).toBeUndefined()
    expect(averageCents([], { startMs: 0, endMs: 0 })).toBeUndefined()
  })
})

/** A load of up to five steps, some of them without power. */
const anyProfile = fc
  .array(fc.record({ minutes: fc.integer({ min: 1, max: 50 }), kw: fc.integer({ min: 0, max: 20 }) }), {
    minLength: 1,
    maxLength: 5,
  })
  .filter((profile) => profile.some(({ kw }) => kw > 0))

describe('the cheapest window of a load that goes up and down', () => {
  const heater = [
    { minutes: 20, kw: 2 },
    { minutes: 40, kw: 0.5 },
  ]

  test('counts each price by the power that flows then', () => {
    const rows = [price(0, 20, 60), price(minutes(20), 100, 30)]
    const hour = { startMs: 0, endMs: HOUR_MS }
    expect(averageCents(rows, hour, { profile: heater })).toBeCloseTo((2 * 60 + 1 * 30) / 3, 9)
  })

  test('is that of an even load where the power is even, whatever it is', () => {
    fc.assert(
      fc.property(anyLine, anyDuration, fc.integer({ min: 1, max: 9 }), (line, durationMs, kw) => {
        const request = { nowMs: line.startMs, deadlineMs: line.endMs, durationMs }
        const even = cheapestWindow(line.rows, { ...request, profile: [{ minutes: 7, kw }] })
        expect(even).toEqual(cheapestWindow(line.rows, request))
      }),
    )
  })

  test('is as good as any start, also one on no edge of anything', () => {
    fc.assert(
      fc.property(
        anyLine,
        anyDuration,
        anyProfile,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ rows, startMs, endMs }, durationMs, profile, share) => {
          const anyStartMs = Math.floor(startMs + share * (endMs - startMs - durationMs))
          fc.pre(anyStartMs >= startMs)
          const window = { startMs: anyStartMs, endMs: anyStartMs + durationMs }
          const other = averageCents(rows, window, { profile })
          fc.pre(other !== undefined)
          const best = cheapestWindow(rows, { nowMs: startMs, deadlineMs: endMs, durationMs, profile })
          expect(best!.centsPerKwh).toBeLessThanOrEqual(other! + 1e-6)
          expect(averageCents(rows, best!, { profile })).toBeCloseTo(best!.centsPerKwh, 6)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('never gets cheaper by a gap, and does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(anyLine, anyDuration, anyProfile, fc.nat(), (line, durationMs, profile, hole) => {
        const { rows } = line
        const request = { nowMs: line.startMs, deadlineMs: line.endMs, durationMs, profile }
        const whole = cheapestWindow(rows, request)
        const holed = cheapestWindow(
          rows.filter((_, index) => index !== hole % rows.length),
          request,
        )
        if (holed) expect(holed.centsPerKwh).toBeGreaterThanOrEqual(whole!.centsPerKwh - 1e-6)
        expect(cheapestWindow(rows.toReversed(), request)).toEqual(whole)
      }),
    )
  })
})

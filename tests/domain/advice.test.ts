import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Appliance, advise, type LaterRun, readyByMs } from '#domain/advice.ts'
import { deadlineMs } from '#domain/appliance-advice.ts'
import { isoLocal } from '#domain/calendar.ts'
import { HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import type { PriceInterval } from '#domain/price.ts'
import { situation } from '#domain/situation.ts'
import { timeline } from '#domain/timeline.ts'
import { at, forecast, liveFacts, price, SYDNEY } from './sample-facts.ts'

const WASHER = { name: 'Washer', kwh: 1, durationMinutes: 60 }
const request = { nowMs: 0, deadlineMs: 4 * HOUR_MS }
const band = (low: number, predicted: number, high: number) => ({ advanced: { low, predicted, high } })
const later = (predicted: number, high: number, hour = 1) =>
  forecast(hour * HOUR_MS, 60, predicted, band(predicted, predicted, high))

describe('advice', () => {
  test('is to wait when it saves, also at the high end', () => {
    expect(advise([price(0, 60, 63), later(31, 40)], WASHER, request)).toEqual({
      action: 'wait',
      startMs: HOUR_MS,
      endMs: 2 * HOUR_MS,
      blocks: [{ startMs: HOUR_MS, endMs: 2 * HOUR_MS }],
      costCents: 31,
      savedCents: 32,
      worstCostCents: 40,
      solarShare: 0,
      nowCostCents: 63,
    })
  })

  test.each([
    ['it saves less than 5c', 35, later(30.1, 31), { costCents: 30.1, worstCostCents: 31 }],
    ['the high end would cost more than now', 35, later(20, 36), { savedCents: 15, worstCostCents: 36 }],
  ])('is to run now when %s, and says what waiting might bring', (_, nowCents, row, expected) => {
    expect(advise([price(0, 60, nowCents), row], WASHER, request)).toMatchObject({
      action: 'run',
      nowCostCents: nowCents,
      later: expected,
    })
  })

  test('is to run now when later is dearer, and then there is nothing to say of later', () => {
    expect(advise([price(0, 60, 35), later(60, 70)], WASHER, request)).toEqual({
      action: 'run',
      nowCostCents: 35,
    })
  })

  test('saves exactly 5c: wait', () => {
    expect(advise([price(0, 60, 35), later(30, 31)], WASHER, request).action).toBe('wait')
  })

  test('is to wait for the window that is safe when the cheapest is not', () => {
    const advice = advise([price(0, 60, 35), later(20, 90), later(25, 30, 2)], WASHER, request)
    expect(advice).toMatchObject({
      action: 'wait',
      startMs: 2 * HOUR_MS,
      savedCents: 10,
      worstCostCents: 30,
    })
  })

  test.each<[string, [number, number][], number | undefined]>([
    // Predicted and high, by the hour from one o'clock on; now costs 35c.
    [
      'the second cheapest, not the one that is cheapest at worst',
      [
        [20, 90],
        [22, 34],
        [30, 31],
      ],
      2,
    ],
    [
      'the third, where two may turn out dearer',
      [
        [10, 90],
        [12, 60],
        [20, 34.9],
        [30, 31],
      ],
      3,
    ],
    [
      'the earlier of two that cost the same',
      [
        [10, 90],
        [22, 30],
        [22, 28],
      ],
      2,
    ],
    [
      'none, where what is safe saves less than 5c',
      [
        [10, 90],
        [30.1, 32],
      ],
      undefined,
    ],
    [
      'none, where the high end is what now costs',
      [
        [10, 90],
        [20, 35],
      ],
      undefined,
    ],
  ])('of several later runs is to wait for %s', (_, hours, expected) => {
    const rows = hours.map(([predicted, high], index) => later(predicted, high, index + 1))
    const advice = advise([price(0, 60, 35), ...rows], WASHER, { nowMs: 0, deadlineMs: 5 * HOUR_MS })
    expect(advice).toMatchObject(
      expected === undefined ? { action: 'run' } : { action: 'wait', startMs: expected * HOUR_MS },
    )
  })

  test('starts off the edges of prices where only that is safe: on five minutes of the clock', () => {
    // Each five minutes into the second hour it costs 1c less by the prediction, and 4.25c more at worst.
    const startFor = (nowCents: number) =>
      advise([price(0, 60, nowCents), later(30, 31), later(18, 82, 2)], WASHER, {
        nowMs: 0,
        deadlineMs: 3 * HOUR_MS,
      })
    expect(startFor(35)).toMatchObject({ action: 'wait', startMs: HOUR_MS, costCents: 30 })
    expect(startFor(36)).toMatchObject({ action: 'wait', startMs: HOUR_MS + 5 * MINUTE_MS, costCents: 29 })
    expect(startFor(40)).toMatchObject({ action: 'wait', startMs: HOUR_MS + 10 * MINUTE_MS, costCents: 28 })
  })

  test('goes by the prediction alone where Amber gave no high end, and says that the worst is unknown', () => {
    const advice = advise([price(0, 60, 35), forecast(HOUR_MS, 60, 20)], WASHER, request)
    expect(advice).toMatchObject({ action: 'wait', savedCents: 15, worstCostCents: undefined })
  })

  test('names no saving when the cost of now is not known', () => {
    const advice = advise([price(0, 5, 35), later(20, 21)], WASHER, request)
    expect(advice).toMatchObject({
      action: 'wait',
      startMs: HOUR_MS,
      savedCents: undefined,
      nowCostCents: undefined,
    })
  })

  test('is none when nothing long enough is known', () => {
    expect(advise([price(0, 5, 35)], WASHER, request)).toEqual({ action: 'unknown', nowCostCents: undefined })
    expect(advise([], WASHER, request).action).toBe('unknown')
  })
})

describe('an alternative', () => {
  const falling = [60, 40, 22, 21, 20, 20.5].map((cents, hour) => later(cents, cents + 1, hour))
  const until = { nowMs: 0, deadlineMs: 6 * HOUR_MS }

  test('is the first start that costs little more', () => {
    // 40c saved: 4c of it may be given up for a sooner start.
    const advice = advise(falling, WASHER, until)
    expect(advice).toMatchObject({
      startMs: 4 * HOUR_MS,
      alternative: { startMs: 2 * HOUR_MS, costCents: 22 },
    })
  })

  test('is an hour or more away, and else the cheapest of the others', () => {
    const lone = [60, 60, 60, 10, 60, 58].map((cents, hour) => later(cents, cents + 1, hour))
    const advice = advise(lone, WASHER, until)
    expect(advice).toMatchObject({
      startMs: 3 * HOUR_MS,
      alternative: { startMs: 5 * HOUR_MS, costCents: 58 },
    })
  })

  test('is as safe as the best: a start that may cost more than now is none', () => {
    const rows = [price(0, 60, 35), later(19, 90), later(20, 30, 2), later(30, 40, 3), later(29, 34, 4)]
    const advice = advise(rows, WASHER, { nowMs: 0, deadlineMs: 5 * HOUR_MS })
    expect(advice).toMatchObject({ startMs: 2 * HOUR_MS, alternative: { startMs: 4 * HOUR_MS } })
  })

  test('is not made up where no other start is possible', () => {
    const advice = advise([price(0, 60, 63), later(31, 40)], WASHER, { nowMs: 0, deadlineMs: 2 * HOUR_MS })
    expect(advice).not.toHaveProperty('alternative')
  })
})

describe('an appliance with a shape', () => {
  const HEATER = {
    ...WASHER,
    profile: [
      { minutes: 20, kw: 2 },
      { minutes: 40, kw: 0.5 },
    ],
  }

  test('is costed by when its power flows: most of it in the first third', () => {
    const prices = [forecast(0, 20, 60), forecast(20 * 60_000, 100, 30)]
    // Two thirds of the energy in the first twenty minutes.
    expect(advise(prices, HEATER, { nowMs: 0, deadlineMs: HOUR_MS }).nowCostCents).toBeCloseTo(50, 9)
    expect(advise(prices, WASHER, { nowMs: 0, deadlineMs: HOUR_MS }).nowCostCents).toBeCloseTo(40, 9)
  })

  test('starts where its dear part meets the cheap time', () => {
    const prices = [forecast(0, 60, 40), forecast(HOUR_MS, 20, 10), forecast(HOUR_MS + 20 * 60_000, 100, 40)]
    expect(advise(prices, HEATER, { nowMs: 0, deadlineMs: 3 * HOUR_MS })).toMatchObject({ startMs: HOUR_MS })
  })
})

describe('an appliance that may pause', () => {
  const CAR = { name: 'EV', kwh: 14, durationMinutes: 120, blockMinutes: 30 }
  const prices = [50, 10, 50, 10, 50, 50].map((cents, hour) => later(cents, cents + 1, hour))
  const until = { nowMs: 0, deadlineMs: 6 * HOUR_MS }

  test('runs in the two cheap hours', () => {
    expect(advise(prices, CAR, until)).toMatchObject({
      action: 'wait',
      blocks: [
        { startMs: HOUR_MS, endMs: 2 * HOUR_MS },
        { startMs: 3 * HOUR_MS, endMs: 4 * HOUR_MS },
      ],
      costCents: 140,
      savedCents: 280,
    })
  })

  test('may begin now and pause', () => {
    const advice = advise(
      [10, 50, 50, 10].map((cents, hour) => later(cents, cents, hour)),
      CAR,
      until,
    )
    expect(advice).toMatchObject({ action: 'wait', startMs: 0, endMs: 4 * HOUR_MS, costCents: 140 })
  })

  test('does not pause for less than 5c', () => {
    const little = [50, 10, 10.6, 10, 50, 50].map((cents, hour) => later(cents, cents + 1, hour))
    expect(advise(little, CAR, until)).toMatchObject({ blocks: [{ startMs: HOUR_MS, endMs: 3 * HOUR_MS }] })
  })

  test.each<[string, [number, number][], number[]]>([
    // Predicted and high, by the hour from two o'clock on; now costs 50c.
    [
      'the cheap hours that are safe',
      [
        [10, 2000],
        [12, 20],
        [50, 55],
        [12, 20],
      ],
      [3, 5],
    ],
    [
      'such as are neither cheapest nor safest',
      [
        [10, 2000],
        [12, 40],
        [50, 55],
        [12, 40],
        [20, 20],
        [20, 20],
      ],
      [3, 5],
    ],
    [
      'as much of the cheapest hour as cannot lose: fifteen minutes of it',
      [
        [10, 200],
        [12, 20],
        [50, 55],
        [12, 20],
      ],
      [2.75, 5],
    ],
    [
      'without a pause that saves less than 5c',
      [
        [5, 1500],
        [5, 1500],
        [12, 30],
        [12.2, 49],
        [12, 30],
      ],
      [4],
    ],
  ])('where the cheapest may lose runs in %s', (_, hours, starts) => {
    const rows = hours.map(([predicted, high], index) => later(predicted, high, index + 2))
    const advice = advise([price(0, 120, 50), ...rows], CAR, {
      nowMs: 0,
      deadlineMs: (hours.length + 2) * HOUR_MS,
    })
    expect((advice as LaterRun).blocks.map(({ startMs }) => startMs / HOUR_MS)).toEqual(starts)
  })

  test('makes no more pauses for less than 5c each, however much the first one saves', () => {
    // A half hour is 3.5 kWh: the three pauses between halves at 10c save 1.75c on the single one.
    const blocksWith = (between: number) => {
      const night = [50, 10, 50, 10, between, 10, 50, 10].map((cents, half) =>
        forecast(half * 30 * MINUTE_MS, 30, cents, band(cents, cents, cents)),
      )
      const advice = advise(night, CAR, { nowMs: 0, deadlineMs: 4 * HOUR_MS })
      return (advice as LaterRun).blocks.map(({ startMs, endMs }) =>
        [startMs, endMs].map((ms) => ms / HOUR_MS),
      )
    }
    expect(blocksWith(10.5)).toEqual([
      [0.5, 1],
      [1.5, 3],
    ])
    expect(blocksWith(16)).toHaveLength(4)
  })
})

test.each([
  ['2026-11-24T18:00:00+11:00', 2, '2026-11-25T07:00:00+11:00'],
  ['2026-11-24T04:59:00+11:00', 2, '2026-11-24T07:00:00+11:00'],
  ['2026-11-24T05:01:00+11:00', 2, '2026-11-25T07:00:00+11:00'],
  ['2026-10-03T22:00:00+10:00', 2, '2026-10-04T07:00:00+11:00'],
  ['2026-04-04T22:00:00+11:00', 2, '2026-04-05T07:00:00+10:00'],
])('ready by 7 am, asked at %s for %i hours, is %s', (now, hours, expected) => {
  const ms = readyByMs(Date.parse(now), hours * HOUR_MS, 7 * 60, SYDNEY)
  expect(isoLocal(ms, SYDNEY)).toBe(expected)
})

describe('of all runs with which the household cannot lose, none is cheaper than the one advised', () => {
  const line = fc.array(
    fc.record({
      minutes: fc.constantFrom(5, 30, 30, 60),
      cents: fc.integer({ min: -5, max: 40 }),
      up: fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 60 })),
      isHole: fc.nat(19).map((n) => n === 0),
      hasBand: fc.nat(9).map((n) => n > 0),
    }),
    { minLength: 2, maxLength: 20 },
  )
  const rowsOf = (steps: typeof line extends fc.Arbitrary<infer T> ? T : never): PriceInterval[] => {
    let startMs = HOUR_MS
    return steps.flatMap(({ minutes, cents, up, isHole, hasBand }) => {
      const row = forecast(startMs, minutes, cents, hasBand ? band(cents, cents, cents + up) : {})
      startMs += minutes * MINUTE_MS
      return isHole ? [] : [row]
    })
  }
  const anyProfile = fc.option(
    fc.array(fc.record({ minutes: fc.constantFrom(5, 10, 20), kw: fc.integer({ min: 1, max: 9 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
    { nil: undefined },
  )
  const asked = (rows: readonly PriceInterval[]) => ({
    nowMs: 0,
    deadlineMs: Math.max(...rows.map(({ endMs }) => endMs)),
  })
  /** By adding up each minute of each start, on five minutes of the clock. */
  function safeStarts(rows: readonly PriceInterval[], appliance: Appliance, nowCents: number) {
    const found: { startMs: number; cents: number }[] = []
    for (let startMs = 5 * MINUTE_MS; startMs < asked(rows).deadlineMs; startMs += 5 * MINUTE_MS) {
      const costs = minutesOf(appliance).map((kwh, minute) => {
        const ms = startMs + minute * MINUTE_MS
        const row = rows.find((one) => one.startMs <= ms && ms < one.endMs)
        const cents = row?.centsPerKwh ?? Number.NaN
        return { cents: kwh * cents, worst: kwh * (row?.advanced?.high ?? cents) }
      })
      const sum = (of: 'cents' | 'worst') => costs.reduce((total, cost) => total + cost[of], 0)
      const isSafe = sum('worst') < nowCents - 1e-6
      if (isSafe && nowCents - sum('cents') > 5 + 1e-6) found.push({ startMs, cents: sum('cents') })
    }
    return found
  }
  /** kWh of each minute of its run. */
  function minutesOf({ kwh, durationMinutes, profile = [{ minutes: 1, kw: 1 }] }: Appliance): number[] {
    const whole = profile.reduce((sum, { minutes }) => sum + minutes, 0)
    const kw = Array.from({ length: durationMinutes }, (_, minute) => {
      let left = (minute * whole) / durationMinutes
      for (const step of profile) {
        if (left < step.minutes) return step.kw
        left -= step.minutes
      }
      throw new Error('past the end of the profile')
    })
    const total = kw.reduce((sum, one) => sum + one, 0)
    return kw.map((one) => (kwh * one) / total)
  }
  const runs = fc.record({
    steps: line,
    nowCents: fc.integer({ min: 5, max: 40 }),
    halves: fc.integer({ min: 1, max: 4 }),
  })

  test('unbroken, of an even load', () => {
    fc.assert(
      fc.property(runs, ({ steps, nowCents, halves }) => {
        const appliance = { name: 'Washer', kwh: 2, durationMinutes: 30 * halves }
        const rows = [price(0, 120, nowCents), ...rowsOf(steps)]
        const seen = timeline(rows)
        const safe = safeStarts(seen, appliance, nowCents * 2)
        const advice = advise(rows, appliance, asked(rows))
        if (safe.length > 0) expect(advice.action).toBe('wait')
        if (advice.action !== 'wait') return
        expect(advise(rows.toReversed(), appliance, asked(rows))).toEqual(advice)
        const cheapest = Math.min(...safe.map(({ cents }) => cents))
        expect(advice.costCents).toBeLessThanOrEqual(cheapest + 1e-6)
        expect(advice.savedCents).toBeGreaterThanOrEqual(5 - 1e-6)
        if (advice.worstCostCents !== undefined)
          expect(advice.worstCostCents).toBeLessThan(advice.nowCostCents!)
      }),
      { numRuns: 300 },
    )
  })

  test('unbroken, of a load that goes up and down', () => {
    fc.assert(
      fc.property(runs, anyProfile, ({ steps, nowCents }, profile) => {
        const durationMinutes = profile?.reduce((sum, { minutes }) => sum + minutes, 0) ?? 60
        const appliance = { name: 'Washer', kwh: 2, durationMinutes, ...(profile && { profile }) }
        const rows = timeline([price(0, 120, nowCents), ...rowsOf(steps)])
        const advice = advise(rows, appliance, asked(rows))
        for (const { cents } of safeStarts(rows, appliance, nowCents * 2)) {
          expect(advice.action).toBe('wait')
          expect((advice as LaterRun).costCents).toBeLessThanOrEqual(cents + 1e-6)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('with pauses: none of the unbroken ones', () => {
    fc.assert(
      fc.property(runs, ({ steps, nowCents, halves }) => {
        const car = { name: 'EV', kwh: 14, durationMinutes: 30 * halves, blockMinutes: 30 }
        const rows = timeline([price(0, 120, nowCents), ...rowsOf(steps)])
        const advice = advise(rows, car, asked(rows))
        const unbroken = safeStarts(
          rows,
          { ...car, blockMinutes: undefined } as unknown as Appliance,
          nowCents * 14,
        )
        for (const { cents } of unbroken) {
          expect(advice.action).toBe('wait')
          expect((advice as LaterRun).costCents).toBeLessThanOrEqual(cents + 1e-6)
        }
        if (advice.action === 'wait' && advice.worstCostCents !== undefined)
          expect(advice.worstCostCents).toBeLessThan(advice.nowCostCents!)
      }),
      { numRuns: 200 },
    )
  })
})

test('an appliance that would not be done by the household\u2019s hour is for that hour of the next day', () => {
  const nowMs = at(6, 10)
  const now = situation(liveFacts({ nowMs }), nowMs, { readyByMinute: 7 * 60 })
  const by = (durationMinutes: number, own = {}) =>
    deadlineMs(now, { name: 'Washer', kwh: 1, durationMinutes, ...own })
  expect([by(50), by(60), by(60, { readyByMinute: 8 * 60 })]).toEqual([at(7), at(31), at(8)])
})

import { describe, expect, test } from 'vitest'
import { advise, type LaterRun, readyByMs } from '#domain/advice.ts'
import { isoLocal } from '#domain/calendar.ts'
import { HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import { forecast, price, SYDNEY } from './sample-facts.ts'

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
      savedAtWorstCents: 23,
      solarShare: 0,
      nowCostCents: 63,
    })
  })

  test.each([
    ['it saves less than 5c', 35, later(30.1, 31), { costCents: 30.1, savedAtWorstCents: 4 }],
    ['the high end would cost more than now', 35, later(20, 36), { savedCents: 15, savedAtWorstCents: -1 }],
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
      savedAtWorstCents: 5,
    })
  })

  test('goes by the prediction alone where Amber gave no high end, and says that the worst is unknown', () => {
    const advice = advise([price(0, 60, 35), forecast(HOUR_MS, 60, 20)], WASHER, request)
    expect(advice).toMatchObject({ action: 'wait', savedCents: 15, savedAtWorstCents: undefined })
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

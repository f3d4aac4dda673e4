import { describe, expect, test } from 'vitest'
import { advise, readyByMs } from '#domain/advice.ts'
import { isoLocal } from '#domain/calendar.ts'
import { HOUR_MS } from '#domain/interval.ts'
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
      costCents: 31,
      savedCents: 32,
      savedAtWorstCents: 23,
      nowCostCents: 63,
    })
  })

  test.each([
    ['it saves less than 5c', 35, later(30.1, 31)],
    ['the high end would cost more than now', 35, later(20, 36)],
    ['later is dearer', 35, later(60, 70)],
  ])('is to run now when %s', (_, nowCents, row) => {
    expect(advise([price(0, 60, nowCents), row], WASHER, request)).toEqual({
      action: 'run',
      nowCostCents: nowCents,
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

import { describe, expect, test } from 'vitest'
import { MINUTE_MS } from '#domain/interval.ts'
import { drift } from '../../../frontend/src/drift.ts'

const START = Date.UTC(2026, 10, 24)
const steps = Array.from({ length: 17 }, (_, i) => drift(START + i * 3 * MINUTE_MS))

describe('the drift against burn-in', () => {
  test('stays put for three minutes', () => {
    expect(drift(START + 3 * MINUTE_MS - 1)).toEqual(drift(START))
    expect(drift(START + 3 * MINUTE_MS)).not.toEqual(drift(START))
  })

  test('moves one pixel at a time, also when it begins anew', () => {
    const moves = steps
      .slice(1)
      .map(({ xPx, yPx }, i) => Math.abs(xPx - steps[i]!.xPx) + Math.abs(yPx - steps[i]!.yPx))
    expect(new Set(moves)).toEqual(new Set([1]))
  })

  test('never leaves a square of two pixels and comes to all its sides', () => {
    const [xs, ys] = [steps.map(({ xPx }) => xPx), steps.map(({ yPx }) => yPx)]
    expect([Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]).toEqual([0, 2, 0, 2])
  })
})

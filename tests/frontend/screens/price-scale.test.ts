import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { priceScale } from '../../../frontend/src/chart/price-scale.ts'

describe('the price scale', () => {
  test.each([
    [0, 0],
    [10, 1 / 6],
    [20, 1 / 3],
    [30, 1 / 2],
    [40, 2 / 3],
    [60, 5 / 6],
    [80, 1],
  ])('stands %d c at %f of an ordinary day', (cents, height) => {
    expect(priceScale(15, 58).heightOf(cents)).toBeCloseTo(height)
  })

  test.each([
    [20, 1 / 4],
    [40, 2 / 4],
    [80, 3 / 4],
    [1040, 7 / 8],
    [2000, 1],
    [2400, 1],
  ])('adds a fourth part for a spike: %d c at %f', (cents, height) => {
    expect(priceScale(15, 1702).heightOf(cents)).toBeCloseTo(height)
  })

  test('breaks the axis only when something passes 80 c', () => {
    expect([priceScale(0, 80).isBroken, priceScale(0, 80.01).isBroken]).toEqual([false, true])
    expect(priceScale(0, 81).rules).toEqual([20, 40, 80, 2000])
    expect(priceScale(0, 58).rules).toEqual([20, 40, 80])
  })

  test.each([
    [-0.1, -0.071],
    [-10, -0.175],
    [-20, -0.28],
    [-110, -0.28],
  ])('hangs %d c under the zero line at %f', (cents, height) => {
    expect(priceScale(-110, 58).heightOf(cents)).toBeCloseTo(height)
  })

  test('keeps no room under the zero line when nothing is below it', () => {
    expect(priceScale(0, 58).below).toBe(0)
    expect(priceScale(-0.5, 58).below).toBeCloseTo(0.075)
    expect(priceScale(-110, 58).below).toBeCloseTo(0.28)
  })

  test('never draws a dearer price lower', () => {
    const cents = fc.double({ min: -120, max: 2300, noNaN: true })
    fc.assert(
      fc.property(cents, cents, cents, cents, (lowest, highest, a, b) => {
        const scale = priceScale(Math.min(lowest, highest), Math.max(lowest, highest))
        const [cheap, dear] = [Math.min(a, b), Math.max(a, b)]
        expect(scale.heightOf(cheap)).toBeLessThanOrEqual(scale.heightOf(dear))
      }),
    )
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addingUp } from '#domain/money/adding-up.ts'

test.each([
  ['that add up as they are', [100, 250], [100, 250]],
  ['of which one rounds too far', [433.6, 103.6, -38.4, 303.4], [434, 103, -38, 303]],
  ['of which each rounds down', [433.4, 103.45, 302.4], [433, 104, 302]],
  ['below zero', [-60.4, -70.45, -10.4], [-60, -71, -10]],
  ['of none', [], []],
])('parts %s', (_, parts, shown) => {
  expect(addingUp(parts)).toEqual(shown)
})

test('parts add up to their sum, and none is a cent or more off', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5_000_000, max: 5_000_000 }), { maxLength: 8 }), (hundredths) => {
      const parts = hundredths.map((each) => each / 100)
      const shown = addingUp(parts)
      const sum = hundredths.reduce((all, each) => all + each, 0) / 100
      expect(shown.reduce((all, each) => all + each, 0)).toBe(Math.round(sum) + 0)
      shown.forEach((cents, index) => {
        expect(Math.abs(cents - parts[index]!)).toBeLessThan(1)
      })
    }),
  )
})

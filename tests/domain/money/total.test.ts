import fc from 'fast-check'
import { expect, test } from 'vitest'
import { total } from '#domain/money/total.ts'

/** As Amber gives them: four decimals of a cent. */
const anyCents = fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }).map((units) => units / 1e4)

test('a sum is the same in any order and however it is split, to the last digit', () => {
  fc.assert(
    fc.property(fc.array(anyCents, { maxLength: 200 }), fc.nat(200), (amounts, at) => {
      const parts = [amounts.slice(0, at), amounts.slice(at)]
      expect(total(parts.map(total))).toBe(total(amounts))
      expect(total(amounts.toReversed())).toBe(total(amounts))
    }),
  )
})

test('adding a tenth ten times is one, which binary fractions do not know', () => {
  expect(Array.from({ length: 10 }, () => 0.1).reduce((a, b) => a + b)).not.toBe(1)
  expect(total(Array.from({ length: 10 }, () => 0.1))).toBe(1)
})

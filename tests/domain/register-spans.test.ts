import { describe, expect, test } from 'vitest'
import { isExpected, withSpans } from '#domain/register-spans.ts'

const days = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)
/** Days 90 to 110 on which the register, beside one that speaks to the end, is expected. */
const expectedOf = (register: { isListed?: boolean; isLeftOut?: boolean; days: number[] }, until = 110) => {
  const [span] = withSpans([register, { days: days(80, until) }])
  return days(90, 110).filter((day) => isExpected(span!, day))
}

describe('a register is expected', () => {
  test('from its first day on, without an end', () => {
    expect(expectedOf({ isListed: true, days: days(95, 110) })).toEqual(days(95, 110))
    expect(expectedOf({ days: days(95, 105) })).toEqual(days(95, 110))
  })

  test('until its last day where the site has it no longer', () => {
    expect(expectedOf({ isListed: false, days: days(85, 100) })).toEqual(days(90, 100))
  })

  test.each([
    ['listed, fourteen days', {}, 96, 110],
    ['listed, fifteen', {}, 95, 95],
    ['left out of the list, one day', { isLeftOut: true }, 109, 110],
    ['left out of the list, two days', { isLeftOut: true }, 108, 108],
  ])('while it is silent: %s of the others’', (_, more, lastDay, lastExpected) => {
    expect(expectedOf({ isListed: true, ...more, days: days(85, lastDay) })).toEqual(days(90, lastExpected))
  })

  test('though silent, while the others are as well', () => {
    expect(expectedOf({ isListed: true, days: days(85, 95) }, 95)).toEqual(days(90, 110))
  })

  test('always where it never spoke and may yet, never where the site does not have it', () => {
    expect(expectedOf({ isListed: true, days: [] }, 93)).toEqual(days(90, 110))
    expect(expectedOf({ isListed: true, days: [] }, 94)).toEqual([])
    expect(expectedOf({ isListed: false, days: [] }, 93)).toEqual([])
  })
})

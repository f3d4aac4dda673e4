import { describe, expect, it } from 'vitest'
import { keyAt, keyOf, normalAt, smoothAt, uniformAt } from '../../../backend/simulator/hash.ts'
import { quantile } from './amber.ts'

const KEY = keyOf(1, 'nsw', 'wind')
const draws = <Value>(at: (key: number, index: number) => Value, key = KEY) =>
  Array.from({ length: 20_000 }, (_, index) => at(key, index - 5_000))
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value) / values.length

describe('noise', () => {
  it('is spread evenly from 0 to 1', () => {
    const uniform = draws(uniformAt)

    for (const share of [0.01, 0.25, 0.5, 0.75, 0.99])
      expect(quantile(uniform, share)).toBeCloseTo(share, 1.5)
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...uniform)).toBeLessThan(1)
    expect(new Set(uniform).size).toBeGreaterThan(19_990)
  })

  it('does not tell a draw from the one before it, or from that of another stream', () => {
    const off = (values: readonly number[]) => values.map((value) => value - 0.5)
    const related = (a: readonly number[], b: readonly number[]) =>
      12 * mean(a.map((value, index) => value * (b[index] ?? 0)))
    const one = off(draws(uniformAt))

    expect(Math.abs(related(one, one.slice(1)))).toBeLessThan(0.03)
    for (const key of [
      keyOf(2, 'nsw', 'wind'),
      keyOf(1, 'vic', 'wind'),
      keyOf(1, 'nswwind'),
      keyAt(KEY, 1),
      KEY + 1,
    ]) {
      expect(Math.abs(related(one, off(draws(uniformAt, key))))).toBeLessThan(0.03)
    }
  })

  it('has a normal form of mean 0 and deviation 1', () => {
    const normal = draws(normalAt)

    expect(mean(normal)).toBeCloseTo(0, 1)
    expect(mean(normal.map((value) => value * value))).toBeCloseTo(1, 1)
    expect(Math.max(...normal)).toBeGreaterThan(3)
  })

  it('has a smooth form that stays within −1 and 1, uses the room, and never jumps', () => {
    const smooth = draws((key, index) => smoothAt(key, index / 50))
    const jumps = smooth.slice(1).map((value, index) => Math.abs(value - (smooth[index] ?? 0)))

    expect(Math.min(...smooth)).toBeGreaterThanOrEqual(-1)
    expect(Math.max(...smooth)).toBeLessThanOrEqual(1)
    expect(quantile(smooth, 0.95)).toBeGreaterThan(0.7)
    expect(quantile(smooth, 0.05)).toBeLessThan(-0.7)
    expect(Math.max(...jumps)).toBeLessThan(0.07)
  })
})

import { describe, expect, test } from 'vitest'
import { MINUTE_MS } from '#domain/interval.ts'
import { DEFAULT_THRESHOLDS, exportLevel, learntThresholds, levelOf, levelOfCents } from '#domain/levels.ts'
import type { Descriptor } from '#domain/price.ts'
import { band } from '#domain/shown-price.ts'
import { forecast, price } from './sample-facts.ts'

const rules = { thresholds: DEFAULT_THRESHOLDS, own: false }
const rated = (index: number, cents: number, descriptor: Descriptor) =>
  price(index * 5 * MINUTE_MS, 5, cents, { descriptor })

describe('the level of a price', () => {
  test.each([
    [16.4, 1],
    [16.5, 2],
    [31.5, 3],
    [41.5, 4],
    [51.5, 5],
    [299.9, 5],
    [300, 6],
    [2000, 6],
    [-5, 1],
  ] as const)('%d c without a word of Amber is %i', (cents, level) => {
    expect(levelOf(price(0, 5, cents), rules)).toBe(level)
  })

  test.each([
    ['extremelyLow', 1],
    ['negative', 1],
    ['veryLow', 2],
    ['low', 3],
    ['neutral', 4],
    ['high', 5],
    ['spike', 6],
  ] as const)('is what Amber calls it: %s is %i', (descriptor, level) => {
    expect(levelOf(price(0, 5, 20, { descriptor }), rules)).toBe(level)
  })

  test('goes by the number when the shown number is not the one that Amber rated', () => {
    const row = forecast(0, 30, 20, { descriptor: 'veryLow', advanced: { low: 40, predicted: 55, high: 60 } })
    expect(levelOf(row, rules)).toBe(5)
  })

  test('goes by the household’s own thresholds where it set some', () => {
    const own = { thresholds: [10, 15, 18, 25] as const, own: true }
    expect(levelOf(price(0, 5, 20, { descriptor: 'veryLow' }), own)).toBe(4)
  })

  test.each([
    [149, 'spike', 5],
    [150, 'none', 6],
    [350, 'none', 6],
    [149, 'potential', 5],
  ] as const)(
    'of %i c, called %s by Amber, is %i where the household’s own spike begins at 150c',
    (cents, spikeStatus, level) => {
      const own = { thresholds: [10, 15, 18, 25, 150] as const, own: true }
      expect(levelOf(forecast(0, 5, cents, { spikeStatus }), own)).toBe(level)
      expect(levelOfCents(cents, own.thresholds)).toBe(level)
    },
  )

  test('is a spike by status; by a warning only until it is settled', () => {
    expect(levelOf(price(0, 5, 80, { spikeStatus: 'spike' }), rules)).toBe(6)
    expect(levelOf(forecast(0, 5, 80, { spikeStatus: 'potential' }), rules)).toBe(6)
    expect(levelOf(price(0, 5, 80, { spikeStatus: 'potential', descriptor: 'high' }), rules)).toBe(5)
  })
})

test.each([
  [3, 5],
  [0.4, 3],
  [0, 3],
  [-7, 3],
  [-8, 2],
  [-19.4, 2],
  [-20, 1],
] as const)('exporting at %d c is of level %i: by benefit', (cents, level) => {
  expect(exportLevel(cents)).toBe(level)
})

test('a band runs from the lower to the higher number, also of feed-in, where Amber rates the value', () => {
  const advanced = { low: -2.58, predicted: -4, high: -5.64 }
  expect(band(forecast(0, 30, -3, { channel: 'feedIn', advanced }))).toEqual({
    lowCents: -5.64,
    highCents: -2.58,
  })
  expect(band(forecast(0, 30, 20))).toBeUndefined()
  expect(band(price(0, 5, 20, { advanced }))).toBeUndefined()
})

describe('the thresholds of a site', () => {
  test('are Amber’s for New South Wales when nothing can be learnt', () => {
    expect(learntThresholds([])).toEqual([16.5, 31.5, 41.5, 51.5])
    expect(learntThresholds([price(0, 5, 20)])).toEqual(DEFAULT_THRESHOLDS)
  })

  test('move just so far that they agree with the words seen', () => {
    const rows = [
      rated(1, 14.2, 'veryLow'),
      rated(2, 26, 'low'),
      rated(3, 25, 'veryLow'),
      rated(4, 40, 'low'),
    ]
    const thresholds = learntThresholds(rows)
    expect(thresholds[0]).toBe(14.2)
    expect(thresholds[1]).toBe(25.5)
    expect(thresholds[2]).toBe(41.5)
    expect(levelOfCents(25.2, thresholds)).toBe(2)
  })

  test('hear the newest rows first when rates have changed', () => {
    const rows = [rated(1, 20, 'low'), rated(2, 26, 'veryLow')]
    expect(levelOfCents(26, learntThresholds(rows))).toBe(2)
    expect(levelOfCents(20, learntThresholds([rated(3, 20, 'low'), rated(2, 26, 'veryLow')]))).toBe(3)
  })

  test('learn nothing from feed-in, whose words run the other way, nor from a spike', () => {
    const rows = [
      price(0, 5, 60, { channel: 'feedIn', descriptor: 'veryLow' }),
      price(300_000, 5, 20, { descriptor: 'spike' }),
    ]
    expect(learntThresholds(rows)).toEqual(DEFAULT_THRESHOLDS)
  })
})

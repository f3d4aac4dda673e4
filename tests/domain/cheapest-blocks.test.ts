import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BlockedRun, type BlocksRequest, blockedRuns, cheapestBlocks } from '#domain/cheapest-blocks.ts'
import { averageCents, cheapestWindow } from '#domain/cheapest-window.ts'
import { durationMs, HOUR_MS, type Interval, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import type { PriceInterval } from '#domain/price.ts'
import { cheapestCells, safeCells } from '#domain/safe-cells.ts'
import { anyLine, anyPrices } from './random-prices.ts'
import { forecast, price } from './sample-facts.ts'

const HALF_MS = 30 * MINUTE_MS
const line = (...cents: number[]) => cents.map((value, index) => price(index * HALF_MS, 30, value))
const request = (more: Partial<BlocksRequest> = {}): BlocksRequest => ({
  nowMs: 0,
  deadlineMs: 24 * HOUR_MS,
  durationMs: HOUR_MS,
  blockMs: HALF_MS,
  ...more,
})
const lengthOf = (run: { blocks: readonly Interval[] } | undefined) =>
  run?.blocks.reduce((sum, block) => sum + durationMs(block), 0)
const inHalfHours = (run: { blocks: readonly Interval[] } | undefined) =>
  run?.blocks.map(({ startMs, endMs }) => [startMs / HALF_MS, endMs / HALF_MS])

describe('blocks', () => {
  test.each([
    [
      'apart where the cheap halves are',
      line(50, 10, 50, 20, 50),
      {},
      [
        [1, 2],
        [3, 4],
      ],
      15,
    ],
    ['as one where that is as cheap', line(10, 10, 10, 10), {}, [[0, 2]], 10],
    [
      'the earliest on a tie',
      line(10, 50, 10, 50, 10),
      {},
      [
        [0, 1],
        [2, 3],
      ],
      10,
    ],
    ['no shorter than asked', line(50, 10, 50, 20, 30, 50), { blockMs: HOUR_MS }, [[3, 5]], 25],
    [
      'before the deadline',
      line(50, 20, 50, 20, 5),
      { deadlineMs: 2 * HOUR_MS },
      [
        [1, 2],
        [3, 4],
      ],
      20,
    ],
    [
      'after now',
      line(5, 50, 20, 50, 20),
      { nowMs: HALF_MS },
      [
        [2, 3],
        [4, 5],
      ],
      20,
    ],
  ])('are %s', (_, prices, more, blocks, cents) => {
    const run = cheapestBlocks(prices, request(more))
    expect(inHalfHours(run)).toEqual(blocks)
    expect(run!.centsPerKwh).toBeCloseTo(cents, 9)
  })

  test('leave a gap in the prices out, and are not known where too little is', () => {
    const [a, , c] = line(50, 0, 30)
    expect(inHalfHours(cheapestBlocks([a!, c!], request()))).toEqual([
      [0, 1],
      [2, 3],
    ])
    expect(cheapestBlocks([a!, c!], request({ durationMs: 2 * HOUR_MS }))).toBeUndefined()
    expect(cheapestBlocks([], request())).toBeUndefined()
    expect(cheapestBlocks([a!, c!], request({ blockMs: HOUR_MS }))).toBeUndefined()
  })

  test('round a length that is no count of five minutes up to one', () => {
    const asked = request({ durationMs: 52 * MINUTE_MS, blockMs: 25 * MINUTE_MS })
    expect(lengthOf(cheapestBlocks(line(50, 10, 50, 20, 50), asked))).toBe(55 * MINUTE_MS)
    expect(lengthOf(cheapestBlocks(line(10, 10, 10), asked))).toBe(52 * MINUTE_MS)
  })

  test('begin at once where now is cheap, not at the next five minutes', () => {
    const asked = request({ nowMs: 90_000, blockMs: 25 * MINUTE_MS })
    const run = cheapestBlocks(line(10, 50, 50, 10, 50, 50), asked)!
    expect(run.blocks[0]!.startMs).toBe(90_000)
    expect(run.blocks).toHaveLength(2)
  })

  test('are one, ending with the deadline, where that is dearer by less than a pause must save', () => {
    // Cheap at first, and in the last 25 minutes, of which a deadline off the five minutes cuts two.
    const prices = [price(0, 10, 10), price(10 * MINUTE_MS, 50, 50), price(HOUR_MS, 30, 11)]
    const asked = { deadlineMs: 83 * MINUTE_MS, durationMs: 25 * MINUTE_MS, blockMs: 5 * MINUTE_MS }
    const run = (centsPerPause: number) => cheapestBlocks(prices, request({ ...asked, centsPerPause }))!
    expect(run(3).blocks).toHaveLength(2)
    expect(run(5).blocks).toEqual([{ startMs: 58 * MINUTE_MS, endMs: 83 * MINUTE_MS }])
  })

  test('rank at worst by the high end, and take a forecast without one for a gap', () => {
    const advanced = { low: 1, predicted: 5, high: 90 }
    const prices = [
      forecast(0, 30, 5, { advanced }),
      forecast(HALF_MS, 30, 7),
      ...line(0, 0, 30, 40).slice(2),
    ]
    expect(inHalfHours(cheapestBlocks(prices, request({ rankedBy: 'worst' })))).toEqual([[2, 4]])
  })
})

/** Every choice of cells, for a handful of them, with what each pause must save; those that are allowed at worst. */
function bruteForce(
  prices: readonly PriceInterval[],
  { nowMs, deadlineMs, atWorst, ...asked }: BlocksRequest,
): number {
  const cellMs = 5 * MINUTE_MS
  const count = Math.floor((deadlineMs - nowMs) / cellMs)
  const costsBy = (rows: readonly PriceInterval[]) =>
    Array.from({ length: count }, (_, index) => {
      const startMs = nowMs + index * cellMs
      return averageCents(rows, { startMs, endMs: startMs + cellMs })
    })
  const costs = costsBy(prices)
  const worst = costsBy(atWorst?.prices ?? prices)
  const need = asked.durationMs / cellMs
  let best = Number.POSITIVE_INFINITY
  for (let mask = 0; mask < 2 ** count; mask += 1) {
    const bits = mask.toString(2).padStart(count, '0')
    const runs = bits.split('0').filter((run) => run !== '')
    const cells = [...bits].flatMap((bit, index) => (bit === '1' ? [costs[index]] : []))
    if (cells.length !== need || cells.includes(undefined)) continue
    if (runs.some((run) => run.length < Math.min(need, asked.blockMs / cellMs))) continue
    const mostCents = [...bits].reduce((sum, bit, index) => sum + (bit === '1' ? worst[index]! : 0), 0)
    if (atWorst && mostCents / need >= atWorst.belowCentsPerKwh - 1e-9) continue
    const pauses = (runs.length - 1) * (asked.centsPerPause ?? 0)
    best = Math.min(best, cells.reduce<number>((sum, cents) => sum + cents!, 0) / need + pauses)
  }
  return best
}

test('no other choice of blocks is cheaper', () => {
  const cents = fc.integer({ min: -20, max: 60 })
  const cell = fc.oneof({ weight: 6, arbitrary: cents }, { weight: 1, arbitrary: fc.constant(undefined) })
  fc.assert(
    fc.property(
      fc.array(cell, { minLength: 2, maxLength: 11 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(undefined, 0.5, 3),
      (values, need, shortest, centsPerPause) => {
        const prices = values.flatMap((value, index) =>
          value === undefined ? [] : [price(index * 5 * MINUTE_MS, 5, value)],
        )
        const asked = request({
          deadlineMs: values.length * 5 * MINUTE_MS,
          durationMs: need * 5 * MINUTE_MS,
          blockMs: shortest * 5 * MINUTE_MS,
          ...(centsPerPause !== undefined && { centsPerPause }),
        })
        const best = bruteForce(prices, asked)
        const found = cheapestBlocks(prices, asked)
        expect(found ? withPauses(found, centsPerPause) : Number.POSITIVE_INFINITY).toBeCloseTo(best, 6)
      },
    ),
    { numRuns: 200 },
  )
})

test('of all choices of blocks that cost less than so much at worst, none is cheaper', () => {
  const cell = fc.record({
    cents: fc.integer({ min: -5, max: 30 }),
    up: fc.oneof(fc.constant(0), fc.integer({ min: -3, max: 40 }), fc.integer({ min: 0, max: 40 })),
    isGap: fc.nat(11).map((n) => n === 0),
  })
  let [allowed, refused] = [0, 0]
  fc.assert(
    fc.property(
      fc.array(cell, { minLength: 2, maxLength: 10, size: 'max' }),
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom(1, 1, 2, 3, 4),
      fc.constantFrom(0, 0, 0.5, 3),
      fc.integer({ min: 5, max: 40 }),
      (cells, need, shortest, centsPerPause, belowCentsPerKwh) => {
        const rowsBy = (centsOf: (one: (typeof cells)[number]) => number) =>
          cells.flatMap((one, index) => (one.isGap ? [] : [price(index * 5 * MINUTE_MS, 5, centsOf(one))]))
        const prices = rowsBy(({ cents }) => cents)
        const asked = request({
          deadlineMs: cells.length * 5 * MINUTE_MS,
          durationMs: need * 5 * MINUTE_MS,
          blockMs: shortest * 5 * MINUTE_MS,
          centsPerPause,
          atWorst: { prices: rowsBy(({ cents, up }) => cents + up), belowCentsPerKwh },
        })
        const best = bruteForce(prices, asked)
        const [found, again] = blockedRuns(prices, asked)
        expect(again).toEqual(found)
        expect(found ? withPauses(found, centsPerPause) : Number.POSITIVE_INFINITY).toBeCloseTo(best, 6)
        if (found) allowed += 1
        else refused += 1
      },
    ),
    { numRuns: 250 },
  )
  expect(Math.min(allowed, refused)).toBeGreaterThan(25)
})

test('of high ends that have nothing to do with the prediction an allowed choice is found, and nobody waits for a cheaper one', () => {
  const spread = (cell: number, factor: number) => ((cell * factor) % 6131) / 100
  const cells = Array.from({ length: 700 }, (_, cell) => cell)
  const [costs, worst] = [cells.map((cell) => spread(cell, 3571)), cells.map((cell) => spread(cell, 2713))]
  const atWorst = (chosen: readonly number[]) => chosen.reduce((all, cell) => all + worst[cell]!, 0)
  const choice = { need: 200, shortest: 2, beginning: 1 }
  const cheapest = cheapestCells(costs, choice)!
  const below = atWorst(cheapest) * 0.8
  const found = safeCells(costs, worst, choice, below)!
  expect(new Set(found).size).toBe(200)
  expect(atWorst(found)).toBeLessThan(below)
})

test('of more cells than can all be tried, those that are allowed at worst are the cheapest ones', () => {
  const cents = fc.integer({ min: 0, max: 60 })
  /** The cheapest of `need` cells by what they come to at worst, a whole number. */
  const leastBelow = (costs: readonly number[], worst: readonly number[], need: number, below: number) => {
    const least = Array.from({ length: need + 1 }, () => new Map<number, number>())
    least[0]!.set(0, 0)
    for (const [cell, cost] of costs.entries())
      for (let count = need; count > 0; count -= 1)
        for (const [sum, cheapest] of least[count - 1]!) {
          const key = sum + worst[cell]!
          least[count]!.set(
            key,
            Math.min(cheapest + cost, least[count]!.get(key) ?? Number.POSITIVE_INFINITY),
          )
        }
    return Math.min(...[...least[need]!].filter(([sum]) => sum < below).map(([, cost]) => cost))
  }
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cents, cents), { minLength: 20, maxLength: 20 }),
      fc.integer({ min: 100, max: 300 }),
      (cells, below) => {
        const [costs, worst] = [cells.map(([cost]) => cost), cells.map(([, high]) => high)]
        const choice = { need: 8, shortest: 1, beginning: 0 }
        const found = safeCells(costs, worst, choice, below)
        const sum = found?.reduce((all, cell) => all + costs[cell]!, 0) ?? Number.POSITIVE_INFINITY
        expect(sum).toBe(leastBelow(costs, worst, 8, below))
      },
    ),
    { numRuns: 150 },
  )
})

test('the cheapest blocks that are allowed at worst are neither cheapest, nor safest, nor any mixture of the two', () => {
  // By the prediction and at worst, with gaps between: of any weight of the one against the other, an outer one is the best.
  const kinds = [
    [10, 90],
    [22, 70],
    [30, 20],
  ] as const
  const rowsBy = (which: 0 | 1) => kinds.map((cents, index) => price(index * HOUR_MS, 30, cents[which]))
  const asked = request({ durationMs: HALF_MS, atWorst: { prices: rowsBy(1), belowCentsPerKwh: 75 } })
  expect(inHalfHours(blockedRuns(rowsBy(0), asked)[0])).toEqual([[2, 3]])
})

const withPauses = ({ centsPerKwh, blocks }: BlockedRun, centsPerPause = 0): number =>
  centsPerKwh + (blocks.length - 1) * centsPerPause

const anyAsked = fc.record({
  hours: fc.integer({ min: 1, max: 30 }).map((steps) => steps * 10 * MINUTE_MS),
  block: fc.constantFrom(5, 15, 30, 60).map((minutes) => minutes * MINUTE_MS),
})

test('blocks are never dearer than one unbroken run, whatever is known', () => {
  fc.assert(
    fc.property(anyPrices, anyAsked, ({ nowMs, prices }, { hours, block }) => {
      const asked = { nowMs, deadlineMs: nowMs + 12 * HOUR_MS, durationMs: hours, blockMs: block }
      const unbroken = cheapestWindow(prices, asked)
      const run = cheapestBlocks(prices, asked)
      if (!unbroken) return
      expect(run!.centsPerKwh).toBeLessThanOrEqual(unbroken.centsPerKwh + 1e-6)
      expect(lengthOf(run)).toBe(hours)
      expect(run!.blocks[0]!.startMs).toBeGreaterThanOrEqual(nowMs)
      expect(run!.blocks.at(-1)!.endMs).toBeLessThanOrEqual(asked.deadlineMs)
    }),
    { numRuns: 60 },
  )
})

test('a gap never makes blocks cheaper, and the order of the prices changes nothing', () => {
  fc.assert(
    fc.property(
      anyLine,
      anyAsked,
      fc.nat(),
      fc.nat(299),
      fc.constantFrom(0, 0, 2),
      ({ rows, startMs, endMs }, { hours, block }, lost, second, centsPerPause) => {
        const nowMs = startMs + second * SECOND_MS
        const durationMs = hours + second * SECOND_MS
        const asked = { nowMs, deadlineMs: endMs, durationMs, blockMs: block, centsPerPause }
        const whole = cheapestBlocks(rows, asked)
        const fewer = cheapestBlocks(
          rows.filter((_, index) => index !== lost % rows.length),
          asked,
        )
        // A gap may leave nothing but a run with a pause that was not worth it: the pause is part of its price.
        if (fewer) {
          const [least, most] = [whole!, fewer].map((run) => withPauses(run, centsPerPause))
          expect(most).toBeGreaterThanOrEqual(least! - 1e-6)
        }
        expect(cheapestBlocks(rows.toReversed(), asked)).toEqual(whole)
      },
    ),
    { numRuns: 600 },
  )
})

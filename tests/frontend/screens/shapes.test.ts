import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChartStep, Level } from '#domain/view.ts'
import { forecastBand, levelAreas, stepLine } from '../../../frontend/src/chart/shapes.ts'
import { pileDrawing } from '../../../frontend/src/usage/pile-shapes.ts'
import { chart, planeOf, step } from './small-chart.ts'

// On this plane zero lies at 985 px, and 80 c at 14 px: a third of the rise, 323.67 px, is 20 c.
const on = (steps: readonly ChartStep[]) => planeOf(chart(steps))
const line = (steps: readonly ChartStep[]) => stepLine(steps, on(steps))
const moves = (path: string) => [...path.matchAll(/M/g)].length

describe('the plane', () => {
  test('puts now at a sixth, where the mast stands', () => {
    expect(on([]).mastX).toBe(300)
  })

  test('leaves the room under the curve to the hours', () => {
    expect(on([step(0, 1, 20)]).zeroY).toBe(985)
    expect(on([step(0, 1, 20)]).floorY).toBe(985)
  })

  test('lifts the zero line, not the floor, when a price is below zero', () => {
    const { zeroY, floorY } = on([step(0, 1, -5)])
    expect(floorY).toBe(985)
    expect(zeroY).toBeLessThan(floorY)
  })

  test('cuts what reaches out of view', () => {
    expect([on([]).x(-1), on([]).x(19 * 3_600_000)]).toEqual([0, 1800])
  })

  test('rounds to the pixels of the device', () => {
    const view = chart([step(0, 1, 33.3)])
    const x = planeOf(view, { widthPx: 391, heightPx: 204, fontPx: 13, snapPx: 0.5 }).x(1_234_567)
    expect(x * 2).toBe(Math.round(x * 2))
  })
})

describe('the step line', () => {
  test('holds each price from its start to its end and never slopes', () => {
    expect(line([step(0, 1, 20), step(1, 3, 40)])).toBe('M0 661H100V338H300')
  })

  test('stops at a gap and begins anew behind it', () => {
    const path = line([step(0, 1, 20), step(2, 3, 20)])
    expect(path).toBe('M0 661H100M200 661H300')
  })

  test('goes through zero to a price below it', () => {
    const steps = [step(0, 1, 0), step(1, 2, -20)]
    const plane = on(steps)
    expect(line(steps)).toBe(`M0 ${plane.zeroY}H100V${plane.floorY}H200`)
  })

  test('has one beginning more than there are gaps, whatever the prices', () => {
    const lengths = fc.array(fc.record({ isGap: fc.boolean(), cents: fc.integer({ min: -30, max: 1900 }) }), {
      minLength: 1,
      maxLength: 18,
    })
    fc.assert(
      fc.property(lengths, (cells) => {
        const steps = cells.flatMap(({ isGap, cents }, i) => (isGap ? [] : [step(i, i + 1, cents)]))
        const beginnings = cells.filter((cell, i) => !cell.isGap && (cells[i - 1]?.isGap ?? true)).length
        expect(moves(line(steps))).toBe(beginnings)
      }),
    )
  })
})

describe('the fills', () => {
  const areas = (steps: readonly ChartStep[]) => levelAreas(steps, on(steps))

  test('are one path a run of a level, so that no seam shows between columns', () => {
    const run = areas([step(0, 1, 20), step(1, 2, 30), step(2, 3, 20)])
    expect(run).toHaveLength(1)
    expect(run[0]?.path).toBe('M0 661H100V500H200V661H300V985H200V985H100V985H0Z')
  })

  test.each<[string, Partial<ChartStep>]>([
    ['another level', { level: 4 as Level }],
    ['another certainty', { certainty: 'forecast' }],
  ])('are parted by %s', (_, change) => {
    expect(areas([step(0, 1, 20), step(1, 2, 20, change)])).toHaveLength(2)
  })

  test('are parted by a gap', () => {
    expect(areas([step(0, 1, 20), step(2, 3, 20)])).toHaveLength(2)
  })

  test('meet exactly: one ends on the pixel where the next begins', () => {
    const [first, second] = areas([step(0, 1.13, 20), step(1.13, 3, 20, { level: 5 })])
    expect(first?.path).toContain('H113')
    expect(second?.path).toMatch(/^M113 /)
  })

  test.each([
    ['settled', 'solid'],
    ['estimate', 'hatched'],
    ['forecast', 'pale'],
    ['stored', 'hanging'],
  ] as const)('of %s prices are %s', (certainty, ink) => {
    expect(areas([step(0, 1, 20, { certainty })])[0]?.ink).toBe(ink)
  })

  test('of a stored forecast are a strip under the line and no more', () => {
    expect(areas([step(0, 1, 20, { certainty: 'stored' })])[0]?.path).toBe('M0 661H100V665.8H0Z')
  })

  test('of a stored forecast near zero end at the zero line', () => {
    const steps = [step(0, 1, 0.1, { certainty: 'stored' })]
    expect(areas(steps)[0]?.path).toContain('V985')
  })

  test('of a stored forecast below zero hang on the side of the zero line', () => {
    const steps = [step(0, 1, -20, { certainty: 'stored' })]
    const { floorY } = on(steps)
    expect(areas(steps)[0]?.path).toBe(`M0 ${floorY}H100V${floorY - 4.8}H0Z`)
  })
})

describe('the piles', () => {
  const drawn = (soldCents: number) => {
    const day = (cents: number) =>
      ({
        channels: { general: { cents: 100 }, feedIn: { cents } },
        fixedCents: 0,
        state: 'known',
      }) as const
    return pileDrawing([day(-100), day(soldCents)], 200, 100).pieces.filter(({ x }) => x > 100)
  }
  const heights = (soldCents: number) => drawn(soldCents).map(({ part, height }) => [part, height])

  test('leave what exporting cost above the line, however little', () => {
    const alone = { channels: { feedIn: { cents: 2 } }, fixedCents: 0, state: 'known' } as const
    const most = { channels: { general: { cents: 100 } }, fixedCents: 0, state: 'known' } as const
    const { pieces, zeroY } = pileDrawing([alone, most], 200, 100)
    expect(pieces[0]).toMatchObject({ part: 'feedIn', y: zeroY - 4, height: 4 })
  })

  test('draw what was sold as an outline that holds paper, or not at all', () => {
    expect(heights(-50)).toEqual([
      ['general', 50],
      ['feedIn', 25],
    ])
    for (const little of [-3, 3]) expect(heights(little)).toContainEqual(['feedIn', 4])
    for (const hardlyAny of [-1, 1]) expect(heights(hardlyAny).map(([part]) => part)).toEqual(['general'])
  })
})

describe('the band of a forecast', () => {
  const banded = (from: number, to: number) =>
    step(from, to, 20, { certainty: 'forecast', lowCents: 10, highCents: 40 })

  test('is filled from the price up to the high end, never below', () => {
    const steps = [banded(3, 4)]
    const { area, high, low } = forecastBand(steps, on(steps))
    expect({ area, high, low }).toEqual({
      area: 'M300 338H400V661H300Z',
      high: 'M300 338H400',
      low: 'M300 823H400',
    })
  })

  test('has gaps where there is no band', () => {
    const steps = [banded(3, 4), step(4, 5, 20), banded(5, 6)]
    expect(moves(forecastBand(steps, on(steps)).high)).toBe(2)
  })

  test('is nothing when no step has one', () => {
    expect(forecastBand([step(0, 1, 20)], on([step(0, 1, 20)])).area).toBe('')
  })
})

import { expect, test } from 'vitest'
import type { Timetable } from '#domain/plan-timetable.ts'
import { uprightPlane } from '../../../frontend/src/chart/timetable-plane.ts'
import { priceWords } from '../../../frontend/src/chart/timetable-words.ts'
import { hour, step } from './small-chart.ts'

const FONT_PX = 14

/** Fourteen hours, 25 px each; `cents` now, and what is printed at which hour. */
function wordsOf(
  cents: number,
  printed: readonly (readonly [atHour: number, text: string, isFirst: boolean])[],
) {
  const timetable: Timetable = {
    startMs: hour(0),
    endMs: hour(14),
    steps: [step(0, 1, cents), step(1, 14, 30)],
    prices: printed.map(([at, text, isFirst]) => ({ atMs: hour(at), text, isRun: false, isFirst })),
    runs: [],
    ticks: [],
    summary: '',
    table: [],
  }
  return priceWords(
    timetable,
    uprightPlane(timetable, { widthPx: 350, heightPx: 350, fontPx: FONT_PX, snapPx: 1 }),
  )
}

test('the dearest is printed below now though it is half an hour away, and what is as near gives way', () => {
  const words = wordsOf(38, [
    [0, 'now 38c', true],
    [0.5, '40c', true],
    [1, '36c', false],
    [3, '30c', false],
  ])
  expect(words.map(({ text }) => text)).toEqual(['now 38c', '40c', '30c'])
  for (const [index, { y }] of words.slice(1).entries())
    expect(y - words[index]!.y).toBeGreaterThanOrEqual(FONT_PX * 1.25)
})

test('"now" goes without saying where the curve leaves no room for it', () => {
  const first = (cents: number) => wordsOf(cents, [[0, 'now likely 38c', true]])[0]!.text
  expect(first(38)).toBe('now likely 38c')
  expect(first(79)).toBe('likely 38c')
})

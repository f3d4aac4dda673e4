import { describe, expect, test } from 'vitest'
import { HOUR_MS } from '#domain/interval.ts'
import type { ChartView, ExportStretch } from '#domain/view.ts'
import { bracketOver } from '../../../frontend/src/chart/bracket.ts'
import { hours } from '../../../frontend/src/chart/hours.ts'
import { overlaps } from '../../../frontend/src/chart/placement.ts'
import { ribbonName, ribbonParts, withRoom } from '../../../frontend/src/chart/ribbon.ts'
import { windowAttempts } from '../../../frontend/src/chart/word-places.ts'
import { chartWords } from '../../../frontend/src/chart/words.ts'
import { FIXTURES } from './fixtures.ts'
import { chart, FRAME, hour, planeOf, step } from './small-chart.ts'

const wordsOf = (view: ChartView, frame = FRAME) => chartWords(view, planeOf(view, frame)).words
const textsOf = (view: ChartView, frame = FRAME) =>
  wordsOf(view, frame).map(({ strong, lines }) => [strong, ...lines].filter(Boolean).join(' '))
const wordWith = (view: ChartView, part: string, frame = FRAME) =>
  wordsOf(view, frame).find(({ strong, lines }) => [strong, ...lines].join(' ').includes(part))

const evening = [
  step(0, 8, 20),
  step(8, 10, 58, { certainty: 'forecast', lowCents: 50, highCents: 75 }),
  step(10, 18, 20, { certainty: 'forecast' }),
]
const peak = { atMs: hour(9), strong: '58c', text: 'up to 75c' }

describe('the label of a peak', () => {
  test('stands over the middle of its step, above the high end', () => {
    const view = chart(evening, { labels: [peak] })
    const word = wordWith(view, '58c')
    expect(word?.x).toBe(900)
    expect(word?.box.y1).toBeLessThan(planeOf(view).y(75))
  })

  test('is moved inside where the edge would cut it', () => {
    const view = chart([step(0, 17.5, 20), step(17.5, 18, 58)], { labels: [{ ...peak, atMs: hour(17.7) }] })
    expect(wordWith(view, '58c')?.box.x1).toBeLessThan(1800)
  })

  test('stands beside the mast, never on it', () => {
    const view = chart([step(0, 3, 20), step(3, 4, 58), step(4, 18, 20)], {
      labels: [{ ...peak, atMs: hour(3.1) }],
    })
    expect(wordWith(view, '58c')?.box.x0).toBeGreaterThan(300)
  })

  test('is not drawn where nothing is known at that time', () => {
    expect(textsOf(chart([step(0, 1, 20)], { labels: [peak] }))).not.toContain('58c up to 75c')
  })
})

describe('the best window', () => {
  const bestWindow = { startMs: hour(12), endMs: hour(14), text: 'Best 2 h: 26c' }

  test('has its bracket over the highest end of its prices, and its words over the bracket', () => {
    const view = chart(evening, { bestWindow })
    const { bracket } = chartWords(view, planeOf(view))
    expect([bracket?.x0, bracket?.x1]).toEqual([1201, 1399])
    expect(bracket?.y).toBeLessThan(planeOf(view).y(20))
    expect(wordWith(view, 'Best')?.box.y1).toBeLessThanOrEqual(bracket?.y ?? 0)
  })

  test('that has begun is named right of the mast, wherever there is room', () => {
    const window = { ...bestWindow, startMs: hour(2.9), endMs: hour(4.9) }
    const on = planeOf(chart(evening))
    const places = windowAttempts(window, bracketOver(window, evening, on)!, on).flatMap((one) => one.places)
    expect(Math.min(...places.map(({ box }) => box.x0))).toBeGreaterThanOrEqual(on.mastX)
    expect(places.length).toBeGreaterThan(3)
  })

  test('is named in two lines where one would lie on the curve', () => {
    const phone = { widthPx: 390, heightPx: 168, fontPx: 13, snapPx: 0.5 }
    expect(wordWith(FIXTURES['feed-in'].chart!, 'Best', phone)?.lines).toEqual(['Best 2 h:', '14c'])
  })

  test('out of view has no bracket', () => {
    const view = chart(evening, { bestWindow: { ...bestWindow, startMs: hour(30), endMs: hour(32) } })
    expect(chartWords(view, planeOf(view)).bracket).toBeUndefined()
  })
})

describe('a demand window', () => {
  const demand = (from: number, to: number) => ({
    demandWindows: [{ startMs: hour(from), endMs: hour(to), text: 'Demand window 3–9 pm' }],
  })

  test('that is to come is named before its hatch', () => {
    expect(wordWith(chart(evening, demand(8, 14)), 'Demand')?.box.x1).toBeLessThanOrEqual(800)
  })

  test('that has begun is named after its hatch', () => {
    expect(wordWith(chart(evening, demand(1, 7)), 'Demand')?.box.x0).toBeGreaterThanOrEqual(700)
  })

  test('is named in two lines where one is too long for the room beside it', () => {
    const narrow = { ...FRAME, widthPx: 390, heightPx: 200, fontPx: 13 }
    expect(wordWith(chart([step(0, 18, 20)], demand(9, 16)), 'Demand', narrow)?.lines).toHaveLength(2)
  })

  test('goes over the hatch where the curve leaves room nowhere else', () => {
    const full = chart([step(0, 18, 80)], demand(4, 17))
    const word = wordWith(full, 'Demand')
    expect(word?.anchor).toBe('middle')
    expect(word?.box.y1).toBeLessThanOrEqual(planeOf(full).y(80))
  })

  test('is left out rather than laid over the curve or another word', () => {
    const labels = [{ atMs: hour(10.5), strong: '80c', text: 'about 1:30 pm' }]
    const full = chart([step(0, 9, 80), step(9, 12, 80), step(12, 18, 80)], { ...demand(4, 17), labels })
    expect(textsOf(full)).toContain('80c about 1:30 pm')
    expect(wordWith(full, 'Demand')).toBeUndefined()
  })
})

describe('the axis', () => {
  test('names its rules where the curve leaves them free', () => {
    expect(textsOf(chart([step(0, 18, 10)]))).toEqual(['20c', '40c', '80c'])
  })

  test('leaves out what the curve covers', () => {
    expect(textsOf(chart([step(0, 17, 10), step(17, 18, 60)]))).toEqual(['80c'])
  })

  test('says dollars above the break', () => {
    expect(textsOf(chart([step(0, 1, 1700), step(1, 18, 10)]))).toContain('$20')
  })

  test('in a low chart names of a spike’s rules those that stand clear of its break', () => {
    const spike = chart([step(0, 1, 1700), step(1, 18, 10)])
    const low = { widthPx: 800, heightPx: 108, fontPx: 15, snapPx: 1 }
    expect(textsOf(spike).filter((text) => /^[$\d]/.test(text))).toEqual(
      expect.arrayContaining(['40c', '80c', '$20']),
    )
    expect(textsOf(spike, low).filter((text) => /^[$\d]/.test(text))).toEqual(['80c', '$20'])
  })
})

describe('words of every state', () => {
  const charts = Object.entries(FIXTURES).flatMap(([name, view]) =>
    'chart' in view ? [[name, view.chart] as const] : [],
  )
  const frames = [
    { widthPx: 800, heightPx: 141, fontPx: 14.9, snapPx: 1 },
    { widthPx: 1920, heightPx: 318, fontPx: 33.5, snapPx: 1 },
    { widthPx: 390, heightPx: 168, fontPx: 13, snapPx: 0.5 },
    { widthPx: 320, heightPx: 168, fontPx: 26, snapPx: 0.5 },
  ]

  test.each(charts)('of %s never lie on one another or out of sight', (_, view) => {
    for (const frame of frames) {
      const boxes = wordsOf(view!, frame).map(({ box }) => box)
      const pairs = boxes.flatMap((box, i) => boxes.slice(i + 1).map((other) => [box, other] as const))
      expect(pairs.filter(([a, b]) => overlaps(a, b))).toEqual([])
      for (const box of boxes) {
        expect(box.x0).toBeGreaterThanOrEqual(0)
        expect(box.x1).toBeLessThanOrEqual(frame.widthPx)
      }
    }
  })
})

describe('the hours', () => {
  const tick = (at: number, text = '9 pm', isDay = false) => ({ atMs: hour(at), text, isDay })
  const shown = (ticks: ReturnType<typeof tick>[], widthPx = 1800) =>
    hours(ticks, planeOf(chart([]), { ...FRAME, widthPx })).map(({ text }) => text)

  test('stand at their time', () => {
    expect(hours([tick(6)], planeOf(chart([])))[0]?.x).toBe(600)
  })

  test('are left out on the mast and at the edges', () => {
    expect(shown([tick(0, '6 am'), tick(3, '9 am'), tick(6, 'noon'), tick(18, 'Wed', true)])).toEqual([
      'noon',
    ])
  })

  test('stand beside the mast of a phone as soon as they do not touch it', () => {
    const onPhone = (at: number) =>
      hours([tick(at, '6 pm')], planeOf(chart([]), { ...FRAME, widthPx: 390, fontPx: 13 })).length
    expect([3.5, 3.8, 3.95, 4.2].map(onPhone)).toEqual([0, 0, 1, 1])
  })

  test('are left out where they would touch the one before', () => {
    expect(shown([tick(6, '6 pm'), tick(9, '9 pm'), tick(12, 'Wed', true)], 120)).toEqual(['6 pm', 'Wed'])
  })
})

describe('the export ribbon', () => {
  const stretch = (from: number, to: number, cents = -33): ExportStretch => ({
    startMs: hour(from),
    endMs: hour(to),
    lowCents: cents,
    highCents: cents,
    text: cents > 0 ? `costs ${cents}c` : `earn ${-cents}c`,
    level: cents > 0 ? 5 : 1,
  })
  const parts = (...stretches: ReturnType<typeof stretch>[]) => {
    const view = chart([], { exports: stretches })
    return ribbonParts(stretches, planeOf(view))
  }

  test('begins at the mast', () => {
    expect(parts(stretch(0, 2), stretch(2, 5))).toMatchObject([{ x: 300, width: 199, text: 'earn 33c' }])
  })

  test('says it in words: of costs between what is earned at least that it costs, or nothing', () => {
    const words = parts(stretch(3, 4), stretch(4, 4.35, 3), stretch(4.35, 4.7), stretch(4.7, 4.8, 3))
    expect(words.map(({ text }) => text)).toEqual(['earn 33c', 'costs', 'earn', ''])
  })

  test('joins what has no room for its words to the neighbour whose price is nearest', () => {
    const hasRoom = ({ startMs, endMs }: ExportStretch) => endMs - startMs >= hour(1) - hour(0)
    const joined = (...stretches: ExportStretch[]) =>
      withRoom(stretches, hasRoom).map(({ startMs, endMs, text }) => [
        (startMs - hour(0)) / HOUR_MS,
        (endMs - hour(0)) / HOUR_MS,
        text,
      ])
    expect(joined(stretch(3, 4, -19), stretch(4, 4.5, -12), stretch(4.5, 6, -8))).toEqual([
      [3, 4, 'earn 19c'],
      [4, 6, 'earn 8\u201312c'],
    ])
    expect(joined(stretch(3, 3.4, -19), stretch(3.4, 3.8, -12), stretch(3.8, 4.2, -8))).toEqual([
      [3, 4.2, 'earn 8\u201319c'],
    ])
    // Never what costs to what earns, nor across a gap.
    const apart = [stretch(3, 3.5, -2), stretch(3.5, 4, 2), stretch(4.5, 5, 2)]
    expect(withRoom(apart, hasRoom)).toEqual(apart)
  })

  test('is named left of the mast', () => {
    expect(ribbonName(planeOf(chart([])))).toBe('Solar export')
    expect(ribbonName(planeOf(chart([]), { ...FRAME, widthPx: 300 }))).toBe('Export')
  })

  test('takes no room without feed-in', () => {
    expect(planeOf(chart([])).ribbon).toBeUndefined()
  })
})

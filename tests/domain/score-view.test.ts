import { expect, test } from 'vitest'
import { EMPTY_TALLY, type ForecastTally, type TallyCell } from '#domain/forecast/tally.ts'
import { scoreView, untoldScore } from '#domain/score-view.ts'

const CELL = EMPTY_TALLY.cells[0]![0]!

/** An hour of forecasts 1 to 3 hours ahead in each hour of the day, but what is changed. */
function tally(days: number, cell: Partial<TallyCell>, more: Partial<ForecastTally> = {}): ForecastTally {
  const own: TallyCell = { ...CELL, minutes: 60, bandMinutes: 60, ...cell }
  return {
    cells: EMPTY_TALLY.cells.map((hours, lead) =>
      lead === 2
        ? hours.map((_, hour) => (hour === 18 ? { ...own, amberOff: own.amberOff * 2 } : own))
        : hours,
    ),
    bins: EMPTY_TALLY.bins.map((counts, lead) =>
      lead === 2 ? counts.map((_, bin) => (bin > 28 && bin < 40 ? 60 : 0)) : counts,
    ),
    days: EMPTY_TALLY.days.map((_, lead) => (lead === 2 ? days : 0)),
    ...more,
  }
}

const GOOD = { amberOff: 300, aemoOffThere: 420, withinMinutes: 36 }

test('says how far off the forecasts were, whose were closer, and about when they are least sure', () => {
  const view = scoreView(tally(30, GOOD))
  expect(view.sentence).toBe('Forecasts 1 to 3 hours ahead were 5.2c out on average.')
  expect(view.detail).toBe(
    'Over 30 days. Amber’s own were closer than AEMO’s, 5.2c against 7.0c. Least sure about 6\u00a0pm: 10.0c.',
  )
  expect(view.leads).toEqual([
    {
      short: '3 h',
      lead: '1 to 3 hours ahead',
      amber: '5.2c',
      aemo: '7.0c',
      held: '60%',
      amberOffCents: 125 / 24,
      aemoOffCents: 7,
    },
  ])
  expect(view.hours).toHaveLength(24)
  expect(view.hoursSummary).toBe('Least sure about 6\u00a0pm, 10.0c out; surest about midnight, 5.0c.')
  expect(view.hours[18]).toEqual({ hour: 18, text: '6\u00a0pm', offCents: 10, off: '10.0c' })
})

test.each([
  [
    'AEMO’s were closer',
    { ...GOOD, aemoOffThere: 240 },
    'AEMO’s were closer than Amber’s own, 4.0c against 5.2c.',
  ],
  ['both were as good', { ...GOOD, aemoOffThere: 312.5 }, 'Amber’s own and AEMO’s were equally close.'],
  ['they were too high', { ...GOOD, amberBias: 180 }, 'On average they were 3c too high.'],
  ['they were too low', { ...GOOD, amberBias: -120 }, 'On average they were 2c too low.'],
  ['Amber gave none', { bandMinutes: 0, aemoOff: 240 }, 'By AEMO’s forecast: Amber gave none of its own.'],
])('says when %s', (_, cell, text) => expect(scoreView(tally(30, cell)).detail).toContain(text))

test('is silent, and does not call them few, before the Pi has told', () => {
  const { sentence, ...rest } = untoldScore()
  expect(sentence).toBe('Your Pi has yet to tell how good the forecasts were.')
  expect({ ...rest, detail: '' }).toEqual({ ...scoreView(), sentence: undefined, detail: '' })
})

test('is silent where there is too little', () => {
  for (const little of [undefined, EMPTY_TALLY, tally(6, GOOD)]) {
    expect(scoreView(little)).toEqual({
      sentence: 'Too few forecasts have come due to judge them.',
      detail:
        'Each is compared with the price that came. After 7 days this screen says how far out they were.',
      leads: [],
      hours: [],
      hoursSummary: '',
      spikes: '',
      band: '',
    })
  }
})

test.each([
  [
    'as true as it should be',
    30,
    { ...GOOD, withinMinutes: 47 },
    'Amber’s band held the price 78% of the time.',
  ],
  [
    'too narrow, and another is drawn',
    30,
    GOOD,
    'Amber’s band held the price 60% of the time. A band that held it 80% of the time here is drawn instead, unless Settings say otherwise.',
  ],
  [
    'too narrow, with too little to draw another',
    10,
    GOOD,
    'Amber’s band held the price 60% of the time. After 14 days a band that fits this home can be drawn.',
  ],
  ['not given', 30, { bandMinutes: 0, aemoOff: 240 }, ''],
])('the band is %s', (_, days, cell, text) => expect(scoreView(tally(days, cell)).band).toBe(text))

test.each([
  [{ spikeMinutes: 22.5, spikeCameMinutes: 5 }, 'Of 9 hours of spike foretold 1 to 3 hours ahead, 2 came.'],
  [{ spikeMinutes: 2.5, spikeCameMinutes: 0 }, 'Of 1 hour of spike foretold 1 to 3 hours ahead, none came.'],
  [
    { spikeMinutes: 3.75, spikeCameMinutes: 1.25 },
    'Of 1.5 hours of spike foretold 1 to 3 hours ahead, 0.5 came.',
  ],
  [{}, ''],
])('of the spikes foretold it says how many came (case %#)', (cell, text) => {
  expect(scoreView(tally(30, { ...GOOD, ...cell })).spikes).toBe(text)
})

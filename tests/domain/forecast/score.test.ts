import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, localDay } from '#domain/calendar.ts'
import { binOf, centsAt, EMPTY_BINS, ratioAtShare, ratioOf } from '#domain/forecast/band-ratio.ts'
import { calibratedPrices, calibrationOf } from '#domain/forecast/calibration.ts'
import { forecastBy } from '#domain/forecast/chosen-forecast.ts'
import { leadIndex } from '#domain/forecast/lead-time.ts'
import { isBandTrue, scoreByHour, scoreByLead, spikeRecords } from '#domain/forecast/score.ts'
import { addedTallies, EMPTY_TALLY, forecastTally, type Vintage } from '#domain/forecast/tally.ts'
import { HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import { datesOf } from '#domain/local-period.ts'
import type { PriceInterval } from '#domain/price.ts'
import { band } from '#domain/shown-price.ts'
import { date } from '../money/sample-usage.ts'
import { forecast, price, SYDNEY } from '../sample-facts.ts'

const HALF_MS = 30 * MINUTE_MS
const DAY = localDay(date('2026-11-24'), SYDNEY)
const span = DAY
const request = { span, timeZone: SYDNEY }

const predicted = (
  startMs: number,
  cents: number,
  low: number,
  middle: number,
  high: number,
  minutes = 30,
) => ({
  startMs,
  endMs: startMs + minutes * MINUTE_MS,
  cents,
  band: { low, predicted: middle, high },
})
const at = (hour: number) => DAY.startMs + hour * HOUR_MS
const came = (hour: number, cents: number) => price(at(hour), 30, cents)
const only = (vintages: readonly Vintage[], prices: readonly PriceInterval[]) => {
  const tally = forecastTally(vintages, prices, request)
  // A week of the same day, so that it is enough to speak of.
  return addedTallies(Array.from({ length: 7 }, () => tally))
}

describe('the score', () => {
  test('is how far off the forecasts were, Amber’s and AEMO’s, and how often the band held', () => {
    const vintages = [
      {
        madeAtMs: at(8),
        intervals: [
          predicted(at(10), 30, 20, 25, 35),
          predicted(at(10.5), 30, 20, 25, 35),
          predicted(at(11), 20, 20, 25, 35),
        ],
      },
    ]
    const [score, ...others] = scoreByLead(only(vintages, [came(10, 27), came(10.5, 45), came(11, 20)]))
    expect(others).toEqual([])
    expect(score).toMatchObject({
      lead: { text: '1 to 3 hours ahead' },
      days: 7,
      hours: 10.5,
      aemoOffCents: (3 + 15 + 0) / 3,
      heldShare: 2 / 3,
    })
    expect(score!.amberOffCents).toBeCloseTo((2 + 20 + 5) / 3, 9)
    expect(score!.amberBiasCents).toBeCloseTo((-2 - 20 + 5) / 3, 9)
  })

  test('is by hour of the home’s day', () => {
    const vintages = [
      { madeAtMs: at(8), intervals: [predicted(at(10), 30, 20, 25, 35), predicted(at(18), 70, 40, 60, 80)] },
    ]
    const hours = scoreByHour(only(vintages, [came(10, 25), came(18, 90)]))
    expect(hours.map(({ hour, amberOffCents }) => [hour, amberOffCents])).toEqual([
      [10, 0],
      [18, 30],
    ])
  })

  test('weighs each interval by its length', () => {
    const vintages = [
      { madeAtMs: at(8.5), intervals: [predicted(at(10), 0, 0, 30, 60), predicted(at(11), 0, 0, 60, 90, 5)] },
    ]
    const [score] = scoreByLead(only(vintages, [came(10, 30), price(at(11), 5, 25)]))
    expect(score!.amberOffCents).toBeCloseTo((0 * 30 + 35 * 5) / 35, 9)
  })

  test('averages the five minutes that came in a half hour that was predicted', () => {
    const fives = Array.from({ length: 6 }, (_, index) =>
      price(at(10) + index * 5 * MINUTE_MS, 5, index * 10),
    )
    const vintages = [{ madeAtMs: at(9), intervals: [predicted(at(10), 25, 20, 25, 30)] }]
    expect(scoreByLead(only(vintages, fives))[0]!.amberOffCents).toBeCloseTo(0, 9)
    expect(scoreByLead(only(vintages, fives.slice(1)))).toEqual([])
  })

  test('counts nothing that never settled, that had begun, or that lies outside of the days asked for', () => {
    const row = predicted(at(10), 25, 20, 25, 30)
    const settled = [came(10, 25)]
    expect(only([{ madeAtMs: at(9), intervals: [row] }], [forecast(at(10), 30, 25)])).toEqual(EMPTY_TALLY)
    expect(only([{ madeAtMs: at(10.1), intervals: [row] }], settled)).toEqual(EMPTY_TALLY)
    const tomorrow = predicted(at(25), 25, 20, 25, 30)
    expect(only([{ madeAtMs: at(9), intervals: [tomorrow] }], [came(25, 20)])).toEqual(EMPTY_TALLY)
  })

  test('has AEMO’s alone where Amber gave no forecast of its own', () => {
    const row = { startMs: at(10), endMs: at(10.5), cents: 31 }
    const [score] = scoreByLead(only([{ madeAtMs: at(9), intervals: [row] }], [came(10, 25)]))
    expect(score).toMatchObject({ amberOffCents: undefined, heldShare: undefined, aemoOffCents: 6 })
    expect(isBandTrue(score!)).toBeUndefined()
  })

  test('is silent before there is a week of it', () => {
    const vintages = [{ madeAtMs: at(9), intervals: [predicted(at(10), 25, 20, 25, 30)] }]
    const tally = forecastTally(vintages, [came(10, 25)], request)
    expect(scoreByLead(addedTallies(Array.from({ length: 6 }, () => tally)))).toEqual([])
    expect(scoreByHour(tally)).toEqual([])
    expect(scoreByLead(addedTallies(Array.from({ length: 7 }, () => tally)))).toHaveLength(1)
  })

  test('says how many of the spikes that were foretold came', () => {
    const rows = [0, 1, 2, 3].map((index) => predicted(at(17 + index / 2), 500, 100, 400, 900))
    const prices = [came(17, 350), came(17.5, 90), came(18, 1200), came(18.5, 60)]
    const records = spikeRecords(forecastTally([{ madeAtMs: at(15.5), intervals: rows }], prices, request))
    expect(
      records.map(({ lead, predictedHours, cameHours }) => [lead.short, predictedHours, cameHours]),
    ).toEqual([['3 h', 2, 1]])
  })
})

test.each([
  [0, '½ h'],
  [0.5, '½ h'],
  [0.6, '1 h'],
  [3, '3 h'],
  [23, '24 h'],
  [30, 'over 24 h'],
])('%f hours ahead is the lead time %s', (hours, short) => {
  const index = leadIndex({ startMs: hours * HOUR_MS }, 0)
  expect(['½ h', '1 h', '3 h', '6 h', '12 h', '24 h', 'over 24 h'][index!]).toBe(short)
})

/** Numbers that look thrown and are the same each time. */
function dice(seed: number) {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

test('an interval is counted in the span that it begins in, and in no other', () => {
  const starts = [span.startMs - HALF_MS, span.startMs, span.endMs - HALF_MS, span.endMs]
  const vintages = [
    { madeAtMs: span.startMs - HOUR_MS, intervals: starts.map((ms) => predicted(ms, 30, 25, 30, 35)) },
  ]
  const prices = starts.map((ms) => price(ms, 30, 30))
  const { cells } = forecastTally(vintages, prices, request)
  expect(cells.flat().reduce((sum, { minutes }) => sum + minutes, 0)).toBe(60)
})

/** Each day: a forecast made at 6 am for 8 am to 6 pm, with a band half as wide as it should be. */
function invented(days: number, seed: number, widthCents = 5) {
  const next = dice(seed)
  const dates = datesOf({ fromDate: date('2026-06-01'), toDate: addDays(date('2026-06-01'), days - 1) })
  return dates.map((day) => {
    const { startMs } = localDay(day, SYDNEY)
    const starts = Array.from({ length: 20 }, (_, index) => startMs + 8 * HOUR_MS + index * HALF_MS)
    return {
      span: localDay(day, SYDNEY),
      vintages: [
        {
          madeAtMs: startMs + 6 * HOUR_MS,
          intervals: starts.map((ms) => predicted(ms, 30, 30 - widthCents, 30, 30 + widthCents)),
        },
      ],
      prices: starts.map((ms) => price(ms, 30, 30 + (next() + next() + next() - 1.5) * 20)),
    }
  })
}

const tallyOf = (days: ReturnType<typeof invented>) =>
  addedTallies(
    days.map(({ vintages, prices, span: own }) =>
      forecastTally(vintages, prices, { span: own, timeZone: SYDNEY }),
    ),
  )

describe('the calibrated band', () => {
  test('is silent with too little to go by', () => {
    expect(calibrationOf(EMPTY_TALLY).every((ends) => ends === undefined)).toBe(true)
    expect(calibrationOf(tallyOf(invented(13, 5))).every((ends) => ends === undefined)).toBe(true)
    expect(calibrationOf(tallyOf(invented(14, 5))).some((ends) => ends !== undefined)).toBe(true)
  })

  test.each([2, 5, 40])(
    'holds four prices in five that it has not seen, whatever Amber’s width of %i cents says',
    (width) => {
      const calibration = calibrationOf(tallyOf(invented(30, 11, width)))
      const later = invented(30, 77, width)
      const outcomes = later.flatMap(({ vintages, prices }) =>
        vintages[0]!.intervals.map((row, index) => {
          const [seen] = calibratedPrices(
            [forecast(row.startMs, 30, 30, { advanced: row.band, madeAtMs: vintages[0]!.madeAtMs })],
            calibration,
          )
          const { lowCents, highCents } = band(seen!)!
          const actual = prices[index]!.centsPerKwh
          return lowCents <= actual && actual <= highCents
        }),
      )
      const share = outcomes.filter(Boolean).length / outcomes.length
      expect(share).toBeGreaterThan(0.74)
      expect(share).toBeLessThan(0.86)
    },
  )

  test('leaves the prediction, settled prices and lead times without history as they are', () => {
    const calibration = calibrationOf(tallyOf(invented(30, 11)))
    const row = forecast(at(10), 30, 31, { advanced: { low: 25, predicted: 30, high: 35 }, madeAtMs: at(6) })
    const rows = [
      price(at(9), 30, 20),
      row,
      { ...row, madeAtMs: at(9.75) },
      forecast(at(11), 30, 20, { madeAtMs: at(6) }),
    ]
    const seen = calibratedPrices(rows, calibration)
    expect(seen[1]!.advanced!.predicted).toBe(30)
    expect(seen[1]!.advanced!.high).toBeGreaterThan(35)
    expect([seen[0], seen[2], seen[3]]).toEqual([rows[0], rows[2], rows[3]])
    expect(calibratedPrices(rows, calibration)).toBe(seen)
  })

  test('keeps Amber’s order of feed-in, whose high is the lower number', () => {
    const calibration = calibrationOf(tallyOf(invented(30, 11)))
    const row = forecast(at(10), 30, -5, {
      channel: 'feedIn',
      advanced: { low: -2, predicted: -5, high: -9 },
      madeAtMs: at(6),
    })
    const { low, predicted: middle, high } = calibratedPrices([row], calibration)[0]!.advanced!
    expect([low > middle, middle > high]).toEqual([true, true])
  })
})

describe('where a price came to lie in a band', () => {
  const anyBand = fc
    .tuple(
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: -200, max: 2000 }),
      fc.integer({ min: 0, max: 900 }),
    )
    .map(([down, middle, up]) => ({ low: middle - down, predicted: middle, high: middle + up }))

  test('tells the price again, whatever the band', () => {
    fc.assert(
      fc.property(anyBand, fc.integer({ min: -500, max: 3000 }), (ends, actual) => {
        const ratio = ratioOf({ startMs: 0, endMs: 1, cents: 0, band: ends }, actual)!
        expect(centsAt(ratio, ends)).toBeCloseTo(actual, 6)
        expect(binOf(ratio)).toBeGreaterThanOrEqual(0)
        expect(binOf(ratio)).toBeLessThan(EMPTY_BINS.length)
      }),
    )
  })

  test('is split where the share lies, within a bin', () => {
    const bins = EMPTY_BINS.map((_, index) => (index >= 32 && index < 36 ? 10 : 0))
    expect(ratioAtShare(bins, 0.5)).toBeCloseTo(0.5, 9)
    expect(ratioAtShare(bins, 0.9)).toBeCloseTo(0.9, 9)
    expect(ratioAtShare(EMPTY_BINS, 0.5)).toBeUndefined()
  })
})

test('tallies of days add up to the tally of all of them, in any order', () => {
  const days = invented(10, 3)
  const whole = forecastTally(
    days.flatMap(({ vintages }) => vintages),
    days.flatMap(({ prices }) => prices),
    { span: { startMs: days[0]!.span.startMs, endMs: days.at(-1)!.span.endMs }, timeZone: SYDNEY },
  )
  for (const some of [days, days.toReversed()]) {
    const { cells, bins, days: counted } = tallyOf(some)
    expect(bins).toEqual(whole.bins)
    expect(counted).toEqual(whole.days)
    for (const [lead, hours] of cells.entries()) {
      for (const [hour, cell] of hours.entries()) {
        expect(cell.amberOff).toBeCloseTo(whole.cells[lead]![hour]!.amberOff, 6)
        expect(cell.minutes).toBe(whole.cells[lead]![hour]!.minutes)
      }
    }
  }
})

test('a tally of another shape, from an older version, is not added', () => {
  const tally = tallyOf(invented(7, 3))
  const old = { ...tally, bins: tally.bins.slice(1) }
  expect(addedTallies([tally, old])).toEqual(addedTallies([tally]))
})

test.each([
  [
    'a forecast',
    forecast(0, 30, 31, { advanced: { low: 20, predicted: 25, high: 28 } }),
    { low: 20, predicted: 31, high: 31 },
  ],
  [
    'feed-in',
    forecast(0, 30, -1, { channel: 'feedIn', advanced: { low: -2, predicted: -5, high: -9 } }),
    { low: -1, predicted: -1, high: -9 },
  ],
] as const)('by AEMO, %s is predicted as AEMO has it, and the band holds it', (_, row, advanced) => {
  const [seen] = forecastBy([row], 'aemo')
  expect(seen!.advanced).toEqual(advanced)
  const rows = [row]
  expect(forecastBy(rows, 'amber')).toBe(rows)
  expect(forecastBy(rows, 'aemo')).toBe(forecastBy(rows, 'aemo'))
})

import { describe, expect, test } from 'vitest'
import { addDays, localDate, localDay } from '#domain/calendar.ts'
import type { HomeFacts } from '#domain/home-facts.ts'
import type { SyncOutcome } from '#domain/household.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import { nowView } from '#domain/now-view.ts'
import {
  at,
  factsOf,
  feedIn,
  forecast,
  HOUSEHOLD,
  inTouch,
  liveFacts,
  price,
  rows,
  SYDNEY,
  usageOfDay,
  WEEKDAY,
} from './sample-facts.ts'

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('\u00a0', ' '))
const NOW = at(10, 2, 41)
const view = (facts: HomeFacts, nowMs: number, options = {}) => nowView(facts, nowMs, options)
const factTexts = ({ facts }: ReturnType<typeof nowView>) =>
  facts.map(({ caption, text, note }) =>
    [caption, text, note].filter(Boolean).join(' | ').replaceAll('\u00a0', ' '),
  )

describe('a live price', () => {
  const live = view(liveFacts({ nowMs: NOW }), NOW)

  test('is shown with its word, its end and what follows', () => {
    expect(plain(live)).toMatchObject({
      certainty: 'live',
      clock: '10:02',
      weekday: 'Tuesday',
      day: '24 November',
      shortDay: 'Tue 24',
      price: { level: 2, word: 'Very cheap', text: '19c', until: 'until 10:05', parts: 5 },
      before: { caption: 'At 9 am', text: '23c' },
      readyBy: 'by 7 am',
    })
    expect(live.price?.next).toEqual({ caption: 'from 10:05', text: '19c' })
    expect(live.headline).toBeUndefined()
  })

  test('says when it was confirmed, and on a phone how long ago', () => {
    expect(live.status).toMatchObject({
      mark: 'live',
      strong: 'Live.',
      text: 'Confirmed at 10:00:24',
      aged: 'Confirmed at 10:00:24, 2\u00a0minutes\u00a0ago',
    })
  })

  test('drains the rest of its interval', () => {
    expect(live.price?.remaining).toBeCloseTo(139 / 300)
  })

  test('advises on the two appliances, and names the grid', () => {
    expect(factTexts(live).slice(1)).toEqual([
      'Dishwasher | Run it now | 20c',
      'EV, 22 kWh | Charge now | $3.59',
      'Grid now | 63% | renewable',
    ])
    const evening = view(liveFacts({ nowMs: at(18, 12) }), at(18, 12))
    expect(factTexts(evening).slice(1, 3)).toEqual([
      'Dishwasher | 2 am | saves 32c',
      'EV, 22 kWh | 1 am | saves $4.82',
    ])
  })

  test('is read as a whole hour where it ends on one', () => {
    const noon = view(liveFacts({ nowMs: at(11, 57) }), at(11, 57))
    expect(noon.price?.until).toBe('until noon')
  })

  test('lets the car pause where that is worth it, and says that it charges in parts', () => {
    const nowMs = at(18, 12)
    const factsBy = (cheap: readonly number[]) => {
      const profile = WEEKDAY.map((_, half) => (cheap.includes(half) ? 10 : 40))
      return factTexts(view(liveFacts({ nowMs, profile }), nowMs))
    }
    expect(factsBy([44, 45, 2, 3, 6, 7])[2]).toBe('EV, 22 kWh | 10 pm | in parts, saves $6.60')
    expect(factsBy([2, 3, 4, 5, 6, 7])[2]).toBe('EV, 22 kWh | 1 am | saves $6.60')
    expect(factsBy([36, 37, 2, 3, 6, 7])[2]).toMatch(/^EV, 22 kWh \| Now, in parts \| saves /)
  })
})

describe('an estimate', () => {
  const estimate = (nowMs: number, more = {}) =>
    view(liveFacts({ nowMs, current: { estimate: true }, ...more }, {}), nowMs)

  test('is about, and says when it usually settles', () => {
    const shown = estimate(at(10, 0, 20))
    expect(shown.certainty).toBe('estimate')
    expect(shown.price).toMatchObject({ word: 'Very cheap', until: 'about' })
    expect(shown.status).toMatchObject({ strong: 'Estimate.', text: 'Usually settles by 10:00:30' })
  })

  test('stays an estimate when its confirmation is late, and says that it is', () => {
    expect(estimate(at(10, 4))).toMatchObject({
      certainty: 'estimate',
      status: { text: 'The confirmed price is late' },
    })
  })

  test('says once that its confirmation is late, on a phone and in the kitchen', () => {
    expect(estimate(at(10, 4)).status).toMatchObject({
      aged: 'The confirmed price is late',
      links: 'Pi and internet working',
    })
  })

  test('of a half hour settles in its last five minutes, in six parts', () => {
    const shown = estimate(at(10, 12), { stepMinutes: 30 })
    expect(shown.status).toMatchObject({
      text: 'Usually settles by 10:25',
      links: 'Pi, internet and Amber all working',
    })
    expect(shown.price?.parts).toBe(6)
  })
})

describe('a forecast that was stored', () => {
  const madeAtMs = at(14, 25)
  const lost = {
    amber: { answeredAtMs: madeAtMs, lostSinceMs: at(14, 29), outcome: 'unreachable' },
    pi: { answeredAtMs: at(16, 31) },
  } as const
  const stored = view(factsOf(rows({ nowMs: at(16, 31), madeAtMs }), lost), at(16, 31))

  test('is only probable, between its ends, and says how old it is', () => {
    expect(plain(stored)).toMatchObject({
      certainty: 'stored',
      price: {
        word: 'Probably cheap',
        text: '37c',
        until: 'until 5 pm',
        next: { caption: 'between', text: '31 and 48c' },
      },
      before: { caption: '2:25 pm, live', text: '19c' },
      status: {
        mark: 'stored',
        strong: 'Not live.',
        text: 'Forecast made 2:25 pm, 2 h 6 min ago',
        links: 'No internet since 2:29 pm. Pi working',
      },
    })
  })

  test('shows Amber’s prediction, not the price of the row', () => {
    expect(stored.price?.text).toBe('37c')
    const bare = rows({ nowMs: at(16, 31), madeAtMs }).map(({ advanced: _, ...row }) => row)
    const shown = view(factsOf(bare, lost), at(16, 31)).price
    expect(shown?.text).toBe('38c')
    expect(shown?.next).toEqual({ caption: 'from 5\u00a0pm', text: '43c' })
  })

  test('gives its end instead of the grid, and says what its advice rests on', () => {
    expect(factTexts(stored).at(-1)).toBe('Forecast ends | 8:30 pm | Wednesday')
    expect(stored.windows.map(({ note }) => note)).toEqual(Array(4).fill('by the stored forecast'))
    expect(plain(stored.windows[1])).toMatchObject({ label: '2 h', heading: 'Best 2 hours: 2 am' })
  })

  test('is never filled for a spike: maybe', () => {
    const facts = factsOf([forecast(at(16, 30), 30, 640, { madeAtMs })], lost)
    expect(view(facts, at(16, 31)).price).toMatchObject({ level: 6, word: 'Maybe a spike', text: '$6.40' })
  })

  test('that falls below zero says probably', () => {
    const facts = factsOf([forecast(at(16, 30), 30, -4, { madeAtMs })], lost)
    expect(view(facts, at(16, 31)).price).toMatchObject({
      level: 1,
      word: 'Probably paid to use',
      text: '\u22124c',
    })
  })
})

describe('when nothing covers now', () => {
  test('there is no price and no advice, but the last known one with its time', () => {
    const madeAtMs = at(14, 25)
    const facts = factsOf(rows({ nowMs: at(16), madeAtMs, hoursAhead: 4 }), inTouch(at(20)))
    const unknown = view(facts, at(20))
    expect(plain(unknown)).toMatchObject({
      certainty: 'unknown',
      headline: 'No price',
      status: { mark: 'unknown', strong: 'Unknown.', text: 'The forecast ran out at 6:30 pm' },
    })
    for (const sentence of Object.values(unknown.sentences))
      expect(plain(sentence)).toMatch(/^Last known 19c, 2:25 pm\./)
    // Once is enough: it does not stand under the clock as well.
    expect(unknown).not.toHaveProperty('before')
    expect(unknown.price).toBeUndefined()
    expect(factTexts(unknown).slice(1)).toEqual([
      'Dishwasher | Can’t tell | no price',
      'EV, 22 kWh | Can’t tell | no price',
      'Forecast ended | 6:30 pm | Tuesday',
    ])
    expect(unknown.windows.map(({ heading, note }) => [heading, note])).toContainEqual([
      'Best 2 hours: not known',
      'no price',
    ])
  })

  test('in a gap, it says when the next price begins', () => {
    const facts = factsOf([price(at(9), 30, 20), forecast(at(11), 30, 20)], inTouch(NOW))
    expect(view(facts, NOW)).toMatchObject({
      certainty: 'unknown',
      status: { text: 'No price before 11\u00a0am' },
    })
  })

  test('nothing stored at all is something else', () => {
    const empty = view(factsOf([], inTouch(NOW)), NOW)
    expect(empty).toMatchObject({
      certainty: 'empty',
      headline: 'No prices yet',
      status: { strong: 'No data yet.' },
    })
    expect(empty.chart).toBeUndefined()
  })

  test('without a household it still says something', () => {
    const { household: _, ...facts } = factsOf([], { amber: {}, pi: {} })
    expect(view(facts, NOW)).toMatchObject({ certainty: 'empty', demo: false, weekday: 'Tuesday' })
  })
})

describe('a clock that is behind', () => {
  const facts = liveFacts({ nowMs: NOW })

  test('by hours shows no price at all rather than an old one as live', () => {
    const slow = view(facts, at(8, 2))
    expect(slow).toMatchObject({ certainty: 'unknown', clock: '8:02', headline: 'No price' })
    expect(plain(slow.sentences)).toMatchObject({ short: 'This clock is slow. It is past 10 am.' })
    expect(slow.price).toBeUndefined()
    expect(slow.chart).toBeUndefined()
    expect(slow.yesterday).toMatchObject({ text: 'Not known' })
  })

  test('by a minute takes the newest price that has begun for now', () => {
    expect(view(facts, at(9, 59, 10))).toMatchObject({
      certainty: 'live',
      price: { text: '19c', remaining: 1 },
    })
    expect(view(facts, at(9, 57, 30)).certainty).toBe('unknown')
  })

  test('knows nothing of forecasts, which may lie ahead', () => {
    expect(view(factsOf([forecast(at(12), 30, 20), price(at(10), 5, 20)], inTouch(NOW)), NOW).certainty).toBe(
      'live',
    )
  })
})

describe('feed-in', () => {
  const general = rows({ nowMs: NOW })
  const withExport = (earned: number) =>
    view(factsOf([...general, ...feedIn(general, () => earned)], inTouch(NOW)), NOW)

  test.each([
    [8, 'earns 8c'],
    [-3, 'costs 3c'],
    [0, 'earns nothing'],
  ])('of %d c earned says so in words', (earned, text) => {
    expect(withExport(earned).price?.solarExport).toEqual({ caption: 'Solar export', text })
  })

  test.each([
    [8, 'earns about 8c', 'likely earns 8c'],
    [-3, 'costs about 3c', 'likely costs 3c'],
    [0, 'about nothing', 'likely nothing'],
  ])('of %d c earned is as doubtful as the price', (earned, estimated, foretold) => {
    const current = { estimate: true }
    const known = factsOf(
      [...rows({ nowMs: NOW, current }), ...feedIn(rows({ nowMs: NOW, current }), () => earned)],
      inTouch(NOW),
    )
    const text = (nowMs: number) => view(known, nowMs).price?.solarExport?.text
    expect(text(NOW)).toBe(estimated)
    expect(text(NOW + HOUR_MS)).toBe(foretold)
  })

  test('is not spoken of in a home without it', () => {
    const none = view(factsOf(general, inTouch(NOW)), NOW)
    expect(none.price?.solarExport).toBeUndefined()
    expect(none.chart?.exports).toEqual([])
  })
})

describe('a spike', () => {
  const spike = { centsPerKwh: 1702, spikeStatus: 'spike' } as const
  const shown = view(liveFacts({ nowMs: at(18, 41), current: spike }), at(18, 41))

  test('is set in dollars', () => {
    expect(shown.price).toMatchObject({
      level: 6,
      word: 'Spike',
      text: '$17.02',
      figure: { currency: '$', digits: '17.02' },
    })
  })

  test('puts the oven in place of an appliance', () => {
    const texts = factTexts(shown)
    expect(texts).toHaveLength(4)
    expect(texts[1]).toBe('Oven on, 2.4 kW | $40.85 | an hour')
    expect(texts[2]).toMatch(/^Dishwasher/)
  })
})

describe('a price below zero', () => {
  test('is paid to use, with a true minus', () => {
    const facts = liveFacts({ nowMs: NOW, current: { centsPerKwh: -3, descriptor: 'extremelyLow' } })
    expect(view(facts, NOW).price).toMatchObject({
      level: 1,
      word: 'Paid to use',
      text: '\u22123c',
      figure: { digits: '\u22123', unit: 'c' },
    })
  })
})

describe('the demo household', () => {
  test('is named, and its sentence is as useful as any', () => {
    const demo = view(liveFacts({ nowMs: NOW }, { household: { ...HOUSEHOLD, demo: true } }), NOW)
    expect(demo.demo).toBe(true)
    expect(demo.sentences).toEqual(view(liveFacts({ nowMs: NOW }), NOW).sentences)
  })
})

describe('yesterday', () => {
  const { startMs, endMs } = localDay(addDays(localDate(NOW, SYDNEY), -1), SYDNEY)
  const usage = usageOfDay(startMs, endMs)
  const of = (more: Partial<HomeFacts>) => {
    const shown = view(liveFacts({ nowMs: NOW }, more), NOW)
    return { kitchen: factTexts(shown)[0], phone: shown.yesterday.note, text: shown.yesterday.text }
  }

  test('is the cost of energy, and says so', () => {
    expect(of({ usage })).toEqual({
      kitchen: 'Yesterday | $6.84 | energy only',
      phone: '24.0 kWh, energy only',
      text: '$6.84',
    })
  })

  test('that is not in yet is not nothing', () => {
    expect(of({})).toEqual({
      kitchen: 'Yesterday | Not in yet',
      phone: 'usage comes once a day',
      text: 'Not in yet',
    })
  })

  test('that is not in yet waits for who is not reached', () => {
    const pi = { answeredAtMs: at(8, 40), lostSinceMs: at(8, 45) }
    expect(of({ pi }).phone).toBe('your Pi can\u2019t be reached since 8:45\u00a0am')
    const amber = (outcome: SyncOutcome) => ({ answeredAtMs: at(8, 40), lostSinceMs: at(8, 45), outcome })
    expect(of({ amber: amber('unreachable') }).phone).toBe('no internet since 8:45\u00a0am')
    expect(of({ amber: amber('unauthorised') }).phone).toBe('Amber refused the token')
  })

  test('is not in yet either while only its first hour is, which Amber told with the day before', () => {
    const firstHour = usage.filter((row) => row.startMs < startMs + HOUR_MS)
    expect(firstHour.length).toBeGreaterThan(0)
    expect(of({ usage: firstHour }).kitchen).toBe('Yesterday | Not in yet')
  })

  test('says how much of it is missing or estimated', () => {
    const household = { ...HOUSEHOLD, intervalMinutes: 30 }
    const partly = usage
      .slice(2)
      .map((row, index) => (index < 3 ? { ...row, quality: 'estimated' as const } : row))
    expect(of({ usage: partly, household })).toMatchObject({
      kitchen: 'Yesterday about | $6.56 | in part',
      phone: '23.0 kWh, energy only, 2 half hours missing, 3 half hours estimated',
    })
  })

  test('counts no hundreds of short intervals', () => {
    const estimated = usage.map((row) => ({ ...row, quality: 'estimated' as const }))
    const of5 = (rows: typeof usage) =>
      of({ usage: rows, household: { ...HOUSEHOLD, intervalMinutes: 5 } }).phone
    expect(of5(estimated)).toMatch(/, estimated$/)
    expect(of5([...usage.slice(0, 4), ...estimated.slice(4)])).toMatch(/, partly estimated$/)
  })

  test('counts what was sold, and earns in words', () => {
    const sold = usageOfDay(startMs, endMs, { channel: 'feedIn', identifier: 'B1', kwh: 1, costCents: -20 })
    expect(of({ usage: [...usage, ...sold] })).toMatchObject({
      kitchen: 'Yesterday | $2.76 | earned, energy only',
      phone: 'earned, 24.0 kWh used, 48.0 kWh sold, energy only',
    })
  })

  test('is a copy with its age when the Pi cannot be reached', () => {
    const pi = { answeredAtMs: at(8, 40), lostSinceMs: at(8, 45) }
    expect(of({ usage, pi }).phone).toBe('24.0 kWh, energy only, copy\u00a0of\u00a08:40\u00a0am')
  })

  test('is the home’s day, also at an hour when the NEM has another date', () => {
    const lateMs = at(0, 30)
    const shown = view(liveFacts({ nowMs: lateMs }, { usage }), lateMs)
    expect(shown.yesterday.text).toBe('$6.84')
  })
})

describe('walking on without contact', () => {
  const facts = factsOf(rows({ nowMs: at(14, 27), hoursAhead: 8 }), {
    amber: { answeredAtMs: at(14, 25), outcome: 'ok' },
    pi: { answeredAtMs: at(14, 26), lostSinceMs: at(14, 28) },
  })

  test('shows the stored forecast of each interval in turn for 40 minutes', () => {
    for (let minute = 0; minute < 40; minute += 5) {
      const nowMs = at(14, 30 + minute, 3)
      const index = Math.floor((nowMs - at(0)) / (30 * MINUTE_MS))
      const shown = view(facts, nowMs)
      expect(shown.certainty).toBe('stored')
      expect(shown.price?.text).toBe(`${Math.round(WEEKDAY[index]!)}c`)
      expect(shown.status.text).toContain('Forecast made 2:25')
    }
  })

  test('goes on to the last moment of the forecast, and not one further', () => {
    const endMs = Math.max(...facts.prices.map((row) => row.endMs))
    expect(view(facts, endMs - SECOND_MS).certainty).toBe('stored')
    expect(view(facts, endMs).certainty).toBe('unknown')
    expect(view(facts, endMs + 30 * HOUR_MS).certainty).toBe('unknown')
  })

  test('stays live to the end of the interval whose price is known', () => {
    expect(view(facts, at(14, 29, 59)).certainty).toBe('live')
  })
})

test('a 30-minute site is live once its half hour is settled', () => {
  const facts = liveFacts({ nowMs: at(10, 27), stepMinutes: 30 })
  expect(view(facts, at(10, 27))).toMatchObject({
    certainty: 'live',
    price: { parts: 6, until: 'until 10:30' },
  })
})

test('options change the appliances, the hour and the thresholds', () => {
  const shown = view(liveFacts({ nowMs: NOW }), NOW, {
    appliances: [{ name: 'Pool pump', kwh: 3, durationMinutes: 240 }],
    readyByMinute: 18 * 60 + 30,
    thresholds: [5, 10, 15, 18],
  })
  expect(shown.price?.word).toBe('Dear')
  expect(shown.readyBy).toBe('by 6:30\u00a0pm')
  expect(shown.facts[1]?.caption).toBe('Pool pump')
  expect(shown.windows.map(({ label }) => label)).toEqual(['1 h', '2 h', '3 h'])
})

describe('the best hours', () => {
  const two = (profile: readonly number[], nowMs = at(10)) =>
    plain(view(factsOf(rows({ nowMs, profile }), inTouch(nowMs)), nowMs).windows[1])
  /** Cents by half hour: so much but from 2 to 4 pm, when it is the other. */
  const dip = (cents: number, low: number) =>
    Array.from({ length: 48 }, (_, i) => (i >= 28 && i < 32 ? low : cents))

  test.each([
    ['later, by how much', dip(30, 20), { heading: 'Best 2 hours: 2 pm', note: '10c less per kWh' }],
    [
      'later, for next to nothing',
      dip(30, 29.8),
      { heading: 'Best 2 hours: 2 pm', note: 'hardly less than now' },
    ],
    ['now', dip(30, 40), { heading: 'Best 2 hours: now', note: '30c per kWh' }],
    [
      'later, and what a start now costs where the price is about to change',
      dip(30, 20).with(21, 50),
      { heading: 'Best 2 hours: 2 pm', note: '20c, started now 35c' },
    ],
    [
      'later, in full where it saves a dollar',
      dip(150, 20),
      { heading: 'Best 2 hours: 2 pm', note: '20c, started now $1.50' },
    ],
  ])('are %s', (_, profile, expected) => expect(two(profile)).toMatchObject(expected))
})

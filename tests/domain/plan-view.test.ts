import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Appliance } from '#domain/advice.ts'
import { HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import { nowView } from '#domain/now-view.ts'
import { type PlanRequest, type PlanView, planView } from '#domain/plan-view.ts'
import { spoken } from '#domain/plan-words.ts'
import type { NowViewOptions } from '#domain/situation.ts'
import { usageFrom } from './money/sample-usage.ts'
import { anyFacts } from './random-prices.ts'
import { at, factsOf, feedIn, HOUSEHOLD, inTouch, liveFacts, rows, WEEKDAY } from './sample-facts.ts'

const EVENING = at(18, 12)
const DISHWASHER: Appliance = { name: 'Dishwasher', kwh: 1.2, durationMinutes: 120 }
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')
const of = (
  sample: Partial<Parameters<typeof rows>[0]> = {},
  request: PlanRequest = {},
  options: NowViewOptions = { appliances: [DISHWASHER] },
): PlanView => {
  const nowMs = sample.nowMs ?? EVENING
  return planView(liveFacts({ nowMs, ...sample }), nowMs, request, options)
}
const flat = (cents: number) => WEEKDAY.map(() => cents)
const profile = (change: Record<number, number>) => WEEKDAY.map((_, index) => change[index] ?? 40)

describe('the sentence', () => {
  test.each<[string, PlanView, string]>([
    ['waits for the night', of(), 'Wait. Start the dishwasher at 2 am and pay 31c, not 63c.'],
    [
      'runs where it saves little',
      of({ nowMs: at(10, 2) }),
      'Run the dishwasher now. Waiting saves only 2c.',
    ],
    [
      'runs where nothing is cheaper',
      of({ profile: flat(30) }),
      'Run the dishwasher now and pay 36c. It won’t be cheaper before 7 am tomorrow.',
    ],
    [
      'runs where the forecast ends before the deadline',
      of({ profile: flat(30), hoursAhead: 6 }),
      'Run the dishwasher now and pay 36c. It won’t be cheaper as far as the forecast reaches.',
    ],
    [
      'names the risk of waiting',
      of({ spread: 1.2 }),
      'Run the dishwasher now. Waiting might save 32c, might cost 4c more.',
    ],
    [
      'earns where power is paid for',
      of({ profile: profile({ 4: -30, 5: -30, 6: -30, 7: -30 }) }),
      'Wait. Start the dishwasher at 2 am and earn 36c, not 48c.',
    ],
    [
      'pays nothing where the price is nothing',
      of({ profile: profile({ 4: 0, 5: 0, 6: 0, 7: 0 }) }),
      'Wait. Start the dishwasher at 2 am and pay nothing, not 48c.',
    ],
    [
      'charges a car',
      of({}, { appliance: 'EV' }, {}),
      'Wait. Charge the EV at 1 am and pay $5.64, not $10.46.',
    ],
    [
      'keeps to the time it must be ready by',
      of({}, { readyByMs: at(23) }),
      'Wait. Start the dishwasher at 9 pm and pay 37c, not 63c.',
    ],
  ])('%s', (_, view, sentence) => expect(plain(view.sentence)).toBe(sentence))

  test('charges in blocks, with a pause where the price rises in between', () => {
    const car = [{ name: 'EV', kwh: 14, durationMinutes: 120, blockMinutes: 30, runNow: 'Charge now' }]
    const two = profile({ 44: 10, 45: 10, 4: 10, 5: 10 })
    expect(plain(of({ profile: two }, {}, { appliances: car }).sentence)).toBe(
      'Wait. Charge the EV 10–11 pm and 2–3 am and pay $1.40, not $5.60.',
    )
    const begun = profile({ 36: 10, 37: 10, 4: 10, 5: 10 })
    expect(plain(of({ nowMs: at(18, 0, 30), profile: begun }, {}, { appliances: car }).sentence)).toBe(
      'Charge the EV now until 7 pm and 2–3 am and pay $1.44, not $3.52.',
    )
    const three = profile({ 44: 10, 0: 10, 4: 10, 8: 10 })
    expect(plain(of({ profile: three }, {}, { appliances: car }).sentence)).toBe(
      'Wait. Charge the EV in 4 parts from 10 pm and pay $1.40, not $5.60.',
    )
  })

  test('is only likely by a forecast that was made before contact was lost, and says when', () => {
    const facts = factsOf(rows({ nowMs: EVENING, madeAtMs: at(14, 25) }), {
      amber: { answeredAtMs: at(14, 25), lostSinceMs: at(14, 29), outcome: 'unreachable' },
      pi: { answeredAtMs: EVENING - 5000 },
    })
    const view = planView(facts, EVENING)
    expect(plain(view.sentence)).toBe('Wait. Start the dishwasher at 2 am: likely 31c, not 63c.')
    expect(plain(view.forecast)).toBe('By Amber’s own forecast, made 2:25 pm, 3 h 47 min ago.')
  })

  test.each([
    ['nothing is stored', factsOf([]), 'No prices yet, so nothing can be said of the dishwasher.'],
    [
      'nothing covers now',
      factsOf(rows({ nowMs: EVENING - 40 * HOUR_MS }), inTouch(EVENING)),
      'Can’t tell when to run the dishwasher: there is no price now.',
    ],
    [
      'the clock is slow',
      liveFacts({ nowMs: EVENING + 5 * HOUR_MS }),
      'Can’t tell when to run the dishwasher: there is no price now.',
    ],
    [
      'nothing known is long enough',
      liveFacts({ nowMs: EVENING, hoursAhead: 1 }),
      'Can’t tell when to run the dishwasher: no forecast reaches that far.',
    ],
  ])('cannot tell when %s', (_, facts, sentence) => {
    const view = planView(facts, EVENING)
    expect(plain(view.sentence)).toBe(sentence)
    expect(view.bars).toEqual([])
    expect(view.detail).toBe('')
  })

  test('says so where no appliance is set up', () => {
    const view = of({}, {}, { appliances: [] })
    expect(view).toMatchObject({ sentence: 'No appliance is set up yet.', bars: [], appliances: [] })
  })
})

describe('the bars', () => {
  test('are now and then, and how dear then may get', () => {
    expect(of().bars.map((bar) => plain(JSON.stringify({ ...bar, cents: Math.round(bar.cents) })))).toEqual([
      JSON.stringify({ caption: 'Start now', cents: 63, text: '63c', level: 5, isNow: true }),
      expect.stringContaining('"caption":"Start 2 am","cents":31,"text":"31c","level":2,"isNow":false'),
    ])
    expect(of().bars[1]!.worst).toMatchObject({ text: 'at worst 40c' })
  })

  test('have no dashed end where the high end adds nothing', () => {
    expect(of({ spread: 0 }).bars[1]).not.toHaveProperty('worst')
  })

  test('show what waiting would bring also where it is not advised', () => {
    expect(of({ nowMs: at(10, 2) }).bars.map(({ caption }) => plain(caption))).toEqual([
      'Start now',
      'Start 11:30 am',
    ])
  })
})

test.each<[string, PlanView, string]>([
  [
    'the saving, at worst, and another time',
    of(),
    'You keep 32c, or 23c if prices reach the high end of the forecast. 10:30 pm costs 2c more.',
  ],
  [
    'one saving where the high end takes nothing of it',
    of({ spread: 0 }),
    'You keep 32c. 10:30 pm costs 2c more.',
  ],
  [
    'what later would cost',
    of({ nowMs: at(10, 2) }),
    'At 11:30 am the dishwasher would cost 18c, at worst 24c.',
  ],
])('below the bars stands %s', (_, view, detail) => expect(plain(view.detail)).toBe(detail))

/** From 10 am to 3 pm so many kWh are sold in each half hour of the last weeks. */
function withSolar(nowMs: number, soldKwh: number) {
  const general = rows({ nowMs })
  const sold = usageFrom('2026-11-08', '2026-11-23', {
    kwh: (hour) => (hour >= 10 && hour < 15 ? soldKwh : 0),
    cents: () => -3,
    more: { channel: 'feedIn', identifier: 'B1' },
  })
  return {
    ...factsOf([...general, ...feedIn(general, () => 3)], inTouch(nowMs)),
    household: { ...HOUSEHOLD, channels: ['general', 'feedIn'] as const },
    usage: sold,
  }
}

test('one’s own panels are named where they usually have power to spare, and at worst are not counted on', () => {
  const nowMs = at(8, 3)
  const facts = withSolar(nowMs, 0.5)
  const view = planView(facts, nowMs)
  expect(plain(view.sentence)).toBe('Wait. Start the dishwasher at 10 am and pay 4c, not 30c.')
  expect(plain(view.detail)).toContain('Your panels usually have 100% of it to spare then.')
  expect(plain(planView({ ...facts, usage: [] }, nowMs).sentence)).toBe(
    'Wait. Start the dishwasher at 11:30 am and pay 18c, not 30c.',
  )
})

test.each([
  [
    'of both times where they have some at both',
    at(9, 2),
    0.2,
    /Your panels usually have 33% of it to spare now, 67% then\./,
  ],
  ['of now alone', at(14, 2), 0.2, /Your panels usually have 33% of it to spare now\.$/],
])('one’s own panels are named %s', (_, nowMs, kwh, detail) =>
  expect(plain(planView(withSolar(nowMs, kwh), nowMs).detail)).toMatch(detail),
)

describe('ready by', () => {
  test('is the household’s time, and can be moved by half hours', () => {
    const { readyBy } = of()
    expect(plain(readyBy!.text)).toBe('7 am tomorrow')
    expect([readyBy!.earlierMs, readyBy!.laterMs]).toEqual([at(30, 30), at(31, 30)])
  })

  test.each([
    [at(23), '11 pm'],
    [at(24 + 20), '8 pm tomorrow'],
  ])('may be chosen: %i', (readyByMs, text) => expect(plain(of({}, { readyByMs }).readyBy!.text)).toBe(text))

  test('is not sooner than a run takes', () => {
    expect(of({}, { readyByMs: EVENING + 119 * MINUTE_MS }).readyBy!.atMs).toBe(at(31))
    const tight = of({}, { readyByMs: at(20, 30) }).readyBy!
    expect(tight.atMs).toBe(at(20, 30))
    expect(tight).not.toHaveProperty('earlierMs')
  })

  test('is not later than what is known', () => {
    expect(of({ hoursAhead: 8 }, { readyByMs: at(31) }).readyBy).not.toHaveProperty('laterMs')
    // An address may ask for anything.
    const { readyBy, timetable } = of({ hoursAhead: 8 }, { readyByMs: at(24 * 365 * 70) })
    expect(readyBy!.atMs).toBe(at(31))
    expect(timetable!.endMs).toBe(at(31))
  })
})

describe('the timetable', () => {
  test('reaches from now to the deadline, with the run in it, by the hour', () => {
    const { timetable } = of()
    expect([timetable!.startMs, timetable!.endMs]).toEqual([EVENING, at(31)])
    expect(timetable!.runs).toEqual([{ startMs: at(26), endMs: at(28), text: 'Dishwasher' }])
    expect(timetable!.ticks.map(({ text }) => plain(text)).slice(4, 8)).toEqual([
      '11 pm',
      'Wed',
      '1 am',
      '2 am',
    ])
    expect(timetable!.steps.at(-1)!.endMs).toBe(at(31))
    expect(plain(timetable!.summary)).toMatch(/^Price from 6 pm to 7 am\./)
    expect(timetable!.table).toHaveLength(26)
  })

  test('prints a price only where it moved enough, the dearest, and the run’s average', () => {
    const texts = of().timetable!.prices.map(({ text, isRun }) => (isRun ? `[${text}]` : text))
    expect(texts).toEqual([
      'now 55c',
      '58c',
      '47c',
      '42c',
      '38c',
      '33c',
      '30c',
      '27c',
      '[26c]',
      '31c',
      '35c',
      '39c',
    ])
  })

  test('says of now what now costs, not the average of its half hour', () => {
    const spiked = rows({ nowMs: EVENING }).map((row) =>
      row.channel === 'general' && row.kind === 'current' ? { ...row, centsPerKwh: 1702 } : row,
    )
    const { timetable } = planView({ ...liveFacts({ nowMs: EVENING }), prices: spiked }, EVENING)
    expect(timetable!.prices[0]!.text).toBe('now $17.02')
    expect(timetable!.prices[1]!.text).toBe('58c')
  })

  test('tells what comes first: now, the dearest and the run', () => {
    const first = of().timetable!.prices.filter(({ isFirst }) => isFirst)
    expect(first.map(({ text }) => text)).toEqual(['now 55c', '58c', '26c'])
  })

  test('says of now how certain it is', () => {
    const estimate = liveFacts({ nowMs: EVENING, current: { estimate: true } })
    const nowOf = (nowMs: number) => planView(estimate, nowMs).timetable!.prices[0]!.text
    expect(nowOf(EVENING)).toBe('now about 55c')
    expect(nowOf(EVENING + HOUR_MS)).toBe('now likely 54c')
  })

  test('is absent where nothing is known', () => {
    expect(planView(factsOf([]), EVENING)).not.toHaveProperty('timetable')
  })
})

test.each([
  ['Dishwasher', 'dishwasher'],
  ['EV', 'EV'],
  ['Pool pump', 'pool pump'],
  ['iPad', 'iPad'],
])('inside a sentence %s is %s', (name, text) => expect(spoken(name)).toBe(text))

/** "39c", "$1.20", "−3c", "nothing" in cents. */
function centsOf(text: string): number {
  const digits = Number(text.replaceAll(/[^\d.]/g, ''))
  return (text.includes('$') ? Math.round(digits * 100) : digits) * (text.startsWith('\u2212') ? -1 : 1)
}

/** A number of cents as a view words it. */
const AMOUNT = '(\u2212?(?:\\$\\d+\\.\\d\\d|\\d+c)|nothing)'

test('what is kept is the difference of the costs that stand beside it, in the plan and in the kitchen', () => {
  const dear = { centsPerKwh: 32.16 }
  const profileOf = profile({
    36: 32.16,
    37: 32.16,
    38: 32.16,
    39: 32.16,
    40: 32.16,
    4: 24.5,
    5: 24.5,
    6: 24.5,
    7: 24.5,
  })
  const facts = liveFacts({ nowMs: at(18), profile: profileOf, current: dear })
  const view = planView(facts, at(18), {}, { appliances: [DISHWASHER] })
  expect(plain(view.sentence)).toBe('Wait. Start the dishwasher at 2 am and pay 29c, not 39c.')
  expect(plain(view.detail)).toMatch(/^You keep 10c, or 1c if/)
  expect(nowView(facts, at(18), { appliances: [DISHWASHER] }).facts[1]!.note).toBe('saves 10c')
})

const CAR: Appliance = { name: 'EV', kwh: 22, durationMinutes: 180, blockMinutes: 30, runNow: 'Charge now' }

test('whatever is known, the view says nothing of a price that is not, and promises no saving at worst that it is not', () => {
  fc.assert(
    fc.property(anyFacts, fc.constantFrom(DISHWASHER, CAR), ({ facts, nowMs }, appliance) => {
      const view = planView(facts, nowMs, {}, { appliances: [appliance] })
      const texts = [view.sentence, view.detail, view.forecast, ...view.bars.map(({ text }) => text)]
      for (const text of texts) expect(text).not.toMatch(/NaN|undefined|Infinity|\$-|--/)
      if (view.certainty === 'unknown' || view.certainty === 'empty') {
        expect(view.bars).toEqual([])
        expect(view.sentence).not.toMatch(/\dc|\$\d/)
      }
      const [now, then] = view.bars
      if (view.sentence.startsWith('Wait') && now?.isNow && then?.worst) {
        expect(then.worst.cents).toBeLessThan(now.cents)
        expect(then.cents).toBeLessThanOrEqual(now.cents - 5 + 1e-9)
      }
      if (!now?.isNow || !then) return
      const [nowText, thenText, worstText = thenText] = [now.text, then.text, then.worst?.text.slice(9)].map(
        (text) => text && centsOf(text),
      ) as [number, number, number?]
      const kept = new RegExp(`^You keep ${AMOUNT}(?:, or ${AMOUNT})?`).exec(view.detail)
      if (kept) expect(centsOf(kept[1]!)).toBe(nowText - thenText)
      if (kept?.[2]) expect(centsOf(kept[2])).toBe(nowText - worstText)
      const saves = new RegExp(`save (?:only )?${AMOUNT}(?:, might cost ${AMOUNT})?`).exec(view.sentence)
      if (saves) expect(centsOf(saves[1]!)).toBe(nowText - thenText)
      if (saves?.[2]) expect(centsOf(saves[2])).toBe(worstText - nowText)
    }),
    { numRuns: 150 },
  )
})

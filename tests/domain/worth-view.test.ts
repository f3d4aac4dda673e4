import { describe, expect, test } from 'vitest'
import type { HomeFacts } from '#domain/home-facts.ts'
import type { EnergyPlan } from '#domain/money/energy-plan.ts'
import { PLAN_PRESETS } from '#domain/settings/plan-presets.ts'
import { DEFAULT_SETTINGS, type Settings } from '#domain/settings/settings.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { type WorthViewRequest, worthView } from '#domain/worth-view.ts'
import { type DayShape, date, usageFrom } from './money/sample-usage.ts'
import { at, factsOf, HOUSEHOLD, inTouch } from './sample-facts.ts'

const NOW = at(10, 2)
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('\u00a0', ' '))
const flat = (centsPerKwh: number, more: Partial<EnergyPlan> = {}): EnergyPlan => ({
  ...PLAN_PRESETS.flat,
  general: { kind: 'flat', centsPerKwh },
  ...more,
})
const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  charges: [{ includesGst: true, supplyCentsPerDay: 100, fee: { cents: 80, per: 'day' } }],
  plans: [flat(35), { ...PLAN_PRESETS.timeOfUse, supplyCentsPerDay: 100 }],
}
/** A day: 16 kWh at noon, 7 at other cheap times and 3 in the evening, of which each kWh costs 60c. */
const SHAPE: DayShape = {
  cents: (hour) => (hour >= 15 && hour < 21 ? 60 : 20),
  kwh: (hour) => (hour >= 10 && hour < 14 ? 2 : 0.25),
}
const USED = usageFrom('2026-09-01', '2026-11-23', SHAPE)
const facts = (usage: readonly UsageInterval[], channels = HOUSEHOLD.channels): HomeFacts => ({
  ...factsOf([], inTouch(NOW)),
  household: { ...HOUSEHOLD, intervalMinutes: 30, channels },
  usage,
})
const of = (request: WorthViewRequest, usage = USED, settings = SETTINGS, channels = HOUSEHOLD.channels) =>
  plain(worthView(facts(usage, channels), NOW, request, settings))

describe('the sentence', () => {
  test.each([
    [
      'over the quarter',
      of({ kind: 'quarter' }),
      'You paid $167.93 less with Amber than on your flat plan since 1 September.',
    ],
    [
      'over the month',
      of({ kind: 'month' }),
      'You paid $46.00 less with Amber than on your flat plan since 1 November.',
    ],
    [
      'over a year, as far as it is known',
      of({ kind: 'year' }),
      'You paid $167.93 less with Amber than on your flat plan since 1 September.',
    ],
    [
      'over a month that is over',
      of({ kind: 'dates', fromDate: date('2026-10-01'), toDate: date('2026-10-31') }),
      'You paid $61.93 less with Amber than on your flat plan in October.',
    ],
    [
      'over any dates',
      of({ kind: 'dates', fromDate: date('2026-09-15'), toDate: date('2026-10-14') }),
      'You paid $59.93 less with Amber than on your flat plan from 15 Sep to 14 Oct.',
    ],
    [
      'over one day',
      of({ kind: 'dates', fromDate: date('2026-10-05'), toDate: date('2026-10-05') }),
      'You paid $2.00 less with Amber than on your flat plan on 5 Oct.',
    ],
    [
      'against the plan that is asked for',
      of({ kind: 'month', planId: 'time-of-use' }),
      'You paid $6.90 more with Amber than on your time-of-use plan since 1 November.',
    ],
    [
      'by name where there are two of a kind',
      of({ kind: 'month' }, USED, { ...SETTINGS, plans: [flat(35), flat(40, { id: 'b', name: 'Red 40c' })] }),
      'You paid $46.00 less with Amber than on Flat since 1 November.',
    ],
    [
      'when Amber lost',
      of({ kind: 'month' }, USED, { ...SETTINGS, plans: [flat(20)] }),
      'You paid $43.70 more with Amber than on your flat plan since 1 November.',
    ],
    [
      'from the first whole day',
      of({ kind: 'quarter' }, USED.slice(2), { ...SETTINGS, plans: [] }),
      'Amber cost $680.50 since 2 September. Enter a plan to compare it with.',
    ],
    [
      'without a plan',
      of({ kind: 'month' }, USED, { ...SETTINGS, plans: [] }),
      'Amber cost $188.60 since 1 November. Enter a plan to compare it with.',
    ],
    [
      'with neither plan nor usage',
      of({ kind: 'month' }, [], { ...SETTINGS, plans: [] }),
      'No usage is known yet for these days.',
    ],
    [
      'over days that are still to come',
      of({ kind: 'dates', fromDate: date('2030-01-01') }),
      'None of these days is over yet.',
    ],
    [
      'over dates the wrong way round',
      of({ kind: 'dates', fromDate: date('2026-10-14'), toDate: date('2026-10-01') }),
      'The first of these days is after the last.',
    ],
    [
      'without one whole day',
      of(
        { kind: 'month' },
        USED.filter((_, index) => index % 48 !== 5),
      ),
      'No whole day of usage is known since 1 November.',
    ],
  ])('%s', (_, view, sentence) => expect(view.sentence).toBe(sentence))

  test('says which rate is missing', () => {
    const hot = usageFrom('2026-09-01', '2026-11-23', {
      more: { channel: 'controlledLoad', identifier: 'E2' },
    })
    const view = of({ kind: 'month' }, [...USED, ...hot], { ...SETTINGS, plans: [flat(35)] }, [
      'general',
      'controlledLoad',
    ])
    expect(view.sentence).toBe(
      'Your flat plan names no rate for 552.0 kWh of what you use: change the plan to enter it.',
    )
    expect(view.bars[1]).toMatchObject({ name: 'Flat', text: 'a rate is missing' })
    expect(view.bars[1]).not.toHaveProperty('cents')
    expect(view).not.toHaveProperty('parts')
  })

  test('says that a demand window is missing', () => {
    const plans = [flat(35, { demand: [{ centsPerKw: 20, per: 'day' }] })]
    expect(of({ kind: 'month' }, USED, { ...SETTINGS, plans }).sentence).toBe(
      'Your demand plan charges for demand, but its window is not entered: change the plan to add it.',
    )
  })

  test('in the first days of a month speaks of the month before', () => {
    const nowMs = Date.parse('2026-12-01T09:00+11:00')
    const view = plain(worthView(facts(USED), nowMs, { kind: 'month' }, SETTINGS))
    expect(view.sentence).toBe('You paid $46.00 less with Amber than on your flat plan since 1 November.')
    expect(view.inclusion).toContain('23 days; 7 days to come are left out of every plan.')
  })
})

test('the bars are Amber’s, which is real, and the plans’, cheapest first', () => {
  const plans: EnergyPlan[] = [
    flat(40, { id: 'dear', name: 'Dear' }),
    ...SETTINGS.plans,
    flat(1, { id: 'x', name: 'Demand', demand: [{ centsPerKw: 1, per: 'day' }] }),
  ]
  const { bars } = of({ kind: 'month', planId: 'flat' }, USED, { ...SETTINGS, plans })
  expect(bars[0]).toEqual({
    id: 'amber',
    name: 'Amber',
    text: '$188.60',
    cents: 18860,
    isReal: true,
    isChosen: false,
  })
  expect(bars.slice(1).map(({ id, text, isReal, isChosen }) => [id, text, isReal, isChosen])).toEqual([
    ['time-of-use', '$181.70', false, false],
    ['flat', '$234.60', false, true],
    ['dear', '$264.50', false, false],
    ['x', 'its window is missing', false, false],
  ])
})

describe('what is included', () => {
  const sold = usageFrom('2026-09-01', '2026-11-23', {
    kwh: () => 0.1,
    cents: () => -8,
    more: { channel: 'feedIn', identifier: 'B1' },
  })
  test.each([
    ['all', of({ kind: 'quarter' }), 'Supply and fees included. 84 days.'],
    [
      'solar',
      of({ kind: 'quarter' }, [...USED, ...sold], SETTINGS, ['general', 'feedIn']),
      'Supply, fees and solar included. 84 days.',
    ],
    [
      'what is left out and estimated',
      of(
        { kind: 'quarter' },
        USED.filter((_, index) => index !== 777).map((row, index) =>
          index < 100 ? { ...row, quality: 'estimated' as const } : row,
        ),
      ),
      'Supply and fees included. 83 days, 3 of them estimated; 1 missing day is left out of every plan.',
    ],
    [
      'nothing missing of a first day that is cut at its front',
      of({ kind: 'quarter' }, USED.slice(2)),
      'Supply and fees included. 83 days.',
    ],
    [
      'what is still to come apart from what is missing',
      of({ kind: 'quarter' }, USED.filter((_, index) => index !== 777).slice(0, -96)),
      'Supply and fees included. 81 days; 1 missing day and 2 days to come are left out of every plan.',
    ],
    [
      'energy alone',
      of({ kind: 'quarter' }, USED, { ...SETTINGS, charges: [] }),
      'Only energy: Amber’s supply and fees are not entered in Settings. 84 days.',
    ],
  ])('is said: %s', (_, view, inclusion) => expect(view.inclusion).toBe(inclusion))

  test('calls no day missing that has yet to be fetched', () => {
    const gappy = facts(USED.filter((_, index) => index !== 777))
    const young = { ...gappy, history: { fetchedDays: 84, days: 90 } }
    expect(worthView(young, NOW, { kind: 'quarter' }, SETTINGS).inclusion).toBe(
      'Supply and fees included. 83 days so far; 1 day not fetched yet is left out of every plan.',
    )
  })
})

describe('where it came from', () => {
  test('is skill, luck and charges, and adds up to the sentence', () => {
    const { parts } = of({ kind: 'month' })
    expect(parts!.heading).toBe('Why Amber was $46.00 cheaper')
    expect(parts!.parts.map(({ name, amount }) => [name, amount])).toEqual([
      ['Skill', '$32.20 cheaper'],
      ['Luck', '$29.90 cheaper'],
      ['Supply and fees', '$16.10 dearer'],
    ])
    expect(parts!.parts.reduce((sum, { cents }) => sum + cents, 0)).toBeCloseTo(4600, 4)
    expect(parts!.text).toBe(
      'You paid 24.6c a kWh on average. Spread evenly over each day: 30.0c. A cheap market brought $29.90. Amber’s supply and fees were $16.10 higher.',
    )
  })

  test('is named also where Amber lost, and what is nothing is left out', () => {
    const same = { ...SETTINGS, charges: [{ includesGst: true, supplyCentsPerDay: 110 }] }
    const { parts } = of({ kind: 'month' }, USED, { ...same, plans: [flat(20)] })
    expect(parts!.heading).toBe('Why Amber was $27.60 dearer')
    expect(parts!.parts.map(({ text, amount }) => [text, amount])).toEqual([
      ['Skill $32.20', '$32.20 cheaper'],
      ['Luck $59.80', '$59.80 dearer'],
    ])
    expect(parts!.text).toContain('A dear market took $59.80.')
  })

  test('says why it came out even', () => {
    const same = { ...SETTINGS, charges: [{ includesGst: true, supplyCentsPerDay: 110 }] }
    const view = of({ kind: 'month' }, USED, { ...same, plans: [flat(640 / 26)] })
    expect(view.sentence).toBe('You paid as much with Amber as on your flat plan since 1 November.')
    expect(view.parts!.heading).toBe('Why it came out even')
  })
})

test('the dearest half hours, with their share', () => {
  const spiked = USED.map((row) =>
    row.startMs === Date.parse('2026-10-08T18:30+11:00')
      ? { ...row, costCents: 1334, centsPerKwh: 1482 }
      : row,
  )
  const { dear } = of({ kind: 'quarter' }, spiked)
  expect(dear!.rows[0]).toEqual({
    day: 'Thu 8 Oct',
    time: '6:30 pm',
    price: '$53.36',
    kwh: '0.3',
    cost: '$13.34',
  })
  expect(dear!.heading).toMatch(/^Five half hours cost \$\d+\.\d\d$/)
  expect(dear!.share).toMatch(/^\d+% of the cost in 2½ hours\.$/)
  expect(of({ kind: 'quarter' }, usageFrom('2026-11-01', '2026-11-23', { kwh: () => 0 }))).not.toHaveProperty(
    'dear',
  )
})

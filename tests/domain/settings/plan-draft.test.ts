import { describe, expect, test } from 'vitest'
import type { EnergyPlan, PlanKind } from '#domain/money/energy-plan.ts'
import { type BillDraft, billOfDraft } from '#domain/settings/bill-draft.ts'
import {
  chargesPreview,
  newPlanDraft,
  type PlanDraft,
  planDraft,
  planOf,
} from '#domain/settings/plan-draft.ts'
import { PLAN_PRESETS } from '#domain/settings/plan-presets.ts'
import { settingProblems } from '#domain/settings/settings-problems.ts'

const KINDS = Object.keys(PLAN_PRESETS) as PlanKind[]
/** Everything that a form could lose on the way. */
const RICH: EnergyPlan = {
  id: 'rich',
  name: 'Summer saver',
  includesGst: false,
  supplyCentsPerDay: 98.12,
  fee: { cents: 1000, per: 'month' },
  general: {
    kind: 'timeOfUse',
    rates: [
      {
        name: 'Peak',
        centsPerKwh: 61.6,
        times: [
          { fromMinute: 900, toMinute: 1260, months: [12, 1, 2], weekdays: [1, 2, 3, 4, 5] },
          { fromMinute: 1020, toMinute: 1260, months: [6, 7, 8] },
        ],
      },
      { name: 'Weekend', centsPerKwh: 20, times: [{ fromMinute: 0, toMinute: 1440, weekdays: [0, 6] }] },
      { name: 'Odd', centsPerKwh: 0.5, times: [{ fromMinute: 1320, toMinute: 420, weekdays: [3] }] },
    ],
    restCentsPerKwh: 24.2,
  },
  controlledLoad: { kind: 'flat', centsPerKwh: 17.05 },
  feedIn: { kind: 'block', per: 'day', blocks: [{ kwh: 8, centsPerKwh: 10 }], restCentsPerKwh: 0 },
  demand: [{ centsPerKw: 30, per: 'day', months: [6, 7], times: [{ fromMinute: 900, toMinute: 1260 }] }],
}
const draft = (changes: Partial<PlanDraft> = {}, plan: EnergyPlan = PLAN_PRESETS.flat): PlanDraft => ({
  ...planDraft(plan),
  ...changes,
})

describe('a plan that is only looked at', () => {
  test.each([...KINDS.map((kind) => PLAN_PRESETS[kind]), RICH].map((plan) => [plan.name, plan] as const))(
    'is the same afterwards: %s',
    (_, plan) => {
      expect(planOf(planDraft(plan), [])).toEqual({ value: plan, problems: {} })
      expect(settingProblems({ plans: [plan] })).toEqual([])
    },
  )
})

describe('what is typed', () => {
  test('is a plan of its kind', () => {
    const { value } = planOf(
      draft({ name: ' Origin ', supply: '1,05.6', general: { ...draft().general, rate: '34.1' }, fee: '10' }),
      [],
    )
    expect(value).toMatchObject({
      name: 'Origin',
      supplyCentsPerDay: 105.6,
      general: { kind: 'flat', centsPerKwh: 34.1 },
      fee: { cents: 1000, per: 'month' },
    })
  })

  test('names no rate where none is chosen, which is not the same as a rate of nothing', () => {
    const none = planOf(draft({ feedIn: { ...draft().feedIn, kind: 'none' } }), []).value
    expect(none).not.toHaveProperty('feedIn')
    const zero = planOf(draft({ feedIn: { ...draft().feedIn, rate: '0' } }), []).value
    expect(zero?.feedIn).toEqual({ kind: 'flat', centsPerKwh: 0 })
  })

  test.each<[string, Partial<PlanDraft>, EnergyPlan, Record<string, string>]>([
    ['no name', { name: ' ' }, PLAN_PRESETS.flat, { name: 'Needs a name of at most 40 letters.' }],
    [
      'a supply in words',
      { supply: 'a dollar' },
      PLAN_PRESETS.flat,
      { supply: 'Needs cents a day, 0 to 5,000.' },
    ],
    [
      'an empty rate by time',
      {
        general: {
          ...planDraft(PLAN_PRESETS.timeOfUse).general,
          timed: [{ ...planDraft(PLAN_PRESETS.timeOfUse).general.timed[0]!, rate: '', to: '' }],
        },
      },
      PLAN_PRESETS.timeOfUse,
      {
        'general.timed.0.rate': 'Needs cents per kWh, \u22122,000 to 2,000.',
        'general.timed.0.to': 'Needs a time of day.',
      },
    ],
    [
      'a block of nothing',
      {
        general: { ...planDraft(PLAN_PRESETS.block).general, blocks: [{ kwh: '0', rate: '30' }] },
      },
      PLAN_PRESETS.block,
      { 'general.blocks.0.kwh': 'Needs kWh above 0, at most 100,000.' },
    ],
    [
      'a demand without a rate',
      { demand: [{ ...planDraft(PLAN_PRESETS.demand).demand[0]!, rate: '' }] },
      PLAN_PRESETS.demand,
      { 'demand.0.rate': 'Needs cents per kW, 0 to 10,000.' },
    ],
  ])('is no plan with %s, and says what it needs', (_, changes, plan, problems) => {
    expect(planOf(draft(changes, plan), [])).toEqual({ value: undefined, problems })
  })

  test('needs a name that no other plan has', () => {
    expect(planOf(draft(), [{ ...RICH, name: 'Flat' }]).problems).toEqual({
      name: 'Needs another name: this one is taken.',
    })
  })
})

test('supply and fee are summed up with GST, whichever way they are typed', () => {
  expect(chargesPreview(draft({ supply: '110' }))).toBe('Supply comes to $33.00 in 30 days, with GST.')
  expect(chargesPreview(draft({ supply: '100', includesGst: false }))).toBe(
    'Supply comes to $33.00 in 30 days, with GST.',
  )
  expect(chargesPreview(draft({ supply: '100', fee: '0.50', feePer: 'day' }))).toBe(
    'Supply and fee come to $45.00 in 30 days, with GST.',
  )
  expect(chargesPreview(draft({ supply: '' }))).toBe('')
})

test('a new plan has an id and a name of its own', () => {
  const taken = [PLAN_PRESETS.flat, { ...PLAN_PRESETS.flat, id: 'flat-2', name: 'Flat 2' }]
  expect(newPlanDraft('flat', taken)).toMatchObject({ id: 'flat-3', name: 'Flat 3' })
  expect(newPlanDraft('block', taken)).toMatchObject({ id: 'block', name: 'Block' })
})

test.each<[string, BillDraft, object]>([
  [
    'whole',
    { fromDate: '2026-10-01', toDate: '2026-10-31', total: '$214.40'.slice(1) },
    { value: { fromDate: '2026-10-01', toDate: '2026-10-31', totalCents: 21_440 }, problems: {} },
  ],
  [
    'of days the wrong way round',
    { fromDate: '2026-10-31', toDate: '2026-10-01', total: '1' },
    { value: undefined, problems: { toDate: 'Needs a day that is not before the first.' } },
  ],
  [
    'of days that are entered already',
    { fromDate: '2026-09-01', toDate: '2026-09-30', total: '1' },
    { value: undefined, problems: { fromDate: 'Needs another day: a bill from it is entered already.' } },
  ],
  [
    'empty',
    { fromDate: '', toDate: '', total: '' },
    {
      value: undefined,
      problems: {
        fromDate: 'Needs a date.',
        toDate: 'Needs a date.',
        total: 'Needs dollars, such as 214.40.',
      },
    },
  ],
])('a bill that is %s', (_, typed, expected) => {
  const others = [{ fromDate: '2026-09-01', toDate: '2026-09-30', totalCents: 1 }] as never
  expect(billOfDraft(typed, others)).toEqual(expected)
})

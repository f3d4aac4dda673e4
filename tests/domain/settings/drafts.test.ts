// What is typed into the settings' forms: understood by the same reading that the Pi goes by, or told what it needs.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DemandCharge } from '#domain/money/demand.ts'
import {
  type ApplianceDraft,
  applianceDraft,
  applianceOf,
  appliancesOf,
  draftTotals,
  NEW_APPLIANCE,
} from '#domain/settings/appliance-draft.ts'
import { chargesDraft, chargesOf, NEW_CHARGES } from '#domain/settings/charges-draft.ts'
import { demandDraft, demandOf, NEW_DEMAND } from '#domain/settings/demand-draft.ts'
import { typedNumber } from '#domain/settings/drafted.ts'
import { type LevelsDraft, levelsDraft, levelsOf } from '#domain/settings/levels-draft.ts'
import { DEFAULT_SETTINGS } from '#domain/settings/settings.ts'
import { settingProblems } from '#domain/settings/settings-problems.ts'

const WASHER: ApplianceDraft = { ...NEW_APPLIANCE, name: 'Washer', kwh: '0.9', hours: '1:30' }

test.each([
  ['105.6', 105.6],
  [' 1,234.5 ', 1234.5],
  ['\u22123', -3],
  ['.5', 0.5],
  ['', undefined],
  ['12c', undefined],
  ['1e3', undefined],
  ['Infinity', undefined],
])('"%s" is typed for %s', (typed, number) => expect(typedNumber(typed)).toBe(number))

describe('an appliance', () => {
  test('is what was typed', () => {
    expect(applianceOf({ ...WASHER, name: '  Washer ', readyBy: '18:30' }).value).toEqual({
      name: 'Washer',
      kwh: 0.9,
      durationMinutes: 90,
      readyByMinute: 18 * 60 + 30,
    })
  })

  test.each([
    ['2', 120],
    ['1.5', 90],
    ['0:45', 45],
    ['24', 1440],
  ])('that lasts "%s" hours lasts %s minutes', (hours, minutes) =>
    expect(applianceOf({ ...WASHER, hours }).value?.durationMinutes).toBe(minutes),
  )

  test.each<[Partial<ApplianceDraft>, string, string]>([
    [{ name: ' ' }, 'name', 'Needs a name of at most 30 letters.'],
    [{ kwh: '0' }, 'kwh', 'Needs kWh above 0, at most 500.'],
    [{ kwh: '501' }, 'kwh', 'Needs kWh above 0, at most 500.'],
    [{ hours: '25' }, 'durationMinutes', 'Needs hours, such as 1:30 or 2, at most 24.'],
    [{ hours: '1:75' }, 'durationMinutes', 'Needs hours, such as 1:30 or 2, at most 24.'],
    [{ mayPause: true, blockMinutes: '4' }, 'blockMinutes', 'Needs whole minutes, 5 to 240.'],
    [{ load: 'steps', steps: [] }, 'steps', 'Needs steps of 5 minutes to 24 hours in all, and some power.'],
    [{ load: 'steps', steps: [{ minutes: '20', kw: 'x' }] }, 'steps.0.kw', 'Needs kW, at most 50.'],
  ])('with %o is told at %s what it needs', (changes, at, problem) => {
    const { value, problems } = applianceOf({ ...WASHER, ...changes })
    expect(value).toBeUndefined()
    expect(problems).toEqual({ [at]: problem })
  })

  test('in steps takes the energy and the time of its steps', () => {
    const steps = [
      { minutes: '20', kw: '2.1' },
      { minutes: '60', kw: '0.15' },
    ]
    expect(draftTotals(steps)).toEqual({ kwh: 0.85, minutes: 80 })
    expect(applianceOf({ ...WASHER, load: 'steps', steps }).value).toEqual({
      name: 'Washer',
      kwh: 0.85,
      durationMinutes: 80,
      profile: [
        { minutes: 20, kw: 2.1 },
        { minutes: 60, kw: 0.15 },
      ],
    })
  })

  test('whose profile only says how its steps compare is shown with the energy and the time of its run', () => {
    const stored = {
      name: 'Dishwasher',
      kwh: 1.2,
      durationMinutes: 120,
      profile: [
        { minutes: 1, kw: 3 },
        { minutes: 1, kw: 1 },
      ],
    }
    const { steps } = applianceDraft(stored)
    expect(steps).toEqual([
      { minutes: '60', kw: '0.9' },
      { minutes: '60', kw: '0.3' },
    ])
    expect(draftTotals(steps)).toEqual({ kwh: 1.2, minutes: 120 })
  })

  test('of a name that another one has is told so, whichever was there first', () => {
    const { value, problems } = appliancesOf([WASHER, { ...WASHER, name: 'Washer ' }])
    expect(value).toBeUndefined()
    expect(problems).toEqual({ '1.name': 'Needs another name: this one is taken.' })
  })

  test('keeps the words it came with until it is called otherwise', () => {
    const ev = DEFAULT_SETTINGS.appliances.find(({ name }) => name === 'EV')!
    expect(applianceOf(applianceDraft(ev)).value).toEqual(ev)
    expect(applianceOf({ ...applianceDraft(ev), name: 'Car' }).value).toEqual({
      name: 'Car',
      kwh: 22,
      durationMinutes: 180,
      blockMinutes: 30,
    })
  })
})

describe('charges', () => {
  const JULY = { ...NEW_CHARGES, supply: '110', fee: '19', fromDate: '2026-07-01' }

  test('are what was typed, the oldest first', () => {
    expect(chargesOf([JULY, { ...NEW_CHARGES, supply: '105.6', feePer: 'day' }]).value).toEqual([
      { includesGst: true, supplyCentsPerDay: 105.6 },
      {
        includesGst: true,
        supplyCentsPerDay: 110,
        fee: { cents: 1900, per: 'month' },
        fromDate: '2026-07-01',
      },
    ])
  })

  test.each([
    [{ supply: '' }, 'supply', 'Needs cents a day, 0 to 5,000.'],
    [{ supply: '5001' }, 'supply', 'Needs cents a day, 0 to 5,000.'],
    [{ fee: '501' }, 'fee', 'Needs dollars, at most 500; or nothing.'],
    [{ fromDate: '2026-02-30' }, 'fromDate', 'Needs a date.'],
  ])('with %o are told at %s what they need', (changes, at, problem) =>
    expect(chargesOf([{ ...JULY, ...changes }]).problems).toEqual({ [`0.${at}`]: problem }),
  )

  test('that begin on the same date are told apart', () => {
    expect(chargesOf([JULY, JULY]).problems).toEqual({
      '1.fromDate': 'Needs a date of its own: other rates begin then.',
    })
  })
})

describe('a demand charge', () => {
  test('is charged when Amber says so, or at its own times', () => {
    expect(demandOf([{ ...NEW_DEMAND, rate: '12.3' }]).value).toEqual([{ centsPerKw: 12.3, per: 'day' }])
    const own = { ...NEW_DEMAND, rate: '1200', per: 'month', window: 'own', to: '00:00' } as const
    expect(demandOf([{ ...own, days: 'working', months: [2, 1] }]).value).toEqual([
      {
        centsPerKw: 1200,
        per: 'month',
        months: [1, 2],
        times: [{ fromMinute: 900, toMinute: 1440, weekdays: [1, 2, 3, 4, 5] }],
      },
    ])
  })

  test.each([
    [{ rate: '10001' }, '0.rate', 'Needs cents per kW, 0 to 10,000.'],
    [{ rate: '1', window: 'own', from: '' } as const, '0.from', 'Needs a time of day.'],
  ])('with %o is told at %s what it needs', (changes, at, problem) =>
    expect(demandOf([{ ...NEW_DEMAND, ...changes }]).problems).toEqual({ [at]: problem }),
  )
})

describe('where cheap ends and dear begins', () => {
  const OWN: LevelsDraft = {
    words: 'own',
    veryCheap: '10',
    cheap: '20',
    normal: '30',
    dear: '50',
    spike: '',
  }

  test('is in Amber’s words, or where the household says', () => {
    expect(levelsOf({ ...OWN, words: 'amber' }).value).toEqual({ thresholds: undefined })
    expect(levelsOf(OWN).value).toEqual({ thresholds: [10, 20, 30, 50] })
    expect(levelsOf({ ...OWN, spike: '100' }).value).toEqual({ thresholds: [10, 20, 30, 50, 100] })
  })

  test.each([
    [{ dear: '30' }, { dear: 'Needs more than the one before it.' }],
    [{ spike: '40' }, { spike: 'Needs more than the one before it.' }],
    [{ cheap: '2001' }, { cheap: 'Needs cents per kWh, such as 32.' }],
  ])('with %o is told %o', (changes, problems) =>
    expect(levelsOf({ ...OWN, ...changes })).toEqual({ value: undefined, problems }),
  )

  test('begins to be typed from what Amber says here', () =>
    expect(levelsDraft(undefined)).toEqual({
      words: 'amber',
      veryCheap: '17',
      cheap: '32',
      normal: '42',
      dear: '52',
      spike: '',
    }))
})

describe('what stands', () => {
  const minute = fc.integer({ min: 0, max: 1439 })
  const cents = fc.integer({ min: 1, max: 400_000 }).map((tenths) => tenths / 100)
  const appliances = fc.uniqueArray(
    fc.record(
      {
        name: fc.stringMatching(/^[A-Z][a-z]{1,20}$/),
        kwh: fc.integer({ min: 1, max: 5000 }).map((tenths) => tenths / 10),
        durationMinutes: fc.integer({ min: 5, max: 1440 }),
        readyByMinute: minute,
        blockMinutes: fc.integer({ min: 5, max: 240 }),
      },
      { requiredKeys: ['name', 'kwh', 'durationMinutes'] },
    ),
    { maxLength: 6, selector: ({ name }) => name },
  )
  const months = fc
    .uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1 })
    .map((list) => list.toSorted((a, b) => a - b))
  const times = fc.array(
    fc.record(
      {
        fromMinute: minute,
        toMinute: fc.integer({ min: 1, max: 1440 }),
        weekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
        months,
      },
      { requiredKeys: ['fromMinute', 'toMinute'] },
    ),
    { minLength: 1, maxLength: 3 },
  )
  const demand = fc.array(
    fc.record(
      { centsPerKw: cents, per: fc.constantFrom('day' as const, 'month' as const), months, times },
      { requiredKeys: ['centsPerKw', 'per'] },
    ),
    { maxLength: 3 },
  )
  const charges = fc.record(
    {
      includesGst: fc.boolean(),
      supplyCentsPerDay: cents,
      fee: fc.record({
        cents: fc.integer({ min: 0, max: 50_000 }),
        per: fc.constantFrom('day' as const, 'month' as const),
      }),
    },
    { requiredKeys: ['includesGst', 'supplyCentsPerDay'] },
  )

  test('opened in a form and saved as it is, is as it was', () => {
    fc.assert(
      fc.property(appliances, demand, charges, (list, demands, one) => {
        expect(appliancesOf(list.map(applianceDraft)).value).toEqual(list)
        expect(demandOf(demands.map(demandDraft)).value).toEqual(demands.map(withSortedWeekdays))
        expect(chargesOf([chargesDraft(one)]).value).toEqual([one])
      }),
    )
  })

  test('and whatever a form gives is taken by the Pi', () => {
    fc.assert(
      fc.property(appliances, demand, charges, (list, demands, one) => {
        const changes = {
          appliances: appliancesOf(list.map(applianceDraft)).value,
          charges: [
            { ...chargesOf([chargesDraft(one)]).value![0], demand: demandOf(demands.map(demandDraft)).value },
          ],
        }
        expect(settingProblems(changes)).toEqual([])
      }),
    )
  })

  /** Monday to Friday in any order is Monday to Friday. */
  const withSortedWeekdays = (charge: DemandCharge): DemandCharge => {
    const [first, ...more] = charge.times ?? []
    if (!first?.weekdays || String(first.weekdays.toSorted()) !== '1,2,3,4,5') return charge
    return { ...charge, times: [{ ...first, weekdays: [1, 2, 3, 4, 5] }, ...more] }
  }
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planKind } from '#domain/money/energy-plan.ts'
import { PLAN_PRESETS } from '#domain/settings/plan-presets.ts'
import { DEFAULT_SETTINGS, nowOptions } from '#domain/settings/settings.ts'
import { SETTING_NAMES } from '#domain/settings/settings-fields.ts'
import { settingProblems } from '#domain/settings/settings-problems.ts'
import {
  mergedRecords,
  overruled,
  readRecord,
  type SettingsRecord,
  settingsOf,
  withWritten,
} from '#domain/settings/settings-record.ts'

const written = (value: unknown, revision = 1, writer = 'phone') => ({ value, revision, writer })
const FLAT = PLAN_PRESETS.flat

describe('a setting', () => {
  const accepted: readonly [string, unknown][] = [
    ['billingDay', 31],
    ['siteId', '01J23BAP2SFA218BMV8A73Y9Z9'],
    ['timeZone', 'Australia/Broken_Hill'],
    ['readyByMinute', 0],
    ['thresholds', [10, 20, 30, 40]],
    ['thresholds', [-5, 20, 30, 40, 150]],
    ['colours', 'amber'],
    ['forecast', 'aemo'],
    ['calibratedBand', false],
    ['ovenKw', 3.2],
    ['charges', []],
    ['charges', [{ includesGst: false, supplyCentsPerDay: 92.5, fromDate: '2026-07-01' }]],
    [
      'charges',
      [
        {
          includesGst: true,
          supplyCentsPerDay: 92.5,
          fee: { cents: 2500, per: 'month' },
          demand: [
            {
              centsPerKw: 21,
              per: 'day',
              months: [6, 7, 8],
              times: [{ fromMinute: 900, toMinute: 1260, weekdays: [1, 2] }],
            },
          ],
        },
      ],
    ],
    ['plans', Object.values(PLAN_PRESETS)],
    [
      'plans',
      [
        {
          ...FLAT,
          controlledLoad: { kind: 'flat', centsPerKwh: 18 },
          feedIn: { kind: 'flat', centsPerKwh: 0 },
        },
      ],
    ],
    ['bills', [{ fromDate: '2026-10-01', toDate: '2026-10-31', totalCents: -412 }]],
    ['appliances', [{ name: 'EV', kwh: 30, durationMinutes: 300, blockMinutes: 30, readyByMinute: 390 }]],
    [
      'appliances',
      [
        {
          name: 'Washer',
          kwh: 1,
          durationMinutes: 60,
          profile: [
            { minutes: 20, kw: 2 },
            { minutes: 40, kw: 0 },
          ],
        },
      ],
    ],
  ]
  test.each(accepted)('%s may be %j', (name, value) => {
    expect(settingProblems({ [name]: value })).toEqual([])
    expect(settingsOf({ [name]: written(value) })).toEqual({ ...DEFAULT_SETTINGS, [name]: value })
  })

  const refused: readonly [string, unknown][] = [
    ['billingDay', 0],
    ['billingDay', 1.5],
    ['billingDay', '1'],
    ['timeZone', 'Mars/Olympus'],
    ['readyByMinute', 1440],
    ['thresholds', [10, 20, 20, 40]],
    ['thresholds', [10, 20, 30]],
    ['colours', 'rainbow'],
    ['ovenKw', 0],
    ['ovenKw', Number.NaN],
    ['ovenKw', Number.POSITIVE_INFINITY],
    ['charges', {}],
    ['charges', [{ supplyCentsPerDay: 92.5 }]],
    ['charges', [{ includesGst: true, supplyCentsPerDay: 92.5, fromDate: '2026-02-30' }]],
    [
      'charges',
      [
        { includesGst: true, supplyCentsPerDay: 1 },
        { includesGst: true, supplyCentsPerDay: 2 },
      ],
    ],
    ['plans', [{ ...FLAT, general: { kind: 'free' } }]],
    ['plans', [{ ...FLAT, name: '  ' }]],
    ['plans', [FLAT, FLAT]],
    ['plans', [{ ...FLAT, demand: [{ centsPerKw: 1, per: 'week' }] }]],
    ['bills', [{ fromDate: '2026-10-31', toDate: '2026-10-01', totalCents: 100 }]],
    ['appliances', [{ name: 'EV', kwh: 0, durationMinutes: 60 }]],
    ['appliances', [{ name: 'EV', kwh: 1, durationMinutes: 60, profile: [{ minutes: 60, kw: 0 }] }]],
    ['appliances', 'EV'],
    ['appliances', null],
  ]
  test.each(refused)('%s may not be %j, and is then the default', (name, value) => {
    expect(settingsOf({ [name]: written(value) })).toEqual(DEFAULT_SETTINGS)
    if (value === null) return
    const [problem, ...others] = settingProblems({ [name]: value })
    expect(others).toEqual([])
    expect(problem).toMatch(new RegExp(`^${name}: \\w+`))
  })

  test('that nobody knows is named', () => {
    expect(settingProblems({ colour: 'red' })).toEqual(['colour: no such setting'])
    expect(settingProblems({ constructor: 'red' })).toEqual(['constructor: no such setting'])
  })

  test('understands what a plan says and leaves out what it does not know', () => {
    const { plans } = settingsOf({ plans: written([{ ...FLAT, name: ' Flat ', colour: 'red', fee: null }]) })
    expect(plans).toEqual([FLAT])
  })
})

test('the defaults are themselves what a setting may be', () => {
  for (const name of SETTING_NAMES) {
    const value = DEFAULT_SETTINGS[name]
    if (value !== undefined) expect(settingProblems({ [name]: value }), name).toEqual([])
  }
})

test('there is a plan of each kind to start from', () => {
  for (const [kind, plan] of Object.entries(PLAN_PRESETS)) expect(planKind(plan)).toBe(kind)
})

test('the screens go by the settings, and by a calibrated band only where it is wanted', () => {
  const settings = { ...DEFAULT_SETTINGS, thresholds: [1, 2, 3, 4] as const, forecast: 'aemo' as const }
  expect(nowOptions(settings)).toMatchObject({
    thresholds: [1, 2, 3, 4],
    forecast: 'aemo',
    readyByMinute: 420,
  })
  const calibration = [undefined]
  expect(nowOptions(settings, calibration)).toMatchObject({ calibration })
  expect(nowOptions({ ...settings, calibratedBand: false }, calibration)).not.toHaveProperty('calibration')
  expect(nowOptions(DEFAULT_SETTINGS)).not.toHaveProperty('thresholds')
})

describe('a write', () => {
  test('is one more than all that its writer has seen', () => {
    const record = withWritten({ colours: written('amber', 7, 'kitchen') }, { billingDay: 15 }, 'phone')
    expect(record).toEqual({ colours: written('amber', 7, 'kitchen'), billingDay: written(15, 8, 'phone') })
    expect(settingsOf(record)).toMatchObject({ colours: 'amber', billingDay: 15 })
  })

  test('of nothing goes back to the default, and is a write like any other', () => {
    const record = withWritten({ billingDay: written(15, 3) }, { billingDay: undefined }, 'phone')
    expect(record).toEqual({ billingDay: written(null, 4) })
    expect(settingsOf(record).billingDay).toBe(1)
  })
})

describe('two devices that disagree', () => {
  const common = withWritten({}, { billingDay: 1, colours: 'safe' }, 'kitchen')

  test('each keep what the other did not touch', () => {
    const phone = withWritten(common, { billingDay: 15 }, 'phone')
    const tablet = withWritten(common, { colours: 'amber' }, 'tablet')
    expect(settingsOf(mergedRecords(phone, tablet))).toMatchObject({ billingDay: 15, colours: 'amber' })
  })

  test('agree on the write that knew more writes', () => {
    const phone = withWritten(common, { billingDay: 15 }, 'phone')
    const tablet = withWritten(
      withWritten(common, { colours: 'amber' }, 'tablet'),
      { billingDay: 20 },
      'tablet',
    )
    const merged = mergedRecords(phone, tablet)
    expect(settingsOf(merged).billingDay).toBe(20)
    expect(overruled(phone, merged, 'phone')).toEqual(['billingDay'])
    expect(overruled(tablet, merged, 'tablet')).toEqual([])
  })

  test('agree on one of two that knew as much, whichever merges', () => {
    const phone = withWritten(common, { billingDay: 15 }, 'phone')
    const tablet = withWritten(common, { billingDay: 20 }, 'tablet')
    expect(settingsOf(mergedRecords(phone, tablet)).billingDay).toBe(20)
    expect(settingsOf(mergedRecords(tablet, phone)).billingDay).toBe(20)
  })

  test('and a write after both of them stands against both', () => {
    const phone = withWritten(common, { billingDay: 15 }, 'phone')
    const tablet = withWritten(common, { billingDay: 20 }, 'tablet')
    const after = withWritten(mergedRecords(phone, tablet), { billingDay: 7 }, 'a')
    for (const older of [phone, tablet, common]) {
      expect(settingsOf(mergedRecords(older, after)).billingDay).toBe(7)
    }
  })
})

const anyWritten = fc.record({
  value: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant(null), fc.constantFrom('amber', 'safe')),
  revision: fc.integer({ min: 1, max: 6 }),
  writer: fc.constantFrom('kitchen', 'phone', 'tablet'),
})
const anyRecord: fc.Arbitrary<SettingsRecord> = fc.dictionary(
  fc.constantFrom('billingDay', 'colours', 'forecast', 'fromNextYear'),
  anyWritten,
)

test('merging is the same in any order, in any grouping, and again', () => {
  fc.assert(
    fc.property(anyRecord, anyRecord, anyRecord, (a, b, c) => {
      expect(mergedRecords(a, b)).toEqual(mergedRecords(b, a))
      expect(mergedRecords(mergedRecords(a, b), c)).toEqual(mergedRecords(a, mergedRecords(b, c)))
      expect(mergedRecords(mergedRecords(a, b), b)).toEqual(mergedRecords(a, b))
      expect(mergedRecords(a, a)).toEqual(mergedRecords(a, {}))
    }),
  )
})

test('a write on top of what was merged is what everybody ends up with', () => {
  fc.assert(
    fc.property(anyRecord, anyRecord, (a, b) => {
      const after = withWritten(mergedRecords(a, b), { billingDay: 13 }, 'a')
      expect(settingsOf(mergedRecords(mergedRecords(b, after), a)).billingDay).toBe(13)
    }),
  )
})

test('settings that only a newer version knows are passed on', () => {
  const newer = { fromNextYear: written({ any: 'thing' }, 4, 'tablet') }
  expect(mergedRecords(withWritten(newer, { billingDay: 3 }, 'phone'), {})).toMatchObject(newer)
})

describe('a record from outside', () => {
  test('is read as it was written', () => {
    const record = withWritten({}, { billingDay: 3, plans: [FLAT] }, 'phone')
    expect(readRecord(JSON.parse(JSON.stringify(record)))).toEqual(record)
    expect(readRecord({})).toEqual({})
  })

  test.each([
    ['no object', null],
    ['a list', []],
    ['a bare value', { billingDay: 3 }],
    ['no revision', { billingDay: { value: 3, writer: 'a' } }],
    ['a revision of zero', { billingDay: written(3, 0) }],
    ['a revision that shuts out all others', { billingDay: written(3, Number.MAX_SAFE_INTEGER) }],
    ['a writer without a name', { billingDay: written(3, 1, '') }],
    ['a name that is none', { 'billing day': written(3) }],
    ['a name of the language', JSON.parse('{"__proto__":{"value":1,"revision":1,"writer":"a"}}')],
    ['too many', Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`a${index}`, written(1)]))],
  ])('is refused: %s', (_, value) => expect(readRecord(value)).toBeUndefined())

  test('of any shape never throws, neither read nor used', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(...SETTING_NAMES), (value, name) => {
        readRecord(value)
        readRecord({ [name]: value })
        expect(settingsOf({ [name]: written(value) })).toBeDefined()
        settingProblems({ [name]: value })
      }),
      { numRuns: 400 },
    )
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exportNote } from '#domain/channel-rows.ts'
import type { HomeFacts } from '#domain/home-facts.ts'
import type { MeterRegister } from '#domain/meter-registers.ts'
import { DEFAULT_SETTINGS, type Settings } from '#domain/settings/settings.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { usageSpan } from '#domain/usage-periods.ts'
import { type UsageRequest, type UsageView, usageView } from '#domain/usage-view.ts'
import { type DayShape, date, usageFrom } from './money/sample-usage.ts'
import { at, factsOf, HOUSEHOLD, inTouch } from './sample-facts.ts'

const NOW = at(10, 2)
const CHARGED: Settings = {
  ...DEFAULT_SETTINGS,
  charges: [{ includesGst: true, supplyCentsPerDay: 110, fee: { cents: 82, per: 'day' } }],
}
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('\u00a0', ' '))

const SOLD: DayShape = {
  kwh: (hour) => (hour >= 10 && hour < 15 ? 0.8 : 0),
  cents: () => -8,
  more: { channel: 'feedIn', identifier: 'B1' },
}
/** 24 kWh at 30c a day. */
const USED = usageFrom('2026-10-10', '2026-11-23')
const facts = (usage: readonly UsageInterval[], channels = HOUSEHOLD.channels): HomeFacts => ({
  ...factsOf([], inTouch(NOW)),
  household: { ...HOUSEHOLD, intervalMinutes: 30, channels },
  usage,
})
const of = (
  request: UsageRequest,
  usage = USED,
  settings = CHARGED,
  channels = HOUSEHOLD.channels,
): UsageView => plain(usageView(facts(usage, channels), NOW, request, settings))

const without = (day: string, usage = USED) =>
  usage.filter(({ startMs }) => {
    const midnight = Date.parse(`${day}T00:00+11:00`)
    return startMs < midnight || startMs >= midnight + 24 * 3_600_000
  })

describe('the sentence', () => {
  const solar = [...USED, ...usageFrom('2026-10-10', '2026-11-23', { ...SOLD, cents: () => -300 })]
  test.each<[string, UsageView, string, string]>([
    [
      'of a month in progress',
      of({ kind: 'month' }),
      'November so far: $209.76 for 552 kWh.',
      'All 23 days. Heading for about $274 by the 30th.',
    ],
    [
      'of a month with a gap',
      of({ kind: 'month' }, without('2026-11-11')),
      'November so far: $202.56 for 528 kWh.',
      '22 of 23 days. Heading for about $274 by the 30th.',
    ],
    [
      'of a month whose last days are still to come, which cost nothing yet',
      of({ kind: 'month' }, without('2026-11-22', without('2026-11-23'))),
      'November so far: $191.52 for 504 kWh.',
      'All 21 days. Heading for about $274 by the 30th.',
    ],
    [
      'of a month in which some is estimated',
      of(
        { kind: 'month' },
        USED.map((row) =>
          row.startMs >= at(0) - 48 * 3_600_000 ? { ...row, quality: 'estimated' as const } : row,
        ),
      ),
      'November so far: $209.76 for 552 kWh.',
      'All 23 days, 2 of them estimated. Heading for about $274 by the 30th.',
    ],
    [
      'of a month whose last day is there in part, and estimated',
      of(
        { kind: 'month' },
        USED.slice(0, -1).map((row) =>
          row.startMs >= at(0) - 48 * 3_600_000 ? { ...row, quality: 'estimated' as const } : row,
        ),
      ),
      'November so far: $209.61 for 552 kWh.',
      '22 of 23 days, 1 of them estimated. Heading for about $274 by the 30th.',
    ],
    [
      'of the month before, which began before anything was kept',
      of({ kind: 'month', date: date('2026-10-20') }),
      'October: $200.64 for 528 kWh.',
      'From 10 October: all 22 days.',
    ],
    [
      'of a day',
      of({ kind: 'day', date: date('2026-11-19') }),
      'Thursday 19 November: $9.12 for 24.0 kWh.',
      '',
    ],
    [
      'of this week',
      of({ kind: 'week' }),
      'This week so far: $9.12 for 24.0 kWh.',
      '1 day. Heading for about $64 by Sunday.',
    ],
    [
      'of another week',
      of({ kind: 'week', date: date('2026-11-18') }),
      'Week of 16 Nov: $63.84 for 168 kWh.',
      'All 7 days.',
    ],
    [
      'of a year',
      of({ kind: 'year' }),
      '2026 so far: $410.40 for 1,080 kWh.',
      'From 10 October: all 45 days.',
    ],
    [
      'without charges',
      of({ kind: 'month', date: date('2026-11-01') }, USED, DEFAULT_SETTINGS),
      'November so far: $165.60 of energy for 552 kWh.',
      'All 23 days. Heading for about $216 by the 30th. Supply and fees are not in it: enter them in Settings.',
    ],
    [
      'of a month that earned',
      of({ kind: 'month' }, solar, CHARGED, ['general', 'feedIn']),
      'November so far: earned $342.24, 552 kWh used.',
      expect.any(String) as unknown as string,
    ],
    [
      'of what was never fetched',
      of({ kind: 'month', date: date('2026-03-01') }),
      'No usage is known for March.',
      'Amber keeps 90 days of usage: what was not fetched in time is gone.',
    ],
    [
      'of what is to come',
      of({ kind: 'month', date: date('2026-12-01') }),
      'No usage is known for December.',
      'It is still to come.',
    ],
  ])('%s', (_, view, sentence, detail) => {
    expect(view.sentence).toBe(sentence)
    expect(view.detail).toEqual(detail)
  })
})

test('energy without a price is named, by month and by day, and a half hour of it costs what is not known', () => {
  const noonMs = Date.parse('2026-11-19T12:00+11:00')
  const some = USED.map((row) =>
    row.startMs === noonMs ? { ...row, costCents: Number.NaN, centsPerKwh: Number.NaN } : row,
  )
  expect(of({ kind: 'month' }, some).detail).toMatch(
    /^22 of 23 days\. 0\.5 kWh has no price and no cost here\./,
  )
  const day = of({ kind: 'day', date: date('2026-11-19') }, some)
  expect(day.detail).toBe('0.5 kWh has no price and no cost here.')
  expect(day.day!.table[24]).toMatchObject({ used: '0.5 kWh', cost: 'not known', price: 'not known' })
  expect(day.day!.halfHours[24]).not.toHaveProperty('level')
  expect(of({ kind: 'month' }).detail).not.toContain('no price')
})

describe('the calendar of a month', () => {
  const view = of({ kind: 'month' }, without('2026-11-11'))

  test('begins on its weekday and has a cell a day', () => {
    expect(view.emptyCells).toBe(6)
    expect(view.cells).toHaveLength(30)
    expect(of({ kind: 'month', date: date('2026-06-01') }).emptyCells).toBe(0)
  })

  test('says of each day what it cost, what was used, how dear it was, and what it means', () => {
    expect(view.cells[18]).toEqual({
      fromDate: '2026-11-19',
      toDate: '2026-11-19',
      state: 'known',
      text: '19',
      name: 'Thursday 19 November',
      cost: '$9.12',
      kwh: '24.0',
      cents: 912,
      fixedCents: 192,
      channelCents: { general: 720 },
      level: 3,
      isSelected: false,
      label: 'Thursday 19 November, $9.12, 24.0 kWh, cheap',
    })
  })

  test.each([
    [11, 'missing', 'no data'],
    [24, 'today', 'today'],
    [25, 'ahead', undefined],
  ])('day %i is %s', (day, state, note) => {
    const cell = view.cells[day - 1]!
    expect([cell.state, cell.note]).toEqual([state, note])
    expect(cell).not.toHaveProperty('cost')
    expect(cell).not.toHaveProperty('cents')
  })

  test('marks what is in part, estimated, and still to come', () => {
    const usage = without('2026-11-23', USED)
      .filter((_, index) => index !== USED.length - 48 * 5)
      .map((row) => (row.startMs >= at(0) - 48 * 3_600_000 ? { ...row, quality: 'estimated' as const } : row))
    const cells = of({ kind: 'month' }, usage).cells
    expect(cells.slice(18, 23).map(({ state, note }) => [state, note])).toEqual([
      ['partial', 'in part'],
      ['known', undefined],
      ['known', undefined],
      ['estimated', 'estimated'],
      ['missing', 'to come'],
    ])
  })

  test('tells cheap, usual and dear days apart by the household’s thresholds', () => {
    const usage = [10, 45, 80].flatMap((cents, index) =>
      usageFrom(`2026-11-0${index + 1}`, `2026-11-0${index + 1}`, { cents: () => cents }),
    )
    expect(
      of({ kind: 'month' }, usage)
        .cells.slice(0, 3)
        .map(({ level }) => level),
    ).toEqual([3, 4, 5])
    const own = { ...CHARGED, thresholds: [1, 2, 3, 9] as const }
    expect(of({ kind: 'month' }, usage, own).cells[0]!.level).toBe(5)
  })

  test('scales by its dearest day', () => expect(view.mostCents).toBe(912))
})

test('a year has a cell a month', () => {
  const { cells } = of({ kind: 'year' })
  expect(cells.map(({ text, state }) => `${text} ${state}`)).toEqual([
    ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep'].map((month) => `${month} before`),
    'Oct partial',
    'Nov known',
    'Dec ahead',
  ])
  expect(cells[10]).toMatchObject({
    cost: '$209.76',
    kwh: '552.0',
    label: 'November 2026, $209.76, 552.0 kWh, cheap',
  })
  // October is kept from the 10th on: 22 days of supply, not 31.
  expect(cells[9]).toMatchObject({ cost: '$200.64', note: 'in part' })
})

describe('the selected day', () => {
  const SHAPE: DayShape = { cents: (hour) => (hour >= 18 && hour < 19 ? 90 : 20) }
  const usage = [
    ...usageFrom('2026-11-19', '2026-11-20', SHAPE),
    ...usageFrom('2026-11-19', '2026-11-20', SOLD),
    ...usageFrom('2026-11-19', '2026-11-20', {
      kwh: (hour) => (hour < 3 ? 1 : 0),
      cents: () => 15,
      more: { channel: 'controlledLoad', identifier: 'E2' },
    }),
  ]
  const channels = ['general', 'controlledLoad', 'feedIn'] as const
  const view = of({ kind: 'month', selected: date('2026-11-19') }, usage, CHARGED, channels)

  test('is shown by half hours, channels apart, on the foot of supply and fee', () => {
    const { day } = view
    expect(day).toMatchObject({ heading: 'Thursday 19', cost: '$7.68' })
    expect(day!.halfHours).toHaveLength(48)
    expect(day!.halfHours[0]).toMatchObject({
      channels: { general: { kwh: 0.5, cents: 10 }, controlledLoad: { kwh: 1, cents: 15 } },
      fixedCents: 4,
      state: 'known',
    })
    expect(day!.halfHours[20]!.channels.feedIn).toEqual({ kwh: 0.8, cents: -6.4 })
    expect(day!.ticks.map(({ text }) => text)).toEqual(['Thu', '6 am', 'noon', '6 pm'])
    expect(day!.summary).toBe('Thursday 19 November: $7.68. Dearest half hour 6 pm, 45c.')
  })

  test('has a table that is its legend', () => {
    expect(view.day!.rows).toEqual([
      { key: 'general', name: 'General', kwh: '24.0 kWh', cost: '$5.50' },
      { key: 'controlledLoad', name: 'Controlled load', kwh: '6.0 kWh', cost: '$0.90' },
      { key: 'feedIn', name: 'Solar sold', kwh: '8.0 kWh', cost: 'earned $0.64' },
      { key: 'fixed', name: 'Supply and fee', cost: '$1.92' },
    ])
  })

  test('has a table by half hour', () => {
    expect(view.day!.table[36]).toEqual({
      time: '6 pm',
      used: '0.5 kWh',
      cost: '45c',
      price: '90c',
      sold: '0.0 kWh',
      state: 'measured',
    })
  })

  test('names what is missing of it', () => {
    const lost = usage.filter(
      ({ startMs, channel }) => channel === 'feedIn' || startMs !== Date.parse('2026-11-19T12:00+11:00'),
    )
    const gone = of(
      { kind: 'day', date: date('2026-11-19') },
      lost.filter(({ channel }) => channel === 'general'),
      CHARGED,
    )
    expect(gone.day!.halfHours[24]!.state).toBe('missing')
    expect(gone.day!.table[24]).toMatchObject({ used: 'not known', cost: 'not known', state: 'missing' })
    expect(gone.day!.summary).toContain('1 of 48 half hours are missing.')
    expect(gone.detail).toBe('Part of it is missing.')
    const partly = of({ kind: 'day', date: date('2026-11-19') }, lost, CHARGED, channels)
    expect(partly.day!.halfHours[24]!.state).toBe('partial')
  })

  test('without charges shows energy, and says so', () => {
    const bare = of({ kind: 'day', date: date('2026-11-19') }, usage, DEFAULT_SETTINGS, channels)
    expect(bare.day).toMatchObject({ cost: '$5.76', costNote: 'of energy' })
    expect(bare.day!.rows.at(-1)).toEqual({ key: 'fixed', name: 'Supply', cost: 'not known' })
    expect(of({ kind: 'day', date: date('2026-11-19') }, usage, DEFAULT_SETTINGS, channels).day!.cost).toBe(
      '$5.76',
    )
  })

  test('is the newest that is known, unless one of the period is asked for', () => {
    expect(of({ kind: 'month' }, usage).day!.heading).toBe('Friday 20')
    expect(
      of({ kind: 'week', date: date('2026-11-10'), selected: date('2026-11-19') }, usage).day!.heading,
    ).toBe('Sunday 15')
  })

  test.each([
    ['2026-10-04', 46],
    ['2026-04-05', 50],
  ])('has as many half hours as %s had: %i', (day, count) => {
    const nowMs = Date.parse(`${day}T23:00+10:00`) + 86_400_000
    const known = usageFrom(day, day)
    const { day: shown } = usageView(facts(known), nowMs, { kind: 'day', date: date(day) }, CHARGED)
    expect(shown!.halfHours).toHaveLength(count)
    expect(shown!.halfHours.every(({ state }) => state === 'known')).toBe(true)
    expect(shown!.halfHours.reduce((sum, half) => sum + half.fixedCents, 0)).toBeCloseTo(192, 9)
  })
})

describe('with a demand charge', () => {
  const settings: Settings = {
    ...CHARGED,
    charges: [
      {
        ...CHARGED.charges[0]!,
        demand: [{ centsPerKw: 25, per: 'day', times: [{ fromMinute: 900, toMinute: 1260 }] }],
      },
    ],
  }
  // The month's peak is of the last day of October, and of November's first.
  const used = usageFrom('2026-10-01', '2026-11-23').map((row) =>
    [Date.parse('2026-10-31T18:00+11:00'), Date.parse('2026-11-01T18:00+11:00')].includes(row.startMs)
      ? { ...row, kwh: 4 }
      : row,
  )
  /** With no more than is read from the copy for it. */
  const seen = (request: UsageRequest) => {
    const { fromDate, toDate } = usageSpan(
      request.kind,
      request.date ?? date('2026-11-24'),
      date('2026-11-24'),
    )
    const [first, last] = [Date.parse(`${fromDate}T00:00+11:00`), Date.parse(`${toDate}T24:00+11:00`)]
    return of(
      request,
      used.filter(({ startMs }) => first <= startMs && startMs < last),
      settings,
    )
  }

  test.each(['2026-10-05', '2026-10-31', '2026-11-03', '2026-11-23'])(
    '%s costs the same in every period',
    (day) => {
      const costs = (['day', 'week', 'month'] as const).map(
        (kind) => seen({ kind, date: date(day), selected: date(day) }).day!.cost,
      )
      expect(new Set(costs).size).toBe(1)
      expect(costs[0]).toBe(of({ kind: 'day', date: date(day) }, used, settings).day!.cost)
    },
  )
})

describe('beside the period', () => {
  test.each([
    ['month', undefined, 'Oct', undefined],
    ['month', '2026-10-15', undefined, 'Nov'],
    ['week', undefined, '16 Nov', undefined],
    ['week', '2026-11-10', '2 Nov', '16 Nov'],
    ['day', '2026-11-19', '18 Nov', '20 Nov'],
    ['year', undefined, undefined, undefined],
  ] as const)('of a %s of %s there is %s before and %s after', (kind, day, earlier, later) => {
    const view = of({ kind, ...(day && { date: date(day) }) })
    expect([view.earlier?.text, view.later?.text]).toEqual([earlier, later])
  })

  test('a month of another year is named with it', () => {
    const old = usageFrom('2025-12-01', '2026-01-02')
    expect(of({ kind: 'month', date: date('2026-01-15') }, old).earlier?.text).toBe('Dec 2025')
  })
})

test('the key explains what stands above the line where exporting cost money, and only there', () => {
  const channels = ['general', 'feedIn'] as const
  const sold = (cents: number) => usageFrom('2026-11-01', '2026-11-23', { ...SOLD, cents: () => cents })
  for (const kind of ['month', 'day'] as const) {
    const noteOf = (cents: number) => {
      const view = of({ kind }, [...USED, ...sold(cents)], CHARGED, channels)
      return exportNote(kind === 'day' ? view.day!.halfHours : view.piles!.piles)
    }
    expect(noteOf(2)).toBe('Solar above the line: exporting cost you.')
    expect(noteOf(-8)).toBe('')
    const soldRow = of({ kind }, [...USED, ...sold(2)], CHARGED, channels).rows.find(
      ({ key }) => key === 'feedIn',
    )
    expect(soldRow?.cost).toMatch(/^cost \$/)
  }
})

describe('the averages', () => {
  test('compare what was paid with an even use', () => {
    const usage = usageFrom('2026-11-10', '2026-11-20', {
      cents: (hour) => (hour < 12 ? 20 : 40),
      kwh: (hour) => (hour < 12 ? 0.9 : 0.1),
    })
    expect(of({ kind: 'month' }, usage).average).toBe(
      'You paid 22.0c a kWh on average. Spread evenly over each day: 30.0c.',
    )
    expect(of({ kind: 'month' }).average).toBe(
      'You paid 30.0c a kWh on average, as much as an even use would have.',
    )
    expect(of({ kind: 'month' }, []).average).toBe('')
  })

  test('say of which days and which use they are, where that is not all', () => {
    const hot = usageFrom('2026-10-10', '2026-11-23', {
      more: { channel: 'controlledLoad', identifier: 'E2' },
    })
    const view = of({ kind: 'month' }, [...without('2026-11-10').slice(1), ...hot], CHARGED, [
      'general',
      'controlledLoad',
    ])
    expect(view.average).toMatch(/^On whole days you paid 30\.0c a kWh on average for general use, /)
  })

  test('are also by the network’s periods, where it has any', () => {
    const usage = USED.map((row, index) => ({
      ...row,
      tariff: { period: index % 48 >= 30 && index % 48 < 42 ? 'peak' : 'offPeak' },
    }))
    expect(of({ kind: 'day', date: date('2026-11-19') }, usage).tariffPeriods).toEqual([
      { name: 'Peak', kwh: '6.0 kWh', cost: '$1.80', average: '30.0c' },
      { name: 'Off-peak', kwh: '18.0 kWh', cost: '$5.40', average: '30.0c' },
    ])
    expect(of({ kind: 'month' }).tariffPeriods).toEqual([])
  })
})

describe('the heat map', () => {
  test('has each day’s hours, and what of them is not known', () => {
    const usage = usageFrom('2026-11-16', '2026-11-19', {
      kwh: (hour) => (hour >= 18 && hour < 19 ? 1.2 : 0.1),
    })
    const { heat } = of({ kind: 'week', date: date('2026-11-16') }, usage)
    expect(heat!.days).toHaveLength(7)
    expect(heat!.days[0]).toMatchObject({ localDate: '2026-11-16', text: '16' })
    expect(heat!.days[0]!.hours[18]).toEqual({ kwh: 2.4, cents: 72 })
    expect(heat!.days[5]!.hours.every((hour) => hour === null)).toBe(true)
    expect(heat).toMatchObject({
      mostKwh: 2.4,
      mostCents: 72,
      summary: 'Most was used at 6 pm, 2.4 kWh on average.',
    })
  })

  test('has no hour that summer time skips, and both of the one that comes twice', () => {
    const heatOn = (day: string) =>
      usageView(
        facts(usageFrom(day, day)),
        Date.parse(day) + 9 * 86_400_000,
        { kind: 'month', date: date(day) },
        CHARGED,
      ).heat!.days.find(({ localDate }) => localDate === day)!
    expect(heatOn('2026-10-04').hours[2]).toBeUndefined()
    expect(heatOn('2026-04-05').hours[2]).toEqual({ kwh: 2, cents: 60 })
  })

  test('is none of a day or a year, nor of nothing', () => {
    expect(of({ kind: 'day', date: date('2026-11-19') })).not.toHaveProperty('heat')
    expect(of({ kind: 'month' }, [])).not.toHaveProperty('heat')
  })
})

test('whatever is lost, no number is made of nothing and no cell tells more than its day', () => {
  const lostOf = fc.array(fc.nat(USED.length - 1), { maxLength: 300 })
  fc.assert(
    fc.property(
      lostOf,
      fc.constantFrom('day', 'week', 'month', 'year'),
      fc.boolean(),
      (lost, kind, charged) => {
        const gone = new Set(lost)
        const usage = USED.filter((_, index) => !gone.has(index))
        const view = usageView(facts(usage), NOW, { kind }, charged ? CHARGED : DEFAULT_SETTINGS)
        expect(JSON.stringify(view)).not.toMatch(/NaN|Infinity|undefined/)
        for (const cell of view.cells) {
          const isKnown = ['known', 'estimated', 'partial'].includes(cell.state)
          expect(cell.cost === undefined).toBe(!isKnown)
        }
      },
    ),
    { numRuns: 40 },
  )
})

describe('a meter that was replaced at Amber’s midnight, which in summer is one in the morning', () => {
  const swapMs = Date.parse('2026-11-19T00:00+10:00')
  const usage = USED.map((row) => (row.startMs < swapMs ? row : { ...row, identifier: 'E9' }))
  const seen = (request: UsageRequest, registers?: MeterRegister[]) => {
    const home = facts(usage)
    const household = { ...home.household!, ...(registers && { registers }) }
    return plain(usageView({ ...home, household }, NOW, request, CHARGED))
  }
  const NEW: MeterRegister[] = [{ channel: 'general', identifier: 'E9' }]

  test('is missed by a device that does not know the registers, and by one that does no more', () => {
    const states = (view: UsageView) =>
      view.cells.filter(({ text }) => Number(text) >= 18 && Number(text) < 24).map(({ state }) => state)
    expect(states(seen({ kind: 'month' }))).toContain('partial')
    expect(states(seen({ kind: 'month' }, NEW))).toEqual(new Array(6).fill('known'))
  })

  test('leaves no half hour of the day in part', () => {
    const { day } = seen({ kind: 'day', date: date('2026-11-19') }, NEW)
    expect(new Set(day!.halfHours.map(({ state }) => state))).toEqual(new Set(['known']))
  })
})

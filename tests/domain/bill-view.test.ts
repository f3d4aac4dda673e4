import { describe, expect, test } from 'vitest'
import { billView } from '#domain/bill-view.ts'
import { datesOf } from '#domain/local-period.ts'
import type { UsageHistory } from '#domain/mirror.ts'
import { DEFAULT_SETTINGS, type Settings } from '#domain/settings/settings.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { date, usageFrom, usageOn } from './money/sample-usage.ts'
import { at, factsOf, HOUSEHOLD, inTouch } from './sample-facts.ts'

const NOW = at(10, 2)
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('\u00a0', ' '))
const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  billingDay: 15,
  charges: [{ includesGst: true, supplyCentsPerDay: 100 }],
}
const UNSTEADY = datesOf({ fromDate: date('2026-10-01'), toDate: date('2026-11-23') }).flatMap((day, index) =>
  usageOn(day, { cents: () => (index % 3 ? 20 : 45) }),
)
const STEADY = usageFrom('2026-10-01', '2026-11-23')
const of = (usage: readonly UsageInterval[], settings = SETTINGS, history?: UsageHistory) =>
  plain(
    billView(
      {
        ...factsOf([], inTouch(NOW)),
        household: { ...HOUSEHOLD, intervalMinutes: 30 },
        usage,
        ...(history && { history }),
      },
      NOW,
      settings,
    ),
  )

test.each<[string, ReturnType<typeof of>, string, string]>([
  [
    'with a range',
    of(UNSTEADY),
    'This bill: $70.20 so far, about $233 by its end.',
    'Likely between $210 and $255. 15 Nov to 14 Dec: 9 of 30 days are in.',
  ],
  [
    'without one where all days are alike',
    of(STEADY),
    'This bill: $73.80 so far, about $246 by its end.',
    '15 Nov to 14 Dec: 9 of 30 days are in.',
  ],
  [
    'of energy alone',
    of(STEADY, { ...SETTINGS, charges: [] }),
    'This bill: $64.80 of energy so far, about $216 by its end.',
    '15 Nov to 14 Dec: 9 of 30 days are in. Supply and fees are not in it: enter them in Settings.',
  ],
  [
    'with gaps and estimates',
    of(
      STEADY.filter((_, index) => index !== 48 * 50).map((row, index) =>
        index > 48 * 53 ? { ...row, quality: 'estimated' as const } : row,
      ),
    ),
    'This bill: $73.65 known so far, about $246 by its end.',
    '15 Nov to 14 Dec: 8 of 30 days are in, 1 with gaps, 1 estimated.',
  ],
  [
    'before its first day is over',
    of(STEADY, { ...SETTINGS, billingDay: 24 }),
    'This bill begins today: likely about $246.',
    '24 Nov to 23 Dec: none of its days is over yet.',
  ],
  [
    'too early',
    of(usageFrom('2026-11-20', '2026-11-23')),
    'This bill: $37.80 known so far. It takes 7 whole days to say more.',
    '15 Nov to 14 Dec: 4 of 30 days are in, 5 missing.',
  ],
  [
    'while its past is being fetched',
    of(usageFrom('2026-11-20', '2026-11-23'), SETTINGS, { fetchedDays: 4, days: 90 }),
    'This bill: $37.80 known so far. It takes 7 whole days to say more.',
    '15 Nov to 14 Dec: 4 of 30 days are in, 5 not fetched yet.',
  ],
  [
    // Seven days of $8.20, as the Usage screen adds them up: what the last two cost will be known with their usage.
    'while its last days are still to come',
    of(usageFrom('2026-10-01', '2026-11-21')),
    'This bill: $57.40 known so far, about $246 by its end.',
    '15 Nov to 14 Dec: 7 of 30 days are in, 2 to come.',
  ],
  ['before anything is here', of([]), 'Nothing is known yet of the bill of 15 Nov to 14 Dec.', ''],
  [
    'while only days before it are here',
    of(usageFrom('2026-10-01', '2026-11-14')),
    'This bill: nothing known so far, about $246 by its end.',
    '15 Nov to 14 Dec: nothing of it is here yet.',
  ],
  [
    'in the household’s favour',
    of([
      ...STEADY,
      ...usageFrom('2026-10-01', '2026-11-23', {
        cents: () => -60,
        more: { channel: 'feedIn', identifier: 'B1' },
      }),
    ]),
    'This bill: $55.80 in your favour so far, about $186 in your favour by its end.',
    '15 Nov to 14 Dec: 9 of 30 days are in.',
  ],
])('the bill to come is told %s', (_, view, sentence, detail) => {
  expect(view.sentence).toBe(sentence)
  expect(view.detail).toBe(detail)
})

describe('a bill that came', () => {
  const check = (totalCents: number, usage = STEADY, more: Partial<Settings> = {}) => {
    const bills = [{ fromDate: date('2026-10-15'), toDate: date('2026-11-14'), totalCents }]
    return of(usage, { ...SETTINGS, bills, ...more }).checks[0]!
  }

  test.each<[string, ReturnType<typeof check>, string]>([
    ['that agrees', check(31 * 820), 'It agrees with what was measured.'],
    [
      'that is dearer',
      check(31 * 820 + 420),
      'It is $4.20 dearer than what was measured: a concession, a credit, an old balance or another rate.',
    ],
    [
      'that is cheaper',
      check(31 * 820 - 1234),
      'It is $12.34 cheaper than what was measured: a concession, a credit, an old balance or another rate.',
    ],
    [
      'with a day missing here',
      check(
        31 * 820,
        STEADY.filter((_, index) => index !== 48 * 20),
      ),
      'Can’t be checked: 1 day of it is missing here.',
    ],
    [
      'without charges',
      check(31 * 820, STEADY, { charges: [] }),
      'Can’t be checked: supply and fees are not entered in Settings.',
    ],
    [
      'of which nothing is kept',
      check(31 * 820, usageFrom('2026-11-16', '2026-11-23')),
      'Nothing of it is kept here.',
    ],
  ])('%s is told so', (_, { text }, expected) => expect(text).toBe(expected))

  test('is named by its days, with both sums', () => {
    expect(check(31 * 820 + 420)).toMatchObject({
      when: '15 Oct to 14 Nov',
      billed: '$258.40',
      ours: '$254.20',
    })
  })

  test('the newest is first', () => {
    const bills = ['2026-09-15', '2026-10-15'].map((from) => ({
      fromDate: date(from),
      toDate: date('2026-11-01'),
      totalCents: 1,
    }))
    expect(of(STEADY, { ...SETTINGS, bills }).checks.map(({ fromDate }) => fromDate)).toEqual([
      '2026-10-15',
      '2026-09-15',
    ])
  })
})

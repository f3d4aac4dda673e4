import { expect, test } from 'vitest'
import { isoLocal } from '#domain/calendar.ts'
import type { UsageRevisionsAnswer } from '#domain/contract.ts'
import { revisedDays } from '#domain/revised-days.ts'

type Revision = UsageRevisionsAnswer['revisions'][number]
const reading = (kwh: number, costCents: number, quality: 'estimated' | 'billable' = 'billable') =>
  ({ kwh, costCents, centsPerKwh: 30, quality }) as Revision['was']
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('\u00a0', ' '))

const revision = (
  startAt: string,
  changedAt: string,
  was: Revision['was'],
  became: Revision['became'],
  more = {},
): Revision => ({
  channel: 'general',
  identifier: 'E1',
  startAt,
  endAt: new Date(Date.parse(startAt) + 30 * 60_000).toISOString(),
  changedAt,
  was,
  became,
  ...more,
})
const THIRD = '2026-10-03T18:00:00+10:00'
const FIFTH = '2026-10-05T09:03:00+11:00'

test('a day’s corrections are added up, and say what was and what is', () => {
  const rows = [
    revision(THIRD, FIFTH, reading(1, 30, 'estimated'), reading(1.3, 39)),
    revision('2026-10-03T18:30:00+10:00', FIFTH, reading(2, 60, 'estimated'), reading(2.2, 66)),
  ]
  expect(plain(revisedDays(rows))).toEqual([
    {
      localDate: '2026-10-03',
      channel: 'general',
      day: 'Sat 3 Oct',
      text: 'General, 1 h: 3.0 kWh became 3.5 kWh, $0.90 became $1.05',
      noticed: 'Mon 5 Oct',
    },
  ])
})

test('how much of its day was corrected is said, unless it is all of it or nearly so', () => {
  const first = Date.parse('2026-10-04T14:00Z')
  const halfHours = (count: number) =>
    Array.from({ length: count }, (_, i) => {
      const startAt = isoLocal(first + i * 1_800_000, 'Australia/Sydney')
      return revision(startAt, FIFTH, reading(1, 30), reading(1, 20))
    })
  const text = (count: number) => plain(revisedDays(halfHours(count))[0]!.text)
  expect(text(3)).toBe('General, 1 h 30 min: $0.90 became $0.60')
  expect(text(46)).toBe('General: $13.80 became $9.20')
})

test.each([
  ['a new price alone', reading(1, 30), reading(1, 17.13), 'General, 30 minutes: $0.30 became $0.17'],
  ['energy alone', reading(1, 0), reading(1.5, 0), 'General, 30 minutes: 1.0 kWh became 1.5 kWh'],
  ['other intervals', reading(1, 30), null, 'General, 30 minutes: now measured in other intervals'],
  ['earnings', reading(1, -8), reading(1, -9), 'Solar sold, 30 minutes: earned $0.08 became earned $0.09'],
])('%s', (what, was, became, text) => {
  const channel = what === 'earnings' ? 'feedIn' : 'general'
  expect(plain(revisedDays([revision(THIRD, FIFTH, was, became, { channel })])[0]!.text)).toBe(text)
})

test('the newest correction is first, channels apart, and what came to the same is left out', () => {
  const rows = [
    revision(THIRD, FIFTH, reading(1, 30), reading(2, 60)),
    revision(THIRD, '2026-10-09T09:00:00+11:00', reading(2, 60), reading(1, 30)),
    revision(THIRD, FIFTH, reading(1, 30), reading(2, 60), { channel: 'controlledLoad' }),
    revision('2026-10-04T18:00:00+11:00', FIFTH, reading(1, 30), reading(1, 30)),
  ]
  expect(revisedDays(rows).map(({ noticed, channel }) => plain([noticed, channel]))).toEqual([
    ['Fri 9 Oct', 'general'],
    ['Mon 5 Oct', 'general'],
    ['Mon 5 Oct', 'controlledLoad'],
  ])
  expect(revisedDays([])).toEqual([])
})

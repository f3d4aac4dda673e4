import { describe, expect, test } from 'vitest'
import { type LocalDate, localDay } from '#domain/calendar.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import {
  ageText,
  atWhenText,
  exactTimeText,
  timeSpan,
  timeText,
  whenAndAge,
  whenText,
} from '#domain/time-words.ts'
import { figure, money, moneyPair, shownDifference } from '#domain/words.ts'
import { at, SYDNEY } from './sample-facts.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('money', () => {
  test.each([
    [19.2, '19c'],
    [0, '0c'],
    [-0.4, '0c'],
    [-3, '\u22123c'],
    [99.4, '99c'],
    [99.6, '$1.00'],
    [100, '$1.00'],
    [1702, '$17.02'],
    [2000, '$20.00'],
    [-110, '\u2212$1.10'],
  ])('of %d cents reads %s', (cents, text) => expect(money(cents)).toBe(text))

  test('set large keeps its parts apart, and the minus with its digits', () => {
    expect(figure(1702)).toEqual({ currency: '$', digits: '17.02', unit: '' })
    expect(figure(-3)).toEqual({ currency: '', digits: '\u22123', unit: 'c' })
  })

  test('that is saved is the difference of the two costs as they stand beside it', () => {
    const [now, then] = [38.6, 29.4]
    expect([now, then, shownDifference(now, then)].map(money)).toEqual(['39c', '29c', '10c'])
    // Half a cent is shown away from nothing on either side of it.
    expect([3.5, -2.5, shownDifference(3.5, -2.5)].map(money)).toEqual(['4c', '\u22123c', '7c'])
  })

  test('of a range names the unit once where both share it', () => {
    expect([moneyPair(34, 39), moneyPair(96, 120), moneyPair(640, 910)]).toEqual([
      '34 and 39c',
      '96c and $1.20',
      '$6.40 and $9.10',
    ])
  })
})

describe('a time', () => {
  test.each([
    [at(18, 30), '6:30 pm'],
    [at(16), '4 pm'],
    [at(12), 'noon'],
    [at(0), 'midnight'],
    [at(0, 5), '12:05 am'],
    [at(12, 5), '12:05 pm'],
  ])('%i reads %s', (ms, text) => expect(plain(timeText(ms, SYDNEY))).toBe(text))

  test.each([
    // The last minute that is shown once, the hour that comes twice, and the first after it.
    ['2027-04-04T01:59+11:00', SYDNEY, '1:59 am'],
    ['2027-04-04T02:00+11:00', SYDNEY, '2 am AEDT'],
    ['2027-04-04T02:30+11:00', SYDNEY, '2:30 am AEDT'],
    ['2027-04-04T02:00+10:00', SYDNEY, '2 am AEST'],
    ['2027-04-04T02:59+10:00', SYDNEY, '2:59 am AEST'],
    ['2027-04-04T03:00+10:00', SYDNEY, '3 am'],
    ['2027-04-04T02:30+10:30', 'Australia/Adelaide', '2:30 am ACDT'],
    ['2026-10-04T03:00+11:00', SYDNEY, '3 am'],
    ['2026-10-04T01:30+10:00', SYDNEY, '1:30 am'],
    ['2027-04-04T02:00+10:00', 'Australia/Brisbane', '2 am'],
  ])('%s in %s reads %s', (iso, zone, text) => expect(plain(exactTimeText(Date.parse(iso), zone))).toBe(text))

  test.each([
    ['Australia/Sydney', '2027-04-04'],
    ['Australia/Lord_Howe', '2027-04-04'],
    ['Australia/Adelaide', '2026-04-05'],
  ])('in %s no two five minutes of %s read alike, nor an hour by its zone that needs none', (zone, day) => {
    const { startMs, endMs } = localDay(day as LocalDate, zone)
    const texts = Array.from({ length: (endMs - startMs) / 300_000 }, (_, i) =>
      exactTimeText(startMs + i * 300_000, zone),
    )
    expect(new Set(texts).size).toBe(texts.length)
    const named = texts.filter((text) => text.split('\u00a0').length > 2)
    expect(named).toHaveLength((texts.length - 288) * 2)
  })

  test('never breaks before am or pm', () => {
    expect(timeText(at(18, 30), SYDNEY)).toBe('6:30\u00a0pm')
  })

  test.each([
    [at(15), at(21), '3\u20139 pm'],
    [at(11), at(14), '11 am\u20132 pm'],
    [at(10), at(12), '10 am\u2013noon'],
  ])('span from %i to %i reads %s', (from, to, text) => expect(plain(timeSpan(from, to, SYDNEY))).toBe(text))

  test('a day away has a weekday, a week away a date', () => {
    const now = at(16, 31)
    const texts = [2 * HOUR_MS, DAY_MS, 5 * DAY_MS, 7 * DAY_MS].map((age) =>
      plain(whenText(now - age, now, SYDNEY)),
    )
    expect(texts).toEqual(['2:31 pm', 'Monday 4:31 pm', 'Thursday 4:31 pm', '17 November 4:31 pm'])
  })

  test('within a sentence has its prepositions', () => {
    const now = at(16, 31)
    const texts = [2 * HOUR_MS, 5 * DAY_MS, 7 * DAY_MS].map((age) =>
      plain(atWhenText(now - age, now, SYDNEY)),
    )
    expect(texts).toEqual(['at 2:31 pm', 'on Thursday at 4:31 pm', 'on 17 November at 4:31 pm'])
  })

  test('has its age while it is less than a day old', () => {
    const now = at(16, 31)
    expect(plain(whenAndAge(at(14, 25), now, SYDNEY))).toBe('2:25 pm, 2 h 6 min ago')
    expect(plain(whenAndAge(now - DAY_MS, now, SYDNEY))).toBe('Monday 4:31 pm')
    expect(plain(whenAndAge(now + MINUTE_MS, now, SYDNEY))).toBe('4:32 pm')
  })
})

test.each([
  [0, '1 second ago'],
  [30 * SECOND_MS, '30 seconds ago'],
  [MINUTE_MS, '1 minute ago'],
  [59 * MINUTE_MS, '59 minutes ago'],
  [HOUR_MS, '1 h ago'],
  [2 * HOUR_MS + 6 * MINUTE_MS + 59 * SECOND_MS, '2 h 6 min ago'],
])('an age of %i ms reads %s', (ms, text) => expect(ageText(ms)).toBe(text.replaceAll(' ', '\u00a0')))

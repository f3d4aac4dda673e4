import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  datesBetween,
  isoLocal,
  isTimeZone,
  localDate,
  localDay,
  localTimeMs,
  nemDate,
  nemDayStartMs,
  nemMinuteOfDay,
  parseLocalDate,
  parseNemDate,
  wallClock,
  zoneOfNetwork,
} from '#domain/calendar.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/interval.ts'

const ZONES = [
  'Australia/Sydney',
  'Australia/Brisbane',
  'Australia/Adelaide',
  'Australia/Hobart',
  'Australia/Melbourne',
]
const local = (text: string) => parseLocalDate(text)!
const halfHourOf2026 = fc
  .integer({ min: 0, max: 365 * 48 })
  .map((n) => Date.UTC(2026, 0, 1) + n * 30 * MINUTE_MS)

describe('a NEM date', () => {
  test('begins at midnight +10:00 in summer and in winter', () => {
    for (const [text, start] of [
      ['2026-01-15', '2026-01-14T14:00:00Z'],
      ['2026-07-15', '2026-07-14T14:00:00Z'],
    ] as const) {
      expect(nemDayStartMs(parseNemDate(text)!)).toBe(Date.parse(start))
    }
  })

  test('changes at NEM midnight, an hour before midnight of Sydney in summer', () => {
    const midnightMs = Date.parse('2026-01-14T14:00:00Z')
    expect([nemDate(midnightMs - 1), nemDate(midnightMs)]).toEqual(['2026-01-14', '2026-01-15'])
    expect(localDate(midnightMs - HOUR_MS, 'Australia/Sydney')).toBe('2026-01-15')
  })

  test('holds every instant that lies within its 24 hours', () => {
    fc.assert(
      fc.property(halfHourOf2026, (ms) => {
        const startMs = nemDayStartMs(nemDate(ms))
        expect(startMs <= ms && ms < startMs + DAY_MS).toBe(true)
        expect(nemMinuteOfDay(ms)).toBe((ms - startMs) / MINUTE_MS)
      }),
    )
  })
})

describe('a local day', () => {
  test.each([
    ['2026-10-04', 'Australia/Sydney', 23],
    ['2026-10-04', 'Australia/Adelaide', 23],
    ['2026-10-04', 'Australia/Brisbane', 24],
    ['2026-04-05', 'Australia/Sydney', 25],
    ['2026-04-05', 'Australia/Hobart', 25],
    ['2026-04-05', 'Australia/Brisbane', 24],
    ['2026-06-30', 'Australia/Adelaide', 24],
  ])('%s in %s has %i hours', (date, zone, hours) => {
    const { startMs, endMs } = localDay(local(date), zone)
    expect((endMs - startMs) / HOUR_MS).toBe(hours)
  })

  test('follows the day before without gap or overlap all through the year', () => {
    for (const zone of ZONES) {
      for (const date of datesBetween(local('2026-01-01'), local('2026-12-31'))) {
        expect(localDay(date, zone).endMs).toBe(localDay(addDays(date, 1), zone).startMs)
      }
    }
  })

  test('holds exactly the instants of that date, and begins on a half hour of UTC in every NEM zone', () => {
    fc.assert(
      fc.property(halfHourOf2026, fc.constantFrom(...ZONES), (ms, zone) => {
        const { startMs, endMs } = localDay(localDate(ms, zone), zone)
        expect(startMs <= ms && ms < endMs).toBe(true)
        expect(startMs % (30 * MINUTE_MS)).toBe(0)
      }),
    )
  })

  test('begins with its first hour where daylight saving takes its midnight', () => {
    const { startMs } = localDay(local('2018-11-04'), 'America/Sao_Paulo')
    expect(isoLocal(startMs, 'America/Sao_Paulo')).toBe('2018-11-04T01:00:00-02:00')
  })
})

describe('a local time', () => {
  test('that daylight saving skips is an hour later', () => {
    const ms = localTimeMs(local('2026-10-04'), 2 * 60 + 30, 'Australia/Sydney')
    expect(isoLocal(ms, 'Australia/Sydney')).toBe('2026-10-04T03:30:00+11:00')
  })

  test('that happens twice is the first of the two', () => {
    const ms = localTimeMs(local('2026-04-05'), 2 * 60 + 30, 'Australia/Sydney')
    expect(isoLocal(ms, 'Australia/Sydney')).toBe('2026-04-05T02:30:00+11:00')
  })

  test('comes back from the clock on the wall', () => {
    fc.assert(
      fc.property(halfHourOf2026, fc.constantFrom(...ZONES), (ms, zone) => {
        const { hour, minute } = wallClock(ms, zone)
        const again = localTimeMs(localDate(ms, zone), hour * 60 + minute, zone)
        expect([0, HOUR_MS]).toContain(ms - again)
        expect(wallClock(again, zone)).toEqual(wallClock(ms, zone))
      }),
    )
  })
})

describe('ISO text', () => {
  test.each([
    ['2026-03-10T10:02:41+11:00', 'Australia/Sydney'],
    ['2026-07-10T10:02:41+10:00', 'Australia/Sydney'],
    ['2026-03-10T10:02:41+10:30', 'Australia/Adelaide'],
    ['2026-03-10T10:02:41+10:00', 'Australia/Brisbane'],
    ['2026-03-10T10:02:41-03:30', 'America/St_Johns'],
  ])('%s is what %s writes', (text, zone) => {
    const expected = text.endsWith('-03:30') ? text.replace('-03:30', '-02:30') : text
    expect(isoLocal(Date.parse(expected), zone)).toBe(expected)
  })

  test('names the same instant, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.constantFrom(...ZONES), (ms, zone) => {
        expect(Date.parse(isoLocal(ms, zone))).toBe(Math.floor(ms / 1000) * 1000)
      }),
    )
  })
})

describe('a date as text', () => {
  test.each(['2026-02-30', '2026-13-01', '2026-1-1', '20260101', '', '2026-01-01T00:00', ' 2026-01-01'])(
    'is refused when it is "%s"',
    (text) => {
      expect(parseNemDate(text)).toBeUndefined()
      expect(parseLocalDate(text)).toBeUndefined()
    },
  )

  test('counts on over months and leap years', () => {
    expect(addDays(local('2028-02-28'), 1)).toBe('2028-02-29')
    expect(addDays(local('2026-01-01'), -1)).toBe('2025-12-31')
    expect(datesBetween(local('2026-02-27'), local('2026-03-01'))).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ])
    expect(datesBetween(local('2026-03-01'), local('2026-02-27'))).toEqual([])
  })
})

test.each([
  ['Ausgrid', 'Australia/Sydney'],
  ['Endeavour Energy', 'Australia/Sydney'],
  ['Essential Energy', 'Australia/Sydney'],
  ['Evoenergy', 'Australia/Sydney'],
  ['Energex', 'Australia/Brisbane'],
  ['Ergon Energy', 'Australia/Brisbane'],
  ['SA Power Networks', 'Australia/Adelaide'],
  ['TasNetworks', 'Australia/Hobart'],
  ['AusNet Services', 'Australia/Melbourne'],
  ['CitiPower', 'Australia/Melbourne'],
  ['Jemena', 'Australia/Melbourne'],
  ['Powercor', 'Australia/Melbourne'],
  ['United Energy', 'Australia/Melbourne'],
  ['UNITED  ENERGY', 'Australia/Melbourne'],
  ['Western Power', undefined],
  ['', undefined],
])('the network %s keeps the time of %s', (network, zone) => {
  expect(zoneOfNetwork(network)).toBe(zone)
  if (zone) expect(isTimeZone(zone)).toBe(true)
})

test('a time zone that this machine does not know is refused', () => {
  expect(isTimeZone('Australia/Nowhere')).toBe(false)
})

import { describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS, type Settings } from '#domain/settings/settings.ts'
import { type SettingsContact, settingsNews } from '#domain/settings/settings-news.ts'
import { withWritten } from '#domain/settings/settings-record.ts'
import { settingsRows } from '#domain/settings/settings-rows.ts'

const SYDNEY = 'Australia/Sydney'
const NOW = Date.parse('2026-03-10T10:02:00+11:00')
const NB = '\u00a0'

describe('the rows', () => {
  const row = (changes: Partial<Settings>, part: string) => {
    const rows = settingsRows(
      { ...DEFAULT_SETTINGS, ...changes },
      {
        household: undefined,
        nowMs: NOW,
        timeZone: SYDNEY,
      },
    )
    const { text, note } = rows.find((each) => each.part === part)!
    return [text, note]
  }
  const charges = {
    includesGst: true,
    supplyCentsPerDay: 105.6,
    fee: { cents: 1900, per: 'month' },
    demand: [{ centsPerKw: 12.3, per: 'day', times: [{ fromMinute: 900, toMinute: 1260 }] }],
  } as const

  test.each<[Partial<Settings>, string, string[]]>([
    [{}, 'home', ['No site yet', 'Sydney time']],
    [{}, 'charges', ['From the 1st', 'supply not entered']],
    [
      { charges: [charges], billingDay: 22 },
      'charges',
      ['From the 22nd', `supply $1.056${NB}a${NB}day, $19.00${NB}a${NB}month`],
    ],
    [
      { charges: [{ includesGst: true, supplyCentsPerDay: 110 }] },
      'charges',
      ['From the 1st', `supply $1.10${NB}a${NB}day`],
    ],
    [
      { charges: [{ includesGst: true, supplyCentsPerDay: 98.5 }] },
      'charges',
      ['From the 1st', `supply 98.5c${NB}a${NB}day`],
    ],
    [{}, 'demand', ['None entered', '']],
    [{ charges: [charges] }, 'demand', [`12.3c${NB}per${NB}kW${NB}a${NB}day`, `3${NB}pm to 9${NB}pm`]],
    [{}, 'appliances', ['5', 'Dishwasher and EV in the kitchen']],
    [{ appliances: [] }, 'appliances', ['None', '']],
    [{}, 'levels', ['In Amber’s words', 'colours for all eyes']],
    [{ thresholds: [10, 20, 30, 50], colours: 'amber' }, 'levels', ['Dear from 50c', 'Amber’s colours']],
    [{ forecast: 'aemo', calibratedBand: false }, 'forecast', ['AEMO’s', 'as sure as Amber says']],
  ])('with %o say of %s: %o', (changes, part, words) => expect(row(changes, part)).toEqual(words))
})

describe('the news', () => {
  const record = withWritten({}, { billingDay: 14 }, 'phone', NOW - 240_000)
  const SENT: SettingsContact = {
    record,
    writer: 'phone',
    state: 'sent',
    overruled: [],
    isPiReached: true,
  }
  const news = (changes: Partial<SettingsContact>) => settingsNews({ ...SENT, ...changes }, NOW, SYDNEY)

  test('say that all of it is on the Pi, and when and where it was last changed', () => {
    expect(news({})).toEqual({
      sentence: 'Your settings are on your Pi, the same on every device.',
      detail: `Last changed on this device at 9:58${NB}am, 4${NB}minutes${NB}ago.`,
      notice: '',
    })
    expect(news({ writer: 'tablet' }).detail).toContain('on another device')
  })

  test('say what is kept here until the Pi answers, and nothing of it while it is on its way', () => {
    expect(news({ state: 'unsent', isPiReached: false }).sentence).toBe(
      'Your changes are kept on this device until your Pi answers.',
    )
    expect(news({ isPiReached: false }).sentence).toBe('Your settings, as your Pi last told them.')
    const onItsWay = news({ state: 'unsent' })
    expect(onItsWay.sentence).toBe(news({}).sentence)
    expect(onItsWay.detail).toContain('It is on its way to your Pi.')
  })

  test('say that the Pi has not taken a change', () =>
    expect(news({ state: 'refused' }).sentence).toBe('Your Pi refused the last change.'))

  test('say that nothing is set yet', () =>
    expect(news({ record: {} })).toEqual({
      sentence: 'Nothing is set yet: the app goes by usual values.',
      detail: '',
      notice: '',
    }))

  test('go by the change that knew of all others, whatever the clocks say, and bear one without a time', () => {
    const later = withWritten(record, { ovenKw: 3 }, 'tablet', NOW - 3_600_000)
    expect(news({ record: later }).detail).toContain('on another device at 9:02')
    expect(news({ record: withWritten(record, { ovenKw: 3 }, 'tablet') }).detail).toBe(
      'Last changed on another device.',
    )
  })

  test('name what another device has changed since', () =>
    expect(news({ overruled: ['billingDay', 'charges', 'colours', 'ofANewerVersion'] }).notice).toBe(
      'Another device has changed the billing day, what Amber charges and the colours since. Its values hold here too.',
    ))
})

import { describe, expect, test } from 'vitest'
import { isoLocal, localDay, type NemDate } from '#domain/calendar.ts'
import type { HomeFacts } from '#domain/home-facts.ts'
import { HOUR_MS } from '#domain/interval.ts'
import type { DemandCharge } from '#domain/money/demand.ts'
import { nowView } from '#domain/now-view.ts'
import { DEFAULT_SETTINGS, nowOptions, type Settings } from '#domain/settings/settings.ts'
import { type UsageRequest, usageView } from '#domain/usage-view.ts'
import { date, usageFrom } from './money/sample-usage.ts'
import { at, HOUSEHOLD, liveFacts, SYDNEY } from './sample-facts.ts'

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('\u00a0', ' '))
const EVENING = [{ fromMinute: 15 * 60, toMinute: 21 * 60 }]
const withDemand = (...demand: DemandCharge[]): Settings => ({
  ...DEFAULT_SETTINGS,
  charges: [{ includesGst: true, supplyCentsPerDay: 100, demand }],
})
const OWN = withDemand({ centsPerKw: 20, per: 'day', times: EVENING })
/** One kW, but 3.4 at half past six on the third. */
const USED = usageFrom('2026-11-01', '2026-11-22').map((row) =>
  isoLocal(row.startMs, SYDNEY).startsWith('2026-11-03T18:30') ? { ...row, kwh: 1.7 } : row,
)
const facts = (nowMs: number, more: Partial<HomeFacts> = {}): HomeFacts => ({
  ...liveFacts({ nowMs }),
  household: { ...HOUSEHOLD, intervalMinutes: 30 },
  usage: USED,
  ...more,
})

/** As Usage shows them of the running month. */
const parts = (known: HomeFacts, settings: Settings) =>
  plain(usageView(known, at(12), { kind: 'month' }, settings).demand)

describe('the demand guard', () => {
  const view = parts(facts(at(12)), OWN)

  test('names the peak, its cost, what a kW more costs, and how far the meter has told', () => {
    expect(view).toHaveLength(1)
    expect(view[0]).toMatchObject({
      sentence: 'This month’s peak so far: 3.4 kW, $20.40.',
      detail: 'Tue 3 Nov, 6:30 pm. Each kW more costs $6.00 for the month. Usage is in up to Sunday 22.',
    })
  })

  test.each([
    ['an Amber day that ends at 1 am', '2026-11-23', 2, 'Sunday 22'],
    ['a whole local day', '2026-11-22', 48, 'Sunday 22'],
    ['half of a day more', '2026-11-23', 24, 'Sunday 22'],
  ])('names the last whole day that the meter has told, of %s', (_, day, halfHours, text) => {
    const told = [...usageFrom('2026-11-01', '2026-11-21'), ...usageFrom('2026-11-22', day)]
    const rows = told.filter(
      ({ startMs }) => startMs < localDay(date(day), SYDNEY).startMs + (halfHours * HOUR_MS) / 2,
    )
    expect(parts(facts(at(12), { usage: rows }), OWN)[0]!.detail).toContain(`in up to ${text}.`)
  })

  test('says what a new peak would add', () => {
    expect(view[0]!.newPeak).toEqual([
      '4 kW would add $3.60',
      '5 kW would add $9.60',
      '6 kW would add $15.60',
    ])
  })

  test('says when nothing has counted this month yet, and what of it is missing', () => {
    const [none] = parts(facts(at(12), { usage: [] }), OWN)
    expect(none).toMatchObject({
      sentence: 'No peak this month yet.',
      detail: 'Each kW more costs $6.00 for the month.',
    })
    const lost = USED.filter((row) => !isoLocal(row.startMs, SYDNEY).startsWith('2026-11-05T16:'))
    expect(parts(facts(at(12), { usage: lost }), OWN)[0]!.detail).toContain(
      '2 half hours that may count are missing.',
    )
  })

  test('asks for the window where Amber names none', () => {
    const [part] = parts(facts(at(12)), withDemand({ centsPerKw: 20, per: 'day' }))
    expect(part).toMatchObject({
      sentence: 'Amber names no demand window: enter yours in Settings.',
      newPeak: [],
    })
  })

  test.each([
    [false, 'Amber has named no demand window this month: if your bill has one, enter it in Settings.'],
    [true, 'Amber names every half hour a demand window: if your bill does not, enter yours in Settings.'],
  ])('doubts a window that Amber names always or never (case %#)', (demandWindow, text) => {
    const named = USED.map((row) => ({ ...row, tariff: { demandWindow } }))
    const shown = (settings: Settings) => parts(facts(at(12), { usage: named }), settings)[0]!.detail
    expect(shown(withDemand({ centsPerKw: 20, per: 'day' }))).toContain(text)
    expect(shown(OWN)).not.toContain('Settings')
  })

  test('is none where no demand is charged, in this month or ever', () => {
    expect(parts(facts(at(12)), DEFAULT_SETTINGS)).toEqual([])
    const winter = withDemand({ centsPerKw: 20, per: 'day', months: [6, 7, 8], times: EVENING })
    expect(parts(facts(at(12)), winter)).toEqual([])
  })

  test('is of the running month alone', () => {
    const shown = (request: UsageRequest) => usageView(facts(at(12)), at(12), request, OWN).demand.length
    expect(shown({ kind: 'month' })).toBe(1)
    expect(shown({ kind: 'month', date: date('2026-10-31') })).toBe(0)
    expect(shown({ kind: 'week' })).toBe(0)
  })
})

describe('the chart', () => {
  const windowsOf = (known: HomeFacts, settings: Settings) =>
    plain(nowView(known, at(12), nowOptions(settings)).chart!.demandWindows)

  test('draws the household’s window, whatever Amber says', () => {
    const known = facts(at(12))
    const flagged = known.prices.map((row) => ({ ...row, tariff: { demandWindow: row.startMs < at(13) } }))
    expect(windowsOf({ ...known, prices: flagged }, OWN)).toEqual([
      { startMs: at(15), endMs: at(21), text: 'Demand window 3–9 pm' },
    ])
    expect(windowsOf({ ...known, prices: flagged }, DEFAULT_SETTINGS)[0]).toMatchObject({ endMs: at(13) })
  })

  test('names a window past midnight by where it really ends', () => {
    const night = withDemand({
      centsPerKw: 20,
      per: 'day',
      times: [{ fromMinute: 22 * 60, toMinute: 6 * 60 }],
    })
    expect(windowsOf(facts(at(12)), night)).toEqual([
      { startMs: at(22), endMs: at(12) + 15 * HOUR_MS, text: 'Demand window 10 pm–6 am' },
    ])
  })
})

test('yesterday costs the same in the kitchen as on the Usage screen', () => {
  const known = facts(at(12), { usage: usageFrom('2026-11-01', '2026-11-23') })
  const { yesterday, facts: row } = plain(nowView(known, at(12), nowOptions(OWN)))
  // 24 kWh at 30c, supply, and a kW of demand.
  expect(yesterday).toEqual({
    caption: 'Yesterday',
    text: '$8.40',
    note: '24.0 kWh, with charges',
  })
  expect(row[0]).toEqual({ caption: 'Yesterday', text: '$8.40', note: 'with charges' })
  expect(plain(nowView(known, at(12))).yesterday).toMatchObject({
    text: '$7.20',
    note: '24.0 kWh, energy only',
  })
})

describe('a device that lacks the first days of the month', () => {
  const here = usageFrom('2026-11-14', '2026-11-23')
  const known = (heldFrom: string) => facts(at(12), { usage: here, heldFrom: heldFrom as NemDate })

  test('tells yesterday without demand, and says so', () => {
    const { yesterday, facts: row } = plain(nowView(known('2026-11-14'), at(12), nowOptions(OWN)))
    expect(yesterday).toMatchObject({ text: '$8.20', note: '24.0 kWh, without demand' })
    expect(row[0]).toMatchObject({ text: '$8.20', note: 'without demand' })
  })

  test('does so too while the Pi itself still fetches its past', () => {
    const young = facts(at(12), { usage: here, history: { fetchedDays: 10, days: 90 } })
    expect(plain(nowView(young, at(12), nowOptions(OWN))).yesterday.note).toBe('24.0 kWh, without demand')
  })

  test('names no peak of the month', () => {
    const [part] = parts(known('2026-11-14'), OWN)
    expect(part).toEqual({
      sentence: 'This month\u2019s peak is not known.',
      detail: 'Days of it are missing here.',
      newPeak: [],
    })
  })

  test('has all that counts once it holds the first midnight of the month, or where none is charged', () => {
    const whole = nowView(known('2026-10-31'), at(12), nowOptions(OWN))
    expect(whole.yesterday).toMatchObject({ text: '$8.40' })
    const [almost] = parts(known('2026-11-01'), OWN)
    expect(almost!.newPeak).toEqual([])
    const winter = withDemand({ centsPerKw: 20, per: 'day', times: EVENING, months: [6, 7, 8] })
    const free = plain(nowView(known('2026-11-14'), at(12), nowOptions(winter)))
    expect(free.yesterday.note).toBe('24.0 kWh, with charges')
  })
})

import { describe, expect, it } from 'vitest'
import type { NemDate } from '../../backend/domain/calendar.ts'
import type { Asked } from '../../backend/store/questions.ts'
import { historyProgress } from '../../backend/sync/history.ts'
import { type AmberRequest, type PlanSite, type PlanState, plan } from '../../backend/sync/plan.ts'
import { nextSyncAtMs } from '../../backend/sync/schedule.ts'
import { spansOf } from '../../backend/sync/spans.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const at = (text: string) => Date.parse(text)
/** Ten in the morning, NEM time, 25 seconds into an interval. */
const NOW = at('2026-03-10T10:00:25+10:00')
/** Since usage of yesterday may be there. */
const SINCE_0215 = NOW - at('2026-03-10T02:15:00+10:00')
const day = (text: string) => text as NemDate

const bare: PlanSite = {
  siteId: 'S1',
  status: 'active',
  intervalMinutes: 5,
  activeFrom: day('2026-02-01'),
  asked: new Map(),
  yesterdayComplete: true,
  estimatedDates: [],
  current: { askedAtMs: NOW, estimate: false, failures: 0 },
}
const answered = (atMs: number, more: Partial<Asked> = {}): Asked => ({
  answeredAtMs: atMs,
  emptyAnswers: 0,
  shortAnswers: 0,
  failures: 0,
  ...more,
})
const idle: PlanState = {
  sitesAnsweredAtMs: NOW - HOUR,
  sites: [],
  failed: new Set(),
  knowsTime: true,
  rechecked: false,
  isDown: false,
}

/** A site of which everything was asked a minute ago, but for what the test says. */
function site(
  over: Partial<PlanSite> = {},
  asked: Record<string, Asked | undefined> = {},
  nowMs = NOW,
): PlanSite {
  const all = { ...bare, ...over }
  const names = [
    'prices now',
    ...(['prices', 'usage'] as const).flatMap((what) =>
      spansOf(what, all, {}, nowMs).map(({ question }) => question),
    ),
  ]
  const known = new Map(names.map((name) => [name, answered(nowMs - MINUTE)]))
  for (const [name, value] of Object.entries(asked)) {
    if (value) known.set(name, value)
    else known.delete(name)
  }
  return { ...all, asked: known }
}

const inWords = (request: AmberRequest): string => {
  if (request.what === 'sites') return 'sites'
  if (request.what === 'current') return 'current'
  return `${request.what} ${request.from.slice(5)} to ${request.to.slice(5)}`
}
const planned = (sites: PlanSite | PlanSite[], state: Partial<PlanState> = {}, nowMs = NOW, budget = 20) =>
  plan({ ...idle, ...state, sites: [sites].flat() }, nowMs, budget).map(inWords)
const without = ({ current: _, ...rest }: PlanSite): PlanSite => rest

describe('the plan', () => {
  it('asks for the sites before all else, and waits for them', () => {
    const { sitesAnsweredAtMs: _, ...state } = idle
    expect(plan(state, NOW, 20).map(inWords)).toEqual(['sites'])
  })

  it('of a first start is what the kitchen needs first, then backwards, the newest first', () => {
    expect(planned(without(bare))).toEqual([
      'current',
      'prices 03-09 to 03-11',
      'usage 03-03 to 03-09',
      'prices 03-03 to 03-09',
      'usage 02-24 to 03-02',
      'prices 02-24 to 03-02',
      'usage 02-19 to 02-25',
      'prices 02-19 to 02-25',
      'usage 02-12 to 02-18',
      'prices 02-12 to 02-18',
      'usage 02-05 to 02-11',
      'prices 02-05 to 02-11',
      'usage 02-01 to 02-04',
      'prices 02-01 to 02-04',
    ])
  })

  it('asks for yesterday’s usage, which the kitchen waits for, also with the calls that are kept back', () => {
    const late = { answeredAtMs: NOW - HOUR, emptyAnswers: 0, shortAnswers: 0, failures: 0 }
    expect(planned(site({ yesterdayComplete: false }, { 'usage days': late }), {}, NOW, 1)).toEqual([
      'usage 03-03 to 03-09',
    ])
    expect(planned(site({}, { 'usage days': undefined }), {}, NOW, 1)).toEqual(['usage 03-03 to 03-09'])
    expect(planned(site({}, { 'usage days before': undefined }), {}, NOW, 4)).toEqual([])
  })

  it('goes on where it was cut off: what was answered is not asked again', () => {
    const asked = new Map(
      ['prices now', 'usage days', 'prices days', 'usage days before', 'prices week 2929'].map((name) => [
        name,
        answered(NOW - MINUTE),
      ]),
    )
    expect(planned({ ...bare, asked }).slice(0, 3)).toEqual([
      'prices 02-24 to 03-02',
      'usage 02-19 to 02-25',
      'usage 02-12 to 02-18',
    ])
  })

  it('never asks more than its budget allows, and keeps some calls back from what can wait', () => {
    expect(planned(without(bare), {}, NOW, 20)).toHaveLength(14)
    expect(planned(without(bare), {}, NOW, 10)).toHaveLength(6)
    expect(planned(without(bare), {}, NOW, 2)).toEqual(['current', 'prices 03-09 to 03-11'])
    expect(planned(without(bare), {}, NOW, 0)).toEqual([])
    expect(planned(without(bare), {}, NOW, -5)).toEqual([])
  })

  it('asks for usage no further back than Amber keeps it, and for prices to the first day of the site', () => {
    const old = { ...bare, activeFrom: day('2024-06-12') }
    const requests = planned(old, {}, NOW, 500)
    expect(requests.filter((words) => words.startsWith('usage')).at(-1)).toBe('usage 12-10 to 12-10')
    expect(requests.at(-1)).toBe('prices 06-12 to 06-12')
    const spans = plan({ ...idle, sites: [old] }, NOW, 500).filter((request) => 'from' in request)
    expect(spans.map(({ from }) => from).sort()[0]).toBe('2024-06-12')
  })

  it('never spans more than seven days, leaves out none, and none is asked for in two weeks at once', () => {
    for (let shift = 0; shift < 14; shift++) {
      const nowMs = NOW + shift * DAY
      const spans = spansOf('prices', { ...bare, activeFrom: day('2025-11-03') }, {}, nowMs)
      const days = spans.flatMap(({ from, to }) => {
        expect((Date.parse(to) - Date.parse(from)) / DAY).toBeLessThanOrEqual(6)
        return Array.from({ length: (Date.parse(to) - Date.parse(from)) / DAY + 1 }, (_, index) =>
          new Date(Date.parse(from) + index * DAY).toISOString().slice(0, 10),
        )
      })
      const all = Math.round((nowMs - at('2025-11-03T00:00:00+10:00')) / DAY - 0.5)
      expect(new Set(days).size).toBe(all)
      const weeks = spans.filter(({ isWeek }) => isWeek)
      expect(new Set(weeks.map(({ from }) => from)).size).toBe(weeks.length)
    }
  })

  it('asks for nothing when everything is there', () => {
    expect(planned(site())).toEqual([])
  })

  const ago = (ms: number, more?: Partial<Asked>) => answered(NOW - ms, more)
  it.each<[string, PlanSite, Partial<PlanState>, string[]]>([
    ['the running interval once a run', without(site()), {}, ['current']],
    ['the sites daily', site(), { sitesAnsweredAtMs: NOW - DAY }, ['sites']],
    ['the sites hourly while none supplies a price', site({ status: 'pending' }), {}, ['sites']],
    ['prices around now hourly', site({}, { 'prices now': ago(HOUR) }), {}, ['prices 03-09 to 03-11']],
    ['recent prices daily', site({}, { 'prices days': ago(DAY) }), {}, ['prices 03-03 to 03-09']],
    ['the week before it daily', site({}, { 'usage days before': ago(DAY) }), {}, ['usage 02-24 to 03-02']],
    ['recent usage daily', site({}, { 'usage days': ago(DAY) }), {}, ['usage 03-03 to 03-09']],
    [
      'no usage again that was answered since it was there',
      site({}, { 'usage days': ago(SINCE_0215) }),
      {},
      [],
    ],
    [
      'usage of the week before that was answered before this day’s was there, so that no day is out of sight for two',
      site({}, { 'usage days before': ago(SINCE_0215 + 1) }),
      {},
      ['usage 02-24 to 03-02'],
    ],
    [
      'recent usage hourly while yesterday is not whole',
      site({ yesterdayComplete: false }, { 'usage days': ago(HOUR) }),
      {},
      ['usage 03-03 to 03-09'],
    ],
    [
      'no older usage because of it',
      site({ yesterdayComplete: false }, { 'usage days before': ago(HOUR) }),
      {},
      [],
    ],
    [
      'no usage again within the hour',
      site({ yesterdayComplete: false }, { 'usage days': ago(HOUR - 1) }),
      {},
      [],
    ],
    [
      'usage every three hours while a day of it is estimated',
      site(
        { estimatedDates: [day('2026-03-05')] },
        { 'usage days': ago(3 * HOUR), 'usage days before': ago(3 * HOUR) },
      ),
      {},
      ['usage 03-03 to 03-09'],
    ],
    [
      'usage every three hours while a day of the week before is estimated',
      site(
        { estimatedDates: [day('2026-02-25')] },
        { 'usage days': ago(3 * HOUR), 'usage days before': ago(3 * HOUR) },
      ),
      {},
      ['usage 02-24 to 03-02'],
    ],
    [
      'a week that may be revised weekly',
      site({}, { 'usage week 2928': ago(7 * DAY) }),
      {},
      ['usage 02-12 to 02-18'],
    ],
    ['no week twice in a week', site({}, { 'usage week 2928': ago(7 * DAY - 1) }), {}, []],
    [
      'one such week a run',
      site({}, { 'usage week 2928': ago(7 * DAY), 'prices week 2928': ago(8 * DAY) }),
      {},
      ['usage 02-12 to 02-18'],
    ],
    ['no second one', site({}, { 'usage week 2928': ago(7 * DAY) }), { rechecked: true }, []],
    [
      'a week without a row again the next day',
      site({}, { 'prices week 2928': ago(DAY, { emptyAnswers: 2 }) }),
      {},
      ['prices 02-12 to 02-18'],
    ],
    [
      'everything again that a clock ahead has noted',
      site({}, { 'prices now': answered(NOW + HOUR) }),
      { sitesAnsweredAtMs: NOW + HOUR },
      ['sites', 'prices 03-09 to 03-11'],
    ],
    ['nothing by date before Amber has told the time', without(bare), { knowsTime: false }, ['current']],
    ['the running price alone while Amber is not reached', without(bare), { isDown: true }, ['current']],
  ])('asks for %s', (_, theSite, state, expected) => {
    expect(planned(theSite, state)).toEqual(expected)
  })

  it.each([
    [1, DAY - 1, false],
    [1, DAY, true],
    [4, DAY, true],
    [5, DAY, false],
    [5, 7 * DAY - 1, false],
    [5, 7 * DAY, true],
    [50, 7 * DAY, true],
    // Whole at last: known for good.
    [0, 1000 * DAY, false],
  ])(
    'asks again for an old week that %i answers in a row left holes in after %i ms: %s',
    (shortAnswers, ms, expected) => {
      const old = { activeFrom: day('2025-10-01') }
      const week = site(old, { 'prices week 2912': ago(ms, { shortAnswers }) })
      expect(planned(week)).toEqual(expected ? ['prices 10-23 to 10-29'] : [])
      expect(planned(week, { rechecked: true })).toEqual([])
    },
  )

  it.each([
    // Week 2928 is three weeks old, 2912 nineteen.
    ['usage week 2928', 1, DAY - 1, false],
    ['usage week 2928', 2, DAY, true],
    ['usage week 2928', 3, 7 * DAY - 1, false],
    ['usage week 2928', 3, 7 * DAY, true],
    ['prices week 2928', 9, 7 * DAY, true],
    ['prices week 2912', 1, DAY - 1, false],
    ['prices week 2912', 2, DAY, true],
    ['prices week 2912', 3, 30 * DAY - 1, false],
    ['prices week 2912', 3, 30 * DAY, true],
    ['prices week 2912', 99, 30 * DAY, true],
  ])(
    'asks again for %s, which %i answers in a row say is empty, after %i ms: %s',
    (question, emptyAnswers, ms, expected) => {
      const week = site({ activeFrom: day('2025-10-01') }, { [question]: ago(ms, { emptyAnswers }) })
      expect(planned(week)).toHaveLength(expected ? 1 : 0)
      expect(planned(week, { rechecked: true })).toEqual([])
    },
  )

  it.each([
    [1, 59, false],
    [1, 60, true],
    [3, 239, false],
    [3, 240, true],
    [9, 24 * 60 - 1, false],
    [9, 24 * 60, true],
  ])('asks again what failed %i times after %i minutes: %s', (failures, minutes, expected) => {
    const failed: Asked = { emptyAnswers: 0, shortAnswers: 0, failures, failedAtMs: NOW - minutes * MINUTE }
    expect(planned(site({}, { 'prices week 2928': failed })).length > 0).toBe(expected)
  })

  it.each([
    [3, 239, false],
    [3, 240, true],
    [4, 240, true],
    [50, 239, false],
    [50, 240, true],
  ])(
    'asks again what is wanted hourly, and failed %i times, after %i minutes: %s',
    (failures, minutes, expected) => {
      const failed = ago(5 * DAY, { failures, failedAtMs: NOW - minutes * MINUTE })
      expect(planned(site({}, { 'prices now': failed })).length > 0).toBe(expected)
    },
  )

  it('passes over a week that Amber fails at, and goes on with the older ones', () => {
    const failed: Asked = { emptyAnswers: 0, shortAnswers: 0, failures: 1, failedAtMs: NOW - MINUTE }
    expect(planned(site({}, { 'prices week 2928': failed, 'prices week 2927': undefined }))).toEqual([
      'prices 02-05 to 02-11',
    ])
  })

  it('does not ask for usage in the first hours of the NEM day, when Amber cannot have it', () => {
    const late = (nowMs: number) =>
      planned(
        site({ yesterdayComplete: false }, { 'usage days': answered(nowMs - 4 * HOUR) }, nowMs),
        { sitesAnsweredAtMs: nowMs },
        nowMs,
      )
    expect(late(at('2026-03-10T02:14:00+10:00'))).toEqual([])
    expect(late(at('2026-03-10T02:15:00+10:00'))).toEqual([
      'usage 03-03 to 03-09',
      'prices 03-03 to 03-09',
      'usage 02-24 to 03-02',
      'prices 02-24 to 03-02',
    ])
  })

  it('names NEM dates, not those of the wall: at half past midnight in Sydney it is still yesterday', () => {
    const halfPast = at('2026-03-10T00:30:25+11:00')
    const theSite = site({}, { 'prices now': undefined }, halfPast)
    expect(planned(theSite, { sitesAnsweredAtMs: halfPast }, halfPast)).toEqual(['prices 03-08 to 03-10'])
  })

  it('asks for nothing that the household does not keep', () => {
    const requests = planned(bare, { keepFrom: day('2026-03-05') })
    expect(requests).toEqual(['prices 03-09 to 03-11', 'usage 03-05 to 03-09', 'prices 03-05 to 03-09'])
  })

  it('passes over a question that failed in this run', () => {
    const theSite = site({}, { 'prices now': undefined, 'prices days': undefined })
    expect(planned(theSite, { failed: new Set(['prices S1']) })).toEqual([])
  })

  it('of a site whose first day is not told goes back until there is nothing', () => {
    const { activeFrom: _, ...unknown } = bare
    const all = planned(unknown, {}, NOW, 500)
    expect(all.length).toBeGreaterThan(400)
    const asked = new Map([['prices week 2924', answered(NOW - MINUTE, { emptyAnswers: 1 })]])
    const prices = planned({ ...unknown, asked }, {}, NOW, 500).filter((words) => words.startsWith('prices'))
    expect(prices.at(-1)).toBe('prices 01-22 to 01-28')
  })
})

describe('of several sites', () => {
  const closed: PlanSite = {
    ...bare,
    siteId: 'S0',
    status: 'closed',
    activeFrom: day('2026-01-20'),
    closedOn: day('2026-02-01'),
  }
  const whose = (sites: PlanSite[], budget = 20) =>
    plan({ ...idle, sites }, NOW, budget).map((request) => ('siteId' in request ? request.siteId : ''))

  it('the household’s comes first, and the closed one’s history is fetched as well, to its last day', () => {
    const order = whose([without(bare), without(closed)], 40)
    expect(order.indexOf('S0')).toBeGreaterThan(order.lastIndexOf('S1'))
    expect(planned(without(closed), {}, NOW, 40)).toEqual([
      'current',
      'usage 01-29 to 02-01',
      'prices 01-29 to 02-01',
      'usage 01-22 to 01-28',
      'prices 01-22 to 01-28',
      'usage 01-20 to 01-21',
      'prices 01-20 to 01-21',
    ])
  })

  it('what is urgent of the household’s comes before what is newer of the other', () => {
    const other = { ...without(bare), siteId: 'S2' }
    // The running price of both; then prices to tomorrow and usage to yesterday, of the one and of the other.
    expect(whose([without(bare), other]).slice(0, 6)).toEqual(['S1', 'S2', 'S1', 'S1', 'S2', 'S2'])
  })

  it('each active one is asked for its price, and only the household’s is waited for', () => {
    const other = { ...without(site()), siteId: 'S2' }
    const requests = plan({ ...idle, sites: [without(site()), other] }, NOW, 20)
    expect(requests.map((request) => [request.what, 'siteId' in request && request.siteId])).toEqual([
      ['current', 'S1'],
      ['current', 'S2'],
    ])
    const seen = { current: { askedAtMs: NOW, estimate: true, failures: 0 } }
    const later = plan({ ...idle, sites: [site(seen), { ...other, ...seen }] }, NOW, 20)
    expect(later).toEqual([{ what: 'current', siteId: 'S1', notBeforeMs: at('2026-03-10T10:00:45+10:00') }])
  })

  it('a closed one that is not the household’s is not asked for a price', () => {
    expect(planned([site(), without(site({ siteId: 'S0', status: 'closed' }))])).toEqual([])
  })
})

describe('while the price is an estimate', () => {
  const waitFor = (askedAt: string, intervalMinutes = 5, failures = 0) => {
    const nowMs = at(askedAt)
    const current = { askedAtMs: nowMs, estimate: true, failures }
    const [request] = plan(
      { ...idle, sites: [site({ intervalMinutes, current }, {}, nowMs)], sitesAnsweredAtMs: nowMs },
      nowMs,
      20,
    )
    return request?.what === 'current'
      ? new Date(request.notBeforeMs ?? 0).toISOString().slice(14, 19)
      : undefined
  }

  it.each([
    ['2026-03-10T10:00:25+10:00', '00:45'],
    ['2026-03-10T10:00:46+10:00', '01:10'],
    ['2026-03-10T10:01:11+10:00', '02:00'],
    ['2026-03-10T10:02:01+10:00', '03:20'],
    ['2026-03-10T10:03:21+10:00', undefined],
  ])('a five-minute site is asked again: after %s at %s', (askedAt, expected) => {
    expect(waitFor(askedAt)).toBe(expected)
  })

  it.each([
    ['2026-03-10T10:20:25+10:00', undefined],
    ['2026-03-10T10:25:25+10:00', '25:40'],
    ['2026-03-10T10:25:41+10:00', '28:00'],
    ['2026-03-10T10:28:01+10:00', undefined],
  ])('a half-hour site is asked again when it settles: after %s at %s', (askedAt, expected) => {
    expect(waitFor(askedAt, 30)).toBe(expected)
  })

  it.each([
    [1, '00:35'],
    [2, '00:55'],
    [3, '01:55'],
    [4, undefined],
  ])('after %i failures in a row Amber is asked again at %s', (failures, expected) => {
    expect(waitFor('2026-03-10T10:00:25+10:00', 5, failures)).toBe(expected)
    expect(waitFor('2026-03-10T10:00:25+10:00', 30, failures)).toBe(expected)
  })

  it('other questions go first while it waits, and the price comes first once it is due', () => {
    const current = { askedAtMs: NOW, estimate: true, failures: 0 }
    const theSite = site({ current }, { 'prices now': undefined })
    expect(planned(theSite)).toEqual(['prices 03-09 to 03-11', 'current'])
    expect(planned(theSite, {}, NOW + 20_000).slice(0, 2)).toEqual(['current', 'prices 03-09 to 03-11'])
  })

  it('keeps enough calls back from history to see it settle', () => {
    const current = { askedAtMs: NOW, estimate: true, failures: 0 }
    const theSite = site({ current }, { 'prices week 2928': undefined })
    expect(planned(theSite, {}, NOW, 5)).toEqual(['prices 02-12 to 02-18', 'current'])
    expect(planned(theSite, {}, NOW, 4)).toEqual(['current'])
  })
})

describe('the progress of history', () => {
  it('is how far back everything is known, without a gap', () => {
    const theSite = site({}, { 'prices week 2928': undefined })
    expect(historyProgress(theSite, idle, NOW)).toEqual({
      prices: { backTo: '2026-02-19', first: '2026-02-01', isComplete: false, weeks: [5, 6] },
      usage: { backTo: '2026-02-01', first: '2026-02-01', isComplete: true, weeks: [6, 6] },
    })
  })

  it('of a new site is none', () => {
    expect(historyProgress(bare, idle, NOW).prices).toEqual({
      first: '2026-02-01',
      isComplete: false,
      weeks: [0, 6],
    })
  })
})

describe('the schedule', () => {
  it.each([
    ['10:00:00', '10:00:25'],
    ['10:00:24.999', '10:00:25'],
    ['10:00:25', '10:05:25'],
    ['10:04:59', '10:05:25'],
    ['23:59:00', '00:00:25'],
  ])('after %s is at %s', (now, next) => {
    const ms = nextSyncAtMs(at(`2026-03-10T${now}Z`))
    expect(new Date(ms).toISOString().slice(11, 19)).toBe(next)
  })
})

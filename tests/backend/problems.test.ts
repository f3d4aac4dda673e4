// Each trouble is told in words that say what it means and what to do.
import { describe, expect, it } from 'vitest'
import type { HealthAnswer, HistoryAnswer } from '../../backend/domain/contract.ts'
import type { SyncOutcome } from '../../backend/domain/household.ts'
import type { Home } from '../../backend/http/home.ts'
import { problemsOf } from '../../backend/http/problems.ts'
import { freshStore } from './sample-rows.ts'

const NOW = Date.parse('2026-03-10T10:02:41+11:00')
const MINUTE = 60_000

const sync = (outcome: SyncOutcome, message: string | null = null) => ({
  startedAt: '2026-03-10T10:00:25+11:00',
  finishedAt: '2026-03-10T10:00:27+11:00',
  outcome,
  message,
  amberRequests: 1,
  quotaRemaining: 41,
})
const well: Omit<HealthAnswer, 'problems'> = {
  status: 'ok',
  source: 'live',
  cacheAgeSeconds: 41,
  demo: false,
  version: '1.2.0',
  commit: 'abc1234',
  now: '2026-03-10T10:02:41+11:00',
  startedAt: '2026-03-09T18:00:00+11:00',
  prices: {
    intervalStart: null,
    intervalEnd: null,
    state: 'confirmed',
    ageSeconds: 41,
    forecastUntil: '2026-03-11T10:00:00+11:00',
  },
  usage: { completeThroughDate: '2026-03-09', estimatedDays: 0, missingDays: 0 },
  lastSync: sync('ok'),
  quarantinedRows: 0,
}
const site: Home['site'] & {} = {
  siteId: 'S1',
  network: 'Ausgrid',
  status: 'active',
  intervalMinutes: 5,
  channels: [],
}

const CHANGE = { at: '2026-03-08T04:00:00+11:00', identifier: null, was: null, is: '' }

const told = (
  over: Partial<HealthAnswer>,
  { home = {}, nowMs = NOW, freeBytes }: { home?: Partial<Home>; nowMs?: number; freeBytes?: number } = {},
) => {
  const { db } = freshStore()
  const whole: Home = { db, site, timeZone: 'Australia/Sydney', ...home }
  return problemsOf({ ...well, ...over }, whole, { nowMs, freeBytes })
}

it('of a home that is well nothing is told', () => {
  expect(told({})).toEqual([])
  expect(told({}, { freeBytes: 60e6 })).toEqual([])
})

describe('a sync that ended', () => {
  it('with a refused token says once that it was, and both ways to put in another', () => {
    const [problem] = told({ lastSync: sync('unauthorised', 'Amber refused the token (403)') })
    expect(problem?.message).toMatch(/^Amber refused the token\. .* pi\/set-token\.sh; .*\sAMBER_TOKEN\.$/)
  })

  it.each<[SyncOutcome, string]>([
    ['unreachable', 'check the internet connection'],
    ['rate-limited', 'let another program ask less'],
    ['amber-error', 'there is nothing to do here'],
    ['bad-answer', 'look for an update'],
    ['partial', 'asked again in five minutes'],
    ['failed', 'journalctl -u home-energy-sync-cache'],
  ])('%s says what to do, and what was said', (outcome, words) => {
    const [problem, ...others] = told({ lastSync: sync(outcome, 'Amber answered 500 to /sites') })
    expect(others).toEqual([])
    expect(problem).toEqual({ code: outcome, message: expect.stringContaining(words) })
    expect(problem?.message).toContain('Amber answered 500 to /sites')
  })

  it('long ago is overdue', () => {
    expect(told({}, { nowMs: NOW + 20 * MINUTE })).toEqual([
      { code: 'sync-overdue', message: expect.stringMatching(/since 10\sam\..*systemctl list-timers/) },
    ])
  })
})

describe('where nothing can be shown', () => {
  it.each<[string, Partial<Home>, Partial<HealthAnswer>, string]>([
    ['no-cache', { site: undefined as never }, { lastSync: null }, 'run "npm run sync"'],
    ['no-site', { site: undefined as never }, {}, 'asked again hourly'],
    ['cache-unreadable', { trouble: 'cache.sqlite cannot be read' }, {}, 'cannot be read'],
  ])('%s says so', (code, home, over, words) => {
    const [problem] = told(over, { home })
    expect(problem).toEqual({ code, message: expect.stringContaining(words) })
  })
})

it('where the token was refused, that alone is told: of sites nothing is known', () => {
  const refused = told({ lastSync: sync('unauthorised') }, { home: { site: undefined as never } })
  expect(refused.map(({ code }) => code)).toEqual(['unauthorised'])
})

it.each<[string, Partial<HealthAnswer>, number | undefined, string]>([
  ['disk-full', {}, 12e6, 'but for 12 MB'],
  ['clock-off', { clockOffSeconds: 420 }, undefined, '7 minutes slow'],
  ['clock-off', { clockOffSeconds: -60 }, undefined, 'fast'],
  ['prices-stale', { status: 'stale' }, undefined, 'the stored forecast until Wednesday 10\u00a0am.'],
  [
    'usage-late',
    { usage: { ...well.usage, completeThroughDate: '2026-03-06' } },
    undefined,
    'complete only to 6\u00a0March.',
  ],
  [
    'register-silent',
    {
      usage: {
        ...well.usage,
        silentRegisters: [
          { identifier: 'E2', channel: 'controlledLoad', lastDate: '2026-02-06' },
          { identifier: 'B1', channel: 'feedIn', lastDate: null },
        ],
      },
    },
    undefined,
    'told of E2 (controlled load) nothing since 6\u00a0February, of B1 (feed-in) nothing at all.',
  ],
  [
    'site-changed',
    { siteChanges: [{ ...CHANGE, what: 'tariff', identifier: 'E1', was: 'EA116', is: 'EA025' }] },
    undefined,
    'network tariff EA025 instead of EA116 on E1 (noticed 8\u00a0March). A network tariff decides',
  ],
  [
    'site-changed',
    {
      siteChanges: [
        { ...CHANGE, what: 'register', identifier: 'E3', is: 'controlledLoad' },
        { ...CHANGE, what: 'interval', was: '30', is: '5' },
      ],
    },
    undefined,
    'a new register E3 (controlled load) (noticed 8\u00a0March); intervals of 5 minutes instead of 30 (noticed 8\u00a0March). There is nothing to do',
  ],
  ['rows-quarantined', { quarantinedRows: 3 }, undefined, '3 rows'],
])('%s is told with its facts', (code, over, freeBytes, words) => {
  expect(told(over, freeBytes === undefined ? {} : { freeBytes })).toEqual([
    { code, message: expect.stringContaining(words) },
  ])
})

it('a database that was built anew says how far it has come, and where the old one is', () => {
  const part = (complete: boolean): HistoryAnswer => ({
    backToDate: '2026-03-03',
    firstDate: null,
    complete,
    weeksFetched: 1,
    weeks: 9,
  })
  const rebuilt = {
    at: '2026-03-10T10:00:00+11:00',
    why: 'damaged',
    file: 'cache.sqlite.damaged-1',
    usageRows: 12,
  }
  const [filling] = told({ rebuilt, history: { prices: part(false), usage: part(true) } })
  expect(filling?.code).toBe('cache-rebuilding')
  for (const words of [
    '12 rows of usage',
    'kept as cache.sqlite.damaged-1',
    'back to 3\u00a0March so far',
    'replace the card',
  ])
    expect(filling?.message).toContain(words)
  expect(told({ rebuilt, history: { prices: part(true), usage: part(true) } })[0]?.code).toBe('cache-rebuilt')
})

describe('the certificate that phones know', () => {
  const certificate = { expiresAt: '', rootExpiresAt: '2036-01-02T00:00:00+11:00', renewsItself: true }
  const ending = (over: Partial<typeof certificate>) => told({ certificate: { ...certificate, ...over } })

  it('is no trouble with more than a fortnight left, and where there is none', () => {
    expect(ending({ expiresAt: '2026-03-24T10:03:00+11:00' })).toEqual([])
    expect(told({ certificate: null })).toEqual([])
  })

  it.each([
    ['2026-03-24T10:02:00+11:00', 'ends on 24\u00a0March and has not renewed itself'],
    ['2026-03-09T10:02:00+11:00', 'ended on 9\u00a0March and has not renewed itself'],
  ])('with its end at %s is told with what to do', (expiresAt, words) => {
    const [problem, ...others] = ending({ expiresAt })
    expect(others).toEqual([])
    expect(problem?.code).toBe('certificate-ending')
    expect(problem?.message).toContain(words)
    expect(problem?.message).toContain('Run "pi/https.sh" on the Pi')
  })

  it('made by hand is not said to renew itself', () => {
    const [problem] = ending({ expiresAt: '2026-03-12T10:02:00+11:00', renewsItself: false })
    expect(problem?.message).toContain('pi/https.sh --folder')
    expect(problem?.message).not.toContain('renewed itself')
  })

  it('whose root ends is told two months before, since each phone has to learn the new one', () => {
    const far = { expiresAt: '2027-03-12T10:02:00+11:00' }
    expect(ending({ ...far, rootExpiresAt: '2026-05-10T10:02:00+10:00' })).toEqual([])
    expect(ending({ ...far, rootExpiresAt: '2026-05-08T10:02:00+10:00' })).toEqual([
      { code: 'root-ending', message: expect.stringMatching(/ends on 8\sMay.*--new-root.*\/setup/) },
    ])
  })
})

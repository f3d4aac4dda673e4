import { mkdirSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { NemDate } from '../../backend/domain/calendar.ts'
import type {
  HealthAnswer,
  NowAnswer,
  PricesAnswer,
  SiteAnswer,
  UsageAnswer,
  UsageDaysAnswer,
} from '../../backend/domain/contract.ts'
import type { MirrorAnswer, MirrorHistoryAnswer } from '../../backend/domain/mirror.ts'
import type { PriceInterval } from '../../backend/domain/price.ts'
import type { UsageInterval } from '../../backend/domain/usage.ts'
import { API_ROUTES } from '../../backend/http/app.ts'
import { watchChanges } from '../../backend/http/changes.ts'
import { openapi } from '../../backend/http/openapi.ts'
import { listen, type RunningServer } from '../../backend/http/server.ts'
import { openForWriting } from '../../backend/store/open.ts'
import { savePrices } from '../../backend/store/prices.ts'
import { prune } from '../../backend/store/prune.ts'
import { createReader } from '../../backend/store/reader.ts'
import { saveSites } from '../../backend/store/sites.ts'
import { nextSyncRunId, recordSyncRun } from '../../backend/store/sync-runs.ts'
import { saveUsage } from '../../backend/store/usage.ts'
import { temporaryFolder } from './temporary.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const SITE = 'S1'
/** In daylight saving: Sydney is at +11:00, NEM at +10:00. */
const NOW = Date.parse('2026-03-10T10:02:41+11:00')
const START = Date.parse('2026-03-10T10:00:00+11:00')

const price = (over: Partial<PriceInterval>): PriceInterval => ({
  channel: 'general',
  kind: 'actual',
  estimate: false,
  startMs: START,
  endMs: START + 5 * MINUTE,
  centsPerKwh: 20,
  spotCentsPerKwh: 3,
  renewablesPercent: 61.2,
  descriptor: 'veryLow',
  spikeStatus: 'none',
  tariff: { demandWindow: false },
  ...over,
})
const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(text)
const shifted = (row: PriceInterval, steps: number): PriceInterval => ({
  ...row,
  startMs: row.startMs + steps * 5 * MINUTE,
  endMs: row.endMs + steps * 5 * MINUTE,
})
const usageRow = (over: Partial<UsageInterval>): UsageInterval => ({
  channel: 'general',
  identifier: 'E1',
  startMs: START - DAY,
  endMs: START - DAY + 5 * MINUTE,
  kwh: 0.5,
  costCents: 10,
  centsPerKwh: 20,
  quality: 'billable',
  ...over,
})

interface House {
  readonly server: RunningServer
  readonly db: ReturnType<typeof openForWriting>
  readonly clock: { now: number }
  get(path: string, init?: RequestInit): Promise<Response>
  json<T>(path: string): Promise<T>
  close(): Promise<void>
}

async function openHouse(folder = temporaryFolderOfSuite()): Promise<House> {
  const path = join(folder, 'cache.sqlite')
  const db = openForWriting(path, () => 'epoch-1')
  const frontEnd = join(folder, 'dist')
  mkdirSync(join(frontEnd, 'assets'), { recursive: true })
  writeFileSync(join(frontEnd, 'index.html'), `<!doctype html><title>Home</title>${' '.repeat(2000)}`)
  writeFileSync(join(frontEnd, 'service-worker.js'), '// worker')
  writeFileSync(join(frontEnd, 'manifest.webmanifest'), '{}')
  writeFileSync(join(frontEnd, 'assets/index-abc123.js'), '1')
  const clock = { now: NOW }
  const reader = createReader(path)
  const changes = watchChanges(reader, { everyMs: 20 })
  const server = await listen(
    {
      reader,
      changes,
      settings: {},
      now: () => clock.now,
      startedAtMs: NOW - DAY,
      version: '1.2.3',
      commit: 'abc1234',
      hostNames: ['kitchen', 'kitchen.local'],
      frontEnd,
      log: () => {},
    },
    { host: '127.0.0.1', port: 0 },
  )
  const get = (url: string, init?: RequestInit) => fetch(`http://127.0.0.1:${server.port}${url}`, init)
  return {
    server,
    db,
    clock,
    get,
    json: async <T>(url: string) => (await get(url)).json() as Promise<T>,
    close: async () => {
      await server.close()
      changes.close()
      reader.close()
      db.close()
    },
  }
}

const folders: string[] = []
function temporaryFolderOfSuite(): string {
  const folder = join(suiteFolder, String(folders.length))
  mkdirSync(folder)
  folders.push(folder)
  return folder
}
let suiteFolder: string
beforeAll(() => {
  suiteFolder = temporaryFolder('suite')
})

/** A home with an hour of settled prices, the running interval, a forecast, a day of usage and a sync that worked. */
async function furnishedHouse(): Promise<House> {
  const house = await openHouse()
  const { db } = house
  saveSites(db, [
    {
      siteId: SITE,
      network: 'Ausgrid',
      status: 'active',
      intervalMinutes: 5,
      channels: [
        { identifier: 'B1', channel: 'feedIn', tariff: 'EA029' },
        { identifier: 'E1', channel: 'general', tariff: 'EA116' },
      ],
    },
  ])
  const past = Array.from({ length: 12 }, (_, index) => shifted(price({ centsPerKwh: 25 }), index - 12))
  savePrices(db, SITE, [
    ...past,
    price({ kind: 'current', confirmedAtMs: START + 24_000, centsPerKwh: 19.2 }),
    price({ channel: 'feedIn', kind: 'current', estimate: true, centsPerKwh: 3, madeAtMs: START + 24_000 }),
    price({
      kind: 'forecast',
      endMs: START + 30 * MINUTE,
      centsPerKwh: 40,
      madeAtMs: START + 24_000,
      advanced: { low: 30, predicted: 41, high: 60 },
    }),
  ])
  saveUsage(
    db,
    SITE,
    [
      usageRow({}),
      usageRow({ channel: 'feedIn', identifier: 'B1', costCents: -3, kwh: 0.4, centsPerKwh: -7.5 }),
    ],
    START,
  )
  recordSyncRun(db, nextSyncRunId(db), {
    startedAtMs: START + 24_000,
    finishedAtMs: START + 26_000,
    outcome: 'ok',
    amberRequests: 2,
    answeredAtMs: START + 25_000,
    quotaRemaining: 41,
  })
  return house
}

describe('a server with facts', () => {
  let house: House
  beforeAll(async () => {
    house = await furnishedHouse()
  })
  afterAll(() => house.close())

  it('tells its health', async () => {
    const lastSync = {
      startedAt: '2026-03-10T10:00:24+11:00',
      finishedAt: '2026-03-10T10:00:26+11:00',
      outcome: 'ok',
      message: null,
      amberRequests: 2,
      quotaRemaining: 41,
    }
    expect(await house.json<HealthAnswer>('/api/health')).toEqual({
      status: 'ok',
      source: 'live',
      cacheAgeSeconds: 136,
      demo: false,
      version: '1.2.3',
      commit: 'abc1234',
      now: '2026-03-10T10:02:41+11:00',
      startedAt: '2026-03-09T10:02:41+11:00',
      prices: {
        intervalStart: '2026-03-10T10:00:00+11:00',
        intervalEnd: '2026-03-10T10:05:00+11:00',
        state: 'confirmed',
        ageSeconds: 137,
        forecastUntil: '2026-03-10T10:30:00+11:00',
      },
      usage: { completeThroughDate: null, estimatedDays: 0, missingDays: 1 },
      lastSync,
      recentSyncs: [lastSync],
      lastBackup: null,
      certificate: null,
      quarantinedRows: 0,
      history: null,
      clockOffSeconds: null,
      siteChanges: [],
      rebuilt: null,
      storage: { bytes: expect.any(Number), freeBytes: expect.any(Number) },
      problems: [],
    })
  })

  it('tells of its sites without their meter numbers', async () => {
    expect(await house.json<SiteAnswer[]>('/api/sites')).toEqual([
      {
        siteId: SITE,
        network: 'Ausgrid',
        status: 'active',
        intervalMinutes: 5,
        timeZone: 'Australia/Sydney',
        activeFrom: null,
        closedOn: null,
        isDefault: true,
        isPinned: false,
        channels: [
          { identifier: 'B1', channel: 'feedIn', tariff: 'EA029' },
          { identifier: 'E1', channel: 'general', tariff: 'EA116' },
        ],
      },
    ])
  })

  it('tells what power costs now', async () => {
    expect(await house.json<NowAnswer>('/api/now')).toMatchObject({
      site: SITE,
      at: '2026-03-10T10:02:41+11:00',
      renewablesPercent: 61.2,
      demandWindow: false,
      channels: {
        general: {
          state: 'confirmed',
          centsPerKwh: 19.2,
          startAt: '2026-03-10T10:00:00+11:00',
          endAt: '2026-03-10T10:05:00+11:00',
        },
        feedIn: { state: 'estimate', centsPerKwh: 3 },
      },
    })
  })

  it('tells each stretch of time once, the best fact of it', async () => {
    const { intervals } = await house.json<PricesAnswer>(
      '/api/prices?from=2026-03-10T09:50:00%2B11:00&to=2026-03-10T10:30:00%2B11:00&channel=general',
    )
    expect(
      intervals.map(({ startAt, durationMinutes, centsPerKwh, kind }) => [
        startAt.slice(11, 16),
        durationMinutes,
        centsPerKwh,
        kind,
      ]),
    ).toEqual([
      ['09:50', 5, 25, 'actual'],
      ['09:55', 5, 25, 'actual'],
      ['10:00', 5, 19.2, 'current'],
      ['10:05', 25, 40, 'forecast'],
    ])
    expect(intervals[3]).toMatchObject({
      forecastMadeAt: '2026-03-10T10:00:24+11:00',
      advanced: { low: 30, predicted: 41, high: 60 },
    })
    expect(JSON.stringify(intervals)).not.toMatch(/Ms"/)
  })

  it('tells the same as rows of a spreadsheet', async () => {
    const text = async (path: string) => (await house.get(path)).text()
    const prices = (await text('/api/export/prices.csv?from=2026-03-10&to=2026-03-11&channel=general')).split(
      '\r\n',
    )
    expect(prices[0]).toMatch(/^channel,startAt,endAt,durationMinutes,centsPerKwh,/)
    expect(prices[13]).toBe(
      'general,2026-03-10T10:00:00+11:00,2026-03-10T10:05:00+11:00,5,19.2,3,current,false,veryLow,none,61.2,,,,false,,,,',
    )
    expect(prices).toHaveLength(16)
    const usage = await text('/api/export/usage.csv?from=2026-03-09&to=2026-03-10')
    expect(usage).toContain(
      'feedIn,B1,2026-03-09T10:00:00+11:00,2026-03-09T10:05:00+11:00,0.4,-3,-7.5,billable\r\n',
    )
    expect((await house.get('/api/export/usage.csv')).headers.get('content-type')).toContain('text/csv')
  })

  it('answers over a year and more as one list', async () => {
    const { intervals } = await house.json<PricesAnswer>('/api/prices?from=2025-03-01&to=2026-03-20')
    expect(intervals.length).toBe(15)
  })

  it('tells metered energy, never below zero, and money as the household pays it', async () => {
    const { intervals } = await house.json<UsageAnswer>('/api/usage?from=2026-03-09&to=2026-03-10')
    expect(intervals).toEqual([
      expect.objectContaining({
        channel: 'general',
        identifier: 'E1',
        kwh: 0.5,
        costCents: 10,
        startAt: '2026-03-09T10:00:00+11:00',
      }),
      expect.objectContaining({
        channel: 'feedIn',
        identifier: 'B1',
        kwh: 0.4,
        costCents: -3,
        centsPerKwh: -7.5,
        quality: 'billable',
      }),
    ])
  })

  it('tells of each local day what is there and what should be', async () => {
    const { days } = await house.json<UsageDaysAnswer>(
      '/api/usage/days?fromDate=2026-03-09&toDate=2026-03-09',
    )
    expect(days).toEqual([
      {
        localDate: '2026-03-09',
        channels: {
          general: { kwh: 0.5, costCents: 10, intervals: 1, expectedIntervals: 288, estimatedIntervals: 0 },
          feedIn: { kwh: 0.4, costCents: -3, intervals: 1, expectedIntervals: 288, estimatedIntervals: 0 },
        },
      },
    ])
  })

  it.each([
    ['/api/prices?from=yesterday', 'from: a time with its offset'],
    ['/api/prices?from=2026-03-10T10:00:00', 'from: a time with its offset'],
    ['/api/prices?from=2026-02-30', 'from: a time with its offset'],
    ['/api/prices?from=2026-03-10&to=2026-03-09', 'to: must be later'],
    ['/api/prices?from=2024-01-01&to=2026-03-09', 'at most 400 days'],
    ['/api/prices?channel=battery', 'channel: one of general, controlledLoad, feedIn'],
    ['/api/usage?channel=%00', 'channel: one of'],
    ['/api/usage?to=9999-99-99', 'to: a time'],
    ['/api/usage/days?fromDate=10.3.2026', 'fromDate: a date'],
    ['/api/usage/days?fromDate=2020-01-01&toDate=2026-01-01', 'at most 400 days'],
    ['/api/now?site=S9', 'there is no site S9'],
    ['/api/mirror?since=-1', 'since: a whole number'],
    ['/api/mirror?before=then', 'before: a NEM date'],
  ])('answers %s with 400 and what it accepts', async (path, message) => {
    const response = await house.get(path)
    expect(response.status).toBe(400)
    expect(((await response.json()) as { error: { message: string } }).error.message).toContain(message)
  })

  it('keeps the health answer at 200 unless it is asked to be strict', async () => {
    house.clock.now = NOW + 20 * MINUTE
    try {
      expect(await house.json<HealthAnswer>('/api/health')).toMatchObject({
        status: 'stale',
        source: 'cache',
        prices: { state: 'forecast' },
      })
      expect((await house.get('/api/health')).status).toBe(200)
      expect((await house.get('/api/health?strict=1')).status).toBe(503)
    } finally {
      house.clock.now = NOW
    }
    expect((await house.get('/api/health?strict=1')).status).toBe(200)
  })
})

describe('the OpenAPI document', () => {
  it('names every route there is, and no other', async () => {
    expect(Object.keys(openapi('1').paths).sort()).toEqual([...API_ROUTES].sort())
  })

  it('holds against the real answers, of a furnished home, an empty one, and to a question that makes no sense', async () => {
    const ajv = new Ajv2020({
      strict: true,
      allErrors: true,
      formats: { date: true, 'date-time': isInstant },
    })
    const document = openapi('1')
    ajv.addKeyword('components').addSchema({ $id: 'openapi', components: document.components })
    const faults = (name: string, answer: unknown) => {
      const validate = ajv.compile({ $ref: `openapi#/components/schemas/${name}` })
      return validate(answer) ? [] : validate.errors
    }
    for (const house of [await furnishedHouse(), await openHouse()]) {
      for (const [path, { get }] of Object.entries(document.paths)) {
        const schema = (get.responses[200].content as { 'application/json'?: { schema: { $ref?: string } } })[
          'application/json'
        ]?.schema
        const name = schema?.$ref?.split('/').at(-1)
        if (name) expect([path, faults(name, await house.json(path))]).toEqual([path, []])
      }
      expect(faults('Error', await house.json('/api/prices?from=then'))).toEqual([])
      expect(faults('Error', await house.json('/nowhere'))).toEqual([])
      await house.close()
    }
    expect(faults('Now', { site: 1 })).not.toEqual([])
  })
})

describe('the mirror route', () => {
  it('gives the newest days and what is live first, then only what changed', async () => {
    const house = await furnishedHouse()
    const first = await house.json<MirrorAnswer>('/api/mirror')
    expect(first).toMatchObject({
      epoch: 'epoch-1.S1',
      more: false,
      household: { siteId: SITE, channels: ['general', 'feedIn'] },
    })
    expect(first.priceDays).toMatchObject([{ channel: 'general', date: '2026-03-10', end: { length: 12 } }])
    expect(first.live).toHaveLength(3)
    expect(first.usageDays).toHaveLength(2)

    const ask = `/api/mirror?epoch=${first.epoch}&since=${first.revision}`
    const nothing = await house.json<MirrorAnswer>(ask)
    expect(nothing).toMatchObject({ revision: first.revision, live: null, priceDays: [], usageDays: [] })

    savePrices(house.db, SITE, [price({ centsPerKwh: 19.2 })])
    const delta = await house.json<MirrorAnswer>(ask)
    expect(delta.priceDays).toMatchObject([{ date: '2026-03-10', end: [545], cents: [19.2] }])
    await house.close()
  })

  it('names the first day that is kept, once older ones were dropped', async () => {
    const house = await furnishedHouse()
    const first = await house.json<MirrorAnswer>('/api/mirror')
    const ask = `/api/mirror?epoch=${first.epoch}&since=${first.revision}`
    savePrices(house.db, SITE, [price({ startMs: START - 40 * DAY, endMs: START - 40 * DAY + 5 * MINUTE })])
    expect((await house.json<MirrorAnswer>(ask)).keptFrom).toBe('2026-01-29')
    expect(prune(house.db, '2026-03-10' as NemDate, 9)).toBeGreaterThan(0)
    expect((await house.json<MirrorAnswer>(ask)).keptFrom).toBe('2026-03-10')
    await house.close()
  })

  it('costs nothing when there is nothing new: 304 without a body', async () => {
    const house = await furnishedHouse()
    const first = await house.get('/api/mirror')
    const { epoch, revision } = (await first.json()) as MirrorAnswer
    const etag = first.headers.get('etag') ?? ''
    const path = `/api/mirror?epoch=${epoch}&since=${revision}`
    const again = await house.get(path, { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    recordSyncRun(house.db, nextSyncRunId(house.db), {
      startedAtMs: NOW,
      finishedAtMs: NOW + 1,
      outcome: 'unreachable',
      amberRequests: 1,
    })
    const lost = await house.get(path, { headers: { 'if-none-match': etag } })
    expect(((await lost.json()) as MirrorAnswer).pi).toMatchObject({
      outcome: 'unreachable',
      amberLostSinceMs: NOW,
    })
    await house.close()
  })

  it('begins anew for a copy of another database, or of a future of this one', async () => {
    const house = await furnishedHouse()
    for (const path of [
      '/api/mirror?epoch=other&since=1',
      '/api/mirror?epoch=epoch-1.S1&since=999',
      '/api/mirror?since=1',
    ])
      expect((await house.json<MirrorAnswer>(path)).live).toHaveLength(3)
    await house.close()
  })

  it('gives older days backwards until there are no more', async () => {
    const house = await furnishedHouse()
    for (const days of [2, 10, 50])
      savePrices(house.db, SITE, [
        price({ startMs: START - days * DAY, endMs: START - days * DAY + 5 * MINUTE }),
      ])
    const first = await house.json<MirrorAnswer>('/api/mirror')
    expect(first.priceDays.map(({ date }) => date)).toEqual(['2026-03-10', '2026-03-08'])
    const pages: MirrorHistoryAnswer[] = []
    for (let before: string | null | undefined = first.historyBefore; before; before = pages.at(-1)?.before)
      pages.push(await house.json<MirrorHistoryAnswer>(`/api/mirror?before=${before}`))
    expect(pages.flatMap(({ priceDays }) => priceDays.map(({ date }) => date))).toEqual([
      '2026-02-28',
      '2026-01-19',
    ])
    await house.close()
  })
})

describe('an empty server', () => {
  it('serves the page, and says that it knows nothing yet', async () => {
    const house = await openHouse()
    expect(await house.json<HealthAnswer>('/api/health')).toMatchObject({
      status: 'unknown',
      source: 'cache',
      cacheAgeSeconds: null,
      lastSync: null,
    })
    expect(await house.json<NowAnswer>('/api/now')).toMatchObject({ site: null, channels: {} })
    expect(await house.json<MirrorAnswer>('/api/mirror')).toMatchObject({
      household: null,
      revision: 0,
      live: null,
    })
    expect(await house.json<PricesAnswer>('/api/prices')).toEqual({ intervals: [] })
    expect((await house.get('/')).status).toBe(200)
    await house.close()
  })

  it('whose cache cannot be read says so and goes on serving', async () => {
    const folder = temporaryFolderOfSuite()
    const house = await openHouse(folder)
    house.db.pragma('user_version = 999')
    expect(await house.json<HealthAnswer>('/api/health')).toMatchObject({
      status: 'unknown',
      problems: [{ code: 'cache-unreadable' }],
    })
    for (const path of ['/api/mirror', '/api/sites']) expect((await house.get(path)).status).toBe(503)
    expect((await house.get('/')).status).toBe(200)
    await house.close()
  })
})

describe('what holds for every answer', () => {
  let house: House
  beforeAll(async () => {
    house = await furnishedHouse()
  })
  afterAll(() => house.close())

  /** Over a bare socket: no client mends what is sent. */
  const raw = (path: string, hosts: readonly string[]) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const lines = [
        `GET ${path} HTTP/1.1`,
        ...hosts.map((host) => `Host: ${host}`),
        'Connection: close',
        '',
        '',
      ]
      const socket = createConnection(house.server.port, '127.0.0.1', () => socket.write(lines.join('\r\n')))
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('error', reject)
      socket.on('close', () =>
        resolve({ status: Number(text.split(' ')[1]), body: text.split('\r\n\r\n')[1] ?? '' }),
      )
    })

  const quickRoutes = [
    ...API_ROUTES.filter((path) => path !== '/api/events'),
    '/',
    '/assets/index-abc123.js',
    '/nothing-here',
  ]

  it.each([
    '127.0.0.1:5050',
    'localhost',
    'LOCALHOST:5050',
    '[::1]:5050',
    'kitchen.local',
    'Kitchen.Local.',
    'kitchen:5050',
    '192.168.1.20',
  ])('is given under our own name %s', async (host) => {
    expect((await raw('/api/health', [host])).status).toBe(200)
  })

  it.each(['evil.com', 'localhost.evil.com', '127.0.0.1.nip.io', 'other.local', ''])(
    'is refused under a stranger name %j, on every route',
    async (host) => {
      for (const path of quickRoutes) {
        const { status, body } = await raw(path, [host])
        expect([path, status]).toEqual([path, 421])
        expect(JSON.parse(body)).toMatchObject({ error: { code: 'unknown-host' } })
      }
    },
  )

  it.each([
    [['localhost', 'evil.com']],
    [['evil.com', 'localhost']],
    [['kitchen.local@evil.com']],
    [['kitchen:5050:1']],
    [[]],
  ])('is refused when the name is malformed, missing or given twice: %j', async (hosts) => {
    expect((await raw('/api/health', hosts)).status).toSatisfy(
      (status: number) => status === 400 || status === 421,
    )
  })

  it('carries a policy that lets a page load nothing from elsewhere, and never binds to https', async () => {
    for (const path of quickRoutes) {
      const { headers } = await house.get(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toContain('unsafe')
      expect(policy).not.toMatch(/\*|https?:/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('strict-transport-security')).toBeNull()
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  it('is cached by its nature', async () => {
    const rule = async (path: string) => (await house.get(path)).headers.get('cache-control')
    expect(await rule('/')).toBe('no-cache')
    expect(await rule('/service-worker.js')).toBe('no-cache')
    expect(await rule('/manifest.webmanifest')).toBe('no-cache')
    expect(await rule('/assets/index-abc123.js')).toBe('public, max-age=31536000, immutable')
    expect(await rule('/assets/gone-abc123.js')).toBe('no-cache')
    expect(await rule('/api/health')).toBe('no-store')
  })

  it('is compressed where that helps', async () => {
    expect(
      (await house.get('/', { headers: { 'accept-encoding': 'gzip' } })).headers.get('content-encoding'),
    ).toBe('gzip')
    expect(
      (await house.get('/', { headers: { 'accept-encoding': 'identity' } })).headers.get('content-encoding'),
    ).toBeNull()
  })

  it('is JSON also when there is nothing, or when it is asked to write', async () => {
    for (const path of [
      '/nothing-here',
      '/api/nothing',
      '/api/health/x',
      '/../../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/%E0%A4%A',
    ]) {
      const { status, body } = await raw(path, ['localhost'])
      expect([path, status]).toEqual([path, 404])
      expect(JSON.parse(body)).toMatchObject({ error: { code: 'not-found' } })
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const response = await house.get('/api/health', { method })
      expect(response.status).toBe(405)
      expect(response.headers.get('allow')).toBe('GET, HEAD')
    }
    expect((await house.get('/api/health', { method: 'HEAD' })).status).toBe(200)
  })
})

describe('the event stream', () => {
  it('tells the revision at once, and each new one as another process commits it', async () => {
    const house = await furnishedHouse()
    const response = await house.get('/api/events', { headers: { 'accept-encoding': 'gzip' } })
    expect(response.headers.get('content-encoding')).toBeNull()
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    const text = new TextDecoder()
    const heard = async (revision: number) => {
      for (;;) {
        const { value, done } = await reader.read()
        if (done || text.decode(value).includes(`event: changed\ndata: {"revision":${revision},"tag":"W/`))
          return !done
      }
    }
    expect(await heard(3)).toBe(true)
    savePrices(house.db, SITE, [price({ centsPerKwh: 19.2 })])
    expect(await heard(4)).toBe(true)
    await house.close()
  })

  it('ends when the server stops, which it does although a stream is open', async () => {
    const house = await furnishedHouse()
    const response = await house.get('/api/events')
    const ended = response.text()
    await house.close()
    expect(await ended).toContain('changed')
    await expect(house.get('/api/health')).rejects.toThrow()
  })

  it('is no reason, nor is a question that never ends, to take longer than two seconds for it', async () => {
    const house = await furnishedHouse()
    const response = await house.get('/api/events')
    const ended = response.text()
    const socket = createConnection(house.server.port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    await new Promise<void>((resolve) =>
      socket.write('GET /api/health HTTP/1.1\r\nHost: localhost\r\n', () => resolve()),
    )
    const began = performance.now()
    await house.close()
    expect(performance.now() - began).toBeLessThan(2000)
    await ended
  })
})

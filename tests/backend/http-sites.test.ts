// An account with several sites over HTTP: each is asked for by its name, and nothing of one stands under another.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ForecastTallyAnswer, HealthAnswer, SiteAnswer } from '../../backend/domain/contract.ts'
import type { MirrorAnswer, MirrorHistoryAnswer } from '../../backend/domain/mirror.ts'
import type { PriceInterval } from '../../backend/domain/price.ts'
import { withWritten } from '../../backend/domain/settings/settings-record.ts'
import { watchChanges } from '../../backend/http/changes.ts'
import { listen } from '../../backend/http/server.ts'
import { saveNote } from '../../backend/store/notes.ts'
import { openForWriting } from '../../backend/store/open.ts'
import { savePrices } from '../../backend/store/prices.ts'
import { createReader } from '../../backend/store/reader.ts'
import { type Site, saveSites } from '../../backend/store/sites.ts'
import { saveUsage } from '../../backend/store/usage.ts'
import { temporaryFolder } from './temporary.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const NOW = Date.parse('2026-03-10T10:02:41+11:00')
const START = Date.parse('2026-03-10T10:00:00+11:00')
const CLOSED_AT = Date.parse('2025-05-03T10:00:00+10:00')

const SYDNEY: Site = {
  siteId: 'SYDNEY',
  network: 'Ausgrid',
  status: 'active',
  intervalMinutes: 5,
  activeFrom: '2025-07-01',
  channels: [{ identifier: 'E1', channel: 'general', tariff: 'EA116' }],
}
const MELBOURNE: Site = {
  ...SYDNEY,
  siteId: 'MELBOURNE',
  network: 'Jemena',
  intervalMinutes: 30,
  activeFrom: '2025-06-16',
}
const OLD: Site = {
  ...SYDNEY,
  siteId: 'OLD',
  status: 'closed',
  activeFrom: '2024-01-01',
  closedOn: '2025-05-03',
}

const price = (centsPerKwh: number, startMs = START, minutes = 5): PriceInterval => ({
  channel: 'general',
  kind: 'actual',
  estimate: false,
  startMs,
  endMs: startMs + minutes * MINUTE,
  centsPerKwh,
})

/** Two active sites and the closed one; each has prices of its own. */
async function openAccount({ siteId }: { siteId?: string } = {}) {
  const folder = temporaryFolder()
  const sqlitePath = join(folder, 'cache.sqlite')
  const db = openForWriting(sqlitePath, () => 'epoch-1')
  saveSites(db, [SYDNEY, MELBOURNE, OLD])
  savePrices(db, 'SYDNEY', [price(20), price(21, START - DAY)])
  savePrices(db, 'MELBOURNE', [price(40, START, 30)])
  savePrices(db, 'OLD', [price(60, CLOSED_AT), price(61, CLOSED_AT - 40 * DAY)])
  saveUsage(
    db,
    'OLD',
    [
      {
        channel: 'general',
        identifier: 'E1',
        startMs: CLOSED_AT,
        endMs: CLOSED_AT + 5 * MINUTE,
        kwh: 1,
        costCents: 60,
        centsPerKwh: 60,
        quality: 'billable',
      },
    ],
    NOW,
  )
  const reader = createReader(sqlitePath)
  const changes = watchChanges(reader, { everyMs: 20 })
  const server = await listen(
    {
      reader,
      changes,
      settings: { siteId },
      now: () => NOW,
      startedAtMs: NOW,
      version: '1.2.3',
      commit: 'abc1234',
      hostNames: [],
      frontEnd: folder,
      log: () => {},
    },
    { host: '127.0.0.1', port: 0, sqlitePath },
  )
  onTestFinished(async () => {
    await server.close()
    changes.close()
    reader.close()
    db.close()
  })
  const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${server.port}${path}`, init)
  return {
    db,
    get,
    json: async <T>(path: string) => (await (await get(path)).json()) as T,
    /** As if the household had chosen it in the app. */
    choose: (id: string) =>
      writeFileSync(
        join(folder, 'settings.json'),
        JSON.stringify(withWritten({}, { siteId: id }, 'a phone')),
      ),
  }
}

const centsOf = ({ priceDays }: MirrorHistoryAnswer | MirrorAnswer): number[] =>
  priceDays.flatMap(({ cents }) => cents)

describe('the mirror of an account with several sites', () => {
  it.each([
    ['', 'SYDNEY', [20, 21]],
    ['?site=SYDNEY', 'SYDNEY', [20, 21]],
    ['?site=MELBOURNE', 'MELBOURNE', [40]],
    ['?site=OLD', 'OLD', [60]],
  ])('asked with "%s" is of %s, and of nothing else', async (query, siteId, cents) => {
    const { json } = await openAccount()
    const first = await json<MirrorAnswer>(`/api/mirror${query}`)
    expect(first.epoch).toBe(`epoch-1.${siteId}`)
    expect(first.household?.siteId).toBe(siteId)
    expect(centsOf(first)).toEqual(cents)
  })

  it('tells the zone and the end of the site that was asked for', async () => {
    const { json } = await openAccount()
    const household = async (query: string) => (await json<MirrorAnswer>(`/api/mirror${query}`)).household
    expect(await household('?site=MELBOURNE')).toMatchObject({ timeZone: 'Australia/Melbourne' })
    expect(await household('?site=OLD')).toMatchObject({ closedOn: '2025-05-03' })
    expect(await household('')).not.toHaveProperty('closedOn')
  })

  it('tells how much of the past is fetched while it is, and only of the household’s own', async () => {
    const { db, json } = await openAccount()
    const history = async (query = '') => (await json<MirrorAnswer>(`/api/mirror${query}`)).pi.history
    const usage = { backTo: '2026-02-04', first: '2025-12-10', isComplete: false, weeks: [5, 13] }
    expect(await history()).toBeUndefined()
    saveNote(db, 'history', { prices: usage, usage })
    expect(await history()).toEqual({ fetchedDays: 34, days: 90 })
    expect(await history('?site=MELBOURNE')).toBeUndefined()
    // Since when the site is Amber's, Amber need not tell; and nothing may have come at all.
    const { backTo: _, first: __, ...rest } = usage
    saveNote(db, 'history', { prices: rest, usage: { ...rest, weeks: [0, 13] } })
    expect(await history()).toEqual({ fetchedDays: 0, days: 91 })
    saveNote(db, 'history', { prices: usage, usage: { ...usage, isComplete: true } })
    expect(await history()).toBeUndefined()
  })

  it('gives the older days of that site', async () => {
    const { json } = await openAccount()
    const { historyBefore, usageDays } = await json<MirrorAnswer>('/api/mirror?site=OLD')
    expect(usageDays).toHaveLength(1)
    const older: MirrorHistoryAnswer[] = []
    for (let before: string | null | undefined = historyBefore; before; before = older.at(-1)?.before)
      older.push(await json<MirrorHistoryAnswer>(`/api/mirror?site=OLD&before=${before}`))
    expect(older.flatMap(centsOf)).toEqual([61])
  })

  it('a delta of one site holds nothing of what has changed of another', async () => {
    const { db, json } = await openAccount()
    const ask = async (site: string) => {
      const { epoch, revision } = await json<MirrorAnswer>(`/api/mirror?site=${site}`)
      return `/api/mirror?site=${site}&epoch=${epoch}&since=${revision}`
    }
    const [sydney, melbourne] = [await ask('SYDNEY'), await ask('MELBOURNE')]
    savePrices(db, 'MELBOURNE', [price(44, START - 30 * MINUTE, 30)])
    expect(centsOf(await json<MirrorAnswer>(melbourne))).toEqual([44])
    const other = await json<MirrorAnswer>(sydney)
    expect(centsOf(other)).toEqual([])
    // Yet it has come as far: the count is of the whole database.
    expect(other.revision).toBe((await json<MirrorAnswer>(melbourne)).revision)
  })

  it('begins anew for a copy of another site, and a tag of one says nothing of another', async () => {
    const { get, json } = await openAccount()
    const sydney = await get('/api/mirror')
    const { epoch, revision } = (await sydney.json()) as MirrorAnswer
    const asked = `/api/mirror?site=MELBOURNE&epoch=${epoch}&since=${revision}`
    expect(centsOf(await json<MirrorAnswer>(asked))).toEqual([40])
    const headers = { 'if-none-match': sydney.headers.get('etag') ?? '' }
    expect((await get(asked, { headers })).status).toBe(200)
  })

  it.each(['/api/mirror', '/api/mirror?before=2026-03-01', '/api/health', '/api/forecasts/tally'])(
    '%s refuses a site that the account does not have',
    async (path) => {
      const { get } = await openAccount()
      const answer = await get(`${path}${path.includes('?') ? '&' : '?'}site=NOWHERE`)
      expect(answer.status).toBe(400)
      expect(await answer.json()).toEqual({
        error: { code: 'unknown-site', message: 'site: there is no site NOWHERE; see /api/sites.' },
      })
    },
  )
})

describe('what else is told of a site', () => {
  it('health is of the site that is asked for, and a closed one is not called late', async () => {
    const { json } = await openAccount()
    const problems = async (query: string) => (await json<HealthAnswer>(`/api/health${query}`)).problems
    const codes = async (query: string) => (await problems(query)).map(({ code }) => code)
    expect((await json<HealthAnswer>('/api/health')).prices.intervalStart).toBe('2026-03-10T10:00:00+11:00')
    expect(await problems('?site=OLD')).toContainEqual({
      code: 'site-closed',
      message: expect.stringContaining('closed this site on 3\u00a0May 2025: nothing new'),
    })
    expect(await codes('?site=OLD')).not.toContain('prices-stale')
    expect(await codes('')).not.toContain('site-closed')
  })

  it('the forecasts of each are counted apart', async () => {
    const { json } = await openAccount()
    const [one, other] = await Promise.all([
      json<ForecastTallyAnswer>('/api/forecasts/tally?site=OLD'),
      json<ForecastTallyAnswer>('/api/forecasts/tally'),
    ])
    expect(one.tally).not.toBeNull()
    expect(one.toDate).toBe(other.toDate)
  })

  it('the list says when each began and ended, and which is the household’s', async () => {
    const { json } = await openAccount()
    const sites = await json<SiteAnswer[]>('/api/sites')
    expect(
      sites.map(({ siteId, activeFrom, closedOn, isDefault, isPinned }) => [
        siteId,
        activeFrom,
        closedOn,
        isDefault,
        isPinned,
      ]),
    ).toEqual([
      ['SYDNEY', '2025-07-01', null, true, false],
      ['MELBOURNE', '2025-06-16', null, false, false],
      ['OLD', '2024-01-01', '2025-05-03', false, false],
    ])
  })
})

describe('the household’s own site', () => {
  const own = async ({ json }: Awaited<ReturnType<typeof openAccount>>) =>
    (await json<SiteAnswer[]>('/api/sites')).find(({ isDefault }) => isDefault)

  it.each([
    ['is the one that it has chosen', undefined, 'MELBOURNE', 'MELBOURNE', false],
    ['is the first active one where what it has chosen is gone', undefined, 'GONE', 'SYDNEY', false],
    ['is the one that AMBER_SITE_ID names, whatever was chosen', 'OLD', 'MELBOURNE', 'OLD', true],
  ])('%s', async (_, siteId, chosen, expected, isPinned) => {
    const account = await openAccount(siteId === undefined ? {} : { siteId })
    account.choose(chosen)
    expect(await own(account)).toMatchObject({ siteId: expected, isPinned })
    expect((await account.json<MirrorAnswer>('/api/mirror')).household?.siteId).toBe(expected)
  })
})

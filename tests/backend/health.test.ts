// What the server tells of trouble with the clock, the disk and the database, and of corrections of usage.
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { addDays, datesBetween, type NemDate, nemDate } from '../../backend/domain/calendar.ts'
import type {
  HealthAnswer,
  NowAnswer,
  UsageAnswer,
  UsageDaysAnswer,
  UsageRevisionsAnswer,
} from '../../backend/domain/contract.ts'
import type { MirrorAnswer } from '../../backend/domain/mirror.ts'
import type { UsageInterval } from '../../backend/domain/usage.ts'
import type { Rebuilt } from '../../backend/store/guarded.ts'
import { noteBackup } from '../../backend/store/last-backup.ts'
import { saveNote } from '../../backend/store/notes.ts'
import { openForWriting } from '../../backend/store/open.ts'
import { noteSiteChanges } from '../../backend/store/site-changes.ts'
import { knownSites, saveSites } from '../../backend/store/sites.ts'
import { nextSyncRunId, recordSyncRun, type SyncRun } from '../../backend/store/sync-runs.ts'
import { saveUsage } from '../../backend/store/usage.ts'
import { hasOpenssl, makeCertificates } from '../certificates.ts'
import { NOW, type Options, openServer } from './http-server.ts'
import { halfHours, nemDay, SITE, saveDays, usageRow } from './sample-rows.ts'
import { temporaryFolder } from './temporary.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

async function house(options: Options = {}) {
  const served = await openServer(options)
  const path = join(served.folder, 'cache.sqlite')
  const db = openForWriting(path, () => 'never')
  onTestFinished(() => void db.close())
  const ask = async <T>(route: string) => (await served.get(route)).json() as Promise<T>
  return {
    ...served,
    db,
    path,
    ask,
    health: () => ask<HealthAnswer>('/api/health'),
    now: async () => (await ask<NowAnswer>('/api/now')).channels.general,
  }
}

const ended = (db: Database.Database, run: Partial<SyncRun>) =>
  recordSyncRun(db, nextSyncRunId(db), {
    startedAtMs: NOW - 10_000,
    finishedAtMs: NOW - 5000,
    outcome: 'ok',
    amberRequests: 1,
    ...run,
  })
const codes = ({ problems }: HealthAnswer) => problems.map(({ code }) => code)

describe('a machine whose clock', () => {
  it('is off by some minutes goes by Amber’s, and says so', async () => {
    const { db, clock, health, now } = await house()
    ended(db, { answeredAtMs: NOW - 6000, clockOffMs: 7 * MINUTE })
    clock.now = NOW - 7 * MINUTE
    expect(await health()).toMatchObject({
      now: '2026-03-10T10:02:41+11:00',
      status: 'ok',
      source: 'live',
      clockOffSeconds: 420,
      problems: [{ code: 'clock-off', message: expect.stringContaining('7 minutes slow') }],
    })
    expect(await now()).toMatchObject({ state: 'confirmed', centsPerKwh: 19.2 })
  })

  it('was set right since the last sync is believed at once', async () => {
    const { db, clock, health } = await house()
    ended(db, { answeredAtMs: NOW - 6000, clockOffMs: 3 * DAY })
    clock.now = NOW
    expect((await health()).now).toBe('2026-03-10T10:02:41+11:00')
  })

  it('is days behind, and no Amber to tell, names no price as the one of now, and claims no age', async () => {
    const { db, clock, health, now } = await house()
    ended(db, { answeredAtMs: NOW - 6000 })
    clock.now = NOW - 200 * DAY
    expect(await now()).toEqual({ state: 'unknown' })
    const told = await health()
    expect(told).toMatchObject({ status: 'unknown', source: 'cache', cacheAgeSeconds: null })
    expect(told.prices).toMatchObject({ state: 'unknown', intervalStart: null, ageSeconds: null })
    expect(codes(told)).toContain('clock-behind')
    clock.now = NOW
    expect(await now()).toMatchObject({ state: 'confirmed', centsPerKwh: 19.2 })
    expect(await health()).toMatchObject({ status: 'ok', source: 'live', problems: [] })
  })
})

describe('a database', () => {
  it('that was built anew is told of while it fills, and for a day', async () => {
    const { db, clock, health } = await house()
    const note: Rebuilt = { atMs: NOW, why: 'damaged', aside: 'cache.sqlite.damaged-1', usageRows: 12 }
    saveNote(db, 'rebuilt', note)
    const part = (isComplete: boolean) => ({
      backTo: '2026-03-03',
      first: '2026-01-01',
      isComplete,
      weeks: [1, 9],
    })
    saveNote(db, 'history', { prices: part(false), usage: part(true) })
    const filling = await health()
    expect(filling.rebuilt).toMatchObject({ why: 'damaged', file: 'cache.sqlite.damaged-1', usageRows: 12 })
    expect(filling.history?.prices).toEqual({
      backToDate: '2026-03-03',
      firstDate: '2026-01-01',
      complete: false,
      weeksFetched: 1,
      weeks: 9,
    })
    const [problem] = filling.problems.filter(({ code }) => code === 'cache-rebuilding')
    expect(problem?.message).toContain('back to 3\u00a0March so far')
    saveNote(db, 'history', { prices: part(true), usage: part(true) })
    expect(codes(await health())).toContain('cache-rebuilt')
    clock.now = NOW + DAY + MINUTE
    expect(codes(await health()).filter((code) => code.startsWith('cache'))).toEqual([])
  })

  it('with a damaged page is told of, with 200, and the server goes on', async () => {
    const { path, db, health, get } = await house()
    const { rootpage } = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'site'").get() as {
      rootpage: number
    }
    const pageSize = db.pragma('page_size', { simple: true }) as number
    db.pragma('wal_checkpoint(TRUNCATE)')
    const file = openSync(path, 'r+')
    writeSync(file, Buffer.alloc(pageSize, 0xa5), 0, pageSize, (rootpage - 1) * pageSize)
    closeSync(file)
    db.close()
    const fresh = await health()
    expect(fresh.status).toBe('unknown')
    expect(codes(fresh)).toContain('cache-unreadable')
    expect((await get('/api/now')).status).toBe(200)
    expect((await get('/')).status).toBe(200)
  })
})

describe('usage', () => {
  it('of more days than are looked at lacks none of them', async () => {
    const { db, health } = await house()
    const last = addDays(nemDate(NOW), -1)
    saveDays(db, datesBetween(addDays(last, -120), last))
    expect((await health()).usage).toEqual({ completeThroughDate: last, estimatedDays: 0, missingDays: 0 })
    db.prepare('DELETE FROM usage WHERE end_minute % 1440 = 0 AND end_minute > ?').run(
      (NOW - 3 * DAY) / MINUTE,
    )
    expect((await health()).usage.missingDays).toBeGreaterThan(0)
  })
})

it('usage told in both lengths makes a day whole, and is a row once in what is read and exported', async () => {
  const { db, health, ask } = await house()
  const last = addDays(nemDate(NOW), -1)
  const rows = halfHours(last).map((startMs) => usageRow(startMs, { kwh: 0.6 }))
  const fives = halfHours(last)
    .slice(20)
    .flatMap((from) =>
      Array.from({ length: 6 }, (_, index) => from + index * 5 * MINUTE).map((startMs) =>
        usageRow(startMs, { endMs: startMs + 5 * MINUTE, kwh: 0.1 }),
      ),
    )
  saveUsage(db, SITE, [...rows, ...fives.slice(1)], NOW)
  expect((await health()).usage).toEqual({ completeThroughDate: last, estimatedDays: 0, missingDays: 0 })
  const [from, to] = [nemDay(last), nemDay(last) + DAY].map((ms) => new Date(ms).toISOString())
  const { intervals } = await ask<UsageAnswer>(`/api/usage?from=${from}&to=${to}&channel=general`)
  expect(intervals).toHaveLength(21 + 27 * 6)
  expect(intervals.reduce((sum, { kwh }) => sum + kwh, 0)).toBeCloseTo(48 * 0.6, 9)
})

it('usage of a register that the site no longer has is not waited for; of one that it has, it is', async () => {
  const { db, health } = await house()
  const [last, changed] = [-1, -11].map((days) => addDays(nemDate(NOW), days)) as [NemDate, NemDate]
  saveDays(db, datesBetween(addDays(last, -20), last))
  const old = datesBetween(addDays(last, -20), changed).flatMap((date) =>
    halfHours(date).map((startMs) => usageRow(startMs, { identifier: 'E9' })),
  )
  saveUsage(db, SITE, old, NOW)
  const [site] = knownSites(db)
  const listed = (...identifiers: string[]) =>
    saveSites(db, [
      {
        ...site!,
        channels: identifiers.map((identifier) => ({ identifier, channel: 'general', tariff: 'EA116' })),
      },
    ])
  for (let answer = 0; answer < 7; answer++) listed('E1')
  expect((await health()).usage).toMatchObject({ completeThroughDate: last, missingDays: 0 })
  listed('E1', 'E9')
  expect((await health()).usage).toMatchObject({ completeThroughDate: changed, missingDays: 10 })
})

it('usage of a register that never speaks holds no day back after two weeks: health names it, and devices do not miss it', async () => {
  const { db, health, ask } = await house()
  const last = addDays(nemDate(NOW), -1)
  const [site] = knownSites(db)
  const channels = ['E1', 'E7'].map((identifier) => ({ identifier, channel: 'general', tariff: '' }) as const)
  saveSites(db, [{ ...site!, channels }])
  const registers = async () =>
    (await ask<MirrorAnswer>('/api/mirror')).household?.registers?.map(({ identifier }) => identifier)
  saveDays(db, datesBetween(addDays(last, -13), last))
  expect((await health()).usage).toEqual({ completeThroughDate: null, estimatedDays: 0, missingDays: 14 })
  expect(await registers()).toContain('E7')
  saveDays(db, [addDays(last, -14)])
  const told = await health()
  expect(told.usage).toEqual({
    completeThroughDate: last,
    estimatedDays: 0,
    missingDays: 0,
    silentRegisters: [{ identifier: 'E7', channel: 'general', lastDate: null }],
  })
  expect(codes(told)).toContain('register-silent')
  expect(await registers()).not.toContain('E7')
})

it('usage of a register that one list is without and that others outlive by two days is not waited for', async () => {
  const { db, health, ask } = await house()
  const last = addDays(nemDate(NOW), -1)
  const [site] = knownSites(db)
  const list = (...identifiers: string[]) =>
    saveSites(db, [
      {
        ...site!,
        channels: identifiers.map((identifier) => ({ identifier, channel: 'general', tariff: '' })),
      },
    ])
  const tell = (from: number, to: number, identifier: string) =>
    saveUsage(
      db,
      SITE,
      datesBetween(addDays(last, from), addDays(last, to)).flatMap((date) =>
        halfHours(date).map((startMs) => usageRow(startMs, { identifier })),
      ),
      NOW,
    )
  const registers = async () =>
    (await ask<MirrorAnswer>('/api/mirror')).household?.registers?.map(({ identifier }) => identifier)
  list('E1', 'E9')
  tell(-9, -2, 'E9')
  tell(-9, -1, 'E1')
  list('E1')
  expect((await health()).usage).toMatchObject({ completeThroughDate: addDays(last, -2), missingDays: 1 })
  expect(await registers()).toEqual(expect.arrayContaining(['E1', 'E9']))
  tell(0, 0, 'E1')
  const told = await health()
  expect(told.usage).toEqual({ completeThroughDate: last, estimatedDays: 0, missingDays: 0 })
  expect(codes(told)).not.toContain('register-silent')
  expect(await registers()).not.toContain('E9')
  list('E1', 'E9')
  expect((await health()).usage).toMatchObject({ completeThroughDate: addDays(last, -2), missingDays: 2 })
})

it('usage of a day is asked of the registers of that day: not of one that began later, and of one that had begun', async () => {
  const { db, ask } = await house()
  const last = addDays(nemDate(NOW), -1)
  const [site] = knownSites(db)
  const channels = ['E1', 'E7'].map((identifier) => ({ identifier, channel: 'general', tariff: '' }) as const)
  saveSites(db, [{ ...site!, channels }])
  const tell = (identifier: string, ...days: number[]) =>
    saveUsage(
      db,
      SITE,
      days.flatMap((back) =>
        halfHours(addDays(last, -back)).map((startMs) => usageRow(startMs, { identifier })),
      ),
      NOW,
    )
  tell('E1', 20, 19, 9, 8, 7, 2, 1, 0)
  tell('E7', 2, 1, 0)
  const general = async (back: number) => {
    const date = addDays(last, -back)
    const { days } = await ask<UsageDaysAnswer>(`/api/usage/days?fromDate=${date}&toDate=${date}`)
    return days[0]?.channels.general
  }
  expect(await general(8)).toMatchObject({ intervals: 48, expectedIntervals: 48 })
  expect(await general(0)).toMatchObject({ expectedIntervals: 96 })
  // Of a day without a row the site's own length counts: five minutes, of the one register.
  expect(await general(14)).toMatchObject({ intervals: 0, expectedIntervals: 288 })
})

describe('the last syncs', () => {
  it('are told, the newest first, and of a run that has not ended nothing', async () => {
    const { db, health } = await house()
    expect((await health()).recentSyncs).toEqual([])
    for (let run = 8; run > 0; run--)
      ended(db, {
        startedAtMs: NOW - run * 5 * MINUTE,
        finishedAtMs: NOW - run * 5 * MINUTE + 27_000,
        amberRequests: run,
        ...(run === 2 && { outcome: 'unreachable', message: 'getaddrinfo EAI_AGAIN' }),
      })
    recordSyncRun(db, nextSyncRunId(db), { startedAtMs: NOW - 1000, amberRequests: 1 })
    const { lastSync, recentSyncs } = await health()
    expect(recentSyncs?.map(({ amberRequests }) => amberRequests)).toEqual([1, 2, 3, 4, 5, 6])
    expect(recentSyncs?.[0]).toEqual(lastSync)
    expect(recentSyncs?.[1]).toMatchObject({
      startedAt: '2026-03-10T09:52:41+11:00',
      finishedAt: '2026-03-10T09:53:08+11:00',
      outcome: 'unreachable',
      message: 'getaddrinfo EAI_AGAIN',
    })
  })
})

describe('the last backup', () => {
  it('is told once there is one, and one of the demo is none of a home', async () => {
    const { path, health } = await house()
    expect((await health()).lastBackup).toBeNull()
    noteBackup(path, { madeAtMs: NOW - DAY, file: '/media/usb/home.backup', demo: true })
    expect((await health()).lastBackup).toBeNull()
    noteBackup(path, { madeAtMs: NOW - DAY, file: '/media/usb/home.backup', demo: false })
    expect((await health()).lastBackup).toEqual({
      at: '2026-03-09T10:02:41+11:00',
      file: '/media/usb/home.backup',
    })
    writeFileSync(join(dirname(path), 'last-backup.json'), '{"madeAt')
    expect((await health()).lastBackup).toBeNull()
  })
})

describe.runIf(hasOpenssl)('the certificate', () => {
  it('is told with its end and its root’s, and is a problem when it was not renewed in time', async () => {
    const { clock, health } = await house({
      settings: { tlsFolder: makeCertificates(temporaryFolder()), httpsPort: 0 },
    })
    const { certificate } = await health()
    const endMs = Date.parse(certificate!.expiresAt)
    expect((endMs - Date.now()) / DAY).toBeCloseTo(800, 0)
    expect((Date.parse(certificate!.rootExpiresAt) - Date.now()) / DAY).toBeCloseTo(3650, 0)
    // Not where the timer looks.
    expect(certificate!.renewsItself).toBe(false)
    clock.now = endMs - 13 * DAY
    expect(codes(await health())).toContain('certificate-ending')
    clock.now = endMs - 15 * DAY
    expect(codes(await health())).not.toContain('certificate-ending')
  })

  it('is none where there is none', async () => {
    const { health } = await house()
    expect((await health()).certificate).toBeNull()
  })
})

describe('corrections of usage', () => {
  const row = (over: Partial<UsageInterval>): UsageInterval => ({
    channel: 'general',
    identifier: 'E1',
    startMs: NOW - DAY - (NOW % (5 * MINUTE)),
    endMs: NOW - DAY - (NOW % (5 * MINUTE)) + 5 * MINUTE,
    kwh: 0.5,
    costCents: 10,
    centsPerKwh: 20,
    quality: 'estimated',
    ...over,
  })

  it('are told: what, from, to, when', async () => {
    const { db, ask } = await house()
    saveUsage(db, 'S1', [row({}), row({ channel: 'feedIn', identifier: 'B1' })], NOW - MINUTE)
    const corrected = [
      row({ kwh: 0.4, costCents: 8, quality: 'billable' }),
      row({ channel: 'feedIn', identifier: 'B1', costCents: -1 }),
    ]
    saveUsage(db, 'S1', corrected, NOW)
    const { revisions } = await ask<UsageRevisionsAnswer>('/api/usage/revisions?channel=general')
    expect(revisions).toEqual([
      {
        channel: 'general',
        identifier: 'E1',
        startAt: '2026-03-09T10:00:00+11:00',
        endAt: '2026-03-09T10:05:00+11:00',
        changedAt: '2026-03-10T10:02:41+11:00',
        was: { kwh: 0.5, costCents: 10, centsPerKwh: 20, quality: 'estimated' },
        became: { kwh: 0.4, costCents: 8, centsPerKwh: 20, quality: 'billable' },
      },
    ])
    expect((await ask<UsageRevisionsAnswer>('/api/usage/revisions')).revisions).toHaveLength(2)
    const before = await ask<UsageRevisionsAnswer>('/api/usage/revisions?from=2026-03-01&to=2026-03-08')
    expect(before.revisions).toEqual([])
  })
})

it('what Amber tells otherwise of the site is told for a fortnight, the newest first, and of no other site', async () => {
  const { db, clock, health } = await house()
  const [site] = knownSites(db)
  const otherwise = (is: string) => ({ ...site!, channels: [{ ...site!.channels[0]!, tariff: is }] })
  const codesAfter = async (ms: number) => {
    clock.now = NOW + ms
    return codes(await health())
  }
  const first = otherwise('EA1')
  noteSiteChanges(db, first, otherwise('EA2'), NOW)
  noteSiteChanges(db, otherwise('EA2'), otherwise('EA3'), NOW + HOUR)
  noteSiteChanges(db, { ...first, siteId: 'S2' }, { ...otherwise('EA4'), siteId: 'S2' }, NOW + HOUR)
  expect(await codesAfter(2 * HOUR)).toContain('site-changed')
  expect((await health()).siteChanges?.map(({ was, is }) => [was, is])).toEqual([
    ['EA2', 'EA3'],
    ['EA1', 'EA2'],
  ])
  expect(await codesAfter(14 * DAY + HOUR - 1)).toContain('site-changed')
  expect(await codesAfter(14 * DAY + HOUR)).not.toContain('site-changed')
})

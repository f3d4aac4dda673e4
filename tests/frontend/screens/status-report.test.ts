// What the status screen says of the links, of what is kept where, and of a household that has just begun.
import { describe, expect, it } from 'vitest'
import type { HealthAnswer, HistoryAnswer } from '../../../backend/domain/contract.ts'
import { type DeviceState, type HeardHealth, statusReport } from '../../../frontend/src/status/report.ts'
import { at, HOUSEHOLD, liveFacts } from '../../domain/sample-facts.ts'
import { sync } from './fixtures-appliance.ts'

const NOW = at(10, 2)
const part = (weeksFetched: number, backToDate: string | null): HistoryAnswer => ({
  backToDate,
  firstDate: '2025-06-16',
  complete: weeksFetched === 39,
  weeksFetched,
  weeks: 39,
})
const device = {
  version: '1.2.0',
  isHttps: true,
  isSecure: true,
  isInstalled: true,
  isKept: true,
  copy: undefined,
}

function reportOf(
  told: Partial<HealthAnswer>,
  on: Partial<DeviceState> = {},
  heardAgoMs = 0,
  timeZone = HOUSEHOLD.timeZone,
) {
  const answer: HealthAnswer = {
    status: 'ok',
    source: 'live',
    cacheAgeSeconds: 41,
    demo: false,
    version: '1.2.0',
    commit: 'abc1234',
    now: '2026-11-24T10:02:00+11:00',
    startedAt: '2026-11-24T08:00:00+11:00',
    prices: {
      intervalStart: null,
      intervalEnd: null,
      state: 'unknown',
      ageSeconds: null,
      forecastUntil: null,
    },
    lastSync: null,
    usage: { completeThroughDate: null, estimatedDays: 0, missingDays: 0 },
    quarantinedRows: 0,
    problems: [],
    ...told,
  }
  const health: HeardHealth = { answer, atMs: NOW - heardAgoMs }
  const facts = { ...liveFacts({ nowMs: NOW }), household: { ...HOUSEHOLD, timeZone } }
  return statusReport(facts, NOW, health, { ...device, ...on })
}
const rowOf = (caption: string, told: Partial<HealthAnswer>, on?: Partial<DeviceState>, timeZone?: string) =>
  reportOf(told, on, 0, timeZone).rows.find((row) => row.caption === caption)
const historyRow = (history: NonNullable<HealthAnswer['history']> | null) => rowOf('History', { history })

it('says how far its past has been fetched, and since when prices are here', () => {
  expect(historyRow({ prices: part(8, '2026-09-29'), usage: part(13, '2026-08-25') })).toEqual({
    caption: 'History',
    text: 'Usage 13 of 39 weeks fetched',
    note: expect.stringMatching(/^prices 8 of 39 weeks, since .*29 Sep.* so far$/),
  })
  expect(historyRow({ prices: part(0, null), usage: part(0, null) })?.note).toBe(
    'prices 0 of 39 weeks, the newest first',
  )
})

it('says nothing of it once all of it is here, or where the Pi does not tell', () => {
  expect(historyRow({ prices: part(39, '2025-06-16'), usage: part(39, '2025-06-16') })).toBeUndefined()
  expect(historyRow(null)).toBeUndefined()
  expect(rowOf('History', {})).toBeUndefined()
})

it('does not say of what was heard some time ago that it is so now', () => {
  const lastSync = sync('2026-11-24T10:00:00+11:00', '2026-11-24T10:00:27+11:00', 'ok', 2)
  const notesAfter = (ms: number) => {
    const { chain, heardAt, ownRows } = reportOf({ lastSync: { ...lastSync, quotaRemaining: 41 } }, {}, ms)
    return { notes: chain.nodes.map(({ note }) => note), heardAt, ownRows }
  }
  expect(notesAfter(0).notes).toEqual(expect.arrayContaining(['up 2 h 2 min', '41 of 50 calls left']))
  const later = notesAfter(4 * 60_000)
  expect(later.heardAt).toBe('at 9:58\u00a0am')
  expect(later.ownRows.map(({ caption }) => caption)).toEqual(['Opened', 'On this device'])
  expect(later.notes.join()).not.toMatch(/up 2|calls/)
})

it('calls usage complete only where no day of it is missing', () => {
  const usage = { completeThroughDate: '2026-11-23', estimatedDays: 0, missingDays: 0 }
  expect(rowOf('Usage', { usage })?.text).toBe('Complete to 23 November')
  expect(rowOf('Usage', { usage: { ...usage, missingDays: 1 } })).toMatchObject({
    text: 'To 23 November',
    note: '1 day missing, by Amber\u2019s days (Brisbane time)',
  })
})

it.each([
  ['Australia/Brisbane', '2 days missing'],
  ['Australia/Melbourne', '2 days missing, by Amber\u2019s days (Brisbane time)'],
  ['Australia/Adelaide', '2 days missing, by Amber\u2019s days (Brisbane time)'],
])('says whose days are missing where a home in %s counts others', (timeZone, note) => {
  const usage = { completeThroughDate: '2026-11-23', estimatedDays: 0, missingDays: 2 }
  expect(rowOf('Usage', { usage }, {}, timeZone)?.note).toBe(note)
})

it('tells the last syncs: when, how long, how many calls, and how they ended', () => {
  const recentSyncs = [
    sync('2026-11-24T10:00:00+11:00', '2026-11-24T10:00:27+11:00', 'ok', 2),
    sync('2026-11-24T09:55:00+11:00', '2026-11-24T09:55:00+11:00', 'unreachable', 1),
    sync('2026-11-22T18:30:00+11:00', '2026-11-22T18:34:10+11:00', 'rate-limited', 40),
  ]
  expect(reportOf({ recentSyncs }).syncs).toEqual([
    { when: '10\u00a0am', took: '27 s', calls: '2', end: 'all answered' },
    { when: '9:55\u00a0am', took: '1 s', calls: '1', end: 'Amber not reached' },
    { when: 'Sun 6:30\u00a0pm', took: '4 min', calls: '40', end: 'call limit used up' },
  ])
  expect(reportOf({}).syncs).toEqual([])
})

describe('the backup', () => {
  const at = (iso: string) => rowOf('Backup', { lastBackup: { at: iso, file: '/media/usb/home.backup' } })

  it('is told with its time and its place, and when it is time for a new one', () => {
    expect(at('2026-11-24T08:00:00+11:00')).toEqual({
      caption: 'Backup',
      text: '8\u00a0am, 2\u00a0h\u00a02\u00a0min\u00a0ago',
      note: '/media/usb/home.backup',
    })
    expect(at('2026-09-26T08:00:00+10:00')?.note).toBe('/media/usb/home.backup')
    expect(at('2026-09-24T08:00:00+10:00')?.note).toContain('npm run backup -- FILE')
  })

  it('that was never made is said with how to make one; not of a demo, nor by a Pi that does not tell', () => {
    expect(rowOf('Backup', { lastBackup: null })).toEqual({
      caption: 'Backup',
      text: 'None yet',
      note: 'on the Pi: npm run backup -- FILE',
    })
    expect(rowOf('Backup', { lastBackup: null, demo: true })).toBeUndefined()
    expect(rowOf('Backup', {})).toBeUndefined()
  })
})

describe('https', () => {
  const certificate = {
    expiresAt: '2028-05-18T09:00:00+10:00',
    rootExpiresAt: '2036-01-02T00:00:00+11:00',
    renewsItself: true,
  }
  const HTTPS_NEEDS =
    'cannot open without the Pi; on\u00a0the\u00a0Pi: pi/https.sh, then on each phone: /setup'
  const https = (over: Partial<typeof certificate> | null, on: Partial<DeviceState> = {}) => {
    const row = rowOf('HTTPS', { certificate: over && { ...certificate, ...over } }, on)
    return [row?.text, row?.note]
  }

  it.each([
    [{}, 'certificate to 18\u00a0May 2028, renews itself'],
    [{ expiresAt: '2026-12-02T09:00:00+11:00' }, 'certificate ends 2\u00a0December'],
    [{ expiresAt: '2026-11-20T09:00:00+11:00' }, 'certificate ended 20\u00a0November'],
    [{ renewsItself: false }, 'certificate ends 18\u00a0May 2028'],
  ])('with %o works, and "%s"', (over, note) => {
    expect(https(over)).toEqual(['Working', note])
  })

  it('is not claimed for a device that does not use it', () => {
    const plain = { isHttps: false, isSecure: false }
    expect(https(null, plain)).toEqual(['Not set up', `this device ${HTTPS_NEEDS}`])
    expect(https({}, plain)[0]).toBe('Set up, not used here')
    const onThePi = { isHttps: false, isSecure: true }
    expect(https(null, onThePi)).toEqual(['Not set up', `phones ${HTTPS_NEEDS}`])
    expect(https({}, onThePi)).toEqual(['Set up', 'certificate to 18\u00a0May 2028, renews itself'])
  })
})

it('does not say that prices arrive where Amber has answered with none', () => {
  const empty = { ...liveFacts({ nowMs: NOW }), prices: [], usage: [] }
  expect(statusReport(empty, NOW, undefined, device).chain.links[2]).toEqual({
    state: 'unknown',
    word: 'Nothing yet',
    text: 'no price and no usage so far',
  })
})

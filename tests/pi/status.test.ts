import { describe, expect, it } from 'vitest'
import { machineText, sizeText, statusText } from '../../backend/commands/status-text.ts'
import type { HealthAnswer } from '../../backend/domain/contract.ts'

const health: HealthAnswer = {
  status: 'ok',
  source: 'live',
  cacheAgeSeconds: 41,
  demo: false,
  version: '1.2.0',
  commit: 'abc1234',
  now: '2026-03-10T10:02:41+11:00',
  startedAt: '2026-03-09T18:00:00+11:00',
  prices: {
    intervalStart: '2026-03-10T10:00:00+11:00',
    intervalEnd: '2026-03-10T10:05:00+11:00',
    state: 'confirmed',
    ageSeconds: 41,
    forecastUntil: '2026-03-11T10:00:00+11:00',
  },
  usage: { completeThroughDate: '2026-03-08', estimatedDays: 2, missingDays: 0 },
  lastSync: {
    startedAt: '2026-03-10T10:00:25+11:00',
    finishedAt: '2026-03-10T10:00:27+11:00',
    outcome: 'ok',
    message: null,
    amberRequests: 2,
    quotaRemaining: 41,
  },
  quarantinedRows: 0,
  problems: [{ code: 'usage-late', message: 'Usage is complete only to 2026-03-08.' }],
}
const machine = {
  units: { dashboard: 'active', sync: 'inactive', timer: 'active' },
  nextSyncAtMs: Date.parse('2026-03-10T10:05:25+11:00'),
  databaseBytes: 23_400_000,
  disk: { freeBytes: 52_400_000_000, totalBytes: 118_000_000_000 },
}

const lines = (text: string): Record<string, string> =>
  Object.fromEntries(text.split('\n').map((line) => [line.slice(0, 16).trim(), line.slice(16)]))

describe('npm run status', () => {
  it('shows the whole state on one screen', () => {
    expect(lines(statusText(health, machine))).toMatchObject({
      Status: 'ok, live',
      Price: 'confirmed, 10:00:00 to 10:05:00',
      Forecast: 'until 2026-03-11 10:00:00',
      'Amber answered': '41 seconds ago',
      Usage: 'complete to 2026-03-08, 2 days estimated, 0 missing',
      'Last sync': 'ok, 2 calls, 10:00:27',
      'Next sync': 'in 164 s',
      'Calls left': '41 of 50',
      Version: expect.stringMatching(
        /^1\.2\.0 \(abc1234\), Node \d+\.\d+\.\d+, up since 2026-03-09 18:00:00$/,
      ),
      Units: 'dashboard active, timer active, sync inactive',
      Database: '23.4 MB',
      Disk: '52.4 GB free of 118 GB',
      Problem: 'usage-late: Usage is complete only to 2026-03-08.',
    })
    expect(statusText(health, machine).split('\n').length).toBeLessThan(24)
  })

  it('says how far the past of a new household has been fetched, until all of it is here', () => {
    const part = (weeksFetched: number, complete: boolean) => ({
      backToDate: '2026-02-01',
      firstDate: '2025-06-16',
      complete,
      weeksFetched,
      weeks: 39,
    })
    const at = (prices: number, usage: number) =>
      statusText(
        { ...health, history: { prices: part(prices, prices === 39), usage: part(usage, usage === 39) } },
        machine,
      )
    expect(lines(at(8, 39)).History).toBe(
      'usage 39 of 39 weeks, prices 8 of 39 weeks fetched, prices back to 2026-02-01; it goes on by itself',
    )
    expect(at(39, 39)).not.toContain('History')
    expect(statusText(health, machine)).not.toContain('History')
  })

  it('says when the last backup was made and until when the certificate is good', () => {
    const certificate = {
      expiresAt: '2028-05-18T09:00:00+10:00',
      rootExpiresAt: '2036-01-02T00:00:00+11:00',
      renewsItself: true,
    }
    const lastBackup = { at: '2026-03-01T18:30:00+11:00', file: '/media/usb/home-energy.backup' }
    const kept = (over: Partial<HealthAnswer>) =>
      lines(statusText({ ...health, ...over }, { ...machine, httpsTimer: 'active' }))
    expect(kept({ certificate, lastBackup })).toMatchObject({
      'Last backup': '2026-03-01 18:30:00, /media/usb/home-energy.backup',
      Certificate: 'until 2028-05-18, renews itself 60 days before',
      Units: 'dashboard active, timer active, sync inactive, https timer active',
    })
    expect(kept({ lastBackup: null })['Last backup']).toBe('none yet; to make one: npm run backup -- FILE')
    expect(kept({ certificate: { ...certificate, renewsItself: false } }).Certificate).toContain(
      'not renewed',
    )
    const demo = kept({ lastBackup: null, certificate: null, demo: true })
    expect([demo['Last backup'], demo.Certificate]).toEqual([undefined, undefined])
  })

  it('shows what a machine tells that is no appliance, and says what it does not know', () => {
    const bare = { ...health, cacheAgeSeconds: null, lastSync: null, demo: true, problems: [] }
    const text = statusText(
      { ...bare, prices: { ...bare.prices, intervalStart: null, state: 'unknown' } },
      {},
    )
    expect(lines(text)).toMatchObject({
      Status: 'ok, live, DEMO household',
      Price: 'unknown',
      'Amber answered': 'never',
      'Last sync': 'none',
      'Next sync': 'unknown',
      'Calls left': 'unknown',
    })
    expect(text).not.toMatch(/Units|Disk|undefined|null|NaN/)
  })

  it('still tells of the machine when no server answers', () => {
    expect(
      machineText(machine)
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(['Units', 'Database', 'Disk'])
    expect(machineText({})).toBe('')
  })

  it.each([
    [0, '0.0 MB'],
    [999_000_000, '999 MB'],
    [1_000_000_000, '1.0 GB'],
  ])('words %i bytes as "%s"', (bytes, text) => expect(sizeText(bytes)).toBe(text))
})

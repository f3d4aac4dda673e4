import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { createAmberClient } from '../../backend/amber/client.ts'
import { timeline } from '../../backend/domain/timeline.ts'
import type { Faults } from '../../backend/simulator/faults.ts'
import { DEMO_TOKEN } from '../../backend/simulator/server.ts'
import { DEMO_SITE, reopenedSite, VICTORIAN_SITE } from '../../backend/simulator/sites.ts'
import { ledger } from '../../backend/store/ledger.ts'
import { livePrices, pricesBetween } from '../../backend/store/prices.ts'
import { quarantinedCount } from '../../backend/store/quarantine.ts'
import { defaultSite, knownSites } from '../../backend/store/sites.ts'
import { usageBetween } from '../../backend/store/usage.ts'
import { takeLock } from '../../backend/sync/lock.ts'
import { nextSyncAtMs } from '../../backend/sync/schedule.ts'
import { siteAsTold } from '../../backend/sync/told-site.ts'
import { ALWAYS, HOUR, household, MINUTE, NOW } from './synced-home.ts'
import { temporaryFolder } from './temporary.ts'

const siteIdOf = (db: Database.Database) => defaultSite(knownSites(db), undefined)?.siteId ?? ''

describe('the first sync', () => {
  it('fetches what the kitchen needs first, then history, within its budget of calls', async () => {
    const { sync, paths, db } = await household({ sites: [DEMO_SITE] })
    expect(await sync()).toMatchObject({ outcome: 'ok', answeredAtMs: NOW })
    expect(paths().slice(0, 4)).toEqual(['/sites', '/prices/current', '/prices', '/usage'])
    // Four are kept back for what the next run asks first.
    expect(paths()).toHaveLength(16)
    expect(knownSites(db)[0]).toMatchObject({ siteId: DEMO_SITE.id, network: 'Ausgrid', intervalMinutes: 5 })
    expect(JSON.stringify(db.prepare('SELECT * FROM site').all())).not.toContain(DEMO_SITE.nmi)
  })

  it('ends after some runs with all that Amber has, row for row, and then asks only for news', async () => {
    const site = { ...DEMO_SITE, activeFrom: '2026-01-20' }
    const { sync, clock, db, simulator } = await household({ sites: [site] })
    for (let run = 0; run < 3; run++) {
      await sync()
      clock.now += 5 * MINUTE
    }
    expect((await sync()).amberRequests).toBeLessThanOrEqual(2)

    const startMs = Date.parse('2026-01-20T00:00:00+10:00')
    const span = { startMs, endMs: Date.parse('2026-03-10T10:00:00+10:00') }
    const truth = simulator.truth.prices(site.id, span)
    const stored = timeline(pricesBetween(db, site.id, span)).filter((row) => row.endMs <= span.endMs)
    expect(stored.map((row) => `${row.channel} ${row.endMs} ${row.centsPerKwh}`)).toEqual(
      truth.map((row) => `${row.channelType} ${Date.parse(row.endTime)} ${row.perKwh}`),
    )
    const usage = usageBetween(db, site.id, ALWAYS)
    const days = new Set(usage.map((row) => Math.floor((row.startMs - startMs) / (24 * HOUR))))
    expect(days.size).toBe(49)
    for (const row of usage) expect(row.costCents).toBeCloseTo(row.kwh * row.centsPerKwh, 3)
  })

  it('that was cut off anywhere goes on where it stopped', async () => {
    const { client, sync, db, clock } = await household({
      sites: [{ ...DEMO_SITE, activeFrom: '2026-02-15' }],
    })
    for (let calls = 1; calls < 8; calls++) {
      let left = calls
      const amber = client()
      const cut = new Proxy(amber, {
        get:
          (target, name: keyof typeof amber) =>
          (...args: never[]) => {
            if (left-- === 0) throw new Error('killed')
            return (target[name] as (...all: never[]) => unknown)(...args)
          },
      })
      await sync(cut).catch((error: Error) => expect(error.message).toBe('killed'))
    }
    const whole = await household({ sites: [{ ...DEMO_SITE, activeFrom: '2026-02-15' }] })
    for (const home of [{ sync, clock }, whole])
      for (let run = 0; run < 3; run++) {
        await home.sync()
        home.clock.now += 5 * MINUTE
      }
    const rows = (of: Database.Database) => [
      pricesBetween(of, DEMO_SITE.id, { startMs: 0, endMs: NOW }).filter(({ kind }) => kind === 'actual'),
      usageBetween(of, DEMO_SITE.id, ALWAYS),
    ]
    expect(rows(db)).toEqual(rows(whole.db))
  })

  it('asks for each recent thing once', async () => {
    const { sync, clock, paths } = await household()
    await sync()
    const before = paths().length
    clock.now += 5 * MINUTE
    await sync()
    expect(new Set(paths().slice(before))).toEqual(new Set(['/prices/current']))
  })
})

describe('the running price', () => {
  it('is asked for again while it is an estimate, when it has usually settled', async () => {
    const { sync, clock, db, slept } = await household({ now: Date.parse('2026-03-10T10:00:03+10:00') })
    await sync()
    expect(slept[0]).toBe(42_000)
    expect(livePrices(db, DEMO_SITE.id).find(({ kind }) => kind === 'current')).toMatchObject({
      estimate: false,
      confirmedAtMs: Math.floor(clock.now / 1000) * 1000,
    })
  })

  it('that never settles ends the run in time for the next one', async () => {
    const { sync, clock, db } = await household({ faults: { neverSettled: true } })
    const run = await sync()
    expect(run.outcome).toBe('ok')
    expect(clock.now).toBe(Date.parse('2026-03-10T10:03:20+10:00'))
    expect(livePrices(db, DEMO_SITE.id).find(({ kind }) => kind === 'current')?.estimate).toBe(true)
  })
})

describe('a sync that finds everything as it was', () => {
  it('changes no fact and no revision', async () => {
    const { sync, db, clock } = await household()
    await sync()
    const { revision } = ledger(db)
    clock.now += 1000
    await sync()
    // A second later the forecast is another one; the settled facts are not.
    expect(ledger(db).revision).toBeLessThanOrEqual(revision + 1)
    expect(db.prepare('SELECT max(revision) FROM price_actual').pluck().get()).toBeLessThanOrEqual(revision)
    expect(db.prepare('SELECT max(revision) FROM usage').pluck().get()).toBeLessThanOrEqual(revision)
  })
})

describe('trouble', () => {
  /** A household that has synced once; five minutes later something goes wrong. */
  async function settled(faults: Faults) {
    const home = await household()
    await home.sync()
    home.clock.now += 5 * MINUTE
    const before = { revision: ledger(home.db).revision, calls: home.paths().length }
    Object.assign(home.faults, faults)
    return { ...home, before }
  }

  it.each<[string, Faults, string]>([
    ['500', { outages: [{ kind: 500 }] }, 'amber-error'],
    ['502', { outages: [{ kind: 502 }] }, 'amber-error'],
    ['a web page with 200', { outages: [{ kind: 'html' }] }, 'bad-answer'],
    ['a broken connection', { outages: [{ kind: 'reset' }] }, 'unreachable'],
    ['no answer in time', { delayMs: 60_000 }, 'unreachable'],
    ['403 after the token was revoked', { tokensRevoked: true }, 'unauthorised'],
    ['429 with the quota used up', { quotaExhausted: true }, 'rate-limited'],
    ['429 out of the blue', { outages: [{ kind: 'throttled' }] }, 'rate-limited'],
  ])('of the kind %s keeps the cache, is named, and makes no storm of calls', async (_, faults, outcome) => {
    const { sync, db, before, paths, clock } = await settled(faults)
    const run = await sync()
    expect(run.outcome).toBe(outcome)
    expect(run.message).toBeTruthy()
    expect(ledger(db).revision).toBe(before.revision)
    expect(paths().length - before.calls).toBeLessThanOrEqual(4)
    // While it lasts a run makes one call, and after a refusal hardly any.
    const calls = paths().length
    for (let runs = 0; runs < 12; runs++) {
      clock.now = nextSyncAtMs(clock.now)
      expect((await sync()).outcome).toBe(outcome)
    }
    expect(paths().length - calls).toBeLessThanOrEqual(outcome === 'unauthorised' ? 3 : 14)
    expect(ledger(db).revision).toBe(before.revision)
  })

  it('of a quota is answered with silence until it resets', async () => {
    const { sync, clock, faults, paths } = await settled({ quotaExhausted: true })
    await sync()
    faults.quotaExhausted = false
    const calls = paths().length
    clock.now += 2 * MINUTE
    expect(await sync()).toMatchObject({ outcome: 'rate-limited', amberRequests: 0 })
    expect(paths()).toHaveLength(calls)
    clock.now += 3 * MINUTE + 2000
    expect(await sync()).toMatchObject({ outcome: 'ok' })
  })

  it('without an Amber at all is unreachable', async () => {
    const { sync, client } = await household()
    const run = await sync(client(DEMO_TOKEN, 'http://127.0.0.1:59/v1'))
    expect(run).toMatchObject({ outcome: 'unreachable', amberRequests: 1 })
    expect(run.message).toContain('ECONNREFUSED')
  })

  it('with a wrong token is unauthorised, and the token is nowhere in what is said', async () => {
    const { sync, client, db } = await household()
    const token = 'psk_secretsecretsecretsecretsecret00'
    const run = await sync(client(token))
    expect(run.outcome).toBe('unauthorised')
    expect(JSON.stringify([run, db.prepare('SELECT * FROM sync_run').all()])).not.toContain(token)
  })

  it('with one question leaves the others answered', async () => {
    const { sync, db } = await household({ faults: { outages: [{ kind: 500, on: ['usage'] }] } })
    expect(await sync()).toMatchObject({ outcome: 'partial' })
    expect(pricesBetween(db, DEMO_SITE.id, ALWAYS).length).toBeGreaterThan(1000)
  })

  it('with an empty answer keeps what there was', async () => {
    const { sync, db } = await settled({ outages: [{ kind: 'empty', on: ['current'] }] })
    const kept = livePrices(db, DEMO_SITE.id)
    expect(await sync()).toMatchObject({ outcome: 'ok' })
    expect(livePrices(db, DEMO_SITE.id)).toEqual(kept)
  })

  it('with forecasts that go missing keeps the older ones', async () => {
    const { sync, db, clock } = await settled({ missingForecasts: true })
    await sync()
    expect(
      livePrices(db, DEMO_SITE.id).filter(({ kind, endMs }) => kind === 'forecast' && endMs > clock.now)
        .length,
    ).toBeGreaterThan(50)
  })

  it('leaves ten calls of the account to the household’s other programs', async () => {
    const { sync, simulator, paths, url } = await household({ sites: [DEMO_SITE] })
    const other = createAmberClient({ baseUrl: url, token: DEMO_TOKEN, now: () => NOW })
    for (let call = 0; call < 33; call++) await other.sites()
    await sync()
    expect(simulator.requests.filter(({ status }) => status === 429)).toEqual([])
    expect(paths().length).toBeLessThanOrEqual(40)
    expect(paths().slice(33, 37)).toEqual(['/sites', '/prices/current', '/prices', '/usage'])
  })

  it.each<[string, Faults]>([
    ['a new type of row', { unknownWords: { type: 'DreamInterval' } }],
    ['a new channel', { unknownWords: { channelType: 'battery' } }],
    ['new words', { unknownWords: { descriptor: 'odd', spikeStatus: 'odd', period: 'odd', status: 'odd' } }],
    ['tariffInformation null', { tariffInformation: 'null' }],
    ['renewables above 100', { renewablesPercent: 108 }],
  ])('with %s costs no other row', async (_, faults) => {
    const { sync, db } = await household({ faults })
    expect(await sync()).toMatchObject({ outcome: 'ok' })
    expect(pricesBetween(db, DEMO_SITE.id, ALWAYS).length).toBeGreaterThan(1500)
    expect(quarantinedCount(db)).toBeLessThanOrEqual(20)
    if (faults.unknownWords?.type) expect(quarantinedCount(db)).toBeGreaterThan(0)
  })
})

describe('sites', () => {
  it('of which one is closed and one is active, the closed first: the active one is the household', async () => {
    const [closed, active] = reopenedSite(DEMO_SITE, '2026-02-01')
    const { sync, db } = await household({ sites: [closed, active] })
    await sync()
    expect(siteIdOf(db)).toBe(active.id)
    expect(knownSites(db)).toHaveLength(2)
  })

  it('that an answer tells in a way that cannot be read stay what they were, and nothing is asked anew', async () => {
    const { sync, client, db, clock, paths } = await household()
    await sync()
    const before = knownSites(db)
    clock.now += 25 * HOUR
    const amber = client()
    const spoilt = {
      ...amber,
      sites: async () => {
        const answer = await amber.sites()
        return {
          ...answer,
          rows: answer.rows.map(({ siteId, channels }) => ({
            siteId,
            channels: channels.map(({ identifier, channel }) => ({ identifier, channel })),
          })),
        }
      },
    }
    const calls = paths().length
    await sync(spoilt)
    expect(knownSites(db)).toEqual(before)
    expect(
      paths()
        .slice(calls)
        .filter((path) => path === '/sites'),
    ).toHaveLength(1)
    expect(paths().length - calls).toBeLessThanOrEqual(6)
  })

  it('of which Amber does not tell the interval are billed by the half hour', () => {
    const told = { siteId: 'A', network: 'Ausgrid', status: 'active', channels: [] }
    expect(siteAsTold(told, undefined).intervalMinutes).toBe(30)
    expect(siteAsTold(told, { ...told, intervalMinutes: 5 }).intervalMinutes).toBe(5)
  })

  it('that are supplied again are not closed any more', () => {
    const closed = {
      siteId: 'A',
      network: '',
      status: 'closed',
      closedOn: '2026-01-01',
      intervalMinutes: 5,
      channels: [],
    }
    expect(siteAsTold({ siteId: 'A', status: 'active', channels: [] }, closed)).not.toHaveProperty('closedOn')
    expect(siteAsTold({ siteId: 'A', status: 'closed', channels: [] }, closed).closedOn).toBe('2026-01-01')
  })

  it('billed by the half hour work alike', async () => {
    const { sync, db } = await household({
      sites: [VICTORIAN_SITE],
      now: Date.parse('2026-03-10T10:20:25+10:00'),
    })
    await sync()
    const rows = pricesBetween(db, VICTORIAN_SITE.id, ALWAYS)
    expect(rows.every((row) => row.endMs - row.startMs === 30 * MINUTE)).toBe(true)
    expect(rows.find(({ kind }) => kind === 'current')?.estimate).toBe(true)
  })

  it('of which there is none yet is said, not an error', async () => {
    const { sync, db } = await household({ sites: [] })
    expect(await sync()).toMatchObject({ outcome: 'ok', amberRequests: 1 })
    expect(knownSites(db)).toEqual([])
  })
})

describe('the lock', () => {
  it('is held by one, and free again when that one lets go', () => {
    const path = join(temporaryFolder(), 'cache.sqlite.lock')
    const first = takeLock(path)
    expect(first).toBeDefined()
    expect(takeLock(path)).toBeUndefined()
    first?.release()
    const second = takeLock(path)
    expect(second).toBeDefined()
    second?.release()
  })
})

// What Amber says of the account's sites over time, and what becomes of their facts.
import type Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import {
  DEMO_SITE,
  pendingSite,
  reopenedSite,
  type SimulatedSite,
  VICTORIAN_SITE,
} from '../../backend/simulator/sites.ts'
import { ledger } from '../../backend/store/ledger.ts'
import { livePrices, pricesBetween } from '../../backend/store/prices.ts'
import { siteChanges } from '../../backend/store/site-changes.ts'
import { defaultSite, knownSites } from '../../backend/store/sites.ts'
import { usageBetween, usageDayStates } from '../../backend/store/usage.ts'
import { usageRevisionsBetween } from '../../backend/store/usage-revisions.ts'
import { ask } from '../../backend/sync/answers.ts'
import { ALWAYS, DAY, HOUR, household, MINUTE, NEW_CUSTOMER, NOW } from './synced-home.ts'

const theirs = (db: Database.Database) => defaultSite(knownSites(db), undefined)?.siteId
const [CLOSED, OPENED] = reopenedSite({ ...DEMO_SITE, activeFrom: '2026-03-01' }, '2026-03-06')

describe('a meter that was closed and opened anew under another id', () => {
  it.each([
    ['closed one first', [CLOSED, OPENED]],
    ['active one first', [OPENED, CLOSED]],
  ])('is the active one, the %s', async (_, sites) => {
    const { sync, db } = await household({ sites })
    await sync()
    expect(theirs(db)).toBe(OPENED.id)
    expect(knownSites(db)).toHaveLength(2)
    expect(livePrices(db, OPENED.id).some(({ kind }) => kind === 'current')).toBe(true)
    expect(livePrices(db, CLOSED.id)).toEqual([])
  })

  it('has the history of both, each under its own id, to the last day of the one', async () => {
    const { syncsFor, db } = await household({ sites: [CLOSED, OPENED] })
    await syncsFor(20 * MINUTE)
    const days = (id: string) =>
      [
        ...new Set(
          usageBetween(db, id, ALWAYS).map(({ startMs }) =>
            new Date(startMs + 10 * HOUR).toISOString().slice(5, 10),
          ),
        ),
      ].sort()
    expect(days(OPENED.id)).toEqual(['03-06', '03-07', '03-08', '03-09'])
    expect(days(CLOSED.id).slice(0, 5)).toEqual(['03-01', '03-02', '03-03', '03-04', '03-05'])
  })

  it('told of in the opposite order is no news', async () => {
    const { sync, db, clock, faults } = await household({ sites: [CLOSED, OPENED] })
    await sync()
    const sites = knownSites(db)
    faults.sitesSwapped = true
    clock.now += DAY
    await sync()
    expect(knownSites(db)).toEqual(sites)
    expect(theirs(db)).toBe(OPENED.id)
  })

  it('is the household’s other one where AMBER_SITE_ID says so', async () => {
    const { sync, db } = await household({ sites: [CLOSED, OPENED] })
    await sync(undefined, { siteId: CLOSED.id })
    expect(livePrices(db, CLOSED.id)).not.toEqual([])
  })
})

describe('a site that one answer leaves out', () => {
  it('stays the household’s, keeps its facts, and goes on being asked about', async () => {
    const { sync, db, clock, faults, simulator } = await household({ sites: [CLOSED, OPENED] })
    await sync()
    const usage = usageBetween(db, OPENED.id, ALWAYS).length
    faults.sites = [CLOSED]
    clock.now += DAY
    // Amber goes on answering for it.
    const asked = simulator.requests.length
    await sync()
    expect(simulator.requests.slice(asked).filter(({ path }) => path === '/sites')).not.toEqual([])
    expect(theirs(db)).toBe(OPENED.id)
    expect(
      knownSites(db)
        .map(({ siteId }) => siteId)
        .sort(),
    ).toEqual([CLOSED.id, OPENED.id].sort())
    expect(usageBetween(db, OPENED.id, ALWAYS)).toHaveLength(usage)
    delete faults.sites
    clock.now += DAY
    expect(await sync()).toMatchObject({ outcome: 'ok' })
    expect(usageBetween(db, OPENED.id, ALWAYS).length).toBeGreaterThan(usage)
  })

  it('and 404 has the sites asked for at once, but no more than hourly', async () => {
    const { sync, clock, faults, paths } = await household({ sites: [OPENED] })
    await sync()
    faults.sites = [{ ...OPENED, id: CLOSED.id }]
    clock.now += HOUR
    const before = paths().length
    await sync()
    expect(paths().slice(before, before + 2)).toEqual(['/prices/current', '/sites'])
    for (let run = 0; run < 24; run++) {
      clock.now += 5 * MINUTE
      await sync()
    }
    const asks = paths()
      .slice(before)
      .filter((path) => path === '/sites').length
    expect(asks).toBeGreaterThanOrEqual(2)
    expect(asks).toBeLessThanOrEqual(3)
  })
})

it('a site whose row cannot be read has not been left out, however often', async () => {
  const { sync, client, db } = await household({ sites: [CLOSED, OPENED] })
  await sync()
  const amber = client()
  const unread = { reason: 'id: is no text', raw: '{}' }
  const spoilt = {
    ...amber,
    sites: async () => {
      const { rows, ...told } = await amber.sites()
      return { ...told, rows: rows.filter(({ siteId }) => siteId !== OPENED.id), quarantined: [unread] }
    },
  }
  for (let day = 0; day < 8; day++) {
    const { save } = await ask(spoilt, { what: 'sites' })
    save(db, NOW + day * DAY, () => '')
  }
  expect(knownSites(db).find(({ siteId }) => siteId === OPENED.id)).not.toHaveProperty('isGone')
  expect(theirs(db)).toBe(OPENED.id)
})

it('a site of which another first day is told has all of its history asked for again', async () => {
  const site = { ...VICTORIAN_SITE, activeFrom: '2026-02-10' }
  const { syncsFor, db, clock, faults } = await household({ sites: [site] })
  await syncsFor(10 * MINUTE)
  faults.sites = [{ ...site, activeFrom: '2026-02-06' }]
  clock.now += DAY
  await syncsFor(10 * MINUTE)
  // The first days of a week that is asked for once a week.
  expect(usageDayStates(db, site.id, 0)[0]?.nemDay).toBe(Date.parse('2026-02-06') / DAY)
})

describe('an account without a site', () => {
  it.each<[string, SimulatedSite[]]>([
    ['yet', []],
    ['that supplies yet', [pendingSite(NEW_CUSTOMER, '2026-03-12')]],
  ])('%s is asked about hourly, and begins by itself when there is one', async (_, sites) => {
    const { syncsFor, faults, db, paths } = await household({ sites })
    const calls = await syncsFor(3 * HOUR)
    expect(paths().every((path) => path === '/sites')).toBe(true)
    expect(calls).toHaveLength(3)
    expect(db.prepare('SELECT count(*) FROM price_actual').pluck().get()).toBe(0)
    faults.sites = [NEW_CUSTOMER]
    await syncsFor(65 * MINUTE)
    expect(theirs(db)).toBe(NEW_CUSTOMER.id)
    expect(livePrices(db, NEW_CUSTOMER.id).length).toBeGreaterThan(50)
    expect(usageBetween(db, NEW_CUSTOMER.id, ALWAYS)).not.toEqual([])
  })
})

describe('a channel that is new', () => {
  it('is noticed with the next answer on sites, and its history is fetched', async () => {
    const { sync, syncsFor, db, clock, faults } = await household()
    await sync()
    const before = usageBetween(db, DEMO_SITE.id, ALWAYS).length
    faults.extraChannel = { identifier: 'E3', type: 'controlledLoad', tariff: 'EA040' }
    clock.now += DAY
    await syncsFor(10 * MINUTE)
    expect(knownSites(db)[0]?.channels.map(({ identifier }) => identifier)).toEqual(['B1', 'E1', 'E2', 'E3'])
    const rows = usageBetween(db, DEMO_SITE.id, ALWAYS)
    const ofRegister = (name: string) => rows.filter(({ identifier }) => identifier === name)
    // Two whole days before it was noticed, and the one since.
    expect(ofRegister('E3')).toHaveLength(3 * 288)
    expect(ofRegister('E1')).toHaveLength(3 * 288)
    expect(before).toBeLessThan(rows.length)
  })

  it('has also those weeks asked for again that are asked for once a week', async () => {
    const site = { ...VICTORIAN_SITE, activeFrom: '2026-02-10' }
    const { syncsFor, db, clock, faults } = await household({ sites: [site] })
    await syncsFor(10 * MINUTE)
    faults.extraChannel = { identifier: 'E3', type: 'controlledLoad', tariff: 'EA040' }
    clock.now += DAY
    await syncsFor(20 * MINUTE)
    const days = usageDayStates(db, site.id, 0).filter(({ identifier }) => identifier === 'E3')
    expect(days[0]?.nemDay).toBe(Date.parse('2026-02-10') / DAY)
    expect(days).toHaveLength(29)
    expect(days.every(({ minutes }) => minutes === 1440)).toBe(true)
  })
})

describe('a meter that went from half hours to five minutes', () => {
  const wholeDays = (db: Database.Database) => {
    const sites = [DEMO_SITE, VICTORIAN_SITE].flatMap(({ id }) => usageDayStates(db, id, 0))
    return sites.length > 0 && sites.every(({ minutes }) => minutes === 1440)
  }

  it('in the middle of the history is fetched as it was, each minute once', async () => {
    const site = { ...VICTORIAN_SITE, activeFrom: '2026-03-02', fiveMinuteFrom: '2026-03-06' }
    const { syncsFor, db } = await household({ sites: [site] })
    await syncsFor(10 * MINUTE)
    const lengths = new Set(
      usageBetween(db, site.id, ALWAYS).map((row) => (row.endMs - row.startMs) / MINUTE),
    )
    expect(lengths).toEqual(new Set([5, 30]))
    expect(usageDayStates(db, site.id, 0)).toHaveLength(8)
    expect(wholeDays(db)).toBe(true)
  })

  it('while this was watching, with days told anew in five minutes: each minute counts once, and what went is logged', async () => {
    const { sync, syncsFor, db, clock, faults } = await household({
      sites: [{ ...NEW_CUSTOMER, intervalLength: 30 }],
    })
    await sync()
    expect(usageBetween(db, DEMO_SITE.id, ALWAYS)).toHaveLength(2 * 48 * 3)
    const { epoch } = ledger(db)
    faults.sites = [{ ...NEW_CUSTOMER, intervalLength: 5 }]
    clock.now += DAY
    await syncsFor(10 * MINUTE)
    expect(knownSites(db)[0]?.intervalMinutes).toBe(5)
    expect(usageBetween(db, DEMO_SITE.id, ALWAYS)).toHaveLength(3 * 288 * 3)
    expect(wholeDays(db)).toBe(true)
    const gone = usageRevisionsBetween(db, DEMO_SITE.id, ALWAYS).filter(({ became }) => !became)
    expect(gone).toHaveLength(2 * 48 * 3)
    // A copy that only adds rows could not follow: devices start over.
    expect(ledger(db).epoch).not.toBe(epoch)
    const prices = pricesBetween(db, DEMO_SITE.id, { startMs: NOW - HOUR, endMs: NOW }).filter(
      ({ kind }) => kind === 'actual',
    )
    expect(prices.length).toBeGreaterThanOrEqual(12 * 3)
    expect(prices.filter(({ startMs, endMs }) => endMs - startMs !== 5 * MINUTE)).toEqual([])
  })
})

describe('what Amber tells otherwise of a site than before', () => {
  const [general, ...others] = NEW_CUSTOMER.channels
  const OTHERWISE = { ...NEW_CUSTOMER, channels: [{ ...general!, tariff: 'EA025' }, ...others] }

  it('is noted with what it was and when that was noticed, once: another tariff, a register, other intervals', async () => {
    const { sync, db, clock, faults } = await household({ sites: [{ ...NEW_CUSTOMER, intervalLength: 30 }] })
    await sync()
    expect(siteChanges(db)).toEqual([])
    faults.sites = [OTHERWISE]
    faults.extraChannel = { identifier: 'E3', type: 'controlledLoad', tariff: 'EA040' }
    for (let day = 0; day < 3; day++) {
      clock.now += DAY
      await sync()
    }
    const of = { siteId: DEMO_SITE.id, atMs: expect.closeTo(NOW + DAY, -5) }
    expect(siteChanges(db)).toEqual([
      { ...of, what: 'interval', was: '30', is: '5' },
      { ...of, what: 'tariff', identifier: 'E1', was: 'EA116', is: 'EA025' },
      { ...of, what: 'register', identifier: 'E3', is: 'controlledLoad' },
    ])
  })

  it('is no news of a new site, of one in another order, nor of a register that one answer left out', async () => {
    const { sync, db, clock, faults } = await household({ sites: [CLOSED] })
    for (const sites of [
      [OPENED, CLOSED],
      [{ ...OPENED, channels: OPENED.channels.slice(1) }, CLOSED],
      [CLOSED, OPENED],
      [CLOSED],
      [CLOSED, OPENED],
    ]) {
      await sync()
      faults.sites = sites
      clock.now += DAY
    }
    await sync()
    expect(siteChanges(db)).toEqual([])
  })

  it('is kept twenty times, the newest of them', async () => {
    const { sync, db, clock, faults } = await household()
    await sync()
    for (let day = 1; day <= 21; day++) {
      faults.sites = [day % 2 ? OTHERWISE : NEW_CUSTOMER]
      clock.now += DAY
      await sync()
    }
    const changes = siteChanges(db)
    expect(changes).toHaveLength(20)
    expect(changes.at(-1)).toMatchObject({ was: 'EA116', is: 'EA025' })
    expect(changes[0]?.atMs).toBeGreaterThan(NOW + 1.5 * DAY)
    // Twenty-two whole syncs, half a minute of work on a small machine that has other work too.
  }, 240_000)
})

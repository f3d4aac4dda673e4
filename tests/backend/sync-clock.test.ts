// A Pi without a clock battery boots with the time of its last shutdown, and is set right some time later.
import type Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { clockOffset } from '../../backend/amber/clock-offset.ts'
import { livePrices } from '../../backend/store/prices.ts'
import { lastSyncRun } from '../../backend/store/sync-runs.ts'
import { saveUsage, usageBetween } from '../../backend/store/usage.ts'
import { usageRevisionsBetween } from '../../backend/store/usage-revisions.ts'
import { createRunClock } from '../../backend/sync/run-clock.ts'
import { ALWAYS, DAY, HOUR, household, MINUTE, NEW_CUSTOMER, NOW } from './synced-home.ts'

/** Every instant in the database at which something happened here. */
function stamps(db: Database.Database): number[] {
  const instants = db
    .prepare(
      `SELECT started_at_ms AS ms FROM sync_run UNION ALL SELECT finished_at_ms FROM sync_run
       UNION ALL SELECT answered_at_ms FROM sync_run UNION ALL SELECT answered_at_ms FROM question
       UNION ALL SELECT changed_at_ms FROM usage_revision UNION ALL SELECT made_at_ms FROM forecast_vintage
       UNION ALL SELECT first_seen_ms FROM quarantine`,
    )
    .pluck()
    .all() as (number | null)[]
  const live = livePrices(db, NEW_CUSTOMER.id).flatMap((row) => [row.madeAtMs, row.confirmedAtMs])
  return [...instants, ...live].filter((ms): ms is number => ms !== null && ms !== undefined)
}

describe('the clock of this machine', () => {
  it.each([
    ['right', 0, 0],
    ['5 s slow, which a header of whole seconds cannot tell', 5, 0],
    ['5 s fast', -5, 0],
    ['5.9 s fast, of which the header may have left nearly one off', -5.9, 0],
    ['7 s slow', 7, 7],
    ['7 s fast', -7, -7],
    ['ten days slow', 10 * 86_400, 10 * 86_400],
  ])('that is %s', (_, offSeconds, expected) => {
    const sentMs = NOW - offSeconds * 1000
    const off = clockOffset(NOW, sentMs, sentMs + 400)
    expect(Math.round(off / 1000)).toBe(expected)
  })

  it('is not called wrong because an answer took long', () => {
    expect(clockOffset(NOW + 9000, NOW, NOW + 12_000)).toBe(0)
  })
})

describe('the time within a run', () => {
  const YEAR = 365 * DAY
  /** A clock that Amber has told before, on a machine whose own says this. */
  const running = (machineMs: number, notBeforeMs = NOW) => {
    const at = { ms: machineMs }
    return { at, clock: createRunClock(() => at.ms, notBeforeMs) }
  }

  it.each([
    ['goes on from what Amber has told before', NOW - YEAR, 30_000, 30_000],
    ['is no later, though the clock was set meanwhile', NOW - 3 * YEAR, YEAR, 0],
    ['does not go back with a clock that is set back', NOW - YEAR, -DAY, 0],
    ['is this machine’s once that is ahead', NOW - YEAR, 2 * YEAR, YEAR],
  ])('%s', (_, bootMs, passedMs, expected) => {
    const { at, clock } = running(bootMs)
    at.ms += passedMs
    expect(clock.now() - NOW).toBe(expected)
    expect([clock.startedAt(), clock.isConfirmed]).toEqual([NOW, false])
  })

  it('is Amber’s from its first answer on, also of what was before that', () => {
    const { at, clock } = running(NOW - YEAR)
    at.ms += MINUTE
    clock.learn(YEAR + HOUR)
    at.ms += MINUTE
    const expected = [NOW + HOUR + 2 * MINUTE, NOW + HOUR]
    expect([clock.now(), clock.startedAt()]).toEqual(expected)
    // An answer that does not tell the time takes nothing back.
    clock.learn(undefined)
    expect([clock.now(), clock.startedAt(), clock.isConfirmed]).toEqual([...expected, true])
  })

  it.each([
    ['forward, to what is right', 10 * DAY],
    ['back', -10 * DAY],
  ])('is not put off by a clock that is set %s, and goes on after that', (_, jumpMs) => {
    const { at, clock } = running(NOW - 10 * DAY, 0)
    clock.learn(10 * DAY)
    for (const passedMs of [MINUTE, jumpMs, MINUTE]) {
      at.ms += passedMs
      clock.now()
    }
    expect([clock.now(), clock.startedAt()]).toEqual([NOW + 2 * MINUTE, NOW])
    at.ms += 1000
    clock.learn(NOW + 2 * MINUTE + 1000 - at.ms)
    expect([clock.now(), clock.startedAt()]).toEqual([NOW + 2 * MINUTE + 1000, NOW])
  })
})

describe.each([
  ['ten days behind', -10 * DAY],
  ['three years ahead', 3 * 365 * DAY],
])('booted %s', (_, aheadMs) => {
  it('says so, goes by Amber’s, stamps nothing wrongly, and fetches the days that are', async () => {
    const { sync, db, clock } = await household({ aheadMs })
    const run = await sync()
    expect(run).toMatchObject({ outcome: 'ok' })
    expect(Math.abs((run.clockOffMs ?? 0) + aheadMs)).toBeLessThan(2000)
    expect(lastSyncRun(db)?.clockOffMs).toBe(run.clockOffMs)
    const all = stamps(db)
    expect(all.length).toBeGreaterThan(10)
    for (const ms of all) expect(Math.abs(ms - clock.now)).toBeLessThan(10 * MINUTE)
    const days = new Set(
      usageBetween(db, NEW_CUSTOMER.id, ALWAYS).map(({ startMs }) => Math.floor((startMs + 10 * HOUR) / DAY)),
    )
    expect(days).toEqual(new Set([Date.parse('2026-03-08') / DAY, Date.parse('2026-03-09') / DAY]))
  })

  it('drops nothing that should stay', async () => {
    const { sync, db } = await household({ aheadMs })
    await sync(undefined, { retentionDays: 10 })
    await sync(undefined, { retentionDays: 10 })
    expect(usageBetween(db, NEW_CUSTOMER.id, ALWAYS)).toHaveLength(2 * 288 * 3)
  })

  it('and set right later goes on as if nothing had been: nothing is asked twice', async () => {
    const { sync, clock } = await household({ aheadMs })
    await sync()
    clock.aheadMs = 0
    clock.now += 5 * MINUTE
    const run = await sync()
    expect(run.amberRequests).toBe(1)
    expect(run.clockOffMs).toBeUndefined()
  })

  it('stamps a correction with Amber’s time', async () => {
    const { sync, db, clock } = await household({ aheadMs })
    await sync()
    const [first] = usageBetween(db, NEW_CUSTOMER.id, ALWAYS)
    saveUsage(db, NEW_CUSTOMER.id, [{ ...first!, kwh: 9, costCents: 9 }], NOW)
    clock.now += DAY
    await sync()
    const [last] = usageRevisionsBetween(db, NEW_CUSTOMER.id, ALWAYS).slice(-1)
    expect(last?.became?.kwh).toBe(first!.kwh)
    expect(Math.abs(last!.changedAtMs - clock.now)).toBeLessThan(10 * MINUTE)
  })
})

it('a clock that is behind, with no Amber to tell, never goes back behind what Amber has told before', async () => {
  const { sync, db, clock, faults } = await household()
  await sync()
  const answeredAtMs = lastSyncRun(db)?.answeredAtMs as number
  clock.aheadMs = -10 * DAY
  faults.outages = [{ kind: 'reset' }]
  await sync()
  expect(lastSyncRun(db)).toMatchObject({ outcome: 'unreachable' })
  expect(lastSyncRun(db)?.startedAtMs).toBeGreaterThanOrEqual(answeredAtMs)
})

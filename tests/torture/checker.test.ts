// The torture is worth what its checker is worth: it is shown each kind of loss, in a database that was right before.
import type { Database } from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { addDays, nemDate } from '#domain/calendar.ts'
import { VICTORIAN_SITE } from '../../backend/simulator/sites.ts'
import { differences, toldIn, untruths, vanished } from './compare.ts'
import { storedFacts } from './facts.ts'
import { type Home, mostCallsTogether, openHome } from './home.ts'
import { lossesText, tableOf } from './report.ts'
import { everything, expected } from './truth.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })
const START_MS = Date.parse('2026-03-10T10:01:00+10:00')

let home: Home
beforeAll(async () => {
  const sites = [{ ...VICTORIAN_SITE, activeFrom: addDays(nemDate(START_MS), -3) }]
  home = await openHome({ startMs: START_MS, seed: 1, sites, faults: { usageStages: { '*': 'billable' } } })
  await home.sync()
})
afterAll(() => home.close())

const asked = () => ({
  sites: home.sites(),
  truth: home.simulator.truth,
  nowMs: home.clock.now,
  begunMs: START_MS,
})

/** What is found after this was done to the database; then it is undone. */
function found(change: (db: Database) => void): string[] {
  const db = home.db()
  db.exec('BEGIN')
  change(db)
  const sentences = differences(storedFacts(db), expected(asked()))
  db.exec('ROLLBACK')
  return sentences
}

describe('the checker', () => {
  it('finds nothing where nothing is lost', () => {
    expect(found(() => {})).toEqual([])
    expect(untruths(storedFacts(home.db()), toldIn(everything(asked())))).toEqual([])
    expect(expected(asked()).required.size).toBeGreaterThan(280)
  })

  it.each([
    ['01:50', 'may be there', false],
    ['03:50', 'must be there', true],
  ])('knows that at %s yesterday’s usage %s', (time, _, isRequired) => {
    const { required, allowed } = expected({ ...asked(), nowMs: Date.parse(`2026-03-12T${time}:00+10:00`) })
    const key = [...allowed].map(([each]) => each).find((each) => each.includes('2026-03-11T'))
    expect(key).toContain('usage')
    expect(required.has(key as string)).toBe(isRequired)
  })

  it.each([
    [
      'a lost price',
      'DELETE FROM price_actual WHERE end_minute = (SELECT min(end_minute) FROM price_actual)',
      1,
    ],
    ['a lost row of usage', 'DELETE FROM usage WHERE end_minute = (SELECT max(end_minute) FROM usage)', 1],
    ['a lost day', 'DELETE FROM usage WHERE end_minute <= (SELECT min(end_minute) + 1410 FROM usage)', 48],
    ['a lost site', 'DELETE FROM site_channel; DELETE FROM site', 1],
  ])('finds %s', (_, sql, count) => {
    const sentences = found((db) => db.exec(sql))
    expect(sentences).toHaveLength(count)
    expect(sentences[0]).toContain('is missing')
  })

  it.each([
    ['a changed hundredth of a cent', 'price_actual SET cents_per_kwh = cents_per_kwh + 0.01', 'cents'],
    ['a changed cost', 'usage SET cost_cents = cost_cents + 0.01', 'cost'],
    ['a changed kWh', 'usage SET kwh = kwh + 0.001', 'kwh'],
    ['an estimate that was corrected', 'usage SET estimated = 1', 'quality'],
    ['a forgotten tariff', 'usage SET tariff_id = NULL', 'tariff'],
    ['a changed word', 'price_actual SET descriptor = descriptor + 1', 'descriptor'],
  ])('finds %s', (_, change, field) => {
    const table = change.split(' ')[0]
    const sentences = found((db) =>
      db.exec(`UPDATE ${change} WHERE end_minute = (SELECT max(end_minute) FROM ${table})`),
    )
    expect(sentences).toHaveLength(1)
    expect(sentences[0]).toContain(`: ${field} is `)
  })

  it('knows that usage which Amber dropped before all had been asked for may be missing, but not be wrong', () => {
    // All of the three days' usage is more than 90 days old by then.
    const later = Date.parse('2026-06-08T10:00:00+10:00')
    const dropped = { ...asked(), wholeByMs: later }
    const keys = [...expected(asked()).required.keys()].filter((key) => key.startsWith('usage'))
    const { required, allowed } = expected(dropped)
    const given = keys.filter((key) => !required.has(key))
    expect(given).toHaveLength(144)
    expect(given.every((key) => allowed.has(key))).toBe(true)
    const db = home.db()
    db.exec('BEGIN')
    db.exec('DELETE FROM usage WHERE end_minute = (SELECT min(end_minute) FROM usage)')
    expect(differences(storedFacts(db), expected(dropped))).toEqual([])
    db.exec('UPDATE usage SET kwh = kwh + 1 WHERE end_minute = (SELECT min(end_minute) FROM usage)')
    expect(differences(storedFacts(db), expected(dropped))).toHaveLength(1)
    db.exec('ROLLBACK')
  })

  it('finds a row that is there twice, once more in another length', () => {
    const sentences = found((db) =>
      db.exec(`INSERT INTO usage SELECT register_no, end_minute, 5, channel, kwh, cost_cents, cents_per_kwh, estimated,
        tariff_id, revision FROM usage WHERE end_minute = (SELECT max(end_minute) FROM usage)`),
    )
    expect(sentences).toEqual([expect.stringContaining('is too much')])
  })

  it('finds a row that nobody told', () => {
    const sentences = found((db) =>
      db.exec('UPDATE usage SET end_minute = end_minute - 7 WHERE minutes = 30'),
    )
    expect(sentences.filter((sentence) => sentence.includes('too much')).length).toBeGreaterThan(100)
    expect(sentences.filter((sentence) => sentence.includes('missing')).length).toBeGreaterThan(100)
  })

  it('lets unknown things be unknown in the middle of trouble, but nothing be wrong', () => {
    const told = toldIn(everything(asked()))
    const key = [...storedFacts(home.db()).keys()].find((each) => each.startsWith('price')) ?? ''
    const [fact] = told(key)
    expect(untruths(new Map([[key, { ...fact!, spot: null }]]), told)).toEqual([])
    expect(untruths(new Map([[key, { ...fact!, spot: 1 }]]), told)).toHaveLength(1)
    const tariff = JSON.parse(String(fact!.tariff)) as Record<string, unknown>
    const withTariff = (parts: object) => new Map([[key, { ...fact!, tariff: JSON.stringify(parts) }]])
    expect(untruths(withTariff({ ...tariff, period: undefined }), told)).toEqual([])
    expect(untruths(withTariff({ ...tariff, period: 'shoulder' }), told)).toHaveLength(1)
    expect(untruths(new Map([['price of nothing', fact!]]), told)).toEqual([
      'price of nothing: was never told',
    ])
  })

  it('finds what was there before and is not there now', () => {
    const before = storedFacts(home.db())
    expect(vanished(before, new Map([...before].slice(2)))).toHaveLength(2)
  })

  it('counts the calls of the busiest five minutes', () => {
    const at = (...minutes: number[]) => minutes.map((minute) => minute * 60_000)
    expect(mostCallsTogether(at(0, 1, 4.9, 5, 9.8, 30))).toBe(3)
  })
})

describe('the report', () => {
  const rows = [
    { part: 'faults', name: 'one', rounds: 3, faults: 2, losses: [] },
    {
      part: 'kills',
      name: 'other',
      rounds: 10,
      faults: 1,
      losses: Array.from({ length: 12 }, () => 'x is missing'),
    },
  ]

  it('adds up rounds, faults and losses', () => {
    expect(tableOf(rows).split('\n').at(-1)?.trim().split(/\s+/)).toEqual(['all', '13', '3', '12'])
  })

  it('names what was lost, but not all of too much', () => {
    expect(lossesText(rows)).toHaveLength(1)
    expect(lossesText(rows)[0]).toContain('… and 2 more')
  })
})

import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parsePrices, parseSites, parseUsage } from '../../backend/amber/parse.ts'
import { meterHistory } from '../../backend/domain/meter-history.ts'
import { centsOf, channelCosts, rowCents } from '../../backend/domain/money/energy-cost.ts'
import { hasRecorded, RECORDED, recorded } from '../amber-notes.ts'

interface RecordedUsage {
  type: string
  cost: number
}

const MADE_AT = Date.parse('2026-03-10T00:02:40Z')
const current = {
  type: 'CurrentInterval',
  date: '2026-03-10',
  duration: 5,
  startTime: '2026-03-10T00:00:01Z',
  endTime: '2026-03-10T00:05:00Z',
  nemTime: '2026-03-10T10:05:00+10:00',
  perKwh: 16.9121,
  renewables: 62.9,
  spotPerKwh: 0.405,
  channelType: 'general',
  spikeStatus: 'none',
  tariffInformation: { period: 'offPeak', season: 'summer', demandWindow: false },
  descriptor: 'veryLow',
  estimate: false,
}
const forecast = {
  ...current,
  type: 'ForecastInterval',
  startTime: '2026-03-10T00:05:01Z',
  endTime: '2026-03-10T00:10:00Z',
  nemTime: '2026-03-10T10:10:00+10:00',
  estimate: undefined,
  advancedPrice: { low: 15.1, predicted: 15.8, high: 16.9 },
}
const usage = {
  ...current,
  type: 'Usage',
  channelIdentifier: 'E1',
  kwh: 0.214,
  quality: 'billable',
  cost: 3.6192,
}
const site = {
  id: '01J23BAP2SFA218BMV8A73Y9Z9',
  nmi: '4100000001',
  channels: [
    { identifier: 'E1', type: 'general', tariff: 'EA116' },
    { identifier: 'B1', type: 'feedIn', tariff: 'EA029' },
  ],
  network: 'Ausgrid',
  status: 'active',
  activeFrom: '2024-06-12',
  intervalLength: 5,
}

const pricesOf = (...rows: unknown[]) => parsePrices(rows, MADE_AT)

describe('a price row', () => {
  it('is its end and its duration: the start that Amber gives is a second late', () => {
    const [row] = pricesOf(current).rows
    expect(row).toMatchObject({
      startMs: Date.parse('2026-03-10T00:00:00Z'),
      endMs: Date.parse('2026-03-10T00:05:00Z'),
      centsPerKwh: 16.9121,
      kind: 'current',
      estimate: false,
      confirmedAtMs: MADE_AT,
      tariff: { period: 'offPeak', season: 'summer', demandWindow: false },
    })
  })

  it('that is a forecast or an estimate says when it was made, and one that has settled does not', () => {
    const estimate = { ...current, estimate: true }
    expect(pricesOf(forecast, estimate, current).rows.map((row) => row.madeAtMs)).toEqual([
      MADE_AT,
      MADE_AT,
      undefined,
    ])
  })

  it('of the running interval counts as an estimate unless Amber says that it is none', () => {
    const { estimate: _, ...untold } = current
    expect(pricesOf(untold).rows[0]?.estimate).toBe(true)
  })

  it('keeps its price when a field beside it is odd', () => {
    const odd = [
      { ...current, descriptor: 'outrageous' },
      { ...current, spikeStatus: 'volcano' },
      { ...current, renewables: 108.655 },
      { ...current, renewables: 'much' },
      { ...current, tariffInformation: null },
      { ...current, tariffInformation: undefined },
      { ...current, tariffInformation: { period: 7, demandWindow: 'perhaps' } },
      { ...current, advancedPrice: { low: 1 } },
      { ...current, range: null },
      { ...current, spotPerKwh: null },
      { ...current, somethingNew: { deep: [1] } },
    ]
    const { rows, quarantined } = pricesOf(...odd)
    expect(quarantined).toEqual([])
    expect(rows.map((row) => row.centsPerKwh)).toEqual(odd.map(() => 16.9121))
    expect(rows[2]?.renewablesPercent).toBe(108.655)
    expect(rows[0]).not.toHaveProperty('descriptor')
  })

  it.each([
    ['an unknown type', { ...current, type: 'DreamInterval' }, 'type'],
    ['an unknown channel', { ...current, channelType: 'battery' }, 'channelType'],
    ['no price', { ...current, perKwh: null }, 'perKwh'],
    ['a price that is text', { ...current, perKwh: '16.9' }, 'perKwh'],
    ['a price beyond all reason', { ...current, perKwh: 1e9 }, 'perKwh'],
    ['no end', { ...current, endTime: undefined }, 'endTime'],
    ['an end without an offset', { ...current, endTime: '2026-03-10T00:05:00' }, 'endTime'],
    ['an end off the grid', { ...current, endTime: '2026-03-10T00:07:00Z' }, 'endTime'],
    [
      'an end off the grid that start and end agree on',
      {
        ...current,
        startTime: '2026-03-10T00:02:01Z',
        endTime: '2026-03-10T00:07:00Z',
        nemTime: '2026-03-10T10:07:00+10:00',
      },
      'off the grid',
    ],
    ['an end in another century', { ...current, endTime: '1926-03-10T00:05:00Z' }, 'endTime'],
    ['no duration', { ...current, duration: 0 }, 'duration'],
    ['two ends', { ...current, nemTime: '2026-03-10T10:10:00+10:00' }, 'nemTime'],
    ['a start that is two seconds late', { ...current, startTime: '2026-03-10T00:00:02Z' }, 'startTime'],
    ['a start of another interval', { ...current, startTime: '2026-03-10T00:05:01Z' }, 'startTime'],
    ['a length that is not that from start to end', { ...current, duration: 1 }, 'startTime'],
    ['a price settled before its end', { ...current, type: 'ActualInterval' }, 'settled before its end'],
    ['a price that runs before its start', { ...forecast, type: 'CurrentInterval' }, 'runs before its start'],
    ['a text instead of a row', 'row', ''],
    ['null instead of a row', null, ''],
  ])('with %s is set aside with its reason and costs no other row', (_, odd, field) => {
    const { rows, quarantined } = pricesOf(current, odd, forecast)
    expect(rows).toHaveLength(2)
    expect(quarantined).toHaveLength(1)
    expect(quarantined[0]?.reason).toContain(field)
    expect(quarantined[0]?.raw).toBe(JSON.stringify(odd))
  })

  it('of which one part of the tariff cannot be read tells nothing of its tariff, rather than half of it', () => {
    const tariffs = [
      { period: 'peak', season: ['summer'], demandWindow: false },
      { period: 'peak', block: 'one' },
      { period: 'p'.repeat(5000) },
    ]
    const { rows } = pricesOf(...tariffs.map((tariffInformation) => ({ ...current, tariffInformation })))
    expect(rows.map(({ tariff }) => tariff)).toEqual([undefined, undefined, undefined])
    const [row] = pricesOf({ ...current, tariffInformation: { period: 'peak', season: null } }).rows
    expect(row?.tariff).toEqual({ period: 'peak' })
  })

  it('that is nested too deep to be written down is set aside all the same', () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000)
    const { rows, quarantined } = pricesOf(JSON.parse(deep), current)
    expect(rows).toHaveLength(1)
    expect(quarantined).toHaveLength(1)
  })

  it('is taken at its word where the answer did not tell what time it is', () => {
    const settled = { ...current, type: 'ActualInterval' }
    expect(parsePrices([settled], 0, Number.POSITIVE_INFINITY).quarantined).toEqual([])
  })

  it('is the same with less than Amber tells of its time', () => {
    const { startTime: _, nemTime: __, ...less } = current
    expect(pricesOf(less)).toEqual(pricesOf(current))
  })

  it('of a feed-in keeps its sign: below zero earns', () => {
    const feedIn = {
      ...forecast,
      channelType: 'feedIn',
      perKwh: -8.3,
      advancedPrice: { low: -7.1, predicted: -11.1, high: -14.9 },
    }
    expect(pricesOf(feedIn).rows[0]).toMatchObject({
      centsPerKwh: -8.3,
      advanced: { low: -7.1, predicted: -11.1, high: -14.9 },
    })
  })
})

describe('a usage row', () => {
  it.each([0.9, -0.9])(
    'of a feed-in has positive energy whether Amber says %s, and money as Amber gives it',
    (kwh) => {
      const row = { ...usage, channelType: 'feedIn', channelIdentifier: 'B1', perKwh: -7.5, kwh, cost: -6.75 }
      expect(parseUsage([row]).rows[0]).toMatchObject({
        kwh: 0.9,
        costCents: -6.75,
        centsPerKwh: -7.5,
        quality: 'billable',
      })
    },
  )

  it('measured before its end is set aside', () => {
    expect(parseUsage([usage], MADE_AT).quarantined).toMatchObject([
      { reason: 'type: is measured before its end' },
    ])
    expect(parseUsage([usage], MADE_AT + 5 * 60_000).quarantined).toEqual([])
  })

  it('whose quality is not known is set aside: it could not be called certain', () => {
    expect(parseUsage([{ ...usage, quality: 'guessed' }, usage])).toMatchObject({
      rows: [{ identifier: 'E1' }],
      quarantined: [{}],
    })
  })
})

describe('a site', () => {
  it('is taken over without its meter number', () => {
    const parsed = parseSites([site])
    expect(parsed.rows[0]).toMatchObject({
      siteId: site.id,
      network: 'Ausgrid',
      intervalMinutes: 5,
      activeFrom: '2024-06-12',
    })
    expect(JSON.stringify(parsed)).not.toContain(site.nmi)
  })

  it('that cannot be understood is set aside without its meter number', () => {
    const parsed = parseSites([{ ...site, id: 7 }])
    expect(parsed.quarantined).toHaveLength(1)
    expect(JSON.stringify(parsed)).not.toContain(site.nmi)
  })

  it.each([
    ['network', 'network', 5],
    ['status', 'status', `active${'9'.repeat(5000)}`],
    ['intervalMinutes', 'intervalLength', '5'],
    ['activeFrom', 'activeFrom', 'long ago'],
  ] as const)('tells nothing of its %s where that cannot be read', (name, field, odd) => {
    const [row] = parseSites([{ ...site, [field]: odd }]).rows
    expect(row).toMatchObject({ siteId: site.id })
    expect(row).not.toHaveProperty(name)
  })

  it('with a name as long as a book is set aside', () => {
    expect(parseSites([{ ...site, id: 'x'.repeat(100_000) }]).rows).toEqual([])
    expect(parseUsage([{ ...usage, channelIdentifier: 'x'.repeat(100_000) }]).rows).toEqual([])
  })

  it('keeps its channels when one of them is of a new kind', () => {
    const channels = [...site.channels, { identifier: 'X1', type: 'hydrogen', tariff: '' }]
    expect(parseSites([{ ...site, channels }]).rows[0]?.channels.map((each) => each.identifier)).toEqual([
      'E1',
      'B1',
    ])
  })
})

describe.skipIf(!hasRecorded)('the recorded answers (skipped where ../shared is not at hand)', () => {
  it('of prices parse with nothing lost', () => {
    const rows = recorded('prices-2day-30min-recorded.json') as { perKwh: number; endTime: string }[]
    const parsed = parsePrices(rows, MADE_AT)
    expect(parsed.quarantined).toEqual([])
    expect(parsed.rows.map((row) => [row.endMs, row.centsPerKwh])).toEqual(
      rows.map((row) => [Date.parse(row.endTime), row.perKwh]),
    )
  })

  it.each([
    'usage-30min-vic-2024-10-06-seen-20241006T2005Z.json',
    'usage-30min-vic-2025-12-04-seen-20251204T2103Z.json',
    'usage-30min-vic-2025-12-04-seen-20251204T2203Z.json',
    'usage-30min-vic-2025-12-04-seen-20251205T0132Z.json',
  ])('of usage (%s) parse with nothing lost', (name) => {
    const rows = recorded(name) as { kwh: number; cost: number; perKwh: number }[]
    const parsed = parseUsage(rows)
    expect(parsed.quarantined).toEqual([])
    expect(parsed.rows.map((row) => [row.kwh, row.costCents])).toEqual(rows.map((row) => [row.kwh, row.cost]))
    for (const row of parsed.rows) expect(row.costCents).toBeCloseTo(row.kwh * row.centsPerKwh, 3)
  })

  it('of usage cost here what they cost by Amber, to a hundredth of a cent: each row, by its price, and by the day', () => {
    const files = readdirSync(RECORDED).filter((name) => name.startsWith('usage-'))
    const snippets = (recorded('thread-snippets.json') as { body: unknown }[]).flatMap(({ body }) => body)
    const answers = [
      ...files.map((name) => recorded(name) as RecordedUsage[]),
      (snippets as RecordedUsage[]).filter(({ type }) => type === 'Usage'),
    ]
    for (const rows of answers) {
      const usage = parseUsage(rows).rows
      for (const [index, row] of usage.entries()) {
        expect(Math.abs(rowCents(row)! - rows[index]!.cost)).toBeLessThan(0.01)
        expect(Math.abs(centsOf(row.kwh, row.centsPerKwh) - rows[index]!.cost)).toBeLessThan(0.01)
      }
      const history = meterHistory(usage, { timeZone: 'Australia/Brisbane', intervalMinutes: 30 })
      const ours = Object.values(channelCosts(history.day(history.firstDate!))).map(({ cents }) => cents)
      const theirs = rows.reduce((sum, { cost }) => sum + cost, 0)
      expect(Math.abs(ours.reduce((sum, cents) => sum + cents, 0) - theirs)).toBeLessThan(0.01)
    }
    expect(answers.flat().length).toBeGreaterThan(100)
  })

  it('of threads parse, price by price', () => {
    const bodies = (recorded('thread-snippets.json') as { body: unknown }[]).flatMap(({ body }) => body) as {
      type?: string
    }[]
    const prices = bodies.filter(({ type }) => type?.endsWith('Interval'))
    expect(parsePrices(prices, MADE_AT)).toMatchObject({ quarantined: [] })
    expect(parsePrices(prices, MADE_AT).rows).toHaveLength(prices.length)
  })

  it('of the example account parse as a site of before Amber told how it is billed', () => {
    const { data } = recorded('docs-example-with-headers-sites.json') as { data: string }
    const { rows, quarantined } = parseSites(JSON.parse(data))
    expect(rows).toMatchObject([{ network: 'Jemena', status: 'active', closedOn: '2022-05-01' }])
    expect(rows[0]?.intervalMinutes).toBeUndefined()
    expect(quarantined).toEqual([])
  })
})

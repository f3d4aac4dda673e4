import { describe, expect, it } from 'vitest'
import { addDays, localDate, nemDate, nemDayStartMs, parseNemDate, wallClock } from '#domain/calendar.ts'
import { DEMO_SITE, VICTORIAN_SITE } from '../../../backend/simulator/sites.ts'
import { stageAt } from '../../../backend/simulator/usage-record.ts'
import { ofChannel, openAmber, quantile, type Row, startMsOf } from './amber.ts'

const HOUR_MS = 3_600_000
const usage = (first: string, last = first) =>
  `/sites/${DEMO_SITE.id}/usage?startDate=${first}&endDate=${last}`
const FIRST = parseNemDate('2026-01-10') ?? nemDate(0)
const dates = (count: number) => Array.from({ length: count }, (_, index) => addDays(FIRST, index))
const total = (rows: readonly Row[], field: string): number => rows.reduce((sum, row) => sum + row[field], 0)

describe("a day's usage", () => {
  it('arrives two hours after NEM midnight at the earliest, mostly within six, seldom days later', () => {
    const arrivals = dates(1000).map((date) => {
      const endMs = nemDayStartMs(addDays(date, 1))
      let hours = 0
      while (stageAt(77, date, endMs + hours * HOUR_MS) === 'late') hours += 0.1
      return hours
    })

    expect(Math.min(...arrivals)).toBeGreaterThan(2)
    expect(quantile(arrivals, 0.5)).toBeGreaterThan(3)
    expect(quantile(arrivals, 0.5)).toBeLessThan(5)
    expect(quantile(arrivals, 0.9)).toBeLessThan(7)
    expect(arrivals.filter((hours) => hours > 20).length).toBeGreaterThan(0)
    expect(arrivals.filter((hours) => hours > 20).length).toBeLessThan(30)
  })

  it('is an empty list until it arrives and then the whole day of every channel, never a part of it', async () => {
    const amber = openAmber('2026-02-01T00:00:00+10:00')
    const counts = new Set<number>()
    for (const date of dates(10)) {
      for (let hour = -3; hour < 30; hour += 1.5) {
        amber.setTime(nemDayStartMs(addDays(date, 1)) + hour * HOUR_MS)
        const rows = await amber.rows(usage(date))
        counts.add(rows.length)
        if (hour < 2) expect(rows).toEqual([])
      }
    }

    expect(counts).toEqual(new Set([0, 3 * 288]))
  })

  it('is estimated on some days, mispriced on a few, and billable for good in the end', () => {
    const stages = (afterHours: number) =>
      dates(1000).map((date) => stageAt(77, date, nemDayStartMs(addDays(date, 1)) + afterHours * HOUR_MS))
    const share = (list: readonly string[], ...wanted: string[]) =>
      list.filter((stage) => wanted.includes(stage)).length / list.length
    const morning = stages(8)

    expect(share(morning, 'partlyEstimated', 'estimated')).toBeGreaterThan(0.05)
    expect(share(morning, 'partlyEstimated', 'estimated')).toBeLessThan(0.2)
    expect(share(morning, 'mispriced')).toBeGreaterThan(0.01)
    expect(share(morning, 'billable')).toBeGreaterThan(0.7)
    expect(share(stages(14 * 24), 'billable')).toBe(1)
  })

  it('is seen estimated by who asks on the next morning, and billable by who asks again some days later', async () => {
    const amber = openAmber('2026-02-01T00:00:00+10:00')
    const qualities = async (afterHours: number) => {
      const seen = new Set<string>()
      for (const date of dates(40)) {
        amber.setTime(nemDayStartMs(addDays(date, 1)) + afterHours * HOUR_MS)
        for (const row of await amber.rows(usage(date))) seen.add(row.quality)
      }
      return seen
    }

    expect(await qualities(8)).toEqual(new Set(['estimated', 'billable']))
    expect(await qualities(14 * 24)).toEqual(new Set(['billable']))
  })

  it('is kept for 90 days', async () => {
    const amber = openAmber('2026-04-11T10:00:00+10:00')
    const rows = await amber.rows(usage('2026-01-08', '2026-01-12'))

    expect(new Set(rows.map((row) => row.date))).toEqual(new Set(['2026-01-11', '2026-01-12']))
    expect(await amber.rows(usage('2026-01-08', '2026-01-10'))).toEqual([])
  })
})

describe('a usage row', () => {
  const settled = () => openAmber('2026-02-20T12:00:00+10:00').rows(usage('2026-01-10', '2026-01-16'))

  it('costs its energy times its price, in cents to four decimals', async () => {
    const rows = await settled()

    expect(rows).toHaveLength(7 * 3 * 288)
    for (const row of rows) {
      expect(row.cost).toBe(Math.round(row.kwh * row.perKwh * 1e4) / 1e4 + 0)
      expect(Math.round(row.kwh * 1000) / 1000).toBe(row.kwh)
    }
  })

  it('bears the price of its interval', async () => {
    const amber = openAmber('2026-02-20T12:00:00+10:00')
    const prices = await amber.rows(`/sites/${DEMO_SITE.id}/prices?startDate=2026-01-10&endDate=2026-01-10`)
    const rows = await amber.rows(usage('2026-01-10'))
    const { type, ...price } = prices[500]

    expect(type).toBe('ActualInterval')
    expect(rows[500]).toMatchObject({ ...price, type: 'Usage' })
  })

  it('counts exported energy up, and earns where the price is below zero', async () => {
    const exported = ofChannel(await settled(), 'feedIn').filter((row) => row.kwh > 0)

    expect(exported.length).toBeGreaterThan(200)
    for (const row of exported)
      expect(Math.sign(row.cost)).toBe(Math.sign(Math.round(row.kwh * row.perKwh * 1e4)))
    expect(exported.some((row) => row.cost < 0)).toBe(true)
    expect(exported.some((row) => row.cost > 0)).toBe(true)
  })

  it('is one of each register, general before controlledLoad before feedIn', async () => {
    const order = (await settled()).map((row) => `${row.channelType} ${row.channelIdentifier}`)

    expect(order.filter((each, index) => each !== order[index - 1])).toEqual([
      'general E1',
      'controlledLoad E2',
      'feedIn B1',
    ])
  })

  it('shares a channel between its registers', async () => {
    const site = {
      ...DEMO_SITE,
      channels: [...DEMO_SITE.channels, { identifier: 'E3', type: 'general' as const, tariff: 'EA116' }],
    }
    const amber = openAmber('2026-02-20T12:00:00+10:00', { sites: [site] })
    const general = ofChannel(await amber.rows(usage('2026-01-10')), 'general')
    const prices = ofChannel(
      await amber.rows(`/sites/${DEMO_SITE.id}/prices?startDate=2026-01-10&endDate=2026-01-10`),
      'general',
    )
    const alone = ofChannel(await openAmber('2026-02-20T12:00:00+10:00').rows(usage('2026-01-10')), 'general')

    expect(new Set(general.map((row) => row.channelIdentifier))).toEqual(new Set(['E1', 'E3']))
    expect(prices).toHaveLength(288)
    expect(total(general, 'kwh')).toBeCloseTo(total(alone, 'kwh'), 0)
  })

  it('is of half an hour on a site that is billed so', async () => {
    const amber = openAmber('2026-02-20T12:00:00+10:00', { sites: [VICTORIAN_SITE] })
    const rows = await amber.rows(
      `/sites/${VICTORIAN_SITE.id}/usage?startDate=2026-01-10&endDate=2026-01-10&resolution=5`,
    )

    expect(rows).toHaveLength(48)
    expect(rows.every((row) => row.duration === 30 && row.channelIdentifier === 'E1')).toBe(true)
  })
})

describe('the demo household', () => {
  const { simulator } = openAmber('2026-07-02T12:00:00+10:00')
  const month = (name: string) => {
    const startMs = Date.parse(`${name}-01T00:00:00+10:00`)
    return simulator.truth.usage(DEMO_SITE.id, { startMs, endMs: startMs + 28 * 24 * HOUR_MS })
  }
  const [summer, autumn, winter] = [month('2026-01'), month('2026-04'), month('2026-06')]
  const perDay = (rows: readonly Row[], channel: string) => total(ofChannel(rows, channel), 'kwh') / 28
  const hourOf = (row: Row) => wallClock(startMsOf(row), 'Australia/Sydney').hour

  it('uses as much as a family does, more of it in summer and winter', () => {
    for (const rows of [summer, autumn, winter]) {
      expect(perDay(rows, 'general')).toBeGreaterThan(7)
      expect(perDay(rows, 'general')).toBeLessThan(30)
    }
    expect(perDay(summer, 'general')).toBeGreaterThan(perDay(autumn, 'general'))
    expect(perDay(winter, 'general')).toBeGreaterThan(perDay(autumn, 'general'))
  })

  it('exports by day alone, and more in summer than in winter', () => {
    const night = ofChannel(summer, 'feedIn').filter((row) => hourOf(row) < 5 || hourOf(row) >= 21)

    expect(total(night, 'kwh')).toBe(0)
    expect(perDay(summer, 'feedIn')).toBeGreaterThan(1.5 * perDay(winter, 'feedIn'))
  })

  it('hardly buys and sells in the same minutes', () => {
    const exported = ofChannel(autumn, 'feedIn')
    const both = ofChannel(autumn, 'general').filter(
      (row, index) => row.kwh > 0.05 && exported[index]?.kwh > 0.05,
    )
    const little = ofChannel(autumn, 'general').filter(
      (row, index) => row.kwh > 0 && exported[index]?.kwh > 0,
    )

    expect(both).toEqual([])
    expect(little.length).toBeGreaterThan(0)
  })

  it('draws most from the grid in the evening', () => {
    const general = ofChannel(autumn, 'general')
    const between = (from: number, to: number) =>
      total(
        general.filter((row) => hourOf(row) >= from && hourOf(row) < to),
        'kwh',
      ) /
      (to - from)

    expect(between(17, 21)).toBeGreaterThan(2 * between(1, 5))
    expect(between(17, 21)).toBeGreaterThan(2 * between(10, 14))
  })

  it('heats its water at night, once a night and without a break', () => {
    const rows = ofChannel(autumn, 'controlledLoad')
    const tank = rows.filter((row) => row.kwh > 0)
    const begun = rows.filter((row, index) => row.kwh > 0 && rows[index - 1]?.kwh === 0)

    const nights = new Set(begun.map((row) => localDate(startMsOf(row) - 12 * HOUR_MS, 'Australia/Sydney')))

    expect(begun.length).toBeGreaterThanOrEqual(27)
    expect(nights.size).toBe(begun.length)

    expect(perDay(autumn, 'controlledLoad')).toBeGreaterThan(2)
    expect(tank.every((row) => hourOf(row) >= 22 || hourOf(row) < 5)).toBe(true)
  })
})

describe('the truth', () => {
  it('is what the rows will be in the end, of the intervals that start in the span', async () => {
    const amber = openAmber('2026-02-20T12:00:00+10:00')
    const span = {
      startMs: Date.parse('2026-01-10T00:00:00+10:00'),
      endMs: Date.parse('2026-01-11T00:00:00+10:00'),
    }
    const fewer = { ...span, startMs: span.endMs - HOUR_MS }

    expect(amber.simulator.truth.usage(DEMO_SITE.id, span)).toEqual(await amber.rows(usage('2026-01-10')))
    expect(amber.simulator.truth.prices(DEMO_SITE.id, span)).toEqual(
      await amber.rows(`/sites/${DEMO_SITE.id}/prices?startDate=2026-01-10&endDate=2026-01-10`),
    )
    expect(amber.simulator.truth.prices(DEMO_SITE.id, fewer)).toHaveLength(3 * 12)
    expect(amber.simulator.truth.usage(DEMO_SITE.id, fewer)).toHaveLength(3 * 12)
  })
})

import { describe, expect, it } from 'vitest'
import { DEMO_SITE } from '../../../backend/simulator/sites.ts'
import { endMsOf, median, ofChannel, openAmber, type Row, startMsOf } from './amber.ts'

const HOUR_MS = 3_600_000
const CURRENT = `/sites/${DEMO_SITE.id}/prices/current`
const forecastsOf = (rows: readonly Row[], channel = 'general') =>
  ofChannel(rows, channel).filter((row) => row.type === 'ForecastInterval')

describe('a forecast', () => {
  it('comes in 5-minute rows for the better part of an hour, then in half hours, without a hole', async () => {
    const amber = openAmber('2026-03-10T16:20:10+10:00')
    const fineUntil = async (at: string) => {
      amber.setTime(at)
      const rows = ofChannel(await amber.rows(`${CURRENT}?next=288`), 'general')
      const fine = rows.filter((row) => row.duration === 5)
      expect(rows.slice(fine.length).every((row) => row.duration === 30)).toBe(true)
      expect(rows.every((row, index) => index === 0 || startMsOf(row) === endMsOf(rows[index - 1]))).toBe(
        true,
      )
      return fine.at(-1).nemTime.slice(11, 16)
    }

    expect(await fineUntil('2026-03-10T16:20:10+10:00')).toBe('17:00')
    expect(await fineUntil('2026-03-10T16:40:10+10:00')).toBe('17:30')
  })

  it('reaches a day ahead at least, and from 12:30 on to 04:00 after the next day', async () => {
    const amber = openAmber('2026-03-10T00:01:00+10:00')
    for (let hour = 0; hour < 24; hour += 0.5) {
      const nowMs = Date.parse('2026-03-10T00:01:00+10:00') + hour * HOUR_MS
      amber.setTime(nowMs)
      const last = forecastsOf(await amber.rows(`${CURRENT}?next=288`)).at(-1)
      const aheadHours = (endMsOf(last) - nowMs) / HOUR_MS

      expect(aheadHours).toBeGreaterThan(23.4)
      expect(aheadHours).toBeLessThan(40)
      if (hour >= 12.5) expect(last.nemTime).toBe('2026-03-12T04:00:00+10:00')
    }
  })

  it('is cut to as many rows as were asked for, on each channel', async () => {
    const rows = await openAmber('2026-03-10T10:00:40+10:00').rows(`${CURRENT}?next=7&previous=2`)

    for (const channel of ['general', 'controlledLoad', 'feedIn']) {
      expect(ofChannel(rows, channel).map((row) => row.type)).toEqual([
        'ActualInterval',
        'ActualInterval',
        'CurrentInterval',
        ...Array(7).fill('ForecastInterval'),
      ])
    }
  })

  it('follows the running interval in an answer by dates too, as far as the dates go', async () => {
    const amber = openAmber('2026-03-10T13:02:41+10:00')
    const path = (last: string) => `/sites/${DEMO_SITE.id}/prices?startDate=2026-03-10&endDate=${last}`
    const today = ofChannel(await amber.rows(path('2026-03-10')), 'general')
    const three = ofChannel(await amber.rows(path('2026-03-12')), 'general')

    expect(today.filter((row) => row.type === 'ActualInterval')).toHaveLength(13 * 12)
    expect(today.filter((row) => row.type === 'CurrentInterval')).toHaveLength(1)
    expect(today.at(-1).nemTime).toBe('2026-03-11T00:00:00+10:00')
    expect(three.at(-1)).toMatchObject({ date: '2026-03-12', nemTime: '2026-03-12T04:00:00+10:00' })
  })

  it('is written anew for each call, while what is settled stays', async () => {
    const amber = openAmber('2026-03-10T10:00:40+10:00')
    const path = `${CURRENT}?next=288&previous=12`
    const earlier = await amber.rows(path)
    amber.setTime('2026-03-10T10:01:40+10:00')
    const later = await amber.rows(path)
    const shareChanged = (type: string) => {
      const pairs = earlier.map((row, index) => [row, later[index]]).filter(([row]) => row.type === type)
      return pairs.filter(([before, after]) => before.perKwh !== after.perKwh).length / pairs.length
    }

    expect(later.map((row) => row.endTime)).toEqual(earlier.map((row) => row.endTime))
    expect(shareChanged('ActualInterval')).toBe(0)
    expect(shareChanged('ForecastInterval')).toBeGreaterThan(0.9)
  })

  it('is the further off, the further ahead it looks', async () => {
    const amber = openAmber('2026-03-10T10:00:40+10:00')
    const near: number[] = []
    const far: number[] = []
    for (let hour = 0; hour < 200; hour += 5) {
      const nowMs = Date.parse('2026-03-01T00:00:40+10:00') + hour * HOUR_MS
      amber.setTime(nowMs)
      for (const row of forecastsOf(await amber.rows(`${CURRENT}?next=288`))) {
        const span = { startMs: startMsOf(row), endMs: endMsOf(row) }
        const truth = ofChannel(amber.simulator.truth.prices(DEMO_SITE.id, span), 'general')
        const mean = truth.reduce((sum, each) => sum + each.spotPerKwh, 0) / truth.length
        const lead = startMsOf(row) - nowMs
        if (lead < HOUR_MS) near.push(Math.abs(row.spotPerKwh - mean))
        if (lead > 18 * HOUR_MS) far.push(Math.abs(row.spotPerKwh - mean))
      }
    }

    expect(median(near)).toBeGreaterThan(0.05)
    expect(median(far)).toBeGreaterThan(1.3 * median(near))
    expect(median(far)).toBeLessThan(5)
  })

  it("carries Amber's own band for a day, and the market's range far out, both for some hours", async () => {
    const rows = forecastsOf(await openAmber('2026-03-10T14:00:40+10:00').rows(`${CURRENT}?next=288`))
    const kinds = rows.map((row) =>
      `${'advancedPrice' in row ? 'advanced ' : ''}${'range' in row ? 'range' : ''}`.trim(),
    )
    const order = kinds.filter((kind, index) => kind !== kinds[index - 1])

    expect(order).toEqual(['advanced', 'advanced range', 'range'])
  })

  it('has a band that ascends on general and, rated by value, descends on feed-in', async () => {
    const rows = (await openAmber('2026-03-10T14:00:40+10:00').rows(`${CURRENT}?next=288`)).filter(
      (row) => row.advancedPrice,
    )

    expect(rows.length).toBeGreaterThan(100)
    for (const { channelType, advancedPrice } of rows) {
      const { low, predicted, high } = advancedPrice
      const sign = channelType === 'feedIn' ? -1 : 1
      expect(sign * low).toBeLessThan(sign * predicted)
      expect(sign * predicted).toBeLessThan(sign * high)
    }
  })

  it('has a range of spot prices around its own', async () => {
    const rows = forecastsOf(await openAmber('2026-03-10T14:00:40+10:00').rows(`${CURRENT}?next=288`)).filter(
      (row) => row.range,
    )

    expect(rows.length).toBeGreaterThan(10)
    for (const { range, spotPerKwh } of rows) {
      expect(range.min).toBeLessThanOrEqual(spotPerKwh)
      expect(range.max).toBeGreaterThanOrEqual(spotPerKwh)
    }
  })
})

describe('renewables', () => {
  it('come by the half hour, or by 5 minutes where asked, around now', async () => {
    const amber = openAmber('2026-03-10T10:02:41+10:00')
    const halfHours = await amber.rows('/state/nsw/renewables/current?previous=2&next=3')
    const fine = await amber.rows('/state/nsw/renewables/current?previous=1&next=1&resolution=5')

    expect(halfHours.map((row) => [row.type, row.duration, row.nemTime.slice(11, 16)])).toEqual([
      ['ActualRenewable', 30, '09:30'],
      ['ActualRenewable', 30, '10:00'],
      ['CurrentRenewable', 30, '10:30'],
      ['ForecastRenewable', 30, '11:00'],
      ['ForecastRenewable', 30, '11:30'],
      ['ForecastRenewable', 30, '12:00'],
    ])
    expect(fine.map((row) => [row.duration, row.nemTime.slice(11, 16)])).toEqual([
      [5, '10:00'],
      [5, '10:05'],
      [5, '10:10'],
    ])
  })

  it('are those of the price rows of the same state', async () => {
    const amber = openAmber('2026-03-10T10:02:41+10:00')
    const [price] = await amber.rows(`${CURRENT}?previous=1`)
    const [renewable] = await amber.rows('/state/NSW/renewables/current?previous=1&resolution=5')

    expect(renewable.endTime).toBe(price.endTime)
    expect(renewable.renewables).toBe(price.renewables)
  })
})

import { describe, expect, it } from 'vitest'
import { DEMO_SITE, VICTORIAN_SITE } from '../../../backend/simulator/sites.ts'
import { endMsOf, ofChannel, openAmber, type Row, startMsOf } from './amber.ts'

const prices = (siteId: string, first: string, last = first) =>
  `/sites/${siteId}/prices?startDate=${first}&endDate=${last}`

describe('a row', () => {
  it('starts one second late, ends on time, and has its end in NEM time beside it', async () => {
    const amber = openAmber('2026-03-10T10:02:41+10:00')
    const [row] = await amber.rows(`/sites/${DEMO_SITE.id}/prices/current?previous=1`)

    expect(row).toMatchObject({
      type: 'ActualInterval',
      duration: 5,
      startTime: '2026-03-09T23:55:01Z',
      endTime: '2026-03-10T00:00:00Z',
      nemTime: '2026-03-10T10:00:00+10:00',
    })
  })

  it('belongs to the NEM date of its start: the last one of a day ends on the next', async () => {
    const amber = openAmber('2026-03-12T10:00:00+10:00')
    const rows = ofChannel(await amber.rows(prices(DEMO_SITE.id, '2026-03-10')), 'general')

    expect(rows.at(0).nemTime).toBe('2026-03-10T00:05:00+10:00')
    expect(rows.at(-1)).toMatchObject({ date: '2026-03-10', nemTime: '2026-03-11T00:00:00+10:00' })
  })

  it.each([
    ['2026-04-05', 'daylight saving ends'],
    ['2026-10-04', 'daylight saving begins'],
  ])('is one of 288 or 48 also on %s, when %s', async (date) => {
    const amber = openAmber('2026-10-06T12:00:00+10:00', { sites: [DEMO_SITE, VICTORIAN_SITE] })
    const fine = await amber.rows(prices(DEMO_SITE.id, date))
    const halfHours = await amber.rows(prices(VICTORIAN_SITE.id, date))

    for (const channel of ['general', 'controlledLoad', 'feedIn'])
      expect(ofChannel(fine, channel)).toHaveLength(288)
    expect(halfHours).toHaveLength(48)
    for (const rows of [ofChannel(fine, 'general'), halfHours]) {
      expect(new Set(rows.map((row) => row.date))).toEqual(new Set([date]))
      expect(rows.every((row, index) => index === 0 || startMsOf(row) === endMsOf(rows[index - 1]))).toBe(
        true,
      )
    }
  })

  it('stands in a list of all general, then all controlledLoad, then all feedIn, each ascending', async () => {
    const swapped = { ...DEMO_SITE, channels: DEMO_SITE.channels.toReversed() }
    const amber = openAmber('2026-03-10T10:02:41+10:00', { sites: [swapped] })
    const rows = await amber.rows(`/sites/${DEMO_SITE.id}/prices/current?previous=3&next=30`)
    const order = rows.map((row) => row.channelType)

    expect(order.filter((channel, index) => channel !== order[index - 1])).toEqual([
      'general',
      'controlledLoad',
      'feedIn',
    ])
    for (const channel of new Set(order)) {
      const ends = ofChannel(rows, channel).map(endMsOf)
      expect(ends).toEqual(ends.toSorted((a, b) => a - b))
      expect(ends).toHaveLength(34)
    }
  })

  it('carries the tariff of a general channel, and none elsewhere', async () => {
    const amber = openAmber('2026-03-10T10:02:41+10:00')
    const rows = await amber.rows(prices(DEMO_SITE.id, '2026-03-09'))

    for (const row of rows) expect('tariffInformation' in row).toBe(row.channelType === 'general')
  })
})

describe('a price', () => {
  const L = 1.04842
  const round5 = (value: number) => Math.round(value * 1e5) / 1e5 + 0

  it('is the loss factor times the spot price plus what the network adds, to five decimals', async () => {
    const amber = openAmber('2026-03-12T10:00:00+10:00')
    const rows = await amber.rows(prices(DEMO_SITE.id, '2026-03-05', '2026-03-11'))
    const adder = (row: Row) => (row.tariffInformation?.period === 'peak' ? 21.9328 : 16.4878)

    expect(rows).toHaveLength(7 * 288 * 3)
    for (const row of ofChannel(rows, 'general'))
      expect(row.perKwh).toBe(round5(L * row.spotPerKwh + adder(row)))
    for (const row of ofChannel(rows, 'controlledLoad'))
      expect(row.perKwh).toBe(round5(L * row.spotPerKwh + 7.3649))
  })

  it.each([
    ['2026-03-12', 'summer time, an hour ahead of NEM time', 1],
    ['2026-05-07', 'standard time', 0],
  ])(
    'of feed-in follows the two-way tariff by the clock on the wall on %s, %s',
    async (date, _, aheadHours) => {
      const amber = openAmber('2026-05-12T10:00:00+10:00')
      const rows = ofChannel(await amber.rows(prices(DEMO_SITE.id, date)), 'feedIn')

      for (const row of rows) {
        const hour = (new Date(startMsOf(row) + 10 * 3_600_000).getUTCHours() + Number(aheadHours)) % 24
        const adder = hour >= 10 && hour < 15 ? 1.203 : hour >= 16 && hour < 21 ? -2.395 : 0
        expect(row.perKwh).toBe(round5((-L * row.spotPerKwh) / 1.1 + adder))
      }
    },
  )

  it('is in the demand window from 3 to 9 pm on weekdays, local time', async () => {
    const amber = openAmber('2026-03-12T10:00:00+10:00')
    const inWindow = async (date: string) =>
      ofChannel(await amber.rows(prices(DEMO_SITE.id, date)), 'general').filter(
        (row) => row.tariffInformation.demandWindow,
      )
    const tuesday = await inWindow('2026-03-10')

    expect(tuesday).toHaveLength(72)
    expect(tuesday[0].endTime).toBe('2026-03-10T04:05:00Z')
    expect(await inWindow('2026-03-08')).toHaveLength(0)
  })

  it('changes its network part on 1 July', async () => {
    const amber = openAmber('2026-07-03T10:00:00+10:00')
    const rows = ofChannel(
      await amber.rows(prices(DEMO_SITE.id, '2026-06-30', '2026-07-01')),
      'controlledLoad',
    )
    const network = rows.map((row) => [row.date, row.perKwh - L * row.spotPerKwh] as const)

    for (const [date, cents] of network.filter(([date]) => date === '2026-06-30')) {
      expect(cents, date).toBeCloseTo(7.3649, 4)
    }
    expect(network.some(([date, cents]) => date === '2026-07-01' && Math.abs(cents - 7.3649) > 0.1)).toBe(
      true,
    )
  })

  it('is described by the steps of its channel, and by spike alone when it spikes', async () => {
    const amber = openAmber('2026-03-12T10:00:00+10:00')
    const step = (cents: number, [a, b, c, d]: [number, number, number, number]) =>
      cents < a ? 'extremelyLow' : cents < b ? 'veryLow' : cents < c ? 'low' : cents < d ? 'neutral' : 'high'
    const rows = await amber.rows(prices(DEMO_SITE.id, '2026-03-05', '2026-03-11'))

    for (const row of rows.filter((each) => each.channelType !== 'feedIn')) {
      const steps: [number, number, number, number] =
        row.channelType === 'general' ? [16.5, 31.5, 41.5, 51.5] : [7.365, 20.5, 30.5, 40.5]
      expect(row.descriptor).toBe(row.spikeStatus === 'spike' ? 'spike' : step(row.perKwh, steps))
    }
    expect(new Set(ofChannel(rows, 'feedIn').map((row) => row.descriptor))).toEqual(
      new Set(['extremelyLow', 'low', 'high']),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { DEMO_SITE, pendingSite, reopenedSite, VICTORIAN_SITE } from '../../../backend/simulator/sites.ts'
import { FLAT } from '../../../backend/simulator/tariffs.ts'
import { ofChannel, openAmber } from './amber.ts'

const AT = '2026-03-10T10:02:41+10:00'

describe('an account', () => {
  it('holds the demo household unless it is told otherwise', async () => {
    const [site] = await openAmber(AT).rows('/sites')

    expect(site).toEqual({
      id: DEMO_SITE.id,
      nmi: DEMO_SITE.nmi,
      channels: DEMO_SITE.channels,
      network: 'Ausgrid',
      status: 'active',
      activeFrom: '2025-07-01',
      intervalLength: 5,
    })
    expect(site.id).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
  })

  it('may hold no site yet', async () => {
    expect(await openAmber(AT, { sites: [] }).ask('/sites')).toMatchObject({ status: 200, body: [] })
  })

  it('keeps a closed site beside the new one of the same meter', async () => {
    const sites = reopenedSite(DEMO_SITE, '2026-02-01')
    const [closed, active] = await openAmber(AT, { sites }).rows('/sites')

    expect(closed).toMatchObject({
      id: DEMO_SITE.id,
      status: 'closed',
      closedOn: '2026-02-01',
      nmi: DEMO_SITE.nmi,
    })
    expect(active).toMatchObject({ status: 'active', activeFrom: '2026-02-01', nmi: DEMO_SITE.nmi })
    expect(active.id).not.toBe(closed.id)
    expect(active.id).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
    expect('closedOn' in active).toBe(false)
  })
})

describe('a site', () => {
  it('has no row from before it became active', async () => {
    const amber = openAmber('2025-07-02T23:00:00+10:00')
    const path = (kind: string) => `/sites/${DEMO_SITE.id}/${kind}?startDate=2025-06-28&endDate=2025-07-01`

    for (const kind of ['prices', 'usage']) {
      const rows = await amber.rows(path(kind))
      expect(new Set(rows.map((row) => row.date)), kind).toEqual(new Set(['2025-07-01']))
    }
    expect(
      ofChannel(await amber.rows(`/sites/${DEMO_SITE.id}/prices/current?previous=2048`), 'general'),
    ).toHaveLength(288 + 23 * 12 + 1)
  })

  it('that is pending has neither prices nor usage', async () => {
    const amber = openAmber(AT, { sites: [pendingSite(DEMO_SITE, '2026-04-01')] })

    expect(await amber.rows('/sites')).toMatchObject([{ status: 'pending', activeFrom: '2026-04-01' }])
    for (const path of ['prices', 'prices/current', 'usage?startDate=2026-03-01&endDate=2026-03-02']) {
      expect(await amber.ask(`/sites/${DEMO_SITE.id}/${path}`)).toMatchObject({ status: 200, body: [] })
    }
  })

  it('that was closed has no usage from after that day', async () => {
    const sites = reopenedSite(DEMO_SITE, '2026-02-01')
    const amber = openAmber(AT, { sites })
    const dates = async (id: string) =>
      new Set(
        (await amber.rows(`/sites/${id}/usage?startDate=2026-01-30&endDate=2026-02-03`)).map(
          (row) => row.date,
        ),
      )

    expect(await dates(sites[0].id)).toEqual(new Set(['2026-01-30', '2026-01-31', '2026-02-01']))
    expect(await dates(sites[1].id)).toEqual(new Set(['2026-02-01', '2026-02-02', '2026-02-03']))
  })

  it('whose meter went to 5 minutes has half hours before that day, in prices and usage', async () => {
    const site = { ...DEMO_SITE, fiveMinuteFrom: '2026-03-01' }
    const amber = openAmber('2026-02-28T10:00:00+10:00', { sites: [site] })
    const before = await amber.rows('/sites')
    amber.setTime(AT)
    const durations = async (kind: string) =>
      ofChannel(
        await amber.rows(`/sites/${site.id}/${kind}?startDate=2026-02-28&endDate=2026-03-01`),
        'general',
      ).map((row) => row.duration)

    expect(before[0].intervalLength).toBe(30)
    expect((await amber.rows('/sites'))[0].intervalLength).toBe(5)
    for (const kind of ['prices', 'usage']) {
      expect(await durations(kind)).toEqual([...Array(48).fill(30), ...Array(288).fill(5)])
    }
  })

  it('on a flat tariff, without panels, has general rows alone and no tariff information', async () => {
    const amber = openAmber(AT, { sites: [{ ...VICTORIAN_SITE, networkTariff: FLAT }] })
    const rows = await amber.rows(`/sites/${VICTORIAN_SITE.id}/prices`)

    expect(rows.every((row) => row.channelType === 'general' && row.duration === 30)).toBe(true)
    expect(rows.every((row) => !('tariffInformation' in row))).toBe(true)
  })

  it('is told in half hours, or in 5 minutes, where the question names a resolution', async () => {
    const amber = openAmber(AT, { sites: [DEMO_SITE, VICTORIAN_SITE] })
    const durations = async (id: string, resolution: number) =>
      new Set(
        (await amber.rows(`/sites/${id}/prices/current?previous=3&resolution=${resolution}`)).map(
          (row) => row.duration,
        ),
      )

    expect(await durations(DEMO_SITE.id, 30)).toEqual(new Set([30]))
    expect(await durations(VICTORIAN_SITE.id, 5)).toEqual(new Set([5]))
  })
})

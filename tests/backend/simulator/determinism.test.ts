import { describe, expect, it } from 'vitest'
import { DEMO_SITE } from '../../../backend/simulator/sites.ts'
import { openAmber } from './amber.ts'

const AT = '2026-03-10T10:02:41+10:00'
const PATHS = [
  '/sites',
  `/sites/${DEMO_SITE.id}/prices?startDate=2026-03-09&endDate=2026-03-11`,
  `/sites/${DEMO_SITE.id}/prices/current?previous=12&next=288`,
  `/sites/${DEMO_SITE.id}/usage?startDate=2026-03-01&endDate=2026-03-02`,
  '/state/nsw/renewables/current?previous=4&next=4',
]

describe('a simulator', () => {
  it.each(PATHS)('answers %s alike for the same seed and time, whatever was asked before', async (path) => {
    const fresh = await openAmber(AT, { seed: 7 }).ask(path)

    const used = openAmber('2026-03-08T03:00:00+10:00', { seed: 7 })
    for (const earlier of PATHS.toReversed()) await used.ask(earlier)
    used.setTime('2026-03-12T23:59:59+10:00')
    for (const later of PATHS) await used.ask(later)
    used.setTime(AT)

    expect(fresh.status).toBe(200)
    expect((await used.ask(path)).text).toBe(fresh.text)
  })

  it('lives through other prices and another household with another seed', async () => {
    const usage = `/sites/${DEMO_SITE.id}/usage?startDate=2026-03-01&endDate=2026-03-01`
    const [one, two] = [openAmber(AT, { seed: 1 }), openAmber(AT, { seed: 2 })]
    const kwh = async (amber: typeof one) => (await amber.rows(usage)).map((row) => row.kwh)
    const spot = async (amber: typeof one) => (await amber.rows(usage)).map((row) => row.spotPerKwh)

    expect(await kwh(two)).not.toEqual(await kwh(one))
    expect(await spot(two)).not.toEqual(await spot(one))
  })

  it('never changes a settled price', async () => {
    const amber = openAmber('2026-03-10T10:07:00+10:00')
    const current = (await amber.rows(`/sites/${DEMO_SITE.id}/prices/current?previous=1`))[0]
    amber.setTime('2026-06-01T10:07:00+10:00')
    const later = await amber.rows(`/sites/${DEMO_SITE.id}/prices?startDate=2026-03-10&endDate=2026-03-10`)

    expect(current.type).toBe('ActualInterval')
    expect(later.find((row) => row.endTime === current.endTime)).toEqual(current)
  })
})

// The simulator's answers against the published contract and against recorded ones, where these are at hand. The contract
// says in two places what cannot be: a renewable row fits all three of its `oneOf` (none of them names its type), so
// each row is held against the schema of its own name; and generated energy "will be negative", which answers are not.
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { DEMO_SITE, pendingSite, reopenedSite, VICTORIAN_SITE } from '../../backend/simulator/sites.ts'
import { CONTRACT, hasContract, hasRecorded, recorded } from '../amber-notes.ts'
import { openAmber, type Row } from './simulator/amber.ts'

const SITES = [
  ...reopenedSite(DEMO_SITE, '2026-02-20'),
  VICTORIAN_SITE,
  pendingSite({ ...VICTORIAN_SITE, id: 'p' }, '2026-05-01'),
]

/** OpenAPI 3.0 says `nullable` where JSON Schema says "or null". */
function asJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(asJsonSchema)
  if (typeof schema !== 'object' || schema === null) return schema
  const { nullable, ...rest } = schema as Record<string, unknown>
  const plain = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, asJsonSchema(value)]))
  return nullable === true ? { anyOf: [plain, { type: 'null' }] } : plain
}

describe.skipIf(!hasContract)('the contract (skipped where ../shared is not at hand)', () => {
  const setup = () => {
    const ajv = new Ajv({ strict: false, allErrors: true })
    formats.default(ajv)
    ajv.addSchema(asJsonSchema(JSON.parse(readFileSync(CONTRACT, 'utf8'))) as object, 'amber')
    return (schema: string, rows: readonly Row[]) => {
      const validate = ajv.getSchema(`amber#/components/schemas/${schema}`)
      if (!validate) throw new Error(`the contract has no ${schema}`)
      return rows.flatMap((row) => (validate(row) ? [] : [{ row, errors: validate.errors }]))
    }
  }
  const times = ['2026-03-10T10:02:05+10:00', '2026-03-10T10:02:41+10:00', '2026-07-14T18:29:59+10:00']

  it.each(times)('holds for every answer at %s', async (at) => {
    const problems = setup()
    const amber = openAmber(at, { sites: SITES })
    const today = at.slice(0, 10)

    expect(problems('Site', await amber.rows('/sites'))).toEqual([])
    for (const { id } of SITES.slice(0, 3)) {
      const current = await amber.rows(`/sites/${id}/prices/current?previous=300&next=300`)
      const ofDay = await amber.rows(`/sites/${id}/prices?startDate=${today}&endDate=${today}`)
      expect(current.length).toBeGreaterThan(300)
      expect(problems('Interval', [...current, ...ofDay])).toEqual([])
    }
    const renewables = await amber.rows('/state/sa/renewables/current?previous=10&next=10')
    for (const kind of ['Actual', 'Current', 'Forecast']) {
      const ofKind = renewables.filter((row) => row.type === `${kind}Renewable`)
      expect(ofKind.length).toBeGreaterThan(0)
      expect(problems(`${kind}Renewable`, ofKind)).toEqual([])
    }
  })

  it.each(['billable', 'estimated', 'partlyEstimated', 'mispriced'] as const)(
    'holds for usage that is %s',
    async (stage) => {
      const amber = openAmber('2026-03-10T10:02:41+10:00', { faults: { usageStages: { '*': stage } } })
      const rows = await amber.rows(`/sites/${DEMO_SITE.id}/usage?startDate=2026-03-02&endDate=2026-03-03`)

      expect(rows).toHaveLength(2 * 3 * 288)
      expect(setup()('Usage', rows)).toEqual([])
    },
  )

  it('holds where tariff information is null, and not where a word is unknown', async () => {
    const problems = setup()
    const amber = openAmber('2026-03-10T10:02:41+10:00', { faults: { tariffInformation: 'null' } })
    const path = `/sites/${DEMO_SITE.id}/prices/current`

    expect(problems('Interval', await amber.rows(path))).toEqual([])
    amber.simulator.faults.unknownWords = { descriptor: 'bargain' }
    expect(problems('Interval', await amber.rows(path))).toHaveLength(1)
  })
})

describe.skipIf(!hasRecorded)('recorded answers (skipped where ../shared is not at hand)', () => {
  const fields = (rows: readonly Row[], pick: (row: Row) => boolean) =>
    new Set(rows.filter(pick).flatMap((row) => Object.keys(row)))

  it.each([
    ['ActualInterval', 'general'],
    ['CurrentInterval', 'general'],
    ['ForecastInterval', 'general'],
    ['ActualInterval', 'feedIn'],
    ['CurrentInterval', 'feedIn'],
    ['ForecastInterval', 'feedIn'],
  ])('have the same fields in %s of %s', async (type, channel) => {
    const site = { ...DEMO_SITE, intervalLength: 30 as const }
    const amber = openAmber('2026-03-10T14:00:40+10:00', { sites: [site] })
    const ours = await amber.rows(`/sites/${site.id}/prices?startDate=2026-03-10&endDate=2026-03-11`)
    const theirs: Row[] = recorded('prices-2day-30min-recorded.json')
    const pick = (row: Row) => row.type === type && row.channelType === channel

    expect(fields(ours, pick)).toEqual(fields(theirs, pick))
  })

  it('have the same fields in usage', async () => {
    const amber = openAmber('2026-03-10T14:00:40+10:00', { sites: [VICTORIAN_SITE] })
    const ours = await amber.rows(`/sites/${VICTORIAN_SITE.id}/usage?startDate=2026-03-01&endDate=2026-03-01`)
    const theirs: Row[] = recorded('usage-30min-vic-2024-10-06-seen-20241006T2005Z.json')

    expect(ours).toHaveLength(theirs.length)
    expect(fields(ours, () => true)).toEqual(fields(theirs, () => true))
  })
})

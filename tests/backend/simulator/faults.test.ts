import { describe, expect, it } from 'vitest'
import type { Faults } from '../../../backend/simulator/faults.ts'
import { DEMO_SITE } from '../../../backend/simulator/sites.ts'
import { ofChannel, openAmber, type Row } from './amber.ts'

const AT = '2026-03-10T10:02:41+10:00'
const SITE = `/sites/${DEMO_SITE.id}`
const CURRENT = `${SITE}/prices/current?previous=6&next=80`
const USAGE = `${SITE}/usage?startDate=2026-03-02&endDate=2026-03-02`

/** With the fault and, once it is lifted, without. */
async function withAndWithout(path: string, faults: Faults): Promise<[Row[], Row[]]> {
  const amber = openAmber(AT)
  Object.assign(amber.simulator.faults, faults)
  const faulty = await amber.rows(path)
  for (const name of Object.keys(faults)) Object.assign(amber.simulator.faults, { [name]: undefined })
  return [faulty, await amber.rows(path)]
}

const types = (rows: readonly Row[]) => new Set(rows.map((row) => row.type))

describe('a fault of prices', () => {
  it('drops the settled rows before now', async () => {
    const [faulty, sound] = await withAndWithout(CURRENT, { missingPrevious: true })

    expect(types(faulty)).toEqual(new Set(['CurrentInterval', 'ForecastInterval']))
    expect(types(sound).has('ActualInterval')).toBe(true)
  })

  it.each([CURRENT, `${SITE}/prices`])('drops the forecasts of %s', async (path) => {
    const [faulty, sound] = await withAndWithout(path, { missingForecasts: true })

    expect(types(faulty)).toEqual(new Set(['ActualInterval', 'CurrentInterval']))
    expect(types(sound).has('ForecastInterval')).toBe(true)
  })

  it.each([
    ['range', { missingRange: true }],
    ['advancedPrice', { missingAdvancedPrice: true }],
  ])('drops every %s', async (field, faults) => {
    const [faulty, sound] = await withAndWithout(CURRENT, faults)

    expect(faulty.some((row) => field in row)).toBe(false)
    expect(sound.some((row) => field in row)).toBe(true)
    expect(faulty).toHaveLength(sound.length)
  })

  it('drops some settled half hours whole', async () => {
    const [faulty, sound] = await withAndWithout(`${SITE}/prices?startDate=2026-03-02&endDate=2026-03-06`, {
      missingActuals: 0.05,
    })
    const gaps = ofChannel(sound, 'general').length - ofChannel(faulty, 'general').length

    expect(gaps).toBeGreaterThan(0)
    expect(gaps % 6).toBe(0)
    expect(faulty.length).toBeGreaterThan(0.8 * sound.length)
  })

  it('leaves the running price an estimate', async () => {
    const [faulty, sound] = await withAndWithout(`${SITE}/prices/current`, { neverSettled: true })

    expect(faulty.map((row) => row.estimate)).toEqual([true, true, true])
    expect(sound.map((row) => row.estimate)).toEqual([false, false, false])
  })

  it('calls the interval before the running one', async () => {
    const [faulty, sound] = await withAndWithout(`${SITE}/prices/current?next=1`, { staleCurrent: true })

    expect(faulty[0]).toMatchObject({ type: 'CurrentInterval', endTime: '2026-03-10T00:00:00Z' })
    expect(faulty[1]).toMatchObject({ type: 'ForecastInterval', endTime: sound[0].endTime })
  })

  it('passes over the resolution', async () => {
    const [faulty, sound] = await withAndWithout(`${SITE}/prices/current?resolution=30`, {
      resolutionIgnored: true,
    })

    expect([faulty[0].duration, sound[0].duration]).toEqual([5, 30])
  })

  it('leaves tariff information out, or makes it null', async () => {
    const [absent] = await withAndWithout(CURRENT, { tariffInformation: 'absent' })
    const [nulled, sound] = await withAndWithout(CURRENT, { tariffInformation: 'null' })

    expect(absent.some((row) => 'tariffInformation' in row)).toBe(false)
    expect(ofChannel(nulled, 'general').every((row) => row.tariffInformation === null)).toBe(true)
    expect(ofChannel(sound, 'general').every((row) => row.tariffInformation.period)).toBe(true)
  })

  it('has more renewables than demand', async () => {
    const [prices] = await withAndWithout(CURRENT, { renewablesPercent: 108 })
    const [renewables, sound] = await withAndWithout('/state/nsw/renewables/current', {
      renewablesPercent: 108,
    })

    expect(new Set([...prices, ...renewables].map((row) => row.renewables))).toEqual(new Set([108]))
    expect(sound[0].renewables).not.toBe(108)
  })

  it('says words that nobody knows, in the last row', async () => {
    const words = {
      type: 'GuessedInterval',
      descriptor: 'bargain',
      spikeStatus: 'imminent',
      channelType: 'battery',
    }
    const [faulty, sound] = await withAndWithout(CURRENT, { unknownWords: words })
    const [usage] = await withAndWithout(USAGE, { unknownWords: { quality: 'rumoured' } })
    const [sites] = await withAndWithout('/sites', { unknownWords: { status: 'haunted' } })
    const [general] = await withAndWithout(`${SITE}/prices/current`, {
      extraChannel: undefined,
      unknownWords: { period: 'siesta' },
    })

    expect(faulty.at(-1)).toMatchObject(words)
    expect(faulty.slice(0, -1)).toEqual(sound.slice(0, -1))
    expect(usage.at(-1).quality).toBe('rumoured')
    expect(sites.at(-1).status).toBe('haunted')
    expect(general.at(-1)).not.toHaveProperty('tariffInformation')
  })
})

describe('a fault of usage', () => {
  const staged = (stage: NonNullable<Faults['usageStages']>[string]) =>
    withAndWithout(USAGE, { usageStages: { '2026-03-02': stage } })
  const total = (rows: readonly Row[], field: string): number =>
    rows.reduce((sum, row) => sum + row[field], 0)

  it('keeps a day back', async () => {
    const [faulty, sound] = await staged('late')

    expect(faulty).toEqual([])
    expect(sound).toHaveLength(3 * 288)
  })

  it('estimates a few rows, or nearly all, with other energy than the meter tells later', async () => {
    const [few, billed] = await staged('partlyEstimated')
    const [most] = await staged('estimated')
    const estimated = (rows: readonly Row[]) =>
      ofChannel(rows, 'general').filter((row) => row.quality === 'estimated')

    expect(estimated(few)).toHaveLength(24)
    expect(estimated(most)).toHaveLength(284)
    expect(estimated(billed)).toHaveLength(0)
    expect(total(few, 'kwh')).not.toBeCloseTo(total(billed, 'kwh'), 2)
    expect(total(most, 'kwh')).not.toBeCloseTo(total(billed, 'kwh'), 1)
    for (const row of most) expect(row.cost).toBe(Math.round(row.kwh * row.perKwh * 1e4) / 1e4 + 0)
  })

  it('bills the same energy at the price of another period first', async () => {
    const [mispriced, billed] = await staged('mispriced')
    const other = mispriced.filter((row, index) => row.perKwh !== billed[index].perKwh)

    expect(mispriced.every((row) => row.quality === 'billable')).toBe(true)
    expect(mispriced.map((row) => row.kwh)).toEqual(billed.map((row) => row.kwh))
    expect(new Set(other.map((row) => row.channelType))).toEqual(new Set(['general']))
    expect(other).toHaveLength(60)
    expect(mispriced.map((row) => row.tariffInformation?.period)).not.toEqual(
      billed.map((row) => row.tariffInformation?.period),
    )
  })

  it('brings a day forward to its last stage, but never before the day is over', async () => {
    const amber = openAmber('2026-03-10T00:30:00+10:00', { faults: { usageStages: { '*': 'billable' } } })
    const path = `${SITE}/usage?startDate=2026-03-09&endDate=2026-03-10`

    expect(new Set((await amber.rows(path)).map((row) => row.date))).toEqual(new Set(['2026-03-09']))
  })

  it('may give exported energy the sign that the contract names', async () => {
    const [faulty, sound] = await withAndWithout(USAGE, { negativeExportKwh: true })
    const exported = ofChannel(faulty, 'feedIn').filter((row) => row.kwh !== 0)

    expect(exported.length).toBeGreaterThan(0)
    expect(exported.every((row) => row.kwh < 0)).toBe(true)
    expect(faulty.map((row) => row.cost)).toEqual(sound.map((row) => row.cost))
  })
})

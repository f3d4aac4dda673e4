import { describe, expect, it } from 'vitest'
import type { Faults } from '../../../backend/simulator/faults.ts'
import { createSimulator, DEMO_TOKEN } from '../../../backend/simulator/server.ts'
import { DEMO_SITE, reopenedSite } from '../../../backend/simulator/sites.ts'
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

describe('an outage', () => {
  it.each([500, 502, 503, 504] as const)('of status %i answers as the gateway does', async (kind) => {
    const amber = openAmber(AT, { faults: { outages: [{ kind }] } })

    expect(await amber.ask('/sites')).toMatchObject({
      status: kind,
      text: '{"message":"Internal server error"}',
    })
  })

  it('by throttling is a 429 without any RateLimit header, though there is quota left', async () => {
    const amber = openAmber(AT, { faults: { outages: [{ kind: 'throttled', times: 1 }] } })
    const throttled = await amber.ask('/sites')

    expect(throttled).toMatchObject({ status: 429, text: '{"message":"Too Many Requests"}' })
    expect(throttled.headers.get('x-amzn-errortype')).toBe('TooManyRequestsException')
    expect([...throttled.headers.keys()].filter((name) => /^(ratelimit|retry)/.test(name))).toEqual([])
    expect((await amber.ask('/sites')).headers.get('ratelimit-remaining')).toBe('49')
  })

  it('may be a web page with status 200', async () => {
    const page = await openAmber(AT, { faults: { outages: [{ kind: 'html' }] } }).ask(CURRENT)

    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.text).toMatch(/^<!doctype html>/)
  })

  it('may be an empty list, which still takes from the quota', async () => {
    const empty = await openAmber(AT, { faults: { outages: [{ kind: 'empty' }] } }).ask(CURRENT)

    expect(empty).toMatchObject({ status: 200, text: '[]' })
    expect(empty.headers.get('ratelimit-remaining')).toBe('49')
  })

  it('concerns the named endpoints alone, and wears out', async () => {
    const amber = openAmber(AT, { faults: { outages: [{ kind: 500, on: ['usage', 'prices'], times: 2 }] } })
    const statuses: number[] = []
    for (const path of ['/sites', USAGE, CURRENT, `${SITE}/prices`, USAGE])
      statuses.push((await amber.ask(path)).status)

    expect(statuses).toEqual([200, 500, 200, 500, 200])
  })

  it('may break the connection', async () => {
    const simulator = createSimulator({
      clock: () => Date.parse(AT),
      faults: { outages: [{ kind: 'reset', times: 1 }] },
    })
    const { url, close } = await simulator.listen()
    const headers = { authorization: `Bearer ${DEMO_TOKEN}` }
    const broken = await fetch(`${url}/sites`, { headers }).catch((error: Error) => error.cause)
    const whole = await fetch(`${url}/sites`, { headers })
    await close()

    expect(broken).toMatchObject({ code: 'ECONNRESET' })
    expect(whole.status).toBe(200)
    expect(simulator.requests.map(({ status }) => status)).toEqual([undefined, 200])
  })
})

describe('a slow answer', () => {
  it('waits as long as it is told', async () => {
    const waited: number[] = []
    const amber = openAmber(AT, { faults: { delayMs: 30_000 }, wait: async (ms) => void waited.push(ms) })

    expect((await amber.ask('/sites')).status).toBe(200)
    expect(waited).toEqual([30_000])
  })

  it('does not keep the server from closing', async () => {
    let arrived = () => {}
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const faults = {
      get delayMs() {
        arrived()
        return 30_000
      },
    }
    const simulator = createSimulator({ clock: () => Date.parse(AT), faults })
    const { url, close } = await simulator.listen()
    const answer = fetch(`${url}/sites`).then(
      () => 'answered',
      () => 'cut off',
    )
    await arrival
    await close()

    expect(await answer).toBe('cut off')
  })
})

describe('an account in trouble', () => {
  it('is refused once its tokens are revoked, but for renewables', async () => {
    const amber = openAmber(AT)
    amber.simulator.faults.tokensRevoked = true

    expect((await amber.ask('/sites')).status).toBe(403)
    expect((await amber.ask('/state/nsw/renewables/current')).status).toBe(200)
    amber.simulator.faults.tokensRevoked = false
    expect((await amber.ask('/sites')).status).toBe(200)
  })

  it('has no quota left when other programs have used it up, with or without headers that say so', async () => {
    const amber = openAmber(AT, { faults: { quotaExhausted: true } })
    const told = await amber.ask('/sites')
    amber.simulator.faults.quotaSilent = true
    const silent = await amber.ask('/sites')
    amber.simulator.faults.quotaExhausted = false
    amber.setTime('2026-03-10T10:07:41+10:00')

    expect(told.status).toBe(429)
    expect(told.headers.get('ratelimit-remaining')).toBe('0')
    expect(told.headers.get('ratelimit-reset')).toBe('300')
    expect(silent.status).toBe(429)
    expect(silent.headers.has('ratelimit-reset')).toBe(false)
    expect((await amber.ask('/sites')).status).toBe(200)
  })

  it('may turn into other sites while it runs, in any order', async () => {
    const amber = openAmber(AT)
    const sites = reopenedSite(DEMO_SITE, '2026-03-01')
    amber.simulator.faults.sites = sites
    const ids = async () => (await amber.rows('/sites')).map((site) => site.id)

    expect(await ids()).toEqual([sites[0].id, sites[1].id])
    amber.simulator.faults.sitesSwapped = true
    expect(await ids()).toEqual([sites[1].id, sites[0].id])
    expect((await amber.ask(`/sites/${sites[1].id}/prices/current`)).status).toBe(200)
    amber.simulator.faults.sites = []
    expect(await ids()).toEqual([])
    expect((await amber.ask(CURRENT)).status).toBe(404)
  })

  it('may have one channel more, which shifts the others', async () => {
    const amber = openAmber(AT, { sites: [{ ...DEMO_SITE, channels: DEMO_SITE.channels.slice(0, 1) }] })
    const alone = await amber.rows(`${SITE}/prices/current`)
    amber.simulator.faults.extraChannel = { identifier: 'B1', type: 'feedIn', tariff: 'EA029' }

    expect(alone.map((row) => row.channelType)).toEqual(['general'])
    expect((await amber.rows(`${SITE}/prices/current`)).map((row) => row.channelType)).toEqual([
      'general',
      'feedIn',
    ])
    expect((await amber.rows('/sites'))[0].channels).toHaveLength(2)
    expect(new Set((await amber.rows(USAGE)).map((row) => row.channelIdentifier))).toEqual(
      new Set(['E1', 'B1']),
    )
  })
})

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

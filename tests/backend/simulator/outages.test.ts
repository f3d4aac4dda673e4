import { describe, expect, it } from 'vitest'
import { createSimulator, DEMO_TOKEN } from '../../../backend/simulator/server.ts'
import { DEMO_SITE, reopenedSite } from '../../../backend/simulator/sites.ts'
import { openAmber } from './amber.ts'

const AT = '2026-03-10T10:02:41+10:00'
const SITE = `/sites/${DEMO_SITE.id}`
const CURRENT = `${SITE}/prices/current?previous=6&next=80`
const USAGE = `${SITE}/usage?startDate=2026-03-02&endDate=2026-03-02`

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

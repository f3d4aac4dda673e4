import { describe, expect, it } from 'vitest'
import { createSimulator, DEMO_TOKEN } from '../../../backend/simulator/server.ts'
import { DEMO_SITE } from '../../../backend/simulator/sites.ts'
import { openAmber, said } from './amber.ts'

const AT = '2026-03-10T10:02:41+10:00'
const SITE = `/sites/${DEMO_SITE.id}`

describe('a caller', () => {
  it('without a token gets 401, with a wrong one 403', async () => {
    const { simulator, ask } = openAmber(AT)
    const anonymous = await said(await simulator.app.request('/v1/sites'))
    const stranger = await ask('/sites', 'psk_nobody')

    expect(anonymous).toMatchObject({ status: 401, text: '{"message":"Unauthorized"}' })
    expect(stranger.status).toBe(403)
    expect(stranger.body.Message).toContain('not authorized')
  })

  it('may hold any token of the account, and needs none for renewables', async () => {
    const { simulator, ask } = openAmber(AT, { tokens: ['psk_a', 'psk_b'] })

    expect((await ask('/sites', 'psk_b')).status).toBe(200)
    expect((await ask('/sites', DEMO_TOKEN)).status).toBe(403)
    expect((await simulator.app.request('/v1/state/nsw/renewables/current')).status).toBe(200)
  })

  it.each(['/nowhere', `${SITE}/bills`, '/'])('gets 403 for %s, as the gateway has it', async (path) => {
    expect(await openAmber(AT).ask(path)).toMatchObject({
      status: 403,
      body: { message: 'Missing Authentication Token' },
    })
  })

  it('may only read', async () => {
    const { simulator } = openAmber(AT)
    const headers = { authorization: `Bearer ${DEMO_TOKEN}` }

    expect((await simulator.app.request('/v1/sites', { method: 'POST', headers })).status).toBe(403)
  })
})

describe('a question', () => {
  it.each([
    ['/sites/01ARZ3NDEKTSV4RRFFQ69G5FAV/prices', 404],
    ['/sites/01ARZ3NDEKTSV4RRFFQ69G5FAV/prices/current', 404],
    ['/sites/01ARZ3NDEKTSV4RRFFQ69G5FAV/usage?startDate=2026-03-01&endDate=2026-03-01', 404],
    ['/state/wa/renewables/current', 404],
    [`${SITE}/prices?startDate=2026-03-01&endDate=2026-03-08`, 200],
    [`${SITE}/prices?startDate=2026-03-01&endDate=2026-03-09`, 422],
    [`${SITE}/usage?startDate=2026-03-01&endDate=2026-03-08`, 200],
    [`${SITE}/usage?startDate=2026-03-01&endDate=2026-03-09`, 422],
    [`${SITE}/prices/current?next=2000&previous=48`, 200],
    [`${SITE}/prices/current?next=2000&previous=49`, 422],
    [`${SITE}/prices?startDate=10/03/2026`, 400],
    [`${SITE}/prices?startDate=2026-02-30`, 400],
    [`${SITE}/prices?startDate=2026-03-09&endDate=2026-03-08`, 400],
    [`${SITE}/prices?resolution=15`, 400],
    [`${SITE}/prices/current?next=-1`, 400],
    [`${SITE}/prices/current?previous=some`, 400],
    [`${SITE}/usage`, 400],
    [`${SITE}/usage?startDate=2026-03-01`, 400],
  ])('%s is answered with %i', async (path, status) => {
    expect((await openAmber(AT).ask(path)).status).toBe(status)
  })

  it('without dates is about today, without counts about now', async () => {
    const amber = openAmber(AT)
    const today = await amber.rows(`${SITE}/prices`)
    const now = await amber.rows(`${SITE}/prices/current`)

    expect(new Set(today.map((row) => row.date))).toEqual(new Set(['2026-03-10']))
    expect(now.map((row) => [row.type, row.channelType])).toEqual([
      ['CurrentInterval', 'general'],
      ['CurrentInterval', 'controlledLoad'],
      ['CurrentInterval', 'feedIn'],
    ])
  })
})

describe('the quota', () => {
  it('is told with every answer: 50 calls in 300 seconds', async () => {
    const amber = openAmber(AT)
    const first = await amber.ask('/sites')
    amber.setTime('2026-03-10T10:04:41+10:00')
    const second = await amber.ask('/sites/unknown/prices')

    expect(quotaOf(first.headers)).toEqual(['50', '49', '300', '50;w=300'])
    expect(quotaOf(second.headers)).toEqual(['50', '48', '180', '50;w=300'])
  })

  it('refuses the 51st call of all tokens together, until the window has ended', async () => {
    const amber = openAmber(AT, { tokens: ['psk_a', 'psk_b'] })
    for (let call = 0; call < 50; call += 1) {
      expect((await amber.ask('/sites', call % 2 ? 'psk_a' : 'psk_b')).status).toBe(200)
    }
    amber.setTime('2026-03-10T10:07:40+10:00')
    const refused = await amber.ask('/sites', 'psk_a')
    amber.setTime('2026-03-10T10:07:41+10:00')

    expect(refused).toMatchObject({ status: 429, text: '{"message":"Too Many Requests"}' })
    expect(quotaOf(refused.headers)).toEqual(['50', '0', '1', '50;w=300'])
    expect((await amber.ask('/sites', 'psk_a')).status).toBe(200)
  })

  it('is shared with the other programs of the household', async () => {
    const amber = openAmber(AT)
    await amber.ask('/sites')
    amber.simulator.quota.spend(Date.parse(AT), 47)

    expect((await amber.ask('/sites')).headers.get('ratelimit-remaining')).toBe('1')
  })

  it('is neither told nor touched by renewables or by strangers', async () => {
    const amber = openAmber(AT)
    const renewables = await amber.ask('/state/vic/renewables/current')
    const stranger = await amber.ask('/sites', 'psk_nobody')

    expect(renewables.headers.has('ratelimit-remaining')).toBe(false)
    expect(stranger.headers.has('ratelimit-remaining')).toBe(false)
    expect((await amber.ask('/sites')).headers.get('ratelimit-remaining')).toBe('49')
  })
})

describe('a server', () => {
  it('speaks over real HTTP with the clock it was given and the gateway around it', async () => {
    const simulator = createSimulator({ clock: () => Date.parse(AT) })
    const { url, close } = await simulator.listen()
    const answer = await said(
      await fetch(`${url}/sites`, { headers: { authorization: `Bearer ${DEMO_TOKEN}` } }),
    )
    await close()

    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.headers.get('date')).toBe('Tue, 10 Mar 2026 00:02:41 GMT')
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(answer.headers.get('via')).toContain('cloudfront')
    await expect(fetch(`${url}/sites`)).rejects.toThrow()
  })

  it('names its cache after whether it had an answer', async () => {
    const amber = openAmber(AT)

    expect((await amber.ask('/sites')).headers.get('x-cache')).toBe('Miss from cloudfront')
    expect((await amber.ask('/nowhere')).headers.get('x-cache')).toBe('Error from cloudfront')
  })

  it('remembers what it was asked and what it answered, but no token', async () => {
    const amber = openAmber(AT)
    await amber.ask(`${SITE}/prices/current?next=2&previous=1`)
    await amber.ask('/state/tas/renewables/current')
    await amber.ask('/nowhere')

    expect(amber.simulator.requests).toEqual([
      {
        endpoint: 'current',
        method: 'GET',
        path: `${SITE}/prices/current`,
        query: 'next=2&previous=1',
        status: 200,
      },
      {
        endpoint: 'renewables',
        method: 'GET',
        path: '/state/tas/renewables/current',
        query: '',
        status: 404,
      },
      { endpoint: undefined, method: 'GET', path: '/nowhere', query: '', status: 403 },
    ])
    expect(JSON.stringify(amber.simulator.requests)).not.toContain(DEMO_TOKEN)
  })
})

const quotaOf = (headers: Headers) =>
  ['limit', 'remaining', 'reset', 'policy'].map((name) => headers.get(`ratelimit-${name}`))

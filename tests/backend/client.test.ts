// The client against servers that answer in every way Amber has been seen to, and in some that it has not.
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { AmberError } from '../../backend/amber/amber-error.ts'
import { createAmberClient } from '../../backend/amber/client.ts'
import type { Faults } from '../../backend/simulator/faults.ts'
import { createSimulator, DEMO_TOKEN } from '../../backend/simulator/server.ts'
import { DEMO_SITE } from '../../backend/simulator/sites.ts'

const NOW = Date.parse('2026-03-10T10:00:40+10:00')
/** Where none is to be met: a busy machine may be slow. */
const PATIENT_MS = 30_000

async function amber(faults: Faults = {}, { token = DEMO_TOKEN, timeoutMs = PATIENT_MS } = {}) {
  const simulator = createSimulator({ clock: () => NOW, faults })
  const { url, close } = await simulator.listen()
  onTestFinished(close)
  return {
    client: createAmberClient({ baseUrl: url, token, now: () => NOW, timeoutMs }),
    faults,
    quota: simulator.quota,
  }
}

/** A server of our own, for what the simulator does not do. */
async function clientOf(listener: RequestListener, timeoutMs = PATIENT_MS) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  return createAmberClient({ baseUrl, token: DEMO_TOKEN, now: () => NOW, timeoutMs })
}

const trouble = async (answer: Promise<unknown>): Promise<AmberError> => {
  const caught = await answer.catch((error: unknown) => error)
  expect(caught).toBeInstanceOf(AmberError)
  return caught as AmberError
}

it('asks with the token as a bearer, for JSON, at the address of each question', async () => {
  const asked: unknown[] = []
  const client = await clientOf(({ method, url, headers }, response) => {
    asked.push([method, url, headers.authorization, headers.accept])
    response.setHeader('content-type', 'application/json').end('[]')
  })
  const [from, to] = ['2026-03-04', '2026-03-10'] as never[]
  await client.sites()
  await client.currentPrices('S 1', { previous: 12, next: 288 })
  await client.prices('S1', from as never, to as never)
  await client.usage('S1', from as never, to as never)
  const rest = [`Bearer ${DEMO_TOKEN}`, 'application/json']
  expect(asked).toEqual([
    ['GET', '/v1/sites', ...rest],
    ['GET', '/v1/sites/S%201/prices/current?next=288&previous=12', ...rest],
    ['GET', '/v1/sites/S1/prices?startDate=2026-03-04&endDate=2026-03-10', ...rest],
    ['GET', '/v1/sites/S1/usage?startDate=2026-03-04&endDate=2026-03-10', ...rest],
  ])
})

describe('trouble has its kind', () => {
  it.each<[string, Faults, Partial<AmberError>]>([
    ['a revoked token', { tokensRevoked: true }, { kind: 'unauthorised', status: 403 }],
    ['an error of the pricer', { outages: [{ kind: 500 }] }, { kind: 'amber-error', status: 500 }],
    ['an error of the gateway', { outages: [{ kind: 502 }] }, { kind: 'amber-error', status: 502 }],
    [
      'a throttle that tells nothing',
      { outages: [{ kind: 'throttled' }] },
      { kind: 'rate-limited', status: 429 },
    ],
    ['a web page', { outages: [{ kind: 'html' }] }, { kind: 'bad-answer', status: 200 }],
    ['a connection that breaks', { outages: [{ kind: 'reset' }] }, { kind: 'unreachable' }],
  ])('%s', async (_, faults, expected) => {
    const { client } = await amber(faults)
    const { kind, status, quota } = await trouble(client.sites())
    expect({ kind, ...(status && { status }) }).toEqual(expected)
    expect(quota).toBeUndefined()
  })

  it.each<[number, string, Partial<AmberError>]>([
    [401, '{"message":"Unauthorized"}', { kind: 'unauthorised' }],
    [404, '{"message":"Site not found"}', { kind: 'amber-error' }],
    [422, '{"message":"too much"}', { kind: 'amber-error' }],
    [200, '{"message":"not a list"}', { kind: 'bad-answer' }],
    [200, '', { kind: 'bad-answer' }],
    [200, '[{"id":', { kind: 'bad-answer' }],
  ])('an answer of %i with the body %j', async (status, body, expected) => {
    const client = await clientOf((_, response) => response.writeHead(status).end(body))
    expect(await trouble(client.sites())).toMatchObject({ status, ...expected })
  })

  it('of a quota that is used up says when it resets', async () => {
    const { client } = await amber({ quotaExhausted: true })
    expect(await trouble(client.sites())).toMatchObject({
      kind: 'rate-limited',
      quota: { remaining: 0, resetsAtMs: NOW + 300_000 },
    })
  })

  it('of nobody there says what the system says', async () => {
    const { url, close } = await createSimulator({ clock: () => NOW }).listen()
    await close()
    const client = createAmberClient({ baseUrl: url, token: 'psk_x', now: () => NOW })
    expect(await trouble(client.sites())).toMatchObject({
      kind: 'unreachable',
      message: 'Amber could not be reached: ECONNREFUSED',
    })
  })

  it('of being sent elsewhere ends there: the token goes nowhere else', async () => {
    const seen: (string | undefined)[] = []
    const client = await clientOf(({ url }, response) => {
      seen.push(url)
      response.writeHead(302, { location: '/v1/elsewhere' }).end()
    })
    expect((await trouble(client.sites())).kind).toBe('unreachable')
    expect(seen).toEqual(['/v1/sites'])
  })

  it('tells no token, in no part of it', async () => {
    const { client } = await amber({ outages: [{ kind: 'reset' }] })
    const error = await trouble(client.sites())
    expect(`${error.stack} ${String(error.cause)} ${JSON.stringify(error)}`).not.toContain(DEMO_TOKEN)
  })
})

describe('the time of an answer', () => {
  it.each<[string, RequestListener]>([
    ['says nothing at all', () => {}],
    ['sends its headers and no body', (_, response) => response.writeHead(200).write('[')],
    [
      'trickles its body',
      (_, response) => {
        response.writeHead(200).write('[')
        const timer = setInterval(() => response.write(' '), 20)
        response.once('close', () => clearInterval(timer))
      },
    ],
  ])('is limited as a whole: a server that %s is given up', async (_, listener) => {
    const client = await clientOf(listener, 400)
    expect(await trouble(client.sites())).toMatchObject({
      kind: 'unreachable',
      message: 'Amber could not be reached: no whole answer in time',
    })
  })

  it('is twelve seconds where nobody says otherwise', async () => {
    const limits = vi.spyOn(AbortSignal, 'timeout')
    onTestFinished(() => limits.mockRestore())
    const client = createAmberClient({ baseUrl: 'http://127.0.0.1:9', token: 'psk_x', now: () => NOW })
    await trouble(client.sites())
    expect(limits.mock.calls).toEqual([[12_000]])
  })
})

describe('the quota', () => {
  it('is read from every answer, and its reset counted from Amber’s clock', async () => {
    const { client } = await amber()
    await client.sites()
    expect((await client.sites()).quota).toEqual({ remaining: 48, resetsAtMs: NOW + 300_000 })
  })

  it.each<[string, Record<string, string>]>([
    ['is not told', {}],
    ['is told in part', { 'RateLimit-Remaining': '7' }],
    ['is told in words', { 'RateLimit-Remaining': 'some', 'RateLimit-Reset': 'soon' }],
    ['is told below zero', { 'RateLimit-Remaining': '-1', 'RateLimit-Reset': '5' }],
  ])('that %s is not known, and the answer is as good', async (_, headers) => {
    const client = await clientOf((_request, response) => response.writeHead(200, headers).end('[]'))
    const { rows, quota } = await client.sites()
    expect([rows, quota]).toEqual([[], undefined])
  })
})

it('a row that cannot be understood costs no other, and is kept with its reason', async () => {
  const { client, faults } = await amber()
  const whole = await client.currentPrices(DEMO_SITE.id, { previous: 2, next: 20 })
  faults.unknownWords = { type: 'DreamInterval' }
  const { rows, quarantined } = await client.currentPrices(DEMO_SITE.id, { previous: 2, next: 20 })
  expect(rows).toEqual(whole.rows.slice(0, -1))
  expect(quarantined).toMatchObject([
    { reason: expect.stringMatching(/^type: /), raw: expect.stringContaining('DreamInterval') },
  ])
})

it('an answer that is larger than any that was asked for is not read to its end', async () => {
  const client = await clientOf((_, response) => {
    const chunk = Buffer.alloc(1024 * 1024, ' ')
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    }
    response.writeHead(200).on('drain', more)
    more()
  })
  expect(await trouble(client.sites())).toMatchObject({
    kind: 'bad-answer',
    message: expect.stringContaining('too much'),
  })
})

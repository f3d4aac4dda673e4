import { describe, expect, it } from 'vitest'
import { openServer, raw, type Served } from './http-server.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

const kiosk = async ({ get }: Served, query = '') => {
  const response = await get(`/api/kiosk${query}`)
  return { status: response.status, ...((await response.json()) as { heartbeatAgeSeconds: number | null }) }
}

/** As the page does it; a browser adds the origin by itself. */
const beat = ({ url, get }: Served, headers: Record<string, string> = {}) =>
  get('/api/kiosk', {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json', ...headers },
    body: '{}',
  })

describe('the kitchen page', () => {
  it('is known by its last word, however the clock is set meanwhile', async () => {
    const served = await openServer()
    expect(await kiosk(served)).toEqual({ status: 200, heartbeatAgeSeconds: null, silent: false })
    expect((await beat(served)).status).toBe(204)
    served.clock.uptime += 40 * SECOND
    served.clock.now += 16 * 365 * 24 * 60 * MINUTE
    expect(await kiosk(served)).toEqual({ status: 200, heartbeatAgeSeconds: 40, silent: false })
  })

  it('is called silent three minutes after its last word, and no longer when it speaks again', async () => {
    const served = await openServer()
    await beat(served)
    served.clock.uptime += 3 * MINUTE
    expect(await kiosk(served, '?strict=1')).toMatchObject({ status: 200, silent: false })
    served.clock.uptime += SECOND
    expect(await kiosk(served, '?strict=1')).toMatchObject({ status: 503, silent: true })
    expect(await kiosk(served)).toMatchObject({ status: 200, silent: true })
    await beat(served)
    expect(await kiosk(served, '?strict=1')).toMatchObject({ status: 200, silent: false })
  })

  it('is not blamed for the silence before a server that has just begun', async () => {
    const served = await openServer()
    served.clock.uptime += 3 * MINUTE
    expect(await kiosk(served, '?strict=1')).toMatchObject({ status: 200, heartbeatAgeSeconds: null })
    served.clock.uptime += SECOND
    expect(await kiosk(served, '?strict=1')).toMatchObject({ status: 503, heartbeatAgeSeconds: null })
  })

  it('on another machine says nothing about the screen here', async () => {
    const served = await openServer()
    const { status } = await raw(served.server.port, (socket) =>
      socket.write(
        'POST /api/kiosk HTTP/1.1\r\nHost: kitchen.local\r\nOrigin: http://kitchen.local\r\n' +
          'Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}',
      ),
    )
    expect(status).toBe(403)
    expect(await kiosk(served)).toMatchObject({ heartbeatAgeSeconds: null })
  })
})

describe('what changes something', () => {
  it.each([
    ['a stranger’s page', { origin: 'http://evil.example' }, 403],
    ['a page of another port of this machine', { origin: 'http://127.0.0.1:1' }, 403],
    ['a page that hides where it comes from', { origin: 'null' }, 403],
    ['a stranger’s page as a browser marks it', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a page of a neighbouring port as a browser marks it', { 'sec-fetch-site': 'same-site' }, 403],
    ['a form, which any page may send', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a form that looks like JSON', { 'content-type': 'text/plain' }, 415],
  ])('may not be asked for by %s', async (_, headers, status) => {
    const served = await openServer()
    expect((await beat(served, headers)).status).toBe(status)
    expect(await kiosk(served)).toMatchObject({ heartbeatAgeSeconds: null })
  })

  it('may not be asked for without saying where one comes from', async () => {
    const { server } = await openServer()
    const { status } = await raw(server.port, (socket) =>
      socket.write(
        'POST /api/kiosk HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}',
      ),
    )
    expect(status).toBe(403)
  })

  it('may be asked for by a page of this server, as a browser marks it', async () => {
    const served = await openServer()
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json; charset=utf-8' }
    expect((await beat(served, headers)).status).toBe(204)
  })

  it('is asked of no other origin: there is no preflight that would be answered', async () => {
    const { get } = await openServer()
    const response = await get('/api/kiosk', {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST' },
    })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })
})

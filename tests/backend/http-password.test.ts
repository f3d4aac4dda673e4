import { describe, expect, it } from 'vitest'
import { API_ROUTES } from '../../backend/http/app.ts'
import { openServer, raw, type Served } from './http-server.ts'

const PASSWORD = 'four plain words'
const READS = API_ROUTES.filter((path) => path !== '/api/events' && path !== '/api/session')
const MINUTE = 60_000

/** Under the name it has in the home, as a phone asks: only a request to localhost comes from the kitchen screen. */
interface Phone {
  ask(path: string, headers?: Record<string, string>): Promise<Response>
  login(password: string, headers?: Record<string, string>): Promise<Response>
}

async function home(password: string | undefined = PASSWORD) {
  const served = await openServer({ settings: { householdPassword: password } })
  return { ...served, phone: phoneOf(served) }
}

function phoneOf({ server }: Served): Phone {
  const origin = 'http://kitchen.local'
  const ask = (path: string, init: string, body = '') =>
    raw(server.port, (socket) => {
      socket.write(`${init.replace('PATH', path)}Host: kitchen.local\r\nConnection: close\r\n`)
      socket.write(`Content-Length: ${body.length}\r\n\r\n${body}`)
    }).then(({ text }) => responseOf(text))
  const lines = (headers: Record<string, string>) =>
    Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')
  return {
    ask: (path, headers = {}) => ask(path, `GET PATH HTTP/1.1\r\n${lines(headers)}`),
    login: (password, headers = {}) => {
      const sent = { origin, 'content-type': 'application/x-www-form-urlencoded', ...headers }
      return ask('/login', `POST PATH HTTP/1.1\r\n${lines(sent)}`, `password=${encodeURIComponent(password)}`)
    },
  }
}

function responseOf(text: string): Response {
  const [head = '', ...body] = text.split('\r\n\r\n')
  const [status = '', ...lines] = head.split('\r\n')
  const headers = new Headers(lines.map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]))
  const code = Number(status.split(' ')[1])
  return new Response([204, 304].includes(code) ? null : body.join('\r\n\r\n'), { status: code, headers })
}

const cookieOf = (response: Response): string => response.headers.get('set-cookie')?.split(';')[0] ?? ''

describe('with a household password', () => {
  it('nothing of the household is read without it, and the answer says where to log in', async () => {
    const { phone } = await home()
    for (const path of READS) {
      const response = await phone.ask(path)
      expect([path, response.status]).toEqual([path, 401])
      expect(await response.json()).toMatchObject({ error: { code: 'login-needed' } })
    }
    for (const path of ['/api/%68ealth', '/api//health', '/API/health', '/api/health/', '/api/events'])
      expect([path, [401, 404].includes((await phone.ask(path)).status)]).toEqual([path, true])
  })

  it('a page that somebody opens leads to the login', async () => {
    const { phone } = await home()
    for (const path of ['/', '/?view=kitchen', '/plan']) {
      const response = await phone.ask(path, { accept: 'text/html,*/*' })
      expect([response.status, response.headers.get('location')]).toEqual([303, '/login'])
    }
    const page = await (await phone.ask('/login')).text()
    expect(page).toContain('<form method="post" action="/login">')
    expect(page).toContain('autocomplete="current-password"')
  })

  it('the app itself, its manifest, its worker and the way to https are always given: they hold no secret', async () => {
    const { phone } = await home()
    const paths = ['/index.html', '/manifest.webmanifest', '/service-worker.js', '/assets/index-abc123.js']
    for (const path of [...paths, '/setup', '/setup/page.css', '/setup/setup.js', '/setup/qr.svg'])
      expect([path, (await phone.ask(path, { accept: '*/*' })).status]).toEqual([path, 200])
  })

  it('who logs in reads all of it, with a cookie that no script and no other site can use', async () => {
    const { phone } = await home()
    expect(await (await phone.ask('/api/session')).json()).toEqual({ loginNeeded: true })
    const response = await phone.login(PASSWORD)
    expect([response.status, response.headers.get('location')]).toEqual([303, '/'])
    expect(response.headers.get('set-cookie')).toMatch(
      /^home-energy=[\w.-]+; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Strict$/,
    )
    const cookie = cookieOf(response)
    for (const path of READS) expect([path, (await phone.ask(path, { cookie })).status]).toEqual([path, 200])
    expect((await phone.ask('/', { cookie, accept: 'text/html' })).status).toBe(200)
    expect(await (await phone.ask('/api/session', { cookie })).json()).toEqual({ loginNeeded: false })
  })

  it('the kitchen screen at this machine is open, and a proxy or a name in front of it is not', async () => {
    const { get, server, phone } = await home()
    expect((await get('/api/health')).status).toBe(200)
    expect(await (await get('/api/session')).json()).toEqual({ loginNeeded: false })
    for (const header of [
      'X-Forwarded-For: 192.168.1.9',
      'Forwarded: for=10.0.0.1',
      'Via: 1.1 x',
      'X-Real-IP: 1.1.1.1',
    ]) {
      const { status } = await raw(server.port, (socket) =>
        socket.write(`GET /api/health HTTP/1.1\r\nHost: localhost\r\n${header}\r\nConnection: close\r\n\r\n`),
      )
      expect([header, status]).toEqual([header, 401])
    }
    expect((await phone.ask('/api/health')).status).toBe(401)
  })

  it('a cookie that was changed, is another home’s or has run out opens nothing', async () => {
    const { phone, clock } = await home()
    const cookie = cookieOf(await phone.login(PASSWORD))
    const [name, value = ''] = cookie.split('=')
    const [expiry, nonce, proof] = value.split('.')
    const other = await home('another household')
    const foreign = cookieOf(await other.phone.login('another household'))
    for (const bad of [
      `${name}=${Number(expiry) + 1}.${nonce}.${proof}`,
      `${name}=${expiry}.${nonce}.${proof?.startsWith('A') ? 'B' : 'A'}${proof?.slice(1)}`,
      `${name}=${expiry}.${nonce}.`,
      `${name}=${expiry}.${nonce}`,
      `${name}=`,
      `${name}=%00`,
      foreign,
    ])
      expect([bad, (await phone.ask('/api/now', { cookie: bad })).status]).toEqual([bad, 401])
    clock.now += 401 * 24 * 60 * MINUTE
    expect((await phone.ask('/api/now', { cookie })).status).toBe(401)
  })

  it('a restart logs nobody out, another password everybody', async () => {
    const before = await home()
    const cookie = cookieOf(await before.phone.login(PASSWORD))
    await before.close()
    expect((await (await home()).phone.ask('/api/now', { cookie })).status).toBe(200)
    expect((await (await home('a new password')).phone.ask('/api/now', { cookie })).status).toBe(401)
  })

  it('a wrong one is told so, and after five of them that address has to wait', async () => {
    const { phone, clock } = await home()
    for (let count = 0; count < 5; count++) {
      const response = await phone.login('wrong')
      expect(response.status).toBe(403)
      expect(response.headers.get('set-cookie')).toBeNull()
      expect(await response.text()).toContain('not the password of this home')
    }
    const late = await phone.login(PASSWORD)
    expect([late.status, late.headers.get('retry-after')]).toEqual([429, '60'])
    clock.uptime += MINUTE
    expect((await phone.login(PASSWORD)).status).toBe(303)
    expect((await phone.login('wrong')).status).toBe(403)
  })

  it('a login is asked for by our own page alone', async () => {
    const { phone } = await home()
    for (const headers of [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: '' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ])
      expect([headers, (await phone.login(PASSWORD, headers)).status]).toEqual([headers, 403])
    expect((await phone.login(PASSWORD, { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await phone.login(PASSWORD, { 'sec-fetch-site': 'same-origin' })).status).toBe(303)
  })

  it('logging out is the end of it on this device', async () => {
    const { phone, server } = await home()
    const cookie = cookieOf(await phone.login(PASSWORD))
    expect(await (await phone.ask('/login', { cookie })).text()).toContain('Log out')
    const { text } = await raw(server.port, (socket) =>
      socket.write(
        `POST /logout HTTP/1.1\r\nHost: kitchen.local\r\nOrigin: http://kitchen.local\r\nCookie: ${cookie}\r\n` +
          'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
      ),
    )
    expect(responseOf(text).headers.get('set-cookie')).toMatch(/^home-energy=; Max-Age=0;/)
  })

  it('is in no answer and in no line of the log', async () => {
    const { phone, logged } = await home()
    const cookie = cookieOf(await phone.login(PASSWORD))
    await phone.login('almost four plain words')
    for (const path of [...READS, '/', '/login', '/setup', '/api/session'])
      expect(await (await phone.ask(path, { cookie })).text()).not.toContain(PASSWORD)
    expect(logged.join()).not.toContain('plain words')
  })
})

describe('without a household password', () => {
  it('there is no door: everything is read, and the login leads to the app', async () => {
    const served = await openServer()
    const phone = phoneOf(served)
    for (const path of READS) expect([path, (await phone.ask(path)).status]).toEqual([path, 200])
    expect((await phone.ask('/login')).headers.get('location')).toBe('/')
    expect((await phone.login('anything')).status).toBe(404)
  })
})

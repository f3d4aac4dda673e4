import { writeFileSync } from 'node:fs'
import { createConnection, type Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../backend/http/limits.ts'
import { openServer, raw } from './http-server.ts'

const HEAD = 'GET /api/health HTTP/1.1\r\nHost: localhost\r\n'
const POST =
  'POST /api/kiosk HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nContent-Type: application/json\r\n'
const LOGIN = POST.replace('/api/kiosk', '/login').replace(
  'application/json',
  'application/x-www-form-urlencoded',
)

/** A byte now and then, for as long as the other end takes it. */
const trickle = (socket: Socket, text: string) => {
  const timer = setInterval(() => socket.write(text), 20)
  socket.once('close', () => clearInterval(timer))
}

describe('a slow client', () => {
  const quick = { headersMs: 300, requestMs: 600, lookEveryMs: 50 }

  it('that trickles its headers is cut off, and the others are answered meanwhile', async () => {
    const { server, get } = await openServer({ limits: quick })
    const slow = raw(server.port, (socket) => {
      socket.write(HEAD)
      trickle(socket, 'X-Slow: 1\r\n')
    })
    expect((await get('/api/health')).status).toBe(200)
    expect((await slow).status).toBe(408)
    expect((await get('/api/health')).status).toBe(200)
  })

  it('that trickles its body is cut off', async () => {
    const { server } = await openServer({
      limits: quick,
      settings: { householdPassword: 'four plain words' },
    })
    const { status } = await raw(server.port, (socket) => {
      socket.write(`${LOGIN}Content-Length: 5000\r\n\r\np`)
      trickle(socket, ' ')
    })
    expect(status).toBe(408)
  })

  it('that sends a body nobody asked for is answered and let go', async () => {
    const { server } = await openServer({ limits: quick })
    const { status } = await raw(server.port, (socket) => {
      socket.write(`${HEAD}Content-Length: 100000000\r\n\r\n`)
      trickle(socket, 'x')
    })
    expect(status).toBe(200)
  })

  it('that says nothing at all is cut off', async () => {
    const { server } = await openServer({ limits: { ...quick, idleMs: 200 } })
    expect((await raw(server.port, () => undefined)).text).toMatch(/^(HTTP\/1\.1 408|$)/)
  })

  it('that does not read its answer is cut off', async () => {
    const { server, folder } = await openServer({ limits: { idleMs: 300 } })
    const bytes = 64 * 1024 * 1024
    writeFileSync(join(folder, 'dist/assets/large-abc123.bin'), Buffer.alloc(bytes))
    const { text } = await raw(server.port, (socket) => {
      socket.write('GET /assets/large-abc123.bin HTTP/1.1\r\nHost: localhost\r\n\r\n')
      // It begins to read when it is too late; before, it would not even hear of the end.
      socket.pause()
      setTimeout(() => socket.resume(), 2000)
    })
    expect(text).toContain('200 OK')
    expect(text.length).toBeLessThan(bytes)
  })

  it('has, in a home, ten seconds for headers and half a minute for all of it', () => {
    expect(LIMITS).toMatchObject({ headersMs: 10_000, requestMs: 30_000, idleMs: 120_000 })
  })
})

describe('a client that sends too much', () => {
  it('of headers is refused', async () => {
    const { server } = await openServer()
    const { status } = await raw(server.port, (socket) =>
      socket.write(`${HEAD}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`),
    )
    expect(status).toBe(431)
  })

  it('of an address is refused', async () => {
    const { server } = await openServer()
    const { status } = await raw(server.port, (socket) =>
      socket.write(`GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`),
    )
    expect(status).toBe(431)
  })

  it.each([
    ['that says how long it is', `Content-Length: 9000\r\n\r\n${' '.repeat(9000)}`],
    ['in chunks', `Transfer-Encoding: chunked\r\n\r\n2328\r\n${' '.repeat(9000)}\r\n0\r\n\r\n`],
  ])('of a body %s is refused', async (_, rest) => {
    const { server } = await openServer()
    const { status } = await raw(server.port, (socket) => socket.write(`${POST}Connection: close\r\n${rest}`))
    expect(status).toBe(413)
  })

  it('of connections gets no more of them, and others do', async () => {
    const { server } = await openServer({ limits: { connectionsOfOneAddress: 3, isCounted: () => true } })
    const open: Socket[] = []
    const hold = () =>
      new Promise<void>((resolve) => {
        const socket = createConnection({ port: server.port, host: '127.0.0.1' }, resolve)
        open.push(socket)
      })
    for (let count = 0; count < 3; count++) await hold()
    const ask = (socket: Socket) => void socket.write(`${HEAD}Connection: close\r\n\r\n`)
    expect((await raw(server.port, ask)).text).toBe('')
    expect((await raw(server.port, ask, '127.0.0.2')).status).toBe(200)
    open[0]?.destroy()
    await expect.poll(async () => (await raw(server.port, ask)).status).toBe(200)
    for (const socket of open) socket.destroy()
  })
})

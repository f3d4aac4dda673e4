import { describe, expect, it } from 'vitest'
import { openServer, raw, type Served } from './http-server.ts'
import { malformedRequests } from './malformed-requests.ts'

const AT_ONCE = 40

/** Every status line that came back, of each of the answers on one connection. */
const statusesIn = (text: string): number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))

async function sendAll({ server }: Served, requests: Iterator<Buffer>): Promise<Map<number, number>> {
  const counted = new Map<number, number>()
  const worker = async () => {
    for (let next = requests.next(); !next.done; next = requests.next()) {
      const bytes = next.value
      const { text } = await raw(server.port, (socket) => void socket.end(bytes))
      for (const status of statusesIn(text)) counted.set(status, (counted.get(status) ?? 0) + 1)
      if (statusesIn(text).some((status) => status >= 500))
        throw new Error(`${JSON.stringify(bytes.toString('latin1'))} got ${text.slice(0, 300)}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return counted
}

describe.each([
  ['without a password', 10_000, undefined],
  ['with a household password', 2000, 'four plain words'],
])('%s', (_, count, householdPassword) => {
  it(`${count} malformed requests get no 5xx, and the server is well afterwards`, {
    timeout: 300_000,
  }, async () => {
    const served = await openServer({ settings: { householdPassword } })
    const counted = await sendAll(served, malformedRequests(20_260_310, count))
    // They do get somewhere: to answers, to what is refused, to what is not there.
    for (const status of [200, 400, 404, 405, 421])
      expect([status, (counted.get(status) ?? 0) > count / 100]).toEqual([status, true])
    expect(served.logged).toEqual([])
    expect((await served.get('/api/health')).status).toBe(200)
    expect((await served.get('/')).status).toBe(200)
  })
})

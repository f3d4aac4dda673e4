// The real server on a real database with a price in it, for the tests of what surrounds the routes.
import { mkdirSync, writeFileSync } from 'node:fs'
import { createConnection, type Socket } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { watchChanges } from '../../backend/http/changes.ts'
import { LIMITS, type Limits } from '../../backend/http/limits.ts'
import { type HomeServer, listen, type ServerSettings } from '../../backend/http/server.ts'
import { openForWriting } from '../../backend/store/open.ts'
import { savePrices } from '../../backend/store/prices.ts'
import { createReader } from '../../backend/store/reader.ts'
import { saveSites } from '../../backend/store/sites.ts'
import { temporaryFolder } from './temporary.ts'

export const NOW = Date.parse('2026-03-10T10:02:41+11:00')
const START = Date.parse('2026-03-10T10:00:00+11:00')
const MINUTE = 60_000

export interface Served {
  readonly server: HomeServer
  readonly folder: string
  /** The clock and the uptime, both in milliseconds. */
  readonly clock: { now: number; uptime: number }
  readonly logged: string[]
  readonly url: string
  get(path: string, init?: RequestInit): Promise<Response>
  close(): Promise<void>
}

export interface Options {
  readonly settings?: Partial<ServerSettings>
  readonly limits?: Partial<Limits>
  readonly addresses?: readonly string[]
  readonly hostNames?: readonly string[]
}

export async function openServer({
  settings,
  limits,
  addresses = [],
  hostNames,
}: Options = {}): Promise<Served> {
  const folder = temporaryFolder()
  const sqlitePath = join(folder, 'cache.sqlite')
  const db = openForWriting(sqlitePath, () => 'epoch-1')
  furnish(db)
  const frontEnd = join(folder, 'dist')
  mkdirSync(join(frontEnd, 'assets'), { recursive: true })
  for (const [name, text] of Object.entries(BUILT)) writeFileSync(join(frontEnd, name), text)
  const clock = { now: NOW, uptime: 1000 }
  const logged: string[] = []
  const reader = createReader(sqlitePath)
  const changes = watchChanges(reader, { everyMs: 20 })
  const server = await listen(
    {
      reader,
      changes,
      settings: {},
      now: () => clock.now,
      startedAtMs: NOW,
      version: '1.2.3',
      commit: 'abc1234',
      hostNames: hostNames ?? ['kitchen', 'kitchen.local'],
      frontEnd,
      log: (line) => logged.push(line),
    },
    { host: '127.0.0.1', port: 0, sqlitePath, ...settings },
    { uptimeMs: () => clock.uptime, addresses: () => addresses, limits: { ...LIMITS, ...limits } },
  )
  let isOpen = true
  const close = async () => {
    if (!isOpen) return
    isOpen = false
    await server.close()
    changes.close()
    reader.close()
    db.close()
  }
  onTestFinished(close)
  const url = `http://127.0.0.1:${server.port}`
  return { server, folder, clock, logged, url, close, get: (path, init) => fetch(url + path, init) }
}

const BUILT = {
  'index.html': '<!doctype html><title>Home</title>',
  'service-worker.js': '// worker',
  'manifest.webmanifest': '{}',
  'assets/index-abc123.js': '1',
}

function furnish(db: ReturnType<typeof openForWriting>): void {
  saveSites(db, [
    {
      siteId: 'S1',
      network: 'Ausgrid',
      status: 'active',
      intervalMinutes: 5,
      channels: [{ identifier: 'E1', channel: 'general', tariff: 'EA116' }],
    },
  ])
  savePrices(db, 'S1', [
    {
      channel: 'general',
      kind: 'current',
      estimate: false,
      startMs: START,
      endMs: START + 5 * MINUTE,
      centsPerKwh: 19.2,
      spotCentsPerKwh: 3,
      renewablesPercent: 61.2,
      descriptor: 'veryLow',
      spikeStatus: 'none',
    },
  ])
}

export interface RawAnswer {
  /** NaN: the connection ended without one. */
  readonly status: number
  readonly text: string
}

/** Over a bare socket, byte for byte, until the other end closes. */
export function raw(
  port: number,
  send: (socket: Socket) => unknown,
  localAddress = '127.0.0.1',
): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1', localAddress }, () => void send(socket))
    let text = ''
    socket.setEncoding('latin1')
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve({ status: statusOf(text), text }))
  })
}

export const statusOf = (text: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1] ?? Number.NaN)

// What one client may take of the server: time, bytes and connections. A phone needs little of each; what asks for more
// is broken or means harm, and must not keep the kitchen screen waiting.
import type { ServerOptions } from 'node:http'
import type { Server, Socket } from 'node:net'
import { MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import { isLoopback } from './this-machine.ts'

export interface Limits {
  readonly headersMs: number
  /** For a whole request, its body included. */
  readonly requestMs: number
  /** With no byte in either direction; an event stream says something more often than this. */
  readonly idleMs: number
  readonly headerBytes: number
  readonly connections: number
  readonly connectionsOfOneAddress: number
  /** This machine's own screen and its proxy are not. */
  readonly isCounted: (address: string) => boolean
  /** How often late requests are looked for. */
  readonly lookEveryMs: number
}

export const LIMITS: Limits = {
  headersMs: 10 * SECOND_MS,
  requestMs: 30 * SECOND_MS,
  idleMs: 2 * MINUTE_MS,
  headerBytes: 16 * 1024,
  connections: 512,
  connectionsOfOneAddress: 64,
  isCounted: (address) => !isLoopback(address),
  lookEveryMs: 2 * SECOND_MS,
}

/** A login or a heartbeat is a hundred bytes. */
export const MOST_BODY_BYTES = 8 * 1024

/** Some plans with their rates, and years of bills. */
export const MOST_SETTINGS_BYTES = 256 * 1024

export const limitedOptions = (limits: Limits) =>
  ({
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: MINUTE_MS,
    connectionsCheckingInterval: limits.lookEveryMs,
    maxHeaderSize: limits.headerBytes,
  }) satisfies ServerOptions

export function limitConnections(
  server: Server & { timeout: number },
  { idleMs, connections, connectionsOfOneAddress, isCounted }: Limits,
): void {
  server.timeout = idleMs
  server.maxConnections = connections
  const open = new Map<string, number>()
  server.prependListener('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    if (!isCounted(address)) return
    const count = (open.get(address) ?? 0) + 1
    if (count > connectionsOfOneAddress) return void socket.destroy()
    open.set(address, count)
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    })
  })
}

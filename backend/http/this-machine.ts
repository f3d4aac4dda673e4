// Whether a request comes from this machine's own screen. A proxy on this machine speaks for others, and gives itself
// away by the name it is asked under or by the headers that proxies add.
import type { IncomingMessage } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'

const OWN_NAME = /^(localhost|127\.0\.0\.1|\[::1\])\.?(:\d{1,5})?$/i
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

export function isFromThisMachine(c: Context): boolean {
  if (!isLoopback(addressOf(c)) || !OWN_NAME.test(c.req.header('host') ?? '')) return false
  return PROXY_HEADERS.every((name) => c.req.header(name) === undefined)
}

/** Whether the other end sees https: of this server, or of a proxy on this machine that says so. */
export function isEncrypted(c: Context): boolean {
  const socket = incomingOf(c)?.socket
  if (socket && 'encrypted' in socket) return true
  return isLoopback(addressOf(c)) && c.req.header('x-forwarded-proto') === 'https'
}

/** Of the other end of the connection; empty where there is none, as in a request without a server. */
export const addressOf = (c: Context): string => incomingOf(c)?.socket.remoteAddress ?? ''

export const isLoopback = (address: string): boolean => /^(::ffff:)?127\.|^::1$/.test(address)

const incomingOf = (c: Context): IncomingMessage | undefined =>
  (c.env as Partial<HttpBindings> | undefined)?.incoming

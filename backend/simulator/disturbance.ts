// Faults of the way there and back: slow, broken, or answered by something that is not the API.
import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'
import { type Endpoint, type Faults, type Outage, takeOutage } from './faults.ts'
import { serverError, tooManyRequests } from './refusal.ts'

export interface Env {
  /** Absent where the app is called without a server. */
  Bindings: Partial<HttpBindings>
  Variables: { broken?: true; emptied?: true }
}

export type Wait = (ms: number) => Promise<void>

export const disturb =
  (faults: Faults, wait: Wait, endpointOf: (c: Context) => Endpoint | undefined): MiddlewareHandler<Env> =>
  async (c, next) => {
    if (faults.delayMs) await wait(faults.delayMs)
    const outage = takeOutage(faults, endpointOf(c))
    // An empty answer is Amber's own: it is authorised and counted like a full one.
    if (outage?.kind === 'empty') c.set('emptied', true)
    if (!outage || outage.kind === 'empty') return next()
    c.res = answerOf(outage.kind, c)
  }

function answerOf(kind: Exclude<Outage['kind'], 'empty'>, c: Context<Env>): Response {
  if (kind === 'html') return c.html(PAGE)
  if (kind === 'reset') return reset(c)
  throw kind === 'throttled' ? tooManyRequests() : serverError(kind)
}

const PAGE =
  '<!doctype html><html><head><title>Maintenance</title></head><body><h1>Back soon</h1></body></html>'

function reset(c: Context<Env>): Response {
  c.set('broken', true)
  const socket = c.env?.incoming?.socket
  if (!socket)
    return new Response(new ReadableStream({ start: (body) => body.error(new Error('connection reset')) }))
  socket.resetAndDestroy()
  return new Response(null, { headers: { 'x-hono-already-sent': 'true' } })
}

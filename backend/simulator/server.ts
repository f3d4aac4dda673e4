// An Amber that is not there: the same HTTP, over a household and a market that are functions of seed and time.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { createAnswers, type Truth } from './answers.ts'
import type { Env } from './disturbance.ts'
import type { Faults } from './faults.ts'
import { type AccountQuota, createQuota } from './quota.ts'
import { createRoutes, type LoggedRequest } from './routes.ts'
import { DEMO_SITE, type SimulatedSite } from './sites.ts'

export const DEMO_TOKEN = 'psk_00000000000000000000000000000000'

export interface SimulatorOptions {
  readonly clock: () => number
  readonly seed?: number
  readonly sites?: readonly SimulatedSite[]
  readonly tokens?: readonly string[]
  /** Kept, not copied: what is changed in it takes effect at once. */
  readonly faults?: Faults
  /** How `faults.delayMs` is waited for. */
  readonly wait?: (ms: number) => Promise<void>
}

export interface Simulator {
  readonly app: Hono<Env>
  readonly faults: Faults
  /** Every call so far, the oldest first. */
  readonly requests: LoggedRequest[]
  readonly quota: AccountQuota
  readonly truth: Truth
  /** On a free port where none is named. `url` is the base that stands in for Amber's, with /v1. */
  listen(port?: number, host?: string): Promise<{ url: string; close(): Promise<void> }>
}

export function createSimulator(options: SimulatorOptions): Simulator {
  const { clock, seed = 1, sites = [DEMO_SITE], tokens = [DEMO_TOKEN], faults = {}, wait = waitFor } = options
  const requests: LoggedRequest[] = []
  const quota = createQuota()
  const answers = createAnswers(seed, sites, faults)
  const app = createRoutes({ clock, answers, account: { tokens, quota }, faults, requests, wait })
  return {
    app,
    faults,
    requests,
    quota,
    truth: answers.truth,
    listen: (port, host) => listen(app, port, host),
  }
}

async function listen(app: Hono<Env>, port = 0, host = '127.0.0.1') {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  // On a busy machine, five seconds between two calls are nothing: a connection must not break just as it is used again.
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}/v1`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Does not keep the process alive. */
const waitFor = (ms: number): Promise<void> => setTimeout(ms, undefined, { ref: false })

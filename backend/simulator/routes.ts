import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { nemDate } from '#domain/calendar.ts'
import { type Account, authorise, takeQuota } from './account.ts'
import type { Answers } from './answers.ts'
import { disturb, type Env, type Wait } from './disturbance.ts'
import type { Endpoint, Faults } from './faults.ts'
import { gatewayHeaders } from './gateway.ts'
import { countsOf, datesOf, resolutionOf } from './query.ts'
import { noSuchPath, Refusal } from './refusal.ts'
import { spoiled } from './spoiled.ts'

/** A call as it came in; without its token. */
export interface LoggedRequest {
  /** Undefined: none of Amber's. */
  readonly endpoint: Endpoint | undefined
  readonly method: string
  /** Below /v1. */
  readonly path: string
  /** Without its question mark. */
  readonly query: string
  /** Undefined: not answered, or not yet. */
  status?: number
}

export interface RoutesOptions {
  readonly clock: () => number
  readonly answers: Answers
  readonly account: Account
  readonly faults: Faults
  readonly requests: LoggedRequest[]
  readonly wait: Wait
}

export function createRoutes({ clock, answers, account, faults, requests, wait }: RoutesOptions): Hono<Env> {
  const app = new Hono<Env>()
  app.use(log(requests), behindGateway(clock, requests))
  app.use(disturb(faults, wait, ({ req }) => endpointOf(req.path)))
  app.use('/v1/sites/*', authorise(account, faults), takeQuota(account, faults, clock))

  const site = (c: Context) => c.req.param('siteId') ?? ''
  const query = (c: Context) => (name: string) => c.req.query(name)
  const rows = (c: Context<Env>, found: readonly object[]) =>
    c.json(c.get('emptied') ? [] : spoiled(found, faults))

  app.get('/v1/sites', (c) => rows(c, answers.sites(clock())))
  app.get('/v1/sites/:siteId/prices', (c) => {
    const dates = datesOf(query(c), nemDate(clock()))
    return rows(c, answers.prices(clock(), site(c), dates, resolutionOf(query(c))))
  })
  app.get('/v1/sites/:siteId/prices/current', (c) =>
    rows(c, answers.current(clock(), site(c), countsOf(query(c)), resolutionOf(query(c)))),
  )
  app.get('/v1/sites/:siteId/usage', (c) => rows(c, answers.usage(clock(), site(c), datesOf(query(c)))))
  app.get('/v1/state/:state/renewables/current', (c) =>
    rows(c, answers.renewables(clock(), c.req.param('state'), countsOf(query(c)), resolutionOf(query(c)))),
  )
  app.notFound((c) => refused(c, noSuchPath()))
  app.onError((error, c) => {
    if (error instanceof Refusal) return refused(c, error)
    throw error
  })
  return app
}

function refused(c: Context, { status, body, errorType }: Refusal): Response {
  if (errorType) c.header('x-amzn-ErrorType', errorType)
  return c.json(body, status)
}

const log =
  (requests: LoggedRequest[]): MiddlewareHandler<Env> =>
  async (c, next) => {
    const { pathname, search } = new URL(c.req.url)
    const path = pathname.replace(/^\/v1(?=\/)/, '')
    const entry: LoggedRequest = {
      endpoint: endpointOf(pathname),
      method: c.req.method,
      path,
      query: search.slice(1),
    }
    requests.push(entry)
    await next()
    if (!c.get('broken')) entry.status = c.res.status
  }

/** Amber's gateway passes on GET and nothing else. */
const behindGateway =
  (clock: () => number, requests: readonly LoggedRequest[]): MiddlewareHandler<Env> =>
  async (c, next) => {
    if (c.req.method === 'GET') await next()
    else c.res = refused(c, noSuchPath())
    const headers = gatewayHeaders(clock(), requests.length, { ok: c.res.ok })
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value)
  }

function endpointOf(path: string): Endpoint | undefined {
  if (path === '/v1/sites') return 'sites'
  if (/^\/v1\/state\/[^/]+\/renewables\/current$/.test(path)) return 'renewables'
  const [, rest] = /^\/v1\/sites\/[^/]+\/(prices|prices\/current|usage)$/.exec(path) ?? []
  return rest === 'prices/current' ? 'current' : (rest as 'prices' | 'usage' | undefined)
}

// The routes, and what holds for all of them.
import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import type { Reader } from '../store/reader.ts'
import type { Changes } from './changes.ts'
import { errorAnswer, QueryError } from './error-answer.ts'
import { eventsRoute } from './events.ts'
import { serveFrontEnd } from './front-end.ts'
import { healthRoute } from './health.ts'
import type { HomeSettings } from './home.ts'
import { hostCheck } from './host-check.ts'
import { mirrorRoute } from './mirror.ts'
import { nowRoute } from './now.ts'
import { openapiRoute } from './openapi.ts'
import { pricesCsvRoute, pricesRoute } from './prices.ts'
import { securityHeaders } from './security-headers.ts'
import { sitesRoute } from './sites.ts'
import { usageCsvRoute, usageDaysRoute, usageRoute } from './usage.ts'

export interface AppDeps {
  readonly reader: Reader
  readonly changes: Changes
  readonly settings: HomeSettings
  readonly now: () => number
  readonly startedAtMs: number
  readonly version: string
  readonly commit: string
  /** The names this server answers to, beside IP addresses and localhost. */
  readonly hostNames: readonly string[]
  /** Folder of the built front end. */
  readonly frontEnd: string
  /** Aborted when the server stops: open event streams end. */
  readonly closing: AbortSignal
  readonly log: (line: string) => void
}

const API = {
  '/api/health': healthRoute,
  '/api/sites': sitesRoute,
  '/api/now': nowRoute,
  '/api/prices': pricesRoute,
  '/api/usage': usageRoute,
  '/api/usage/days': usageDaysRoute,
  '/api/mirror': mirrorRoute,
  '/api/events': eventsRoute,
  '/api/export/prices.csv': pricesCsvRoute,
  '/api/export/usage.csv': usageCsvRoute,
  '/api/openapi.json': openapiRoute,
} satisfies Record<string, (deps: AppDeps, c: Context) => Response>

export const API_ROUTES = Object.keys(API)

export function createApp(deps: AppDeps): Hono {
  const app = new Hono()
  app.onError((error, c) => {
    if (error instanceof QueryError) return errorAnswer(c, 400, error.code, error.message)
    deps.log(`http: ${c.req.method} ${c.req.path} failed: ${error.stack ?? error.message}`)
    return errorAnswer(c, 500, 'server-error', 'The server could not answer. Its log says why.')
  })
  app.notFound((c) => errorAnswer(c, 404, 'not-found', `There is nothing at ${c.req.path}.`))
  app.use('*', securityHeaders())
  app.use('*', hostCheck(deps.hostNames))
  app.use('*', async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    c.header('allow', 'GET, HEAD')
    return errorAnswer(c, 405, 'method-not-allowed', 'Only GET and HEAD are answered here.')
  })
  app.use('*', compress())
  app.use('/api/*', async (c, next) => {
    await next()
    c.res.headers.set('cache-control', 'no-store')
  })
  for (const [path, route] of Object.entries(API)) app.get(path, (c) => route(deps, c))
  app.all('/api/*', (c) => c.notFound())
  serveFrontEnd(app, deps.frontEnd)
  return app
}

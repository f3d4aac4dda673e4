// The routes, and what holds for all of them.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import type { LastBackup } from '../store/last-backup.ts'
import type { Reader } from '../store/reader.ts'
import type { SettingsFile } from '../store/settings-file.ts'
import type { Changes } from './changes.ts'
import { correctedClock } from './clock.ts'
import { hangDoor } from './door.ts'
import { errorAnswer, QueryError } from './error-answer.ts'
import { eventsRoute } from './events.ts'
import { forecastTallyRoute } from './forecast-tally.ts'
import { serveFrontEnd } from './front-end.ts'
import { healthRoute } from './health.ts'
import type { HomeSettings } from './home.ts'
import { hostCheck } from './host-check.ts'
import { heartbeatRoute, type KioskWatch, kioskRoute } from './kiosk.ts'
import { MOST_BODY_BYTES, MOST_SETTINGS_BYTES } from './limits.ts'
import { LOGIN_PATHS, serveLogin } from './login.ts'
import { mirrorRoute } from './mirror.ts'
import { nowRoute } from './now.ts'
import { openapiRoute } from './openapi.ts'
import { noticePhones } from './phones.ts'
import { pricesCsvRoute, pricesRoute } from './prices.ts'
import { sameOriginOnly } from './same-origin.ts'
import { securityHeaders } from './security-headers.ts'
import type { Sessions } from './session.ts'
import { settingsRoute, writeSettingsRoute } from './settings.ts'
import { httpsOrigins } from './setup/home-address.ts'
import { type SetupDeps, serveSetup, setupRoute } from './setup.ts'
import { sitesRoute } from './sites.ts'
import { usageCsvRoute, usageDaysRoute, usageRoute } from './usage.ts'
import { usageRevisionsRoute } from './usage-revisions.ts'

export interface AppDeps extends SetupDeps {
  readonly reader: Reader
  readonly changes: Changes
  readonly settings: HomeSettings
  /** What the household decided. */
  readonly household: SettingsFile
  readonly now: () => number
  /** Goes on steadily whatever is done to the clock. */
  readonly uptimeMs: () => number
  readonly startedAtMs: number
  readonly version: string
  readonly commit: string
  /** The names this server answers to, beside IP addresses and localhost. */
  readonly hostNames: readonly string[]
  /** Folder of the built front end. */
  readonly frontEnd: string
  readonly kiosk: KioskWatch
  /** Undefined: none, as far as this machine remembers. */
  readonly lastBackup: () => LastBackup | undefined
  /** Undefined: whoever is on the home's network may read. */
  readonly sessions: Sessions | undefined
  /** Aborted when the server stops: open event streams end. */
  readonly closing: AbortSignal
  readonly log: (line: string) => void
}

type Route = (deps: AppDeps, c: Context) => Response | Promise<Response>

const READS = {
  '/api/health': healthRoute,
  '/api/sites': sitesRoute,
  '/api/now': nowRoute,
  '/api/prices': pricesRoute,
  '/api/usage': usageRoute,
  '/api/usage/days': usageDaysRoute,
  '/api/usage/revisions': usageRevisionsRoute,
  '/api/mirror': mirrorRoute,
  '/api/events': eventsRoute,
  '/api/export/prices.csv': pricesCsvRoute,
  '/api/export/usage.csv': usageCsvRoute,
  '/api/openapi.json': openapiRoute,
  '/api/kiosk': kioskRoute,
  '/api/setup': setupRoute,
  '/api/settings': settingsRoute,
  '/api/forecasts/tally': forecastTallyRoute,
} satisfies Record<string, Route>

/** Each is asked for by a page of our own, in JSON, or not at all. */
const WRITES = {
  '/api/kiosk': heartbeatRoute,
} satisfies Record<string, Route>

export const API_ROUTES = [...Object.keys(READS), '/api/session']
/** As WRITES, with PUT: the same twice is the same as once. */
const REPLACEMENTS = {
  '/api/settings': writeSettingsRoute,
} satisfies Record<string, Route>

const POSTABLE = [...Object.keys(WRITES), ...LOGIN_PATHS]

export function createApp(given: AppDeps): Hono {
  const deps = { ...given, now: correctedClock(given.now, given.reader) }
  const app = new Hono()
  app.onError((error, c) => {
    if (error instanceof QueryError) return errorAnswer(c, 400, error.code, error.message)
    deps.log(`http: ${c.req.method} ${c.req.path} failed: ${error.stack ?? error.message}`)
    return errorAnswer(c, 500, 'server-error', 'The server could not answer. Its log says why.')
  })
  app.notFound((c) => errorAnswer(c, 404, 'not-found', `There is nothing at ${c.req.path}.`))
  app.use('*', securityHeaders({ httpsOrigins: (c) => httpsOrigins(deps, c) }))
  app.use('*', hostCheck(deps.hostNames))
  app.use('*', knownMethods)
  app.use('*', compress())
  app.use('/api/*', async (c, next) => {
    await next()
    c.res.headers.set('cache-control', 'no-store')
  })
  serveLogin(app, deps)
  serveSetup(app, deps)
  hangDoor(app, deps.sessions)
  app.use('/api/mirror', noticePhones(deps.phones))
  for (const [path, route] of Object.entries<Route>(READS)) app.get(path, (c) => route(deps, c))
  for (const [path, route] of Object.entries<Route>(WRITES))
    app.post(path, sameOriginOnly('application/json'), tooLong, (c) => route(deps, c))
  for (const [path, route] of Object.entries<Route>(REPLACEMENTS))
    app.put(path, sameOriginOnly('application/json'), tooLongForSettings, (c) => route(deps, c))
  app.all('/api/*', (c) => c.notFound())
  serveFrontEnd(app, deps.frontEnd)
  return app
}

async function knownMethods(c: Context, next: () => Promise<void>): Promise<Response | undefined> {
  const { path } = c.req
  const allowed = [
    'GET',
    'HEAD',
    ...(POSTABLE.includes(path) ? ['POST'] : []),
    ...(Object.hasOwn(REPLACEMENTS, path) ? ['PUT'] : []),
  ]
  if (allowed.includes(c.req.method)) return void (await next())
  c.header('allow', allowed.join(', '))
  return errorAnswer(c, 405, 'method-not-allowed', `Only ${allowed.join(', ')} are answered here.`)
}

const atMost = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: (c) => errorAnswer(c, 413, 'too-long', 'That is more than this route is for.'),
  })
const tooLong = atMost(MOST_BODY_BYTES)
const tooLongForSettings = atMost(MOST_SETTINGS_BYTES)

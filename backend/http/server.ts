// Listens, on plain http and beside it on https where there is a certificate, with one app behind both.
import { createServer, type Server } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { SECOND_MS } from '#domain/interval.ts'
import { lastBackup } from '../store/last-backup.ts'
import { type AppDeps, createApp } from './app.ts'
import { createHttps, type HttpsServer, type HttpsState } from './https.ts'
import { createKioskWatch } from './kiosk.ts'
import { lanAddresses } from './lan.ts'
import { LIMITS, type Limits, limitConnections, limitedOptions } from './limits.ts'
import { createPhoneMemory } from './phones.ts'
import { createSessions } from './session.ts'
import { householdFile, settingsInForce } from './settings-in-force.ts'

export interface ServerSettings {
  readonly host: string
  readonly port: number
  readonly httpsPort?: number
  /** Absent: no https. */
  readonly tlsFolder?: string
  readonly householdPassword?: string | undefined
  /** What this server remembers lies beside it. */
  readonly sqlitePath?: string
}

export interface RunningServer {
  readonly port: number
  /** Ends open event streams, lets running answers finish for a moment, then closes for good. */
  close(): Promise<void>
}

export interface HomeServer extends RunningServer {
  /** Undefined while there is no certificate. */
  https(): HttpsState | undefined
  /** Looks for a certificate now instead of in a while. */
  lookForCertificate(): Promise<void>
}

/** What the server takes from the machine it runs on. */
export interface Surroundings {
  readonly uptimeMs: () => number
  readonly addresses: () => readonly string[]
  readonly limits: Limits
}

const REAL: Surroundings = {
  uptimeMs: () => performance.now(),
  addresses: lanAddresses,
  limits: LIMITS,
}

const LAST_ANSWERS_MS = SECOND_MS

type Given = 'reader' | 'changes' | 'settings' | 'now' | 'startedAtMs' | 'version' | 'commit' | 'hostNames'

/** Rejects with the system's error (EADDRINUSE, EACCES) where it cannot listen. */
export async function listen(
  deps: Pick<AppDeps, Given | 'frontEnd' | 'log'>,
  settings: ServerSettings,
  { uptimeMs, addresses, limits }: Surroundings = REAL,
): Promise<HomeServer> {
  const closing = new AbortController()
  let https: HttpsServer | undefined
  let port = settings.port
  const { host, householdPassword, sqlitePath } = settings
  const household = householdFile(sqlitePath)
  const app = createApp({
    ...deps,
    household,
    settings: settingsInForce(deps.settings, household),
    uptimeMs,
    addresses,
    kiosk: createKioskWatch(uptimeMs),
    lastBackup: () => (sqlitePath === undefined ? undefined : lastBackup(sqlitePath)),
    phones: createPhoneMemory(sqlitePath && dirname(sqlitePath)),
    sessions: householdPassword ? createSessions(householdPassword, deps.now) : undefined,
    https: () => https?.state(),
    httpPort: () => port,
    closing: closing.signal,
  })
  const server = createAdaptorServer({
    fetch: app.fetch,
    hostname: host,
    createServer,
    serverOptions: limitedOptions(limits),
  }) as Server
  limitConnections(server, limits)
  await listening(server, settings)
  port = (server.address() as AddressInfo).port
  const { tlsFolder, httpsPort } = settings
  if (tlsFolder !== undefined && httpsPort !== undefined)
    https = createHttps({ app, host, port: httpsPort, folder: tlsFolder, limits, log: deps.log })
  await https?.look()
  return {
    port,
    https: () => https?.state(),
    lookForCertificate: async () => https?.look(),
    close: async () => {
      closing.abort()
      await Promise.all([close(server), https?.close(close)])
    },
  }
}

function listening(server: Server, { host, port }: ServerSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

async function close(server: Server | TlsServer): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS)
  await closed
  clearTimeout(timer)
}

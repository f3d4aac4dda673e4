// https beside plain http, in the same process, for as long as there is a certificate: begun when one appears, and given
// the new one when it is renewed, without a restart.
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { SECOND_MS } from '#domain/interval.ts'
import { type Limits, limitConnections, limitedOptions } from './limits.ts'
import { type Certificates, RENEWED_FOLDER, readCertificates, versionOfCertificates } from './tls-files.ts'

export interface HttpsState extends Pick<Certificates, 'root' | 'names' | 'expiresAtMs'> {
  readonly port: number
  readonly renewsItself: boolean
}

export interface HttpsDeps {
  readonly app: Hono
  readonly host: string
  readonly port: number
  readonly folder: string
  readonly limits: Limits
  readonly log: (line: string) => void
}

export interface HttpsServer {
  /** Undefined while there is none. */
  state(): HttpsState | undefined
  /** Looks at the files now instead of in a while. */
  look(): Promise<void>
  close(shut: (server: Server) => Promise<void>): Promise<void>
}

const LOOK_EVERY_MS = 15 * SECOND_MS
const HANDSHAKE_WITHIN_MS = 10 * SECOND_MS

export function createHttps(deps: HttpsDeps): HttpsServer {
  let server: Server | undefined
  let port = deps.port
  let certificates: Certificates | undefined
  let seen: string | undefined
  let complaint: string | undefined
  let looking = Promise.resolve()

  const serve = async (fresh: Certificates) => {
    if (server) server.setSecureContext(contextOf(fresh))
    else {
      server = await listen(deps, fresh)
      // While it closes it has none.
      port = (server.address() as AddressInfo).port
    }
    const isFirst = certificates === undefined
    certificates = fresh
    deps.log(isFirst ? `serve: https on port ${port}` : 'serve: https has the renewed certificate now')
  }
  const lookOnce = async () => {
    const version = versionAt(deps.folder)
    if (version === undefined || version === seen) return
    try {
      await serve(readCertificates(deps.folder))
      seen = version
    } catch (error) {
      // Tried again at the next look: a port may become free, and of two files one may have been written a moment ago.
      const trouble = `serve: no https with the certificate in ${deps.folder}: ${(error as Error).message}`
      if (trouble !== complaint) deps.log(trouble)
      complaint = trouble
    }
  }
  const look = () => {
    looking = looking.then(lookOnce)
    return looking
  }
  const timer = setInterval(look, LOOK_EVERY_MS)
  timer.unref()
  return {
    state: () => {
      if (!server || !certificates) return undefined
      const { root, names, expiresAtMs } = certificates
      return { root, names, expiresAtMs, port, renewsItself: deps.folder === RENEWED_FOLDER }
    },
    look,
    close: async (shut) => {
      clearInterval(timer)
      await looking
      if (server) await shut(server)
    },
  }
}

const contextOf = ({ pem }: Certificates) => ({ key: pem, cert: pem }) as const

/** A folder that may not be entered is as good as none. */
function versionAt(folder: string): string | undefined {
  try {
    return versionOfCertificates(folder)
  } catch {
    return undefined
  }
}

function listen({ app, host, port, limits }: HttpsDeps, certificates: Certificates): Promise<Server> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    hostname: host,
    createServer,
    serverOptions: {
      ...limitedOptions(limits),
      ...contextOf(certificates),
      handshakeTimeout: HANDSHAKE_WITHIN_MS,
    },
  }) as Server
  limitConnections(server, limits)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(server)
    })
  })
}

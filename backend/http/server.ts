import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import { type AppDeps, createApp } from './app.ts'

export interface RunningServer {
  readonly port: number
  /** Ends open event streams, lets running answers finish for a moment, then closes for good. */
  close(): Promise<void>
}

const LAST_ANSWERS_MS = SECOND_MS

/** Rejects with the system's error (EADDRINUSE, EACCES) where it cannot listen. */
export function listen(
  deps: Omit<AppDeps, 'closing'>,
  { host, port }: { host: string; port: number },
): Promise<RunningServer> {
  const closing = new AbortController()
  const app = createApp({ ...deps, closing: closing.signal })
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: app.fetch,
        hostname: host,
        port,
        serverOptions: {
          headersTimeout: 10 * SECOND_MS,
          requestTimeout: 30 * SECOND_MS,
          keepAliveTimeout: MINUTE_MS,
        },
      },
      (address: AddressInfo) =>
        resolve({ port: address.port, close: () => close(server as Server, closing) }),
    )
    server.on('error', reject)
  })
}

async function close(server: Server, closing: AbortController): Promise<void> {
  closing.abort()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS)
  await closed
  clearTimeout(timer)
}

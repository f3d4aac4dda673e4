// DNS rebinding makes a stranger's page same-origin with this server; only the Host header gives it away. So a request
// is answered only under a name that is ours: an IP address, localhost, this machine's name, or one from the settings.
import { isIP } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import { createMiddleware } from 'hono/factory'
import { errorAnswer } from './error-answer.ts'

export function hostCheck(names: readonly string[]) {
  const allowed = new Set(['localhost', ...names.map((name) => name.toLowerCase())])
  return createMiddleware<{ Bindings: Partial<HttpBindings> }>(async (c, next) => {
    const hosts = hostsOf(c.env?.incoming?.rawHeaders) ?? [c.req.header('host') ?? '']
    if (hosts.length === 1 && isAllowed(hosts[0] as string, allowed)) return next()
    return errorAnswer(
      c,
      421,
      'unknown-host',
      'This server does not go by that name. See ALLOWED_HOSTS in the README.',
    )
  })
}

/** Every Host header as it came; Node itself keeps only the first of several. */
function hostsOf(rawHeaders: readonly string[] | undefined): string[] | undefined {
  return rawHeaders?.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host')
}

function isAllowed(host: string, allowed: ReadonlySet<string>): boolean {
  const name = /^(\[[0-9a-f:.]+\]|[^:]+)(:\d{1,5})?$/i.exec(host)?.[1]?.toLowerCase().replace(/\.$/, '')
  if (name === undefined) return false
  return allowed.has(name) || isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0
}

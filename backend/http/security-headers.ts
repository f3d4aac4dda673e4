// Everything a page needs comes from here and nothing may come from elsewhere. Never HSTS: it would bind every port of
// this host and lock the household out of plain http on its own network.
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'

const SELF = ["'self'"]
const NONE = ["'none'"]

const POLICY = {
  defaultSrc: NONE,
  scriptSrc: SELF,
  styleSrc: SELF,
  imgSrc: ["'self'", 'data:'],
  fontSrc: SELF,
  connectSrc: SELF,
  workerSrc: SELF,
  manifestSrc: SELF,
  objectSrc: NONE,
  baseUri: NONE,
  formAction: NONE,
  frameAncestors: NONE,
}
const STRICT = {
  strictTransportSecurity: false,
  xFrameOptions: 'DENY',
  contentSecurityPolicy: POLICY,
}

export interface Exceptions {
  /** Where /setup may try https. */
  readonly httpsOrigins: (c: Context) => readonly string[]
}

/** Three paths need a little more than nothing, each what it is for. */
export function securityHeaders({ httpsOrigins }: Exceptions) {
  const everywhere = secureHeaders(STRICT)
  const exceptions: Readonly<Record<string, typeof everywhere>> = {
    // A form, and a browser that says where it comes from when it sends it.
    '/login': secureHeaders({
      ...STRICT,
      contentSecurityPolicy: { ...POLICY, formAction: SELF },
      referrerPolicy: 'same-origin',
    }),
    '/setup': secureHeaders({
      ...STRICT,
      contentSecurityPolicy: {
        ...POLICY,
        connectSrc: [...SELF, (c) => httpsOrigins(c).join(' ')],
      },
    }),
    // What /setup loads from the https origin to see whether it can: no content, and nothing may be read of it.
    '/setup/works': secureHeaders({ ...STRICT, crossOriginResourcePolicy: 'cross-origin' }),
  }
  return createMiddleware((c, next) => (exceptions[c.req.path] ?? everywhere)(c, next))
}

// What changes something may be asked only by our own pages. A stranger's page in the same browser can send a request
// here too, with the cookies of this home; but it cannot hide where it comes from, nor send JSON without asking first.
import { createMiddleware } from 'hono/factory'
import { errorAnswer } from './error-answer.ts'

export type WrittenType = 'application/json' | 'application/x-www-form-urlencoded'

/** Before every route that is not a read. */
export const sameOriginOnly = (type: WrittenType) =>
  createMiddleware(async (c, next) => {
    if (!isSameOrigin((name) => c.req.header(name)))
      return errorAnswer(c, 403, 'other-origin', 'Only a page of this server may ask for that.')
    if (mediaType(c.req.header('content-type')) !== type)
      return errorAnswer(c, 415, 'wrong-content-type', `content-type: ${type} is expected here.`)
    return next()
  })

/** The Host header has been checked before; the scheme cannot differ on one port. No Origin at all: not a browser of today. */
function isSameOrigin(header: (name: string) => string | undefined): boolean {
  const site = header('sec-fetch-site')
  const origin = header('origin') ?? ''
  if (site !== undefined && site !== 'same-origin') return false
  return URL.canParse(origin) && new URL(origin).host === header('host')?.toLowerCase()
}

const mediaType = (value = ''): string => value.split(';')[0]?.trim().toLowerCase() ?? ''

// The built front end. What has its content's hash in its name never changes; everything else is asked for each time.
import { serveStatic } from '@hono/node-server/serve-static'
import type { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'

const HASHED = /^\/assets\//
const CACHE_FOR_EVER = 'public, max-age=31536000, immutable'

export function serveFrontEnd(app: Hono, folder: string): void {
  app.use('*', cacheRules)
  app.get('*', serveStatic({ root: folder }))
}

const cacheRules = createMiddleware(async (c, next) => {
  await next()
  if (c.res.headers.has('cache-control')) return
  const forEver = HASHED.test(c.req.path) && c.res.ok
  c.res.headers.set('cache-control', forEver ? CACHE_FOR_EVER : 'no-cache')
})

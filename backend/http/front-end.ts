// The built front end. What has its content's hash in its name never changes; everything else is asked for each time.
import { serveStatic } from '@hono/node-server/serve-static'
import type { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { screenAt } from '#domain/screen-paths.ts'

const HASHED = /^\/assets\//
const CACHE_FOR_EVER = 'public, max-age=31536000, immutable'

export function serveFrontEnd(app: Hono, folder: string): void {
  app.use('*', cacheRules)
  app.get('*', serveStatic({ root: folder, rewriteRequestPath: pageOf }))
}

/** Every screen is the same page: what it shows is for the address to say. */
const pageOf = (path: string): string => (screenAt(path) ? '/index.html' : path)

const cacheRules = createMiddleware(async (c, next) => {
  await next()
  if (c.res.headers.has('cache-control')) return
  const forEver = HASHED.test(c.req.path) && c.res.ok
  c.res.headers.set('cache-control', forEver ? CACHE_FOR_EVER : 'no-cache')
})

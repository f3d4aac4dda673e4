// The gallery, built as the product is and served with the product's own headers.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { serveFrontEnd } from '../../../backend/http/front-end.ts'
import { securityHeaders } from '../../../backend/http/security-headers.ts'
import type { FixtureName } from './fixtures.ts'

export interface Gallery {
  url: (query: Readonly<Record<string, string>>, path?: string) => string
  close: () => Promise<void>
}

export async function openGallery(): Promise<Gallery> {
  const folder = await mkdtemp(join(tmpdir(), 'gallery-'))
  await build({
    configFile: join(import.meta.dirname, '../gallery/vite.config.ts'),
    build: { outDir: folder, emptyOutDir: true },
    logLevel: 'error',
  })
  const app = new Hono().use('*', securityHeaders({ httpsOrigins: () => [] }))
  app.get('/favicon.ico', (c) => c.body(null, 204))
  serveFrontEnd(app, folder)
  const { server, port } = await listen(app)
  return {
    url: (query, path = '/') => `http://127.0.0.1:${port}${path}?${new URLSearchParams(query)}`,
    close: async () => {
      await new Promise((done) => server.close(done))
      await rm(folder, { recursive: true })
    },
  }
}

function listen(app: Hono): Promise<{ server: ReturnType<typeof serve>; port: number }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({ server, port }),
    )
  })
}

export const SIZES = {
  '800x480': { width: 800, height: 480, view: 'kitchen' },
  '1280x720': { width: 1280, height: 720, view: 'kitchen' },
  '1920x1080': { width: 1920, height: 1080, view: 'kitchen' },
  '480x800': { width: 480, height: 800, view: 'kitchen' },
  '390x844': { width: 390, height: 844, view: '' },
} as const
export type Size = keyof typeof SIZES

export interface Screen {
  page: Page
  /** What the browser complained of: errors, and what the content security policy refused. */
  complaints: string[]
}

export async function openScreen(
  browser: Browser,
  gallery: Gallery,
  viewport: { width: number; height: number },
  query: Readonly<Record<string, string>>,
  path = '/',
): Promise<Screen> {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(gallery.url(query, path))
  await page.waitForSelector('h1')
  await page.evaluate(() => document.fonts.ready)
  return { page, complaints }
}

/** As the passing of time changes it: the page stays. */
export const show = (page: Page, name: FixtureName): Promise<void> =>
  page.evaluate((fixture) => {
    window.showFixture(fixture)
    return new Promise((drawn) => requestAnimationFrame(() => drawn()))
  }, name)

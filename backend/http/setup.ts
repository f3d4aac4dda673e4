// How a phone gets the app: /setup with its picture and its check, /ca with the certificate, and /api/setup for the
// kitchen screen, which shows the way to it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context, Hono } from 'hono'
import type { SetupAnswer } from '#domain/contract.ts'
import type { HttpsState } from './https.ts'
import type { PhoneMemory } from './phones.ts'
import { qrSvg } from './qr/svg.ts'
import { type AddressDeps, setupUrl } from './setup/home-address.ts'
import { setupPage } from './setup/setup-page.ts'

export interface SetupDeps extends AddressDeps {
  readonly phones: PhoneMemory
}

const FILES = {
  '/setup/page.css': 'text/css; charset=utf-8',
  '/setup/setup.js': 'text/javascript; charset=utf-8',
} as const

/** All of it without a password: a phone comes here before it can log in safely. */
export function serveSetup(app: Hono, deps: SetupDeps): void {
  for (const [path, type] of Object.entries(FILES)) {
    const text = readFileSync(join(import.meta.dirname, path.slice(1)), 'utf8')
    app.get(path, (c) => c.body(text, 200, { 'content-type': type }))
  }
  app.get('/setup', (c) => setupPage(c, deps))
  app.get('/setup/qr.svg', (c) => picture(c, setupUrl(deps)))
  // Loaded over https by a page that came over http: the one thing here that another origin may load. It says nothing.
  app.get('/setup/works', (c) => c.body(null, 204, { 'cache-control': 'no-store' }))
  // The type by which an iPhone offers to install it, and the ending by which Android's file picker finds it.
  for (const path of ['/ca', '/ca/home-energy.crt'])
    app.get(path, (c) => certificate(c, deps, 'application/x-x509-ca-cert', ({ root }) => root.raw))
  app.get('/ca/home-energy.pem', (c) =>
    certificate(c, deps, 'application/x-pem-file', ({ root }) => root.toString()),
  )
}

/** GET /api/setup */
export function setupRoute(deps: SetupDeps, c: Context): Response {
  const hasHttps = deps.https() !== undefined
  return c.json<SetupAnswer>({
    setupUrl: setupUrl(deps),
    hasHttps,
    isWanted: hasHttps && !deps.phones.wasSeen(),
  })
}

/** 404 only for a name that is longer than a QR code of this size. */
function picture(c: Context, text: string): Response | Promise<Response> {
  const svg = qrSvg(text)
  return svg
    ? c.body(svg, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'no-cache' })
    : c.notFound()
}

function certificate(
  c: Context,
  { https }: SetupDeps,
  type: string,
  write: (state: HttpsState) => string | Uint8Array,
): Response | Promise<Response> {
  const state = https()
  if (!state) return c.notFound()
  return c.body(new Uint8Array(Buffer.from(write(state))), 200, {
    'content-type': type,
    'cache-control': 'no-store',
  })
}

import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SetupAnswer } from '../../backend/domain/contract.ts'
import { API_ROUTES } from '../../backend/http/app.ts'
import { hasOpenssl, machineCalled, makeCertificates, runCertificate } from '../certificates.ts'
import { openServer, raw, type Served } from './http-server.ts'
import { temporaryFolder } from './temporary.ts'

const HTTPS = { httpsPort: 0 }

async function homeWithHttps(settings = {}) {
  const tlsFolder = makeCertificates(temporaryFolder())
  const served = await openServer({ settings: { ...HTTPS, tlsFolder, ...settings } })
  return { ...served, tlsFolder }
}

/** With the root as the only authority. */
function overHttps(
  { server }: Served,
  tlsFolder: string,
  path: string,
  servername = 'kitchen.local',
): Promise<{ status: number | undefined; text: string; serial: string; headers: Record<string, unknown> }> {
  const port = server.https()?.port ?? 0
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        ...{ host: '127.0.0.1', port, path, servername, agent: false },
        headers: { host: `${servername}:${port}` },
        ca: readFileSync(join(tlsFolder, 'root.crt')),
      },
      (response) => {
        let text = ''
        const { serialNumber } = (
          response.socket as unknown as { getPeerCertificate(): { serialNumber: string } }
        ).getPeerCertificate()
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () =>
          resolve({ status: response.statusCode, text, serial: serialNumber, headers: response.headers }),
        )
      },
    )
    asked.on('error', reject)
    asked.end()
  })
}

const at = (served: Served, path: string, headers: Record<string, string> = {}) =>
  raw(served.server.port, (socket) =>
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: kitchen.local:5050\r\nConnection: close\r\n${Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\n`,
    ),
  )

const setupOf = async ({ get }: Served) => (await (await get('/api/setup')).json()) as SetupAnswer

describe('where there is no certificate', () => {
  it('/setup says what that means and what to do on the Pi', async () => {
    const served = await openServer({ settings: { ...HTTPS, tlsFolder: temporaryFolder() } })
    const { text } = await at(served, '/setup')
    expect(text).toContain('sudo pi/https.sh')
    expect(text).toContain(`href="/">http://kitchen.local:${served.server.port}</a>`)
    for (const path of ['/ca', '/ca/home-energy.crt', '/ca/home-energy.pem'])
      expect((await at(served, path)).status).toBe(404)
    expect(await setupOf(served)).toEqual({
      setupUrl: `http://kitchen.local:${served.server.port}/setup`,
      hasHttps: false,
      isWanted: false,
    })
  })

  it('the address that phones can use is told where this machine has no name for them', async () => {
    const served = await openServer({ hostNames: [], addresses: ['192.168.1.20'] })
    expect((await setupOf(served)).setupUrl).toBe(`http://192.168.1.20:${served.server.port}/setup`)
  })
})

describe.skipIf(!hasOpenssl)('https (skipped where OpenSSL is not installed)', () => {
  it('is served beside plain http by the same server, and trusted through the root alone', async () => {
    const served = await homeWithHttps()
    const { status, text, headers } = await overHttps(served, served.tlsFolder, '/api/health')
    expect([status, JSON.parse(text).commit]).toEqual([200, 'abc1234'])
    expect(headers['strict-transport-security']).toBeUndefined()
    expect((await served.get('/api/health')).status).toBe(200)
    await expect(overHttps(served, served.tlsFolder, '/', 'other.local')).rejects.toThrow(/altnames/)
    await expect(overHttps(served, makeCertificates(temporaryFolder()), '/')).rejects.toThrow(
      /certificate|signature/,
    )
  })

  it('begins without a restart when the certificate appears', async () => {
    const scratch = temporaryFolder()
    const served = await openServer({ settings: { ...HTTPS, tlsFolder: join(scratch, 'https') } })
    expect(served.server.https()).toBeUndefined()
    const tlsFolder = makeCertificates(scratch)
    await served.server.lookForCertificate()
    expect((await overHttps(served, tlsFolder, '/')).status).toBe(200)
    expect(served.logged.join()).toMatch(/https on port \d+/)
  })

  it('shows the renewed certificate without a restart, and keeps the port', async () => {
    const served = await homeWithHttps()
    const { serial } = await overHttps(served, served.tlsFolder, '/')
    const port = served.server.https()?.port
    runCertificate(
      served.tlsFolder,
      machineCalled(served.folder, { name: 'kitchen', addresses: ['192.168.1.99'] }),
    )
    await served.server.lookForCertificate()
    expect((await overHttps(served, served.tlsFolder, '/')).serial).not.toBe(serial)
    expect(served.server.https()).toMatchObject({
      port,
      names: ['kitchen.local', 'localhost', '192.168.1.99'],
    })
  })

  it('goes on with the certificate it has when the files are taken away or do not fit each other', async () => {
    const served = await homeWithHttps()
    const other = makeCertificates(temporaryFolder())
    copyFileSync(join(other, 'server.pem'), join(served.tlsFolder, 'server.pem'))
    await served.server.lookForCertificate()
    await served.server.lookForCertificate()
    expect((await overHttps(served, served.tlsFolder, '/')).status).toBe(200)
    expect(served.logged.filter((line) => line.includes('is not signed by'))).toHaveLength(1)
    rmSync(join(served.tlsFolder, 'server.pem'))
    await served.server.lookForCertificate()
    expect((await overHttps(served, served.tlsFolder, '/')).status).toBe(200)
  })

  it('is closed with the server', async () => {
    const served = await homeWithHttps()
    const port = served.server.https()?.port ?? 0
    const knock = () => once(createConnection(port, '127.0.0.1'), 'connect')
    await knock()
    await served.close()
    await expect(knock()).rejects.toThrow('ECONNREFUSED')
  })

  it('does without the port when it is taken, says so once, and plain http is served', async () => {
    const first = await homeWithHttps()
    const served = await homeWithHttps({ httpsPort: first.server.https()?.port })
    await served.server.lookForCertificate()
    expect(served.server.https()).toBeUndefined()
    expect(served.logged.filter((line) => line.includes('EADDRINUSE'))).toHaveLength(1)
    expect((await served.get('/api/health')).status).toBe(200)
    await first.close()
    await served.server.lookForCertificate()
    expect(served.server.https()).toBeDefined()
  })

  it('is asked for a login with a cookie that plain http can neither read nor replace', async () => {
    const served = await homeWithHttps({ householdPassword: 'four plain words' })
    const { status } = await overHttps(served, served.tlsFolder, '/api/now')
    expect(status).toBe(401)
    const proxied = await served.get('/login', {
      method: 'POST',
      headers: {
        origin: served.url,
        'x-forwarded-proto': 'https',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'password=four+plain+words',
      redirect: 'manual',
    })
    expect(proxied.headers.get('set-cookie')).toMatch(
      /^__Host-home-energy=.*Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
  })
})

describe.skipIf(!hasOpenssl)('/setup (skipped where OpenSSL is not installed)', () => {
  const page = async (userAgent: string) => {
    const served = await homeWithHttps()
    return { served, ...(await at(served, '/setup', { 'user-agent': userAgent })) }
  }

  it.each([
    ['an iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)', 'Certificate Trust Settings'],
    ['Android', 'Mozilla/5.0 (Linux; Android 15; Pixel 8)', 'CA certificate'],
    ['a computer', 'Mozilla/5.0 (X11; Linux x86_64)', 'keychain'],
  ])('leads %s through its own steps first, the others being folded away', async (_, userAgent, step) => {
    const { text } = await page(userAgent)
    const open = text.split('<details')[0] ?? ''
    expect(open).toContain('href="/ca/home-energy.crt"')
    expect(open).toContain(step)
    expect(text.match(/<details data-platform/g)).toHaveLength(2)
    expect(text).toContain('tailscale serve --bg')
  })

  it('says what to compare, and where the check goes, and may connect there and nowhere else', async () => {
    const { served, text } = await page('iPhone')
    const { fingerprint256 } = new X509Certificate(readFileSync(join(served.tlsFolder, 'root.crt')))
    expect(text).toContain(fingerprint256)
    const origin = `https://kitchen.local:${served.server.https()?.port}`
    expect(text).toContain(`data-origins="${origin}"`)
    expect(/^content-security-policy: (.*)$/im.exec(text)?.[1]).toContain(`connect-src 'self' ${origin};`)
    expect(/^content-security-policy: (.*)$/im.exec(text)?.[1]).toContain("script-src 'self';")
    expect(text).not.toMatch(/<script>|style=|onclick/)
  })

  it('tries the address that the phone came by too, where the certificate vouches for it', async () => {
    const served = await homeWithHttps()
    const port = served.server.https()?.port
    const { text } = await raw(served.server.port, (socket) =>
      socket.write('GET /setup HTTP/1.1\r\nHost: 192.168.1.20:5050\r\nConnection: close\r\n\r\n'),
    )
    expect(text).toContain(`data-origins="https://kitchen.local:${port} https://192.168.1.20:${port}"`)
    const other = await raw(served.server.port, (socket) =>
      socket.write('GET /setup HTTP/1.1\r\nHost: 10.9.9.9\r\nConnection: close\r\n\r\n'),
    )
    expect(other.text).toContain(`data-origins="https://kitchen.local:${port}"`)
  })

  it('offers the root in the forms that phones and computers take it, and nothing of its key', async () => {
    const served = await homeWithHttps()
    const root = new X509Certificate(readFileSync(join(served.tlsFolder, 'root.crt')))
    for (const path of ['/ca', '/ca/home-energy.crt']) {
      const response = await served.get(path)
      expect(response.headers.get('content-type')).toBe('application/x-x509-ca-cert')
      const bytes = Buffer.from(await response.arrayBuffer())
      expect(new X509Certificate(bytes).fingerprint256).toBe(root.fingerprint256)
      expect(bytes.equals(root.raw)).toBe(true)
    }
    const pem = await served.get('/ca/home-energy.pem')
    expect(pem.headers.get('content-type')).toBe('application/x-pem-file')
    expect(await pem.text()).toBe(root.toString())
    const secrets = ['root.key', 'server.pem'].map(
      (name) => readFileSync(join(served.tlsFolder, name), 'utf8').split('\n')[1] ?? '',
    )
    const paths = [
      ...API_ROUTES.filter((path) => path !== '/api/events'),
      '/',
      '/setup',
      '/ca/home-energy.pem',
    ]
    for (const path of [...paths, '/ca/root.key', '/https/root.key', '/setup/../https/server.pem'])
      for (const secret of secrets)
        expect([path, (await (await served.get(path)).text()).includes(secret)]).toEqual([path, false])
  })

  it('over https goes on to the install', async () => {
    const served = await homeWithHttps()
    const { text } = await overHttps(served, served.tlsFolder, '/setup')
    expect(text).toContain('<link rel="manifest" href="/manifest.webmanifest">')
    expect(text).toContain('id="install"')
    expect(text).not.toContain('/ca/home-energy.crt')
  })

  it('has one thing that another origin may load, which says nothing, and no other', async () => {
    const served = await homeWithHttps()
    const { status, headers, text } = await overHttps(served, served.tlsFolder, '/setup/works')
    expect([status, text, headers['cross-origin-resource-policy']]).toEqual([204, '', 'cross-origin'])
    for (const path of ['/setup', '/api/health', '/ca', '/setup/qr.svg', '/', '/setup/works/']) {
      const response = await served.get(path)
      expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  it('is wanted on the kitchen screen until a phone uses the app over https, also after a restart', async () => {
    const served = await homeWithHttps()
    expect(await setupOf(served)).toMatchObject({ hasHttps: true, isWanted: true })
    await overHttps(served, served.tlsFolder, '/setup')
    expect(await setupOf(served)).toMatchObject({ isWanted: true })
    await overHttps(served, served.tlsFolder, '/api/mirror')
    expect(await setupOf(served)).toMatchObject({ isWanted: false })
    await served.close()
    const again = await openServer({
      settings: { ...HTTPS, tlsFolder: served.tlsFolder, sqlitePath: join(served.folder, 'cache.sqlite') },
    })
    expect(await setupOf(again)).toMatchObject({ hasHttps: true, isWanted: false })
  })

  it('shows its address as a QR code', async () => {
    const served = await homeWithHttps()
    const response = await served.get('/setup/qr.svg')
    expect(response.headers.get('content-type')).toBe('image/svg+xml')
    expect(await response.text()).toMatch(/^<svg xmlns=/)
  })
})

// A phone and its Pi over https: a real Chromium that trusts the root that pi/https.sh made, and nothing else of ours.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../backend/temporary.ts'
import { forge, makeCertificates } from '../certificates.ts'
import { type Home, openHome, whenKept } from './home.ts'
import { missingForTrust, trustingBrowser } from './trusting-browser.ts'

const NAME = 'kitchen.local'
const SKIPPED = missingForTrust && ` (skipped: this machine has no ${missingForTrust})`
const NOW = '2026-03-10T17:02:40+11:00'

async function homeWithHttps(): Promise<{
  home: Home
  tlsFolder: string
  root: string
  https: string
  http: string
}> {
  const tlsFolder = makeCertificates(temporaryFolder())
  const home = await openHome({ now: NOW, hostNames: [NAME], settings: { httpsPort: 0, tlsFolder } })
  onTestFinished(home.close)
  return {
    home,
    tlsFolder,
    root: join(tlsFolder, 'root.crt'),
    https: `https://${NAME}:${home.httpsPort()}`,
    http: `http://${NAME}:${new URL(home.url).port}`,
  }
}

/** What Chromium itself says is missing before it would install the app. */
async function installFaults(page: Page): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page)
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
  return installabilityErrors.map(({ errorId }) => errorId)
}

async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

describe.skipIf(missingForTrust)(`https${SKIPPED}`, () => {
  it('lets a phone that trusts the root keep and install the app, and open it when the Pi is gone', async () => {
    const { home, root, https } = await homeWithHttps()
    const context = await trustingBrowser({ root, names: [NAME] })
    const page = await context.newPage()
    await page.clock.install({ time: home.clock.now })
    await page.goto(https)
    expect(await page.evaluate(() => isSecureContext)).toBe(true)
    await page.getByText('Live.').first().waitFor()
    await whenKept(page)
    expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.scriptURL)).toBe(
      `${https}/service-worker.js`,
    )
    expect(await installFaults(page)).toEqual([])
    const price = await page.locator('.num').first().textContent()

    await home.stop()
    await page.reload()
    await page
      .getByText(/can.t be reached/)
      .first()
      .waitFor()
    expect(await page.locator('.num').first().textContent()).toBe(price)
  })

  it('is nothing to a phone that does not trust the root: plain http shows prices, and keeps no app', async () => {
    const { home, https, http } = await homeWithHttps()
    const context = await trustingBrowser({ names: [NAME] })
    const page = await context.newPage()
    await page.clock.install({ time: home.clock.now })
    await expect((await context.newPage()).goto(https)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID')
    await page.goto(http)
    await page.getByText('Live.').first().waitFor()
    expect(await page.evaluate(() => isSecureContext || 'serviceWorker' in navigator)).toBe(false)
    expect(await page.getByText(/HTTPS is not set up/).count()).toBe(1)
  })

  it('cannot be forged with the stolen root for any other name, though for this one it can', async () => {
    const { tlsFolder, root } = await homeWithHttps()
    const names = ['bank.example', 'www.bank.example', 'other.local', NAME]
    const context = await trustingBrowser({ root, names })
    for (const name of names) {
      const forged = forge(tlsFolder, temporaryFolder(), `DNS:${name}`)
      const pem = (file: string) => readFileSync(join(forged, file))
      const thief = createServer({ key: pem('key'), cert: pem('crt') }, (_, response) =>
        response.end('forged'),
      )
      await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve))
      onTestFinished(() => void thief.close().closeAllConnections())
      const visit = (await context.newPage()).goto(
        `https://${name}:${(thief.address() as AddressInfo).port}/`,
      )
      if (name === NAME) expect((await visit)?.status()).toBe(200)
      else await expect(visit).rejects.toThrow(/ERR_CERT_(INVALID|NAME_CONSTRAINT_VIOLATION)/)
    }
  })
})

describe.skipIf(missingForTrust)(`/setup${SKIPPED}`, () => {
  const open = async (trusts: boolean) => {
    const opened = await homeWithHttps()
    const context = await trustingBrowser({ names: [NAME], ...(trusts && { root: opened.root }) })
    const page = await context.newPage()
    const blocked: string[] = []
    page.on(
      'console',
      (message) => /Content Security Policy/.test(message.text()) && blocked.push(message.text()),
    )
    await page.goto(`${opened.http}/setup`)
    return { ...opened, page, blocked }
  }

  it('notices by itself that the phone trusts the Pi, and leads on to the install', async () => {
    const { page, https, blocked } = await open(true)
    await page.getByText('It works').waitFor()
    expect(await serious(page)).toEqual([])
    await page.getByText('Go on and install').click()
    await page.waitForURL(`${https}/setup`)
    expect(await page.locator('h1').textContent()).toContain('knows your Pi')
    expect(await installFaults(page)).toEqual([])
    expect(await serious(page)).toEqual([])
    await page.getByRole('link', { name: 'Open the app' }).click()
    await page.waitForURL(`${https}/`)
    expect(blocked).toEqual([])
  })

  it('says what may be missing when the phone does not trust the Pi yet', async () => {
    const { page, https, blocked } = await open(false)
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByText('Not yet.').waitFor()
    expect(await page.getByRole('link', { name: `${https}/setup` }).count()).toBe(1)
    expect(await serious(page)).toEqual([])
    expect(blocked).toEqual([])
  })

  it('can be read without a script', async () => {
    const { root, http, https } = await homeWithHttps()
    const context = await trustingBrowser({ root, names: [NAME] })
    await context.route('**/setup.js', (route) => route.abort())
    const page = await context.newPage()
    await page.goto(`${http}/setup`)
    const link = page.getByRole('link', { name: `${https}/setup` })
    await link.click()
    await page.getByText('knows your Pi').waitFor()
    await page.getByRole('link', { name: 'Open the app' }).click()
    await page.waitForURL(`${https}/`)
  })
})

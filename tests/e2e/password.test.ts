// A home with a password, as a phone meets it: the login, the app that stays, and a login that has ended.
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../backend/temporary.ts'
import { launchBrowser } from '../browser.ts'
import { makeCertificates } from '../certificates.ts'
import { type Home, openHome, visit, whenKept } from './home.ts'
import { missingForTrust, trustingBrowser } from './trusting-browser.ts'

const NAME = 'kitchen.local'
const PASSWORD = 'four plain words'
const NOW = '2026-03-10T17:02:40+11:00'
const SKIPPED = missingForTrust && ` (skipped: this machine has no ${missingForTrust})`

async function homeWithPassword() {
  const tlsFolder = makeCertificates(temporaryFolder())
  const home = await openHome({
    now: NOW,
    hostNames: [NAME],
    settings: { httpsPort: 0, tlsFolder, householdPassword: PASSWORD },
  })
  onTestFinished(home.close)
  return { home, root: join(tlsFolder, 'root.crt'), https: `https://${NAME}:${home.httpsPort()}` }
}

async function phone(home: Home, root: string): Promise<Page> {
  const page = await (await trustingBrowser({ root, names: [NAME] })).newPage()
  await page.clock.install({ time: home.clock.now })
  return page
}

async function logIn(page: Page, password: string): Promise<void> {
  await page.getByLabel('Household password').fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
}

const says = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor()

describe.skipIf(missingForTrust)(`a home with a password${SKIPPED}`, () => {
  it('asks a phone once; then the app is kept, can be installed, and opens without the Pi', async () => {
    const { home, root, https } = await homeWithPassword()
    const page = await phone(home, root)
    await page.goto(https)
    expect(new URL(page.url()).pathname).toBe('/login')
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
    await logIn(page, 'some other words')
    await says(page, 'not the password of this home')
    await logIn(page, PASSWORD)
    await says(page, 'Live.')
    await whenKept(page)
    const devtools = await page.context().newCDPSession(page)
    expect((await devtools.send('Page.getInstallabilityErrors')).installabilityErrors).toEqual([])
    expect(await page.evaluate(() => document.cookie)).toBe('')

    await page.reload()
    await says(page, 'Live.')
    await home.stop()
    await page.reload()
    await says(page, /can.t be reached/)
    expect(await page.locator('.num').count()).toBe(1)
  })

  it('whose login has ended shows what it has, and leads to the login', async () => {
    const { home, root, https } = await homeWithPassword()
    const page = await phone(home, root)
    await page.goto(https)
    await logIn(page, PASSWORD)
    await says(page, 'Live.')
    await whenKept(page)
    await page.context().clearCookies()
    await page.reload()
    await says(page, 'This home has a password.')
    expect(await page.locator('.num').count()).toBe(1)
    await page.getByRole('link', { name: 'Log in' }).click()
    await logIn(page, PASSWORD)
    await says(page, 'Live.')
    expect(await page.getByText('This home has a password.').count()).toBe(0)
  })
})

describe('a home with a password, at its own screen', () => {
  it('is open', async () => {
    const home = await openHome({ now: NOW, settings: { householdPassword: PASSWORD } })
    onTestFinished(home.close)
    const browser = await launchBrowser()
    onTestFinished(() => browser.close())
    const { page, complaints } = await visit(browser, home, {
      width: 800,
      height: 480,
      path: '/?view=kitchen',
    })
    await says(page, 'Live.')
    expect(await page.getByText('password').count()).toBe(0)
    expect(complaints).toEqual([])
  })
})

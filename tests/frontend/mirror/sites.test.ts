// Two sites of one account on one device: each in a copy of its own, the household's own as it always was.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { SiteAnswer } from '#domain/contract.ts'
import type { Household } from '#domain/household.ts'
import { HOUSEHOLD, liveFrom, NOW_MS, SOON } from './home.ts'
import { controlled, controlledPage, isLost, openPage, pi, shows, useStateLab, view } from './state-lab.ts'

useStateLab()

const NAME = 'Jemena, since 16\u00a0June 2025'
const JEMENA: Household = {
  ...HOUSEHOLD,
  siteId: 'JEMENA',
  network: 'Jemena',
  timeZone: 'Australia/Brisbane',
}

const answerOf = ({ siteId, network, timeZone }: Household, more: Partial<SiteAnswer>): SiteAnswer => ({
  siteId,
  network,
  timeZone,
  status: 'active',
  intervalMinutes: 30,
  channels: [],
  isDefault: false,
  ...more,
})
const SITES = [
  answerOf(HOUSEHOLD, { isDefault: true, activeFrom: '2025-07-01' }),
  answerOf(JEMENA, { activeFrom: '2025-06-16' }),
]

function haveTwoSites(): void {
  pi.saveOther(JEMENA, liveFrom(NOW_MS, 70))
  pi.tellSites(SITES)
}

const another = (page: Page) => page.evaluate(() => window.statePage.state.another())
const databases = (page: Page) =>
  page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).sort())
const prices = (page: Page) =>
  page.evaluate(() => [...new Set(window.statePage.views.flatMap((one) => one.price?.text ?? []))])

describe('a page of another site', () => {
  it('shows that one’s prices and says whose they are, beside a page that shows the household’s', async () => {
    haveTwoSites()
    const own = await controlledPage()
    const other = await openPage('&site=JEMENA')
    await shows(other, '70c')
    expect(await another(other)).toEqual({ name: NAME, own: HOUSEHOLD })
    expect((await view(other)).clock).toBe('9:02')
    expect(await another(own)).toBeUndefined()
    await Promise.all([own.reload(), other.reload()])
    await Promise.all([shows(own, '24c'), shows(other, '70c')])
    // Not for a moment the other's, neither from the copy nor from an answer.
    expect(await prices(own)).toEqual(['24c'])
    expect(await prices(other)).toEqual(['70c'])
    expect(await databases(own)).toEqual(['home-energy', 'home-energy JEMENA'])
  })

  it('hears of its news, and the household’s copy is kept up beside it', async () => {
    haveTwoSites()
    const other = await controlledPage().then(() => openPage('&site=JEMENA'))
    await shows(other, '70c')
    pi.saveLive(liveFrom(NOW_MS, 31))
    pi.saveOther(JEMENA, liveFrom(NOW_MS, 71))
    await shows(other, '71c')
    await pi.stop()
    await shows(await openPage(), '31c')
  })

  it('opens without the Pi once it was seen, and not with the numbers of the one that was seen instead', async () => {
    haveTwoSites()
    const page = await controlledPage()
    const other = await openPage('&site=JEMENA')
    await shows(other, '70c')
    await pi.stop()
    await other.reload()
    await isLost(other)
    expect((await view(other)).price?.text).toBe('70c')
    expect(await another(other)).toMatchObject({ name: NAME })
    await page.reload()
    await shows(page, '24c')
  })

  it('that was never seen has no numbers without the Pi', async () => {
    haveTwoSites()
    await controlledPage()
    await pi.stop()
    const other = await openPage('&site=JEMENA')
    await isLost(other)
    expect((await view(other)).price).toBeUndefined()
    expect(await prices(other)).toEqual([])
  })

  it('named by the household’s own id is the household’s, in one copy', async () => {
    haveTwoSites()
    const page = await openPage(`&site=${HOUSEHOLD.siteId}`)
    await shows(page, '24c')
    await page.reload()
    await shows(page, '24c')
    expect(await another(page)).toBeUndefined()
    await controlled(page)
    await pi.stop()
    await page.reload()
    await isLost(page)
    expect((await view(page)).price?.text).toBe('24c')
  })

  it('writes settings for the household, and every page of it has them', async () => {
    haveTwoSites()
    const own = await controlledPage()
    const other = await openPage('&site=JEMENA')
    await shows(other, '70c')
    await pi.stop()
    await other.evaluate(() => window.statePage.state.settings.write({ billingDay: 17 }))
    for (const page of [own, other])
      await page.waitForFunction(() => window.statePage.state.settings.current().billingDay === 17)
    await pi.start()
    await expect.poll(() => pi.settings().billingDay?.value, SOON).toBe(17)
  })
})

describe('a site that the account does not have', () => {
  it('cannot be told from one that it has by a Pi that tells of none', async () => {
    haveTwoSites()
    const page = await openPage('&site=JEMENA')
    await shows(page, '70c')
    pi.tellSites([])
    await page.evaluate(() => window.statePage.state.askSites())
    await page.reload()
    await shows(page, '70c')
  })

  it('is said in one sentence, and nothing is kept under its name', async () => {
    haveTwoSites()
    const page = await openPage('&site=NOWHERE')
    await page.waitForFunction(() => window.statePage.state.another()?.unknown !== undefined)
    expect((await view(page)).sentences.full).toBe('This account has no site NOWHERE.')
    expect(await prices(page)).toEqual([])
    await expect.poll(() => databases(page), SOON).toEqual(['home-energy'])
    await controlled(page)
    await pi.stop()
    await page.reload()
    await isLost(page)
    expect((await view(page)).sentences.full).toBe(
      'This device knows of no site NOWHERE, and your Pi can’t be reached.',
    )
  })

  it('any more loses what was kept of it', async () => {
    haveTwoSites()
    const page = await openPage('&site=JEMENA')
    await shows(page, '70c')
    pi.loseOther('JEMENA')
    pi.tellSites(SITES.slice(0, 1))
    pi.saveLive(liveFrom(NOW_MS, 25))
    await page.waitForFunction(() => window.statePage.state.another()?.unknown !== undefined)
    expect((await view(page)).price).toBeUndefined()
    // It is said at once; the copy goes right after.
    await expect.poll(() => databases(page), SOON).toEqual(['home-energy'])
  })

  it('yet is there by itself when it has come', async () => {
    pi.tellSites(SITES.slice(0, 1))
    const page = await openPage('&site=JEMENA')
    await page.waitForFunction(() => window.statePage.state.another()?.unknown !== undefined)
    haveTwoSites()
    await shows(page, '70c')
  })
})

describe('a copy from before there were several sites', () => {
  it('stays the household’s: nothing is fetched anew and nothing is lost', async () => {
    haveTwoSites()
    const page = await controlledPage()
    const kept = () =>
      page.evaluate(
        () =>
          new Promise<{ version: number; days: number }>((resolve) => {
            const request = indexedDB.open('home-energy')
            request.onsuccess = () => {
              const { result } = request
              const days = result.transaction('priceDays').objectStore('priceDays').count()
              days.onsuccess = () => {
                resolve({ version: result.version, days: days.result })
                result.close()
              }
            }
          }),
      )
    const before = await kept()
    const asked = pi.mirrorAsked().length
    const other = await openPage('&site=JEMENA')
    await shows(other, '70c')
    expect(await kept()).toEqual(before)
    expect(before.version).toBe(1)
    const ofOwn = pi
      .mirrorAsked()
      .slice(asked)
      .filter(({ query }) => query.site === undefined)
    expect(ofOwn.length).toBeGreaterThan(0)
    expect(ofOwn.every(({ query }) => query.since !== undefined)).toBe(true)
  })

  it('is kept up by the worker, which is asked for nothing that an older one does not know', async () => {
    haveTwoSites()
    const page = await controlledPage()
    const other = await openPage('&site=JEMENA')
    await shows(other, '70c')
    const asked = pi.mirrorAsked().length
    pi.saveLive(liveFrom(NOW_MS, 33))
    pi.saveOther(JEMENA, liveFrom(NOW_MS, 71))
    await Promise.all([shows(page, '33c'), shows(other, '71c')])
    const later = pi.mirrorAsked().slice(asked)
    const isByWorker = (site: string | undefined) =>
      new Set(later.filter(({ query }) => query.site === site).map(({ byWorker }) => byWorker))
    expect(isByWorker(undefined)).toEqual(new Set([true]))
    expect(isByWorker('JEMENA')).toEqual(new Set([false]))
  })
})

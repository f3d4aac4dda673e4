// An account with two homes and the closed one before them: each has its address, with the Pi and without it.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import type { NowAnswer, SettingsAnswer } from '../../backend/domain/contract.ts'
import { settingsOf } from '../../backend/domain/settings/settings-record.ts'
import { DEMO_SITE, type SimulatedSite, VICTORIAN_SITE } from '../../backend/simulator/sites.ts'
import { type Home, newCustomer, whenKept } from './home.ts'
import { BOARD, ownPi, PHONE, says } from './own-pi.ts'

const NOW = '2026-03-10T09:02:40+11:00'
const SYDNEY = newCustomer(DEMO_SITE, NOW)
/** The older of the two, so not the household's own by itself. */
const MELBOURNE: SimulatedSite = { ...VICTORIAN_SITE, activeFrom: '2026-03-05' }
const OLD: SimulatedSite = {
  ...DEMO_SITE,
  id: '01HZ0F5V7QH3T9M2K6XW8RBOLD',
  status: 'closed',
  activeFrom: '2026-02-20',
  closedOn: '2026-02-26',
}
const MELBOURNE_NAME = /^Jemena, since 5\sMarch 2026$/

vi.setConfig({ testTimeout: 240_000 })

const { openPi, open: openScreen } = ownPi({ now: NOW, sites: [OLD, SYDNEY, MELBOURNE] })
const open = (pi: Home, path: string, size = PHONE) => openScreen(pi, { ...size, path })

const SLOW = { timeout: 20_000 }
const whose = (page: Page) => page.getByRole('complementary', { name: 'Which site' })
const isOf = (page: Page, name: string | RegExp) => whose(page).getByText(name).waitFor()
const figure = (page: Page) => page.locator('.price .num').first().textContent()
const search = (page: Page) => new URL(page.url()).searchParams.get('site')
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()

/** As the figure shows it. */
async function centsOf({ url }: Home, site?: string): Promise<string> {
  const answer = await fetch(`${url}/api/now${site ? `?site=${site}` : ''}`)
  const { channels } = (await answer.json()) as NowAnswer
  return String(Math.round(channels.general!.centsPerKwh!))
}

describe.each([
  ['a phone', PHONE],
  ['a wide screen', BOARD],
])('on %s', (_, size) => {
  it('another site is opened from the settings, named on every screen, kept by every link, and there without the Pi', async () => {
    const pi = await openPi()
    const [own, other] = [await centsOf(pi), await centsOf(pi, MELBOURNE.id)]
    expect(own).not.toBe(other)
    const { page, complaints } = await open(pi, '/settings?part=home', size)
    await page.getByText('The same for every site of the account.').waitFor()
    await page.getByRole('link', { name: MELBOURNE_NAME }).click()
    await isOf(page, MELBOURNE_NAME)
    await expect.poll(() => figure(page), SLOW).toBe(other)
    expect(search(page)).toBe(MELBOURNE.id)
    await whenKept(page)
    for (const [tab, path] of [
      ['Usage', '/usage'],
      ['Plan', '/plan'],
      ['Worth it', '/worth'],
      ['Status', '/status'],
    ] as const) {
      await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: tab }).click()
      await page.waitForURL(`**${path}?site=${MELBOURNE.id}`)
      await isOf(page, MELBOURNE_NAME)
    }
    await page.goto(`${pi.url}/usage?period=week&site=${MELBOURNE.id}`)
    await page.locator('.calendar, .cells, table').first().waitFor()
    const told = await page.locator('h1').textContent()

    await pi.stop()
    await page.reload()
    await page.getByRole('heading', { level: 1, name: told! }).waitFor()
    await isOf(page, MELBOURNE_NAME)
    await page.goto(`${pi.url}/?site=${MELBOURNE.id}`)
    await expect.poll(() => figure(page), SLOW).toBe(other)
    await whose(page).getByRole('link', { name: 'Your own site' }).click()
    await expect.poll(() => figure(page), SLOW).toBe(own)
    expect(await whose(page).count()).toBe(0)
    await page.goto(`${pi.url}/?site=${SYDNEY.id}`)
    await expect.poll(() => figure(page), SLOW).toBe(own)
    expect(await whose(page).count()).toBe(0)
    expect(complaints).toEqual([])
  })
})

it('the closed one says that it is, and its usage is that of its last days', async () => {
  const pi = await openPi()
  for (let run = 0; run < 3; run++) {
    pi.clock.now += 5 * 60_000
    await pi.sync()
  }
  const { page, complaints } = await open(pi, `/?site=${OLD.id}`)
  await isOf(page, /^Ausgrid, closed 26\sFebruary 2026$/)
  await says(page, /^Closed 26\sFebruary 2026\. Its history is under Usage\.$/)
  expect(await page.locator('.price .num').count()).toBe(0)
  await page.getByRole('link', { name: 'Usage' }).click()
  await says(page, /February/)
  await page.getByRole('link', { name: 'Worth it' }).click()
  await isOf(page, /closed/)
  expect(complaints).toEqual([])
})

it('one that the account does not have is said to be none, with the way back', async () => {
  const pi = await openPi()
  const { page } = await open(pi, '/usage?site=01HNOWHERE')
  await says(page, 'This account has no site 01HNOWHERE.')
  expect(await page.locator('.price .num').count()).toBe(0)
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await page.getByRole('link', { name: 'Your own site' }).click()
  await expect.poll(() => figure(page), SLOW).toBe(await centsOf(pi))
})

it('on the wall the site is named, nothing can be pressed for it, and nothing is cut off', async () => {
  const pi = await openPi()
  const { page } = await open(pi, `/?view=kitchen&dim=off&site=${MELBOURNE.id}`, BOARD)
  await isOf(page, MELBOURNE_NAME)
  await expect.poll(() => figure(page), SLOW).toBe(await centsOf(pi, MELBOURNE.id))
  expect(await whose(page).getByRole('link').count()).toBe(0)
  const over = await page.evaluate(() => {
    const { right, bottom } = document.querySelector('.board .status')!.getBoundingClientRect()
    return [right <= innerWidth + 2, bottom <= innerHeight + 2, document.documentElement.scrollHeight]
  })
  expect(over).toEqual([true, true, BOARD.height])
})

it('the household’s own is chosen in the settings, on every device, and the one before has its address', async () => {
  const pi = await openPi()
  const phone = await open(pi, '/settings?part=home')
  const tablet = await open(pi, '/', BOARD)
  await expect.poll(() => figure(tablet.page), SLOW).toBe(await centsOf(pi, SYDNEY.id))
  await press(phone.page, MELBOURNE_NAME)
  await press(phone.page, 'Save')
  const chosen = async () =>
    settingsOf(((await (await fetch(`${pi.url}/api/settings`)).json()) as SettingsAnswer).record).siteId
  await expect.poll(chosen, SLOW).toBe(MELBOURNE.id)
  await expect.poll(() => figure(tablet.page), SLOW).toBe(await centsOf(pi, MELBOURNE.id))
  expect(await whose(tablet.page).count()).toBe(0)
  await tablet.page.goto(`${pi.url}/?site=${SYDNEY.id}`)
  await isOf(tablet.page, /^Ausgrid, since/)
  await expect.poll(() => figure(tablet.page), SLOW).toBe(await centsOf(pi, SYDNEY.id))
})

it('a site that AMBER_SITE_ID names is not chosen here, and the screen says so', async () => {
  const pi = await openPi({ siteId: MELBOURNE.id })
  const { page } = await open(pi, '/settings?part=home')
  await page.getByText(/names the site, AMBER_SITE_ID: Jemena, since 5\sMarch 2026\./).waitFor()
  expect(await page.getByRole('button', { name: /Jemena|Ausgrid/ }).count()).toBe(0)
})

it('an account with one site shows no more of it than it ever did', async () => {
  const pi = await openPi({ sites: [SYDNEY] })
  const { page } = await open(pi, '/settings?part=home')
  await page.getByRole('button', { name: 'Ausgrid', exact: true }).waitFor()
  expect(await page.getByText('Without changing that').count()).toBe(0)
  expect(await whose(page).count()).toBe(0)
})

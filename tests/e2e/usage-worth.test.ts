// Usage and Worth it? in a hand and on the wall, with the Pi and without it.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { SettingsAnswer } from '../../backend/domain/contract.ts'
import type { DemandCharge } from '../../backend/domain/money/demand.ts'
import type { Settings } from '../../backend/domain/settings/settings.ts'
import { settingsOf, withWritten } from '../../backend/domain/settings/settings-record.ts'
import { DEMO_SITE } from '../../backend/simulator/sites.ts'
import { launchBrowser } from '../browser.ts'
import { type Home, MINUTE, openHome, type Visit, visit, whenKept } from './home.ts'

const SIZES = [
  ['on a phone', { width: 390, height: 844 }, ''],
  ['on the wall', { width: 800, height: 480 }, 'view=kitchen'],
] as const
type Size = (typeof SIZES)[number][1]

// Each is a long walk, on a machine that has other work.
vi.setConfig({ testTimeout: 120_000 })

let browser: Browser
let home: Home
beforeAll(async () => {
  browser = await launchBrowser()
  // Two months, and little to fetch.
  home = await openHome({
    now: '2026-03-10T17:02:40+11:00',
    site: { ...DEMO_SITE, activeFrom: '2026-02-22' },
  })
})
afterAll(async () => {
  await home.close()
  await browser.close()
})

async function open(size: Size, path: string): Promise<Visit> {
  const opened = await visit(browser, home, { ...size, path })
  onTestFinished(() => opened.context.close())
  return opened
}

async function withoutPi(journey: () => Promise<void>): Promise<void> {
  await home.stop()
  let isOver = false
  onTestFinished(() => (isOver ? undefined : home.start()))
  await journey()
  await home.start()
  isOver = true
}

const SLOW = { timeout: 20_000 }
const says = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name }).waitFor(SLOW)
const shows = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor(SLOW)
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })
const sentence = async (page: Page) => (await page.locator('h1').textContent()) ?? ''
const asked = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)

const record = async () => ((await (await fetch(`${home.url}/api/settings`)).json()) as SettingsAnswer).record
const onPi = async (): Promise<Settings> => settingsOf(await record())

/** Said beside the field and of it: to who sees it and to who hears it. */
async function isSaidAt(page: Page, name: string, problem: string): Promise<void> {
  const described = await field(page, name).evaluate((input) => ({
    isInvalid: input.getAttribute('aria-invalid'),
    words: (input.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent),
  }))
  expect(described.isInvalid).toBe('true')
  expect(described.words).toContain(problem)
  const [box, said] = [
    await field(page, name).boundingBox(),
    await page.getByText(problem, { exact: true }).first().boundingBox(),
  ]
  expect(said!.y - (box!.y + box!.height)).toBeLessThan(24)
}

describe.each(SIZES)('usage %s', (_, size, view) => {
  it('goes from a month to its days, to another month and to the year; without the Pi the address shows the same', async () => {
    const { page, complaints } = await open(size, `/usage?${view}`)
    await says(page, /^March so far: \$\d+\.\d\d of energy for \d+ kWh\.$/)
    const march = await sentence(page)

    const day = (name: RegExp) => page.locator('.calendar').getByRole('link', { name })
    await day(/Thursday 5\sMarch/).click()
    await page.getByRole('heading', { level: 2, name: 'Thursday 5' }).waitFor()
    await day(/Friday 6\sMarch/).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 2, name: 'Friday 6' }).waitFor()
    expect(asked(page, 'day')).toBe('2026-03-06')
    expect(await day(/Friday 6\sMarch/).getAttribute('aria-current')).toBe('true')
    expect(await page.getByRole('img', { name: /^Friday 6\sMarch: \$\d/ }).count()).toBe(1)
    const table = page.getByRole('region', { name: 'The day by half hours' })
    await table.getByRole('button').press('Enter')
    expect(await table.locator('tbody tr').count()).toBe(48)

    await page.getByRole('link', { name: /^Earlier: Feb/ }).click()
    await says(page, /^February: \$/)
    await page.getByRole('link', { name: /^Later: Mar/ }).click()
    await says(page, march)
    await press(page, 'Year')
    await says(page, /^2026 so far: \$/)
    await page
      .locator('.calendar')
      .getByRole('link', { name: /February/ })
      .click()
    await says(page, /^February: \$/)
    await page.goBack()
    await says(page, /^2026 so far: \$/)
    await page.goForward()
    await day(/Thursday 26\sFebruary/).click()
    await page.getByRole('heading', { level: 2, name: 'Thursday 26' }).waitFor()

    const main = () => page.locator('main').innerText()
    await expect.poll(() => page.getByText(/still on their way/).count(), SLOW).toBe(0)
    const online = await main()
    await whenKept(page)
    await withoutPi(async () => {
      await page.reload()
      await shows(page, /can.t be reached/)
      await says(page, /^February: \$/)
      await table.getByRole('button').press('Enter')
      await expect.poll(main, SLOW).toBe(online)
      await page.getByRole('link', { name: /^Later: Mar/ }).click()
      await says(page, march)
      await press(page, 'Day')
      await says(page, /^\w+day \d+\sMarch: \$/)
    })
    expect(complaints).toEqual([])
  })
})

/** Amber's charges as the household entered them; no plans and no bills. */
async function enterCharges(demand: readonly DemandCharge[] = []): Promise<void> {
  home.clock.now += MINUTE
  const charges = { includesGst: true, supplyCentsPerDay: 105.6, fee: { cents: 2500, per: 'month' } } as const
  const changes = {
    charges: [demand.length > 0 ? { ...charges, demand } : charges],
    plans: undefined,
    bills: undefined,
  } as const
  const body = JSON.stringify({
    record: withWritten(await record(), changes, 'another-device', home.clock.now),
  })
  const answer = await fetch(`${home.url}/api/settings`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', origin: home.url },
    body,
  })
  expect(answer.status).toBe(200)
}

const COMPARED = /^You paid \$\d+\.\d\d (less|more) with Amber than on your time-of-use plan /

describe.each(SIZES)('worth it %s', (_, size, view) => {
  it('compares with a plan that is entered, also where the Pi is gone: what is changed then arrives when it is back', async () => {
    await enterCharges()
    const { page, complaints } = await open(size, `/worth?${view}`)
    await says(page, /^Amber cost \$\d+\.\d\d since \d+\s\w+\. Enter a plan to compare it with\.$/)
    await page.getByRole('link', { name: 'Add a plan' }).click()
    await press(page, 'Time of use')
    await field(page, 'Supply').fill('a lot')
    await press(page, 'Save')
    await shows(page, 'One field needs you.')
    await isSaidAt(page, 'Supply', 'Needs cents a day, 0 to 5,000.')
    await field(page, 'Supply').fill('120')
    await press(page, 'Save')
    await says(
      page,
      /^Your time-of-use plan names no rate for \d+\.\d kWh of what you use: change the plan to enter it\.$/,
    )
    await page.getByRole('link', { name: 'Change Time of use' }).click()
    const hotWater = page.getByRole('group', { name: 'Controlled load' })
    await hotWater.getByRole('button', { name: 'One rate' }).click()
    await hotWater.getByLabel('Rate', { exact: true }).fill('22')
    await press(page, 'Save')
    await says(page, COMPARED)
    await expect.poll(async () => (await onPi()).plans.map(({ name }) => name), SLOW).toEqual(['Time of use'])
    expect(await page.locator('.plans dt').allTextContents()).toHaveLength(2)

    await press(page, 'Month')
    await says(page, /since 1 March\.$/)
    await press(page, 'Dates')
    await field(page, 'From').fill('2026-02-24')
    await field(page, 'To, included').fill('2026-03-05')
    await says(page, /from 24 Feb to 5 Mar\.$/)
    expect([asked(page, 'from'), asked(page, 'to')]).toEqual(['2026-02-24', '2026-03-05'])
    expect(await page.locator('dl.parts dt').allTextContents()).toEqual(
      expect.arrayContaining(['Skill', 'Luck']),
    )
    const before = await sentence(page)

    await whenKept(page)
    await withoutPi(async () => {
      await page.reload()
      await shows(page, /can.t be reached/)
      await says(page, before)
      await page.getByRole('link', { name: 'Change Time of use' }).click()
      await page.getByRole('group', { name: 'Peak' }).getByLabel('Rate', { exact: true }).fill('99')
      await press(page, 'Save')
      await shows(page, 'Your last change is kept on this device until your Pi answers.')
      await page.reload()
      await says(page, COMPARED)
      await shows(page, 'Your last change is kept on this device until your Pi answers.')
    })
    const changed = await sentence(page)
    expect(changed).not.toBe(before)
    await expect
      .poll(async () => JSON.stringify((await onPi()).plans), SLOW)
      .toContain('"name":"Peak","centsPerKwh":99')
    await expect.poll(() => page.getByText(/kept on this device until/).count(), SLOW).toBe(0)
    const other = await open(size, `/worth${new URL(page.url()).search}`)
    await says(other.page, changed)
    expect([...complaints, ...other.complaints]).toEqual([])
  })

  it('holds a bill against what was measured, and what is wrong in it is said at its field', async () => {
    await enterCharges()
    const { page, complaints } = await open(size, `/worth?${view}`)
    await press(page, 'Enter a bill')
    const enter = async (total: string) => {
      await field(page, 'First day').fill('2026-02-24')
      await field(page, 'Last day').fill('2026-03-05')
      await field(page, 'New charges, with GST').fill(total)
      await press(page, 'Save')
    }
    await enter('lots')
    await isSaidAt(page, 'New charges, with GST', 'Needs dollars, such as 214.40.')
    await enter('200')
    const check = page.locator('.checks li')
    await check.getByText(/^It is \$\d+\.\d\d dearer than what was measured/).waitFor(SLOW)
    const [, measured] = /Measured: \$(\d+\.\d\d)/.exec(await check.innerText()) ?? []
    await page.getByRole('button', { name: 'Remove the bill of 24 Feb to 5 Mar' }).click()
    await expect.poll(() => check.count(), SLOW).toBe(0)

    await whenKept(page)
    await withoutPi(async () => {
      await enter(measured!)
      await check.getByText('It agrees with what was measured.').waitFor(SLOW)
    })
    const bill = {
      fromDate: '2026-02-24',
      toDate: '2026-03-05',
      totalCents: Math.round(Number(measured) * 100),
    }
    await expect.poll(async () => (await onPi()).bills, SLOW).toEqual([bill])
    expect(complaints).toEqual([])
  })
})

it('with a demand charge, yesterday has cost the same on Now as on Usage', async () => {
  // The last one of the month is further back than what Now needs to know of usage without such a charge.
  const wednesdays = { fromMinute: 0, toMinute: 1440, weekdays: [3] }
  await enterCharges([{ centsPerKw: 60, per: 'day', times: [wednesdays] }])
  const size = SIZES[0][1]
  const [{ page }, { page: anew }] = [await open(size, '/usage?day=2026-03-09'), await open(size, '/')]
  const dayCost = page.locator('.total b')
  await shows(page, 'Supply, fee and demand')
  const withDemand = await dayCost.innerText()
  expect(withDemand).toMatch(/^\$\d+\.\d\d$/)
  await page.goto(`${home.url}/`)
  const yesterday = (on: Page) => on.locator('.fact').filter({ hasText: 'Yesterday' }).innerText()
  for (const on of [page, anew]) await expect.poll(() => yesterday(on), SLOW).toContain(withDemand)
  expect(await yesterday(page)).toContain('with charges')
  await enterCharges()
  await expect.poll(() => yesterday(page), SLOW).not.toContain(withDemand)
})

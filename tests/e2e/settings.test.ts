// What the household sets: typed on one device, kept on the Pi, seen on the others; without the Pi, sent when it is back.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import type { SettingsAnswer } from '../../backend/domain/contract.ts'
import type { Settings } from '../../backend/domain/settings/settings.ts'
import { settingsOf } from '../../backend/domain/settings/settings-record.ts'
import { type Home, type Visit, whenKept } from './home.ts'
import { BOARD, ownPi, PHONE, says } from './own-pi.ts'

const NOW = '2026-03-10T17:02:40+11:00'

// Each part is opened and looked through: minutes, on a machine that has other work.
vi.setConfig({ testTimeout: 240_000 })

const { openPi, open: openScreen } = ownPi({ now: NOW })

async function open(pi: Home, path: string, size = PHONE): Promise<Visit> {
  const opened = await openScreen(pi, { ...size, path })
  await says(opened.page, /\./)
  return opened
}

const SLOW = { timeout: 15_000 }
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
const shows = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor()
const onPi = async ({ url }: Home): Promise<Settings> =>
  settingsOf(((await (await fetch(`${url}/api/settings`)).json()) as SettingsAnswer).record)
const settled = (pi: Home, is: (settings: Settings) => boolean) =>
  expect.poll(async () => is(await onPi(pi)), SLOW).toBe(true)

/** What the browser says in the console when a write is refused is told to the person too. */
const SAVED = 'Saved on your Pi.'

describe.each([
  ['a phone', PHONE],
  ['a wide screen', BOARD],
])('on %s', (_, size) => {
  it('what Amber charges is typed from a bill, and what is wrong is said at its field', async () => {
    const pi = await openPi()
    const { page, complaints } = await open(pi, '/settings', size)
    await says(page, 'Nothing is set yet: the app goes by usual values.')
    await page.getByRole('link', { name: /^Bill/ }).click()
    expect(new URL(page.url()).search).toBe('?part=charges')
    await field(page, 'Supply').fill('a lot')
    await field(page, 'A bill begins on day').fill('32')
    await press(page, 'Save')
    await shows(page, 'Needs cents a day, 0 to 5,000.')
    await shows(page, 'Needs a day of the month, 1 to 31.')
    await shows(page, '2 fields need you.')
    await expect.poll(() => field(page, 'A bill begins on day').evaluate(isFocused), SLOW).toBe(true)

    await field(page, 'A bill begins on day').fill('22')
    await field(page, 'Supply').fill('105.6')
    await field(page, 'Subscription').fill('19')
    await page.keyboard.press('Enter')
    await shows(page, SAVED)
    await settled(pi, ({ billingDay }) => billingDay === 22)
    expect((await onPi(pi)).charges).toEqual([
      { includesGst: true, supplyCentsPerDay: 105.6, fee: { cents: 1900, per: 'month' } },
    ])
    await says(page, 'Your settings are on your Pi, the same on every device.')
    await shows(page, /Last changed on this device at 5:0\d\spm/)
    await page.reload()
    await expect.poll(() => field(page, 'Supply').inputValue(), SLOW).toBe('105.6')
    expect(complaints).toEqual([])
  })

  it('an appliance that is added is there to be planned', async () => {
    const pi = await openPi()
    const { page, complaints } = await open(pi, '/settings?part=appliances', size)
    await page.getByRole('link', { name: 'Add an appliance' }).click()
    await field(page, 'Name').fill('Sauna')
    await press(page, 'In steps')
    await press(page, 'Add a step')
    await field(page, 'Step 1').fill('30')
    await field(page, 'at').fill('6')
    await shows(page, /^3\.0 kWh in 30 minutes\.$/)
    await press(page, 'Save')
    await page.getByRole('link', { name: /Sauna/ }).waitFor()
    await settled(pi, ({ appliances }) => appliances.at(-1)?.name === 'Sauna')
    await press(page, 'Move Sauna up')
    await settled(pi, ({ appliances }) => appliances.at(-2)?.name === 'Sauna')
    await page.goto(`${pi.url}/plan?appliance=Sauna`)
    await shows(page, /sauna/i)
    await page.goto(`${pi.url}/settings?part=appliances&appliance=Sauna`)
    await press(page, 'Remove Sauna')
    await settled(pi, ({ appliances }) => appliances.every(({ name }) => name !== 'Sauna'))
    expect(complaints).toEqual([])
  })
})

const isFocused = (element: Element): boolean => element === document.activeElement

it('thresholds and colours take effect on every screen, on every device', async () => {
  const pi = await openPi()
  const [one, other] = [await open(pi, '/settings?part=levels'), await open(pi, '/')]
  await press(one.page, 'We say')
  for (const [name, cents] of [
    ['Very cheap from', '-90'],
    ['Cheap from', '-80'],
    ['Normal from', '-70'],
    ['Dear from', '-60'],
    ['Spike from', ''],
  ] as const)
    await field(one.page, name).fill(cents)
  await press(one.page, 'Amber’s')
  await press(one.page, 'Save')
  await shows(one.page, SAVED)
  await other.page.getByText('Dear', { exact: true }).first().waitFor({ timeout: 20_000 })
  const colours = () => other.page.locator('html').getAttribute('data-colours')
  await expect.poll(colours, SLOW).toBe('amber')
  expect(await other.page.locator('.field').first().evaluate(fillOf)).toBe('rgb(255, 147, 38)')
  for (const path of ['/plan', '/usage', '/?view=kitchen']) {
    await other.page.goto(pi.url + path)
    await expect.poll(colours, SLOW).toBe('amber')
  }
  await other.page.getByText('Dear', { exact: true }).first().waitFor()
  expect([...one.complaints, ...other.complaints]).toEqual([])
})

const fillOf = (element: Element): string => getComputedStyle(element).backgroundColor

describe('without the Pi', () => {
  it('a change is kept over a reload, said to be kept, and delivered when the Pi is back', async () => {
    const pi = await openPi()
    const { page, complaints } = await open(pi, '/settings?part=forecast')
    await whenKept(page)
    await pi.stop()
    await press(page, 'AEMO’s')
    await press(page, 'Save')
    await says(page, 'Your changes are kept on this device until your Pi answers.')
    await shows(page, 'Kept here until your Pi answers.')
    await page.reload()
    await says(page, 'Your changes are kept on this device until your Pi answers.')
    expect(await page.getByRole('button', { name: 'AEMO’s' }).getAttribute('aria-pressed')).toBe('true')
    await pi.start()
    await says(page, 'Your settings are on your Pi, the same on every device.')
    await settled(pi, ({ forecast }) => forecast === 'aemo')
    expect(complaints).toEqual([])
  })

  it('every part can be opened by its address', async () => {
    const pi = await openPi()
    const { page, complaints } = await open(pi, '/settings')
    await whenKept(page)
    await pi.stop()
    for (const [part, words] of [
      ['home', 'Time zone of the home'],
      ['charges', 'A bill begins on day'],
      ['demand', /Enter supply first/],
      ['appliances', 'Add an appliance'],
      ['levels', 'What is cheap and what is dear'],
      ['forecast', 'The app goes by'],
      ['device', 'Colours of the page'],
    ] as const) {
      await page.goto(`${pi.url}/settings?part=${part}`)
      await shows(page, words)
    }
    expect(complaints).toEqual([])
  })
})

it('of two devices that disagree one stands on both, and the other is told', async () => {
  const pi = await openPi()
  const phone = await open(pi, '/settings?part=charges')
  const tablet = await open(pi, '/settings?part=charges', BOARD)
  await whenKept(phone.page)
  // The phone is out of reach of the Pi; the tablet changes the same setting twice, so that it is the later one.
  await phone.context.setOffline(true)
  await field(phone.page, 'A bill begins on day').fill('5')
  await press(phone.page, 'Save')
  for (const day of ['9', '10']) {
    await field(tablet.page, 'A bill begins on day').fill(day)
    await press(tablet.page, 'Save')
    await settled(pi, ({ billingDay }) => billingDay === Number(day))
  }
  await phone.context.setOffline(false)
  await shows(
    phone.page,
    /Another device has changed the billing day( and what Amber charges)? since\. Its values hold here too\./,
  )
  expect(await field(phone.page, 'A bill begins on day').inputValue()).toBe('10')
  expect((await onPi(pi)).billingDay).toBe(10)
  await press(phone.page, 'I have seen it')
  await expect.poll(() => phone.page.getByText(/Another device has changed/).count(), SLOW).toBe(0)
  expect(tablet.complaints).toEqual([])
})

it('what is being typed is not lost when another device changes the same meanwhile', async () => {
  const pi = await openPi()
  const [one, other] = [await open(pi, '/settings?part=charges'), await open(pi, '/settings?part=charges')]
  await field(one.page, 'Supply').fill('99')
  await field(other.page, 'Supply').fill('88')
  await press(other.page, 'Save')
  await shows(one.page, /Another device has changed this meanwhile/)
  expect(await field(one.page, 'Supply').inputValue()).toBe('99')
  await press(one.page, 'Undo')
  expect(await field(one.page, 'Supply').inputValue()).toBe('88')
})

it('night is chosen on a device for that device, and outlasts a reload', async () => {
  const pi = await openPi()
  const { page, complaints } = await open(pi, '/settings?part=device&theme=light')
  const theme = () => page.locator('html').getAttribute('data-theme')
  expect(await theme()).toBe('light')
  await press(page, 'Night')
  await expect.poll(theme, SLOW).toBe('night')
  expect(new URL(page.url()).search).toBe('?part=device')
  await page.goto(pi.url)
  await expect.poll(theme, SLOW).toBe('night')
  expect(await onPi(pi)).toEqual(settingsOf({}))
  expect(complaints).toEqual([])
})

it.each([
  ['a phone by day', PHONE.width, 'light'],
  ['a wide screen by night', BOARD.width, 'dark'],
] as const)(
  'on %s axe finds nothing in any part, and nothing is wider than the screen',
  async (_, width, theme) => {
    const pi = await openPi()
    // All of it in sight: what lies under the tabs is scrolled to by who wants it.
    const { page } = await openScreen(pi, { width, height: 1600, theme, path: '/settings' })
    for (const query of [
      '',
      '?part=home',
      '?part=charges',
      '?part=appliances',
      '?part=appliances&appliance=EV',
      '?part=levels',
      '?part=forecast',
      '?part=device',
    ]) {
      await page.goto(`${pi.url}/settings${query}`)
      await page.locator('h1').waitFor()
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze()
      expect([query, ...violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)]).toEqual([query])
      expect([query, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([query, width])
    }
  },
)

it('at 320 px, and on a phone with letters twice as large, every part keeps within the screen', async () => {
  const pi = await openPi()
  const { page } = await open(pi, '/settings', PHONE)
  for (const part of ['home', 'charges', 'appliances', 'levels', 'forecast', 'device']) {
    await page.goto(`${pi.url}/settings?part=${part}`)
    await page.locator('h2').waitFor()
    for (const [width, letters] of [
      [320, '100%'],
      [390, '200%'],
    ] as const) {
      await page.setViewportSize({ ...PHONE, width })
      const widest = await page.evaluate((fontSize) => {
        document.documentElement.style.fontSize = fontSize
        return document.documentElement.scrollWidth
      }, letters)
      expect([part, letters, widest]).toEqual([part, letters, width])
    }
  }
})

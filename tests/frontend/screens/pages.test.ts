// Every page but Now and Plan with the widest numbers there are, at every size: nothing cut, readable, each chart with its words.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { usageView } from '#domain/usage-view.ts'
import { HOUSEHOLD_NOW_MS, HOUSEHOLD_SETTINGS, householdFacts, withHoles } from './fixtures-household.ts'
import type { Screen } from './gallery.ts'
import { layoutFaults } from './layout-faults.ts'
import { setGallery } from './stage.ts'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const SEPTEMBER = { date: '2026-09-30', day: '2026-09-30' }

const PAGES = {
  month: ['/usage', SEPTEMBER],
  day: ['/usage', { period: 'day' }],
  week: ['/usage', { period: 'week', date: '2026-09-16' }],
  year: ['/usage', { period: 'year' }],
  worth: ['/worth', {}],
  dates: ['/worth', { period: 'dates', from: '2026-09-01', to: '2026-09-30', plan: 'block' }],
  plan: ['/worth', { edit: 'demand' }],
  'new-plan': ['/worth', { edit: 'new', kind: 'timeOfUse' }],
  status: ['/status', { limitation: '1', update: '1' }],
  score: ['/score', {}],
  settings: ['/settings', {}],
  demand: ['/settings', { part: 'demand' }],
  forecast: ['/settings', { part: 'forecast' }],
  appliances: ['/settings', { part: 'appliances' }],
} as const satisfies Record<string, readonly [path: string, query: Record<string, string>]>
const IS_THERE = {
  '/usage': '.page.usage',
  '/worth': '.plan-edit, #checks',
  '/status': '.syncs',
  '/score': '.hours',
  '/settings': '.settings',
}
type PageName = keyof typeof PAGES
const NAMES = Object.keys(PAGES) as PageName[]

const { open } = setGallery()

async function look(name: PageName, look: (screen: Screen) => Promise<void>, more = {}): Promise<void> {
  const [path, query] = PAGES[name]
  const asked = { household: '1', ...query, ...more }
  const screen = await open({ width: 390, height: 844 }, asked, path)
  try {
    // Bills are thought through after the rest.
    await screen.page.waitForSelector(IS_THERE[path])
    await look(screen)
    expect(screen.complaints).toEqual([])
  } finally {
    await screen.page.context().close()
  }
}

const texts = (page: Page, selector: string) =>
  page.$$eval(selector, (all) => all.map((one) => one.textContent?.replaceAll('\u00a0', ' ').trim() ?? ''))

test.each(NAMES)(
  '%s is whole at every size, readable by day and night, and reached by hand and keyboard',
  (name) =>
    look(name, async ({ page }) => {
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height })
        await redrawn(page)
        await redrawn(page)
        expect([width, await page.evaluate(layoutFaults)]).toEqual([width, []])
        if (width <= 390) expect([width, await page.evaluate(tooSmallOrOutOfReach)]).toEqual([width, []])
      }
      expect(await seriousFindings(page)).toEqual([])
      await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'night'))
      expect(await seriousFindings(page)).toEqual([])
      await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
      for (const width of [320, 390, 412]) {
        await page.setViewportSize({ width, height: 844 })
        await redrawn(page)
        await redrawn(page)
        expect([`200% on ${width}`, await page.evaluate(layoutFaults)]).toEqual([`200% on ${width}`, []])
      }
    }),
)

test('how old a page is stands where the page begins, however wide the window', () =>
  look(
    'month',
    async ({ page }) => {
      for (const path of ['/usage', '/score']) {
        const { search } = new URL(page.url())
        await page.goto(new URL(path + search, page.url()).href)
        for (const width of [800, 1280, 1500, 1920, 2560]) {
          await page.setViewportSize({ width, height: 900 })
          const begins = (selector: string) =>
            page.$eval(selector, (one) => Math.round(one.getBoundingClientRect().left))
          expect([path, width, await begins('.aged .mark')]).toEqual([path, width, await begins('h1')])
        }
      }
    },
    { fixture: 'unknown' },
  ))

const FORMS: readonly (readonly [path: string, query: Record<string, string>, press?: string])[] = [
  ...['flat', 'block', 'demand'].map((kind) => ['/worth', { edit: 'new', kind }] as const),
  ['/worth', { period: 'dates' }, 'Enter a bill'],
  ...['home', 'charges', 'levels', 'device'].map((part) => ['/settings', { part }] as const),
  ...['new', 'EV'].map((appliance) => ['/settings', { part: 'appliances', appliance }] as const),
]

test('every form is whole on the narrowest phone with text twice as large', async () => {
  for (const [path, query, press] of FORMS) {
    const asked = { household: '1', ...query }
    const { page } = await open({ width: 320, height: 640 }, asked, path)
    await page.waitForSelector(IS_THERE[path as keyof typeof IS_THERE])
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
    if (press) await page.getByRole('button', { name: press }).click()
    expect(await page.locator('form:visible, .swatches, .chips').count()).toBeGreaterThan(0)
    expect([path, query, await page.evaluate(layoutFaults)]).toEqual([path, query, []])
    await page.context().close()
  }
})

const SIZES = [
  [1920, 1080],
  [1280, 720],
  [800, 480],
  [320, 568],
  [390, 844],
] as const

/** A chart hears of its new size in the next frame. */
const redrawn = (page: Page) =>
  page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  )

/** Runs inside the page. */
const tooSmallOrOutOfReach = (): string[] =>
  [...document.querySelectorAll<HTMLElement>('main :is(a, button, input)')]
    .filter((one) => {
      const { width, height } = one.getBoundingClientRect()
      return one.tabIndex < 0 || (width > 0 && Math.min(width, height) < 43.9)
    })
    .map((one) => one.outerHTML)

async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(WCAG).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

test('each chart is told in a line, and has a table', () =>
  look('month', async ({ page }) => {
    const charts = await page.$$eval('svg[role=img]', (all) =>
      all.map((one) => one.getAttribute('aria-label')),
    )
    expect(charts).toEqual([
      expect.stringMatching(/^Wednesday 30\u00a0September: \$\d+\.\d\d\. Dearest half hour/),
      expect.stringMatching(/^Dearest was Wednesday 16\u00a0September, \$/),
    ])
    for (const [at, rows] of [
      [0, 48],
      [1, 30],
    ] as const) {
      const disclosure = page.locator('.as-table').nth(at)
      await disclosure.getByRole('button').click()
      expect(await disclosure.locator('tbody tr').count()).toBe(rows)
      expect(await page.evaluate(layoutFaults)).toEqual([])
    }
  }))

test('marks what is missing, in part and estimated, and lists what Amber corrected', () =>
  look('month', async ({ page }) => {
    const cell = (day: number) => page.locator('.calendar td:not(.out)').nth(day - 1)
    expect(await cell(11).locator('a .only-heard').textContent()).toMatch(/September, no data$/)
    expect(await cell(23).textContent()).toContain('in part')
    expect(await cell(30).getAttribute('class')).toContain('estimated')
    expect(await texts(page, '.revised li')).toEqual([
      expect.stringContaining('1,234.1 kWh became 1,234.5 kWh'),
    ])
  }))

test('a plan that cannot be told has words in the place of a number', () =>
  look('worth', async ({ page }) => {
    const bars = await texts(page, '.plans > div')
    expect(bars[0]).toMatch(/^Amber\$/)
    expect(bars.filter((bar) => bar.includes('a rate is missing'))).toHaveLength(2)
    expect(bars.find((bar) => bar.includes('missing'))).not.toMatch(/\$/)
  }))

test.each([1, 2, 3])('shows no number of a day that is not known, whatever is missing (%i)', (seed) =>
  look(
    'month',
    async ({ page }) => {
      const view = usageView(
        householdFacts(withHoles(seed)),
        HOUSEHOLD_NOW_MS,
        { kind: 'month', date: SEPTEMBER.date as never },
        HOUSEHOLD_SETTINGS,
      )
      const cells = await page.$$eval('.calendar td:not(.out)', (all) =>
        all.map((one) => (one.querySelector('.only-seen') ?? one).textContent ?? ''),
      )
      expect(cells).toHaveLength(view.cells.length)
      for (const [index, { state, cost, text }] of view.cells.entries()) {
        expect([text, /\d/.test(cells[index]!.slice(text.length))]).toEqual([text, cost !== undefined])
        if (state === 'missing') expect(cells[index]).toMatch(/no data|to come/)
      }
      const unknown = view.heat?.days.flatMap(({ hours }) => hours).map((hour) => hour === undefined)
      const heat = await page.$$eval('.heat tbody td', (all) => all.map((one) => one.textContent))
      expect(heat.map((text) => text === 'not known')).toEqual(unknown)
    },
    { holes: String(seed) },
  ),
)

// What the screens do, in a real browser: what is read first, what stays put, what can be pressed.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MINUTE_MS } from '#domain/interval.ts'
import { textEms } from '../../../frontend/src/parts/text-width.ts'
import { launchBrowser } from '../../browser.ts'
import { FIXTURES, type FixtureName } from './fixtures.ts'
import { type Gallery, openGallery, openScreen, show } from './gallery.ts'
import { layoutFaults } from './layout-faults.ts'

const NAMES = Object.keys(FIXTURES) as FixtureName[]
const KITCHEN = { width: 800, height: 480 }
const PHONE = { width: 390, height: 844 }
const LAPTOP = { width: 1280, height: 720 }

let browser: Browser
let gallery: Gallery
beforeAll(async () => {
  ;[browser, gallery] = await Promise.all([launchBrowser(), openGallery()])
})
afterAll(async () => {
  await browser.close()
  await gallery.close()
})

/** Opened for one test, and closed behind it. */
async function on(
  viewport: { width: number; height: number },
  query: Readonly<Record<string, string>>,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const { page } = await openScreen(browser, gallery, viewport, query)
  try {
    await look(page)
  } finally {
    await page.context().close()
  }
}
const kitchen = (look: (page: Page) => Promise<void>, query = {}) =>
  on(KITCHEN, { view: 'kitchen', ...query }, look)
const phone = (look: (page: Page) => Promise<void>, query = {}) => on(PHONE, query, look)
const laptop = (look: (page: Page) => Promise<void>, query = {}) => on(LAPTOP, query, look)

const boxOf = async (page: Page, selector: string) => {
  const box = await page.locator(selector).boundingBox()
  return box && [box.x, box.y, box.width, box.height].map(Math.round)
}

describe('the check for layout faults', () => {
  test('finds text that is cut, leaves its place or lies on other text', () =>
    kitchen(async (page) => {
      const faultsAfter = (change: (root: Document) => void) =>
        page.evaluate(`(${change})(document); (${layoutFaults})()`) as Promise<string[]>
      expect(await page.evaluate(layoutFaults)).toEqual([])
      expect(
        await faultsAfter((root) =>
          root.querySelector('h1')?.append(' and much more than fits into any line'),
        ),
      ).toEqual(expect.arrayContaining([expect.stringContaining('cut: h1.say')]))
      await show(page, 'stored')
      expect(
        await faultsAfter((root) => root.querySelector('.fact dt')?.append(' and the day before that')),
      ).toEqual(expect.arrayContaining([expect.stringContaining('leaves .fact')]))
      expect(
        await faultsAfter((root) =>
          root.querySelector<HTMLElement>('.until')?.style.setProperty('margin-right', '70%'),
        ),
      ).toEqual(expect.arrayContaining([expect.stringContaining('lies on')]))
      expect(
        await faultsAfter((root) => {
          for (const word of root.querySelectorAll('.tide text')) word.setAttribute('x', '120')
        }),
      ).toEqual(
        expect.arrayContaining([expect.stringContaining('collide'), expect.stringContaining('on the mast')]),
      )
    }))
})

describe('for who listens', () => {
  test.each([
    ['on the board', KITCHEN],
    ['on a phone', PHONE],
  ])('the sentence comes first, then price, word, past and chart: %s', (_, viewport) =>
    on(viewport, {}, async (page) => {
      const order = await page.$$eval('h1, .price, .word, .past, .tide', (parts) =>
        parts.map(({ className }) => className),
      )
      expect(order.map((name) => name.split(' ')[0])).toEqual(['say', 'price', 'word', 'past', 'tide'])
    }),
  )

  test('only the sentence is announced, politely, and its element stays', () =>
    phone(async (page) => {
      const sentence = await page.$('h1')
      await show(page, 'spike')
      expect(await sentence?.textContent()).toBe(FIXTURES.spike.sentences.full)
      expect(
        await page.$$eval('[aria-live]', (live) => live.map((one) => [one.tagName, one.ariaLive])),
      ).toEqual([['H1', 'polite']])
    }))

  test('the chart is a picture with a summary', () =>
    kitchen(async (page) => {
      expect(await page.getByRole('img').getAttribute('aria-label')).toBe(FIXTURES.live.chart?.summary)
    }))

  test('and for who would rather read, it is a table behind a button', () =>
    phone(async (page) => {
      const button = page.getByRole('button', { name: 'Show as table' })
      expect(await page.getByRole('table').count()).toBe(0)
      await button.click()
      expect(await page.getByRole('row').count()).toBe(1 + (FIXTURES.live.chart?.table.length ?? 0))
      await page.getByRole('button', { name: 'Hide the table' }).click()
      expect(await page.getByRole('table').count()).toBe(0)
    }))

  test('a laptop has the table without a button', () =>
    laptop(async (page) => {
      expect(await page.getByRole('table').count()).toBe(1)
    }))
})

describe('the board', () => {
  test('moves nothing when the state changes', () =>
    kitchen(async (page) => {
      const parts = ['.field', '.past', '.tide', '.facts', '.status', '.mast']
      const places = () => Promise.all(parts.map((part) => boxOf(page, part)))
      const first = await places()
      expect(first).not.toContain(null)
      for (const name of NAMES) {
        await show(page, name)
        expect([name, await places()]).toEqual([name, first])
      }
    }))

  test('stands the mast exactly where the chart has now', () =>
    on({ width: 1366, height: 768 }, { view: 'kitchen' }, async (page) => {
      const mast = await page.locator('.mast').boundingBox()
      expect((mast?.x ?? 0) + (mast?.width ?? 0) / 2).toBeCloseTo(1366 / 6, 0)
    }))

  test('keeps the chart it has and redraws in it', () =>
    kitchen(async (page) => {
      const svg = await page.$('svg[role=img]')
      const line = () => page.locator('.step').getAttribute('d')
      const before = await line()
      await show(page, 'dear')
      expect(await svg?.evaluate((element) => element.isConnected)).toBe(true)
      expect(await line()).not.toBe(before)
    }))

  test('looks the same however it came to be', () =>
    kitchen(async (page) => {
      for (const name of ['spike', 'empty', 'feed-in', 'stored', 'negative', 'estimate', 'live'] as const) {
        await show(page, name)
        const changed = await page.screenshot()
        await kitchen(
          async (fresh) => expect([name, changed.equals(await fresh.screenshot())]).toEqual([name, true]),
          { fixture: name },
        )
      }
    }))

  test('of the kitchen shows no pointer, offers nothing to press and does not scroll', () =>
    kitchen(
      async (page) => {
        expect(await page.$$eval('button, a, input, [tabindex]', (pressable) => pressable.length)).toBe(0)
        expect(await page.locator('.board').evaluate((board) => getComputedStyle(board).cursor)).toBe('none')
        expect(
          await page.evaluate(
            () => document.documentElement.scrollHeight <= document.documentElement.clientHeight,
          ),
        ).toBe(true)
      },
      { update: '1', limitation: '1' },
    ))

  test('of the kitchen creeps against burn-in, whole, when the view is next drawn', () =>
    kitchen(async (page) => {
      const before = await boxOf(page, '.board')
      await page.evaluate((ms) => window.setNow(ms), 6 * MINUTE_MS)
      await show(page, 'dear')
      expect(before).toEqual([0, 0, 800, 480])
      expect(await boxOf(page, '.board')).toEqual([2, 0, 800, 480])
    }))

  test('on a laptop stays put and keeps the pointer', () =>
    laptop(
      async (page) => {
        expect(await boxOf(page, '.board')).toEqual([0, 0, 1280, 720])
        expect(await page.locator('.board').evaluate((board) => getComputedStyle(board).cursor)).toBe('auto')
      },
      { now: String(6 * MINUTE_MS) },
    ))

  test('gives way to the phone layout when the window is turned, and back', () =>
    on({ width: 900, height: 500 }, {}, async (page) => {
      expect(await page.locator('.board').count()).toBe(1)
      await page.setViewportSize({ width: 500, height: 900 })
      await page.waitForSelector('.hand')
      await page.setViewportSize({ width: 900, height: 500 })
      await page.waitForSelector('.board')
      expect(await page.evaluate(layoutFaults)).toEqual([])
    }))

  test('drops the next price beside a figure in dollars', () =>
    kitchen(async (page) => {
      expect(await page.locator('.next').count()).toBe(1)
      await show(page, 'spike')
      expect(await page.locator('.next').count()).toBe(0)
    }))
})

describe('the phone', () => {
  test('needs no scrolling at 390 x 844', () =>
    phone(async (page) => {
      for (const name of [
        'live',
        'estimate',
        'stored',
        'unknown',
        'dear',
        'spike',
        'negative',
        'feed-in',
      ] as const) {
        await show(page, name)
        expect([name, await page.evaluate(() => document.documentElement.scrollHeight)]).toEqual([name, 844])
      }
    }))

  test('picks the window by what it is for, and says which is picked', () =>
    phone(async (page) => {
      const pressed = () =>
        page.$$eval('.chip', (chips) =>
          chips.filter((chip) => chip.ariaPressed === 'true').map((chip) => chip.textContent),
        )
      expect(await pressed()).toEqual(['2 h'])
      await page.getByRole('button', { name: 'EV' }).click()
      expect(await pressed()).toEqual(['EV'])
      expect(await page.textContent('.pick h2')).toBe('Best for EV: 11:30\u00a0am')
      await show(page, 'dear')
      expect(await pressed()).toEqual(['EV'])
    }))

  test('has targets of at least 44 pixels', () =>
    phone(
      async (page) => {
        const sizes = await page.$$eval('button', (buttons) =>
          buttons
            .map((button) => button.getBoundingClientRect())
            .map(({ width, height }) => Math.min(width, height)),
        )
        expect(sizes.length).toBeGreaterThan(5)
        for (const size of sizes) expect(size).toBeGreaterThanOrEqual(44)
      },
      { update: '1' },
    ))

  test('shows yesterday with all there is to say of it, and what solar earns', () =>
    phone(async (page) => {
      await show(page, 'feed-in')
      const facts = await page.$$eval('.fact', (all) => all.map((fact) => fact.textContent))
      expect(facts[0]).toBe('Yesterday$2.18 12.6 kWh used, 9.1 kWh sold, energy only')
      expect(facts.at(-1)).toBe('Solar exportcosts 3c')
    }))

  test('says what this device cannot do', () =>
    phone(
      async (page) => {
        expect(await page.textContent('.limitation')).toContain('HTTPS is not set up')
      },
      { limitation: '1' },
    ))

  test.each(NAMES)('cuts nothing of %s on a narrow phone or with text twice as large', (name) =>
    on({ width: 320, height: 568 }, { fixture: name, update: '1', limitation: '1' }, async (page) => {
      expect(await page.evaluate(layoutFaults)).toEqual([])
      await page.setViewportSize({ width: 360, height: 640 })
      expect(await page.evaluate(layoutFaults)).toEqual([])
      await page.setViewportSize(PHONE)
      await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
      expect(await page.evaluate(layoutFaults)).toEqual([])
      const figure = await page.$('.num')
      const sizePx = await figure?.evaluate((element) =>
        Number.parseFloat(getComputedStyle(element).fontSize),
      )
      expect(sizePx ?? 56).toBeGreaterThanOrEqual(56)
    }),
  )
})

describe('a newer version', () => {
  test.each([
    ['on a phone', phone],
    ['on a laptop', laptop],
  ])('is offered quietly %s and applied when asked for', (_, open) =>
    open(
      async (page) => {
        await page.getByRole('button', { name: 'New version ready' }).click()
        expect(await page.evaluate(() => window.appliedUpdates)).toBe(1)
      },
      { update: '1' },
    ),
  )

  test('is not offered when there is none', () =>
    phone(async (page) => {
      expect(await page.getByText('New version ready').count()).toBe(0)
    }))
})

describe('what a screen says of itself', () => {
  test('the title tells the price', () =>
    phone(async (page) => {
      expect(await page.title()).toBe('19c Very cheap \u00b7 Home Energy')
      await show(page, 'unknown')
      expect(await page.title()).toBe('No price \u00b7 Home Energy')
    }))

  test.each([
    ['board', kitchen],
    ['phone', phone],
  ])('invented prices are labelled DEMO on the %s and in the title', (_, open) =>
    open(async (page) => {
      expect(await page.getByText('DEMO', { exact: true }).count()).toBe(0)
      await show(page, 'demo')
      expect(await page.getByText('DEMO', { exact: true }).isVisible()).toBe(true)
      expect(await page.title()).toMatch(/^DEMO/)
    }),
  )

  test('without a price there is no figure, only what is missing', () =>
    kitchen(async (page) => {
      await show(page, 'unknown')
      expect(await page.locator('.num, .word, .gauge').count()).toBe(0)
      expect(await page.textContent('.headline')).toBe('No price')
    }))

  test('a number that is not confirmed is never filled', () =>
    kitchen(async (page) => {
      const ink = () =>
        page.locator('.num').evaluate((number) => {
          const { color, backgroundColor } = getComputedStyle(number)
          const field = getComputedStyle(number.closest('.field') ?? number).backgroundColor
          return { isHollow: color === field, field, backgroundColor }
        })
      expect((await ink()).isHollow).toBe(false)
      for (const name of ['due', 'stored', 'most-dollars'] as const) {
        await show(page, name)
        expect([name, (await ink()).isHollow]).toEqual([name, true])
      }
    }))

  test('a screen that cannot be drawn says so and asks to be loaded again', () =>
    kitchen(async (page) => {
      await page.evaluate(() => window.showBroken())
      expect(await page.textContent('.broken')).toContain('could not be drawn')
      expect(await page.evaluate(() => window.broken.length)).toBeGreaterThan(0)
    }))
})

describe('what a person asks of the device', () => {
  test('less motion: the gauge does not slide', () =>
    kitchen(async (page) => {
      const duration = () =>
        page
          .locator('.gauge i')
          .evaluate((bar) => Number.parseFloat(getComputedStyle(bar).transitionDuration))
      expect(await duration()).toBe(0)
      await page.emulateMedia({ reducedMotion: 'no-preference' })
      expect(await duration()).toBeGreaterThan(0)
    }))

  test('more contrast: the second voice is ink, and no hatch lies behind words', () =>
    kitchen(async (page) => {
      await page.emulateMedia({ contrast: 'more' })
      await show(page, 'estimate')
      const [caption, clock] = await page.$$eval('.date, .clock', (all) =>
        all.map((one) => getComputedStyle(one).color),
      )
      expect(caption).toBe(clock)
      expect(await page.locator('.field').evaluate((field) => getComputedStyle(field).backgroundImage)).toBe(
        'none',
      )
      expect(await page.locator('.demand').first().isVisible()).toBe(false)
    }))

  test('its own colours: the field has a border and the figure its stroke', () =>
    kitchen(async (page) => {
      await page.emulateMedia({ forcedColors: 'active' })
      await show(page, 'stored')
      const border = await page.locator('.field').evaluate((field) => getComputedStyle(field).borderTopWidth)
      const stroke = await page
        .locator('.num')
        .evaluate((number) => getComputedStyle(number).getPropertyValue('-webkit-text-stroke-width'))
      expect(border).toBe('2px')
      expect(Number.parseFloat(stroke)).toBeGreaterThan(2)
    }))

  test('night, light, or as the device has it', () =>
    phone(async (page) => {
      const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
      const bar = () => page.getAttribute('meta[name="theme-color"]', 'content')
      expect([await paper(), await bar()]).toEqual(['rgb(244, 242, 236)', '#f4f2ec'])
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.waitForSelector('html[data-theme=night]')
      expect([await paper(), await bar()]).toEqual(['rgb(13, 18, 22)', '#0d1216'])
      await page.goto(gallery.url({ theme: 'light' }))
      expect(await paper()).toBe('rgb(244, 242, 236)')
    }))
})

describe('the width of a text', () => {
  test('is never taken for less than it is, and not for much more', () =>
    kitchen(async (page) => {
      const texts = [
        ...NAMES.flatMap((name) => Object.values(FIXTURES[name].sentences)),
        ...[
          '$19.99',
          '\u2212$1.10',
          '58c up to 75c',
          'Probably very cheap',
          'Wednesday 30 September',
          '9:20 am',
        ],
      ]
      const measured = await page.evaluate((all) => {
        const line = document.querySelector('h1')!
        line.style.setProperty('font', '640 100px var(--face)')
        line.style.setProperty('letter-spacing', '0')
        line.style.setProperty('width', 'max-content')
        return all.map((text) => {
          line.textContent = text
          return line.getBoundingClientRect().width / 100
        })
      }, texts)
      texts.forEach((text, i) => {
        expect([text, textEms(text) >= measured[i]! * 0.99]).toEqual([text, true])
        expect([text, textEms(text) <= measured[i]! * 1.08]).toEqual([text, true])
      })
    }))
})

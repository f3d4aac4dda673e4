// What a screen says, to the eye and to the ear, and in the way a person asks their device for.
import { describe, expect, test } from 'vitest'
import { textEms } from '../../../frontend/src/parts/text-width.ts'
import { FIXTURES, type FixtureName } from './fixtures.ts'
import { show } from './gallery.ts'
import { KITCHEN, PHONE, setStage } from './stage.ts'

const NAMES = Object.keys(FIXTURES) as FixtureName[]
const { on, kitchen, phone, laptop, url } = setStage()

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
      await page.goto(url({ theme: 'light' }))
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

// The phone in a real browser: what can be pressed, and that nothing is cut, whatever the size of the text.
import { describe, expect, test } from 'vitest'
import { FIXTURES, type FixtureName } from './fixtures.ts'
import { show } from './gallery.ts'
import { layoutFaults } from './layout-faults.ts'
import { PHONE, setStage } from './stage.ts'

const NAMES = Object.keys(FIXTURES) as FixtureName[]
const { on, phone, laptop } = setStage()

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
        'demo',
        'demo-export',
      ] as const) {
        await show(page, name)
        expect([name, await page.evaluate(() => document.documentElement.scrollHeight)]).toEqual([name, 844])
      }
    }))

  test('says in at most two lines how old it is', () =>
    phone(async (page) => {
      const linesOf = () =>
        page.$eval('.age p', (text) =>
          Math.round(text.clientHeight / Number.parseFloat(getComputedStyle(text).lineHeight)),
        )
      const lines: number[] = []
      for (const name of NAMES) {
        await show(page, name)
        lines.push(await linesOf())
      }
      expect(Math.max(...lines)).toBe(2)
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
      // The sentence has said what exporting costs.
      expect(facts.join()).not.toContain('Solar export')
      await show(page, 'demo')
      expect(await page.textContent('.fact:last-child')).toBe('Solar exportearns 8c')
    }))

  test('begins all values of its facts at one place, however long their names', () =>
    phone(async (page) => {
      for (const name of NAMES) {
        await show(page, name)
        const lefts = await page.$$eval('.fact dd', (all) => all.map((dd) => dd.getBoundingClientRect().left))
        expect([name, new Set(lefts).size]).toEqual([name, Math.min(1, lefts.length)])
      }
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
      await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
      expect(await page.evaluate(layoutFaults)).toEqual([])
      await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
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

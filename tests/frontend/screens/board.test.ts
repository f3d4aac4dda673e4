// The board in a real browser: nothing moves but what changes.
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { MINUTE_MS } from '#domain/interval.ts'
import { FIXTURES, type FixtureName } from './fixtures.ts'
import { show } from './gallery.ts'
import { layoutFaults } from './layout-faults.ts'
import { setStage } from './stage.ts'

const NAMES = Object.keys(FIXTURES) as FixtureName[]
const { on, kitchen, laptop } = setStage()

const boxOf = async (page: Page, selector: string) => {
  const box = await page.locator(selector).boundingBox()
  return box && [box.x, box.y, box.width, box.height].map(Math.round)
}

/** The sentence of an upright board: as large, or nearly, as two lines of it are set. */
const isReadable = (page: Page) =>
  page.$eval('h1', (sentence) => {
    const unit = Math.min(innerWidth, 0.6 * innerHeight) / 100
    return Number.parseFloat(getComputedStyle(sentence).fontSize) > 4.5 * unit
  })

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
        expect(await boxOf(page, '.board')).toEqual([0, 0, 1280, 664])
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

  test.each([
    { width: 480, height: 800 },
    { width: 600, height: 1024 },
    { width: 768, height: 1024 },
    { width: 1080, height: 1920 },
  ])('cuts nothing of any state on a wall of $width x $height', (size) =>
    on(size, { view: 'kitchen' }, async (page) => {
      for (const name of NAMES) {
        await show(page, name)
        expect([name, await page.evaluate(layoutFaults)]).toEqual([name, []])
        expect([name, await isReadable(page)]).toEqual([name, true])
      }
      await show(page, 'empty')
      await page.$eval('h1', (sentence) => {
        sentence.textContent =
          'Amber refused this Pi: it needs a new token. Make one in the Amber app, then run pi/set-token.sh on the Pi.'
        sentence.style.setProperty('--ems', '50.3')
      })
      expect([await page.evaluate(layoutFaults), await isReadable(page)]).toEqual([[], true])
    }),
  )

  test.each([
    ['portrait', 90, { width: 800, height: 480 }],
    ['portrait-flipped', 270, { width: 800, height: 480 }],
    ['landscape', 90, { width: 480, height: 800 }],
    ['landscape-flipped', 180, { width: 800, height: 480 }],
    ['portrait', 0, { width: 480, height: 800 }],
  ])('asked for %s turns by %i degrees where the window is %o, and fills it', (orientation, turn, size) =>
    on(size, { view: 'kitchen', orientation }, async (page) => {
      expect(await page.locator('.app').getAttribute('data-turn')).toBe(turn === 0 ? null : String(turn))
      expect(await boxOf(page, '.board')).toEqual([0, 0, size.width, size.height])
      const [clock, status] = await Promise.all(['.clock', '.status'].map((part) => boxOf(page, part)))
      if (!clock || !status) throw new Error('not drawn')
      const [[clockX, clockY], [statusX, statusY]] = [clock, status] as [number[], number[]]
      const isClockFirst = {
        0: clockY! < statusY!,
        90: clockX! > statusX!,
        180: clockY! > statusY!,
        270: clockX! < statusX!,
      }
      expect(isClockFirst[turn as 0 | 90 | 180 | 270]).toBe(true)
    }),
  )

  test('underlines an estimate from where its digits are seen to begin', () =>
    kitchen(
      async (page) => {
        const [begins, ends] = await page.$eval('.num', (figure) => {
          const { left, right } = figure.getBoundingClientRect()
          const line = getComputedStyle(figure, '::after')
          return [left + Number.parseFloat(line.left), right - Number.parseFloat(line.right)]
        })
        const word = await page.$eval('.say', (sentence) => sentence.getBoundingClientRect().left)
        expect(begins).toBeCloseTo(word, 0)
        expect(ends! - begins!).toBeGreaterThan(100)
      },
      { fixture: 'estimate' },
    ))

  test.each([
    { width: 800, height: 480 },
    { width: 480, height: 800 },
    { width: 1280, height: 720 },
  ])('underlines the figure of an estimate, not the space above the sentence, at $width x $height', (size) =>
    on(size, { view: 'kitchen', fixture: 'estimate' }, async (page) => {
      const [above, below] = await page.$eval('.num', (figure) => {
        const line = getComputedStyle(figure, '::after')
        const top = figure.getBoundingClientRect().top + Number.parseFloat(line.top)
        // The digits stand this far above the foot of their box.
        const digits = figure.getBoundingClientRect().bottom - 0.036 * Number.parseFloat(line.fontSize)
        const sentence = document.querySelector('.say')!.getBoundingClientRect().top
        return [top - digits, sentence - top - Number.parseFloat(line.borderTopWidth)]
      })
      expect(above).toBeGreaterThan(1)
      expect(above).toBeLessThan(below! / 2)
    }),
  )

  test('on its end has no mast where it has no chart', () =>
    on({ width: 480, height: 800 }, { view: 'kitchen', fixture: 'empty' }, async (page) => {
      expect(await page.locator('.mast').isVisible()).toBe(false)
      await show(page, 'live')
      expect(await page.locator('.mast').isVisible()).toBe(true)
    }))

  test('says in the middle of the chart that there is none, large enough for the wall', () =>
    kitchen(
      async (page) => {
        const [text, chart, mast] = await page.evaluate(() => {
          const range = document.createRange()
          range.selectNodeContents(document.querySelector('.nothing')!)
          const [drawn, now] = ['.tide', '.mast'].map((part) => document.querySelector(part)!)
          return [range, drawn!, now!].map((one) => one.getBoundingClientRect().toJSON() as DOMRect)
        })
        expect(text!.height).toBeGreaterThan(0.045 * 480)
        expect(Math.abs(text!.left + text!.right - mast!.right - chart!.right)).toBeLessThan(6)
        expect(Math.abs(text!.top + text!.bottom - chart!.top - chart!.bottom)).toBeLessThan(6)
      },
      { fixture: 'empty' },
    ))

  test('drops the next price beside a figure in dollars', () =>
    kitchen(async (page) => {
      expect(await page.locator('.next').count()).toBe(1)
      await show(page, 'spike')
      expect(await page.locator('.next').count()).toBe(0)
    }))
})

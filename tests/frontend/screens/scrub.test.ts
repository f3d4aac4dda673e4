// Reading the chart by hand: with a finger, a pointer, or the keyboard alone.
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { MINUTE_MS } from '#domain/interval.ts'
import { FIXTURES } from './fixtures.ts'
import { show } from './gallery.ts'
import { layoutFaults } from './layout-faults.ts'
import { setStage } from './stage.ts'

const { kitchen, phone, laptop } = setStage()

const chart = FIXTURES.live.chart!
const slider = (page: Page) => page.getByRole('slider', { name: 'Read the chart' })
const reading = async (page: Page) => {
  const text = page.locator('.reading p')
  return (await text.count()) === 0 ? undefined : plain(await text.textContent())
}
const plain = (text: string | null | undefined) => text?.replace(/\s+/g, ' ').trim()
const rowAt = (ms: number) => chart.table.findLast(({ startMs }) => startMs <= ms)!
const readingOf = ({ time, price, range }: (typeof chart.table)[number]) => plain(`${time} ${price} ${range}`)

/** Where a time stands on the page. */
async function pointOf(page: Page, ms: number) {
  const box = await page.locator('.tide').boundingBox()
  if (!box) throw new Error('no chart')
  const share = (ms - chart.startMs) / (chart.endMs - chart.startMs)
  return { x: box.x + share * box.width, y: box.y + box.height / 2 }
}

const PEAK_MS = chart.labels[0]!.atMs + 10 * MINUTE_MS

describe('the chart', () => {
  test('is read where the pointer is, and no more when it has left', () =>
    laptop(async (page) => {
      await slider(page).waitFor()
      const { x, y } = await pointOf(page, PEAK_MS)
      await page.mouse.move(x, y)
      expect(await reading(page)).toBe(readingOf(rowAt(PEAK_MS)))
      expect(await reading(page)).toMatch(/^6:30 pm 58c \d\dc to \d\dc$/)
      await page.mouse.move(x, 2)
      expect(await reading(page)).toBeUndefined()
    }))

  test('is read with a finger, which may be lifted to read it', () =>
    phone(async (page) => {
      await slider(page).waitFor()
      const client = await page.context().newCDPSession(page)
      await client.send('Emulation.setTouchEmulationEnabled', { enabled: true })
      const touch = (type: string, points: { x: number; y: number }[]) =>
        client.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints: points })
      const [from, to] = [await pointOf(page, chart.nowMs), await pointOf(page, PEAK_MS)]
      await touch('touchStart', [from])
      await touch('touchMove', [{ x: (from.x + to.x) / 2, y: from.y }])
      await touch('touchMove', [to])
      await touch('touchEnd', [])
      await expect.poll(() => reading(page)).toBe(readingOf(rowAt(PEAK_MS)))
    }))

  test('is read with the keys, from now on, and every half hour of it can be heard', () =>
    phone(async (page) => {
      await slider(page).focus()
      const heard = () => slider(page).getAttribute('aria-valuetext').then(plain)
      const now = chart.table.indexOf(rowAt(chart.nowMs))
      expect(await heard()).toContain(plain(chart.table[now]!.time))
      expect(await reading(page)).toBeUndefined()
      await page.keyboard.press('ArrowRight')
      const next = chart.table[now + 1]!
      expect(await reading(page)).toBe(readingOf(next))
      expect(await heard()).toBe(
        plain(`${next.time}: ${[next.price, next.range, next.state].filter(Boolean).join(', ')}`),
      )
      for (const [key, row] of [
        ['End', chart.table.at(-1)!],
        ['Home', chart.table[0]!],
      ] as const) {
        await page.keyboard.press(key)
        expect(await reading(page)).toBe(readingOf(row))
        expect(await page.evaluate(layoutFaults)).toEqual([])
      }
      await page.keyboard.press('Escape')
      expect(await reading(page)).toBeUndefined()
    }))

  test('says what it does not know', () =>
    phone(async (page) => {
      await show(page, 'unknown')
      await slider(page).focus()
      await page.keyboard.press('End')
      const last = FIXTURES.unknown.chart!.table.at(-1)!
      expect(await reading(page)).toBe(plain(`${last.time} ${last.price} ${last.range}`))
    }))

  test('of the wall is not for hands', () =>
    kitchen(async (page) => {
      await page.waitForLoadState('networkidle')
      expect(await page.getByRole('slider').count()).toBe(0)
    }))
})

// Whatever is missing: no screen writes an amount that the domain has not said, and none where it said that it is unknown.
import fc from 'fast-check'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { floorTo, HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import { nowView } from '#domain/now-view.ts'
import { SCREEN_PATHS } from '#domain/screen-paths.ts'
import { DEFAULT_SETTINGS, nowOptions } from '#domain/settings/settings.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { anyFacts } from '../../domain/random-prices.ts'
import { setStage } from './stage.ts'

const { kitchen, phone } = setStage()

const HALF_HOUR_MS = 30 * MINUTE_MS

/** Three days by half hours, up to about a day ago, with holes. */
const anyUsage = fc.array(
  fc.record({
    isThere: fc.nat(5).map((n) => n > 0),
    kwh: fc.integer({ min: 0, max: 400 }).map((hundredths) => hundredths / 100),
    cents: fc.integer({ min: -20, max: 300 }),
    isEstimate: fc.boolean(),
  }),
  { maxLength: 144, size: 'max' },
)

const rowsOf = (nowMs: number, halves: typeof anyUsage extends fc.Arbitrary<infer T> ? T : never) =>
  halves.flatMap(({ isThere, kwh, cents, isEstimate }, i): UsageInterval[] => {
    const startMs = floorTo(nowMs - 18 * HOUR_MS, HALF_HOUR_MS) - i * HALF_HOUR_MS
    const row = { channel: 'general', identifier: 'E1', startMs, endMs: startMs + HALF_HOUR_MS, kwh } as const
    const quality = isEstimate ? 'estimated' : 'billable'
    return isThere ? [{ ...row, costCents: kwh * cents, centsPerKwh: cents, quality }] : []
  })

const AMOUNTS = /\u2212?\$[\d,]+(?:\.\d+)?|\u2212?\d[\d,.]*c\b|\d[\d,.]*\skWh|\d+\s?%/g
const amountsIn = (text: string): string[] => text.replaceAll('\u00a0', ' ').match(AMOUNTS) ?? []

/** The chart's axis and hours are the same for every day. */
const shownOn = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const texts: string[] = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode
      // A figure and its unit stand in several elements.
      const apart = parentElement?.closest('.price') ? '' : '\n'
      if (!parentElement?.closest('svg')) texts.push(apart + (textContent ?? ''))
    }
    for (const chart of document.querySelectorAll('svg[aria-label]')) texts.push(`\n${chart.ariaLabel ?? ''}`)
    return texts.join('')
  })

const runs = { numRuns: 12, endOnFailure: true }

async function neverInvents(page: Page, path: string): Promise<void> {
  await fc.assert(
    fc.asyncProperty(anyFacts, anyUsage, async ({ facts, nowMs }, halves) => {
      const known = { ...facts, usage: rowsOf(nowMs, halves) }
      const said = await page.evaluate(([all, ms, where]) => window.showFacts(all, ms, where), [
        known,
        nowMs,
        path,
      ] as const)
      const text = await shownOn(page)
      const allowed = new Set(amountsIn(said.join('\n')))
      expect(amountsIn(text).filter((amount) => !allowed.has(amount))).toEqual([])
      expect(text).not.toMatch(/NaN|undefined|Infinity|\bnull\b/)
      const { price } = nowView(known, nowMs, nowOptions(DEFAULT_SETTINGS))
      if (path === '/') expect(await page.locator('.num').count()).toBe(price ? 1 : 0)
      expect(await page.evaluate(() => window.broken)).toEqual([])
    }),
    runs,
  )
}

describe('an amount that the domain does not know is on no screen', () => {
  test.each(Object.entries(SCREEN_PATHS))('%s', (_, path) => phone((page) => neverInvents(page, path)))
  test('the wall', () => kitchen((page) => neverInvents(page, '/')))
  test('the wall in the dark', () => kitchen((page) => neverInvents(page, '/'), { dark: '1' }))
})

// Every state, at every size, by day and by night: nothing cut, nothing on top of anything, readable, no complaint.
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FIXTURES, type FixtureName } from './fixtures.ts'
import { type Screen, SIZES, type Size, show } from './gallery.ts'
import { layoutFaults } from './layout-faults.ts'
import { setGallery } from './stage.ts'

const NAMES = Object.keys(FIXTURES) as FixtureName[]
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const { open } = setGallery()

describe.each(Object.keys(SIZES) as Size[])('at %s', (size) => {
  describe.each(['light', 'night'])('%s', (theme) => {
    let screen: Screen
    beforeAll(async () => {
      const { view, ...viewport } = SIZES[size]
      screen = await open(viewport, { view, theme, fixture: 'live' })
    })
    afterAll(() => screen.page.context().close())

    test.each(NAMES)('%s is whole and readable', async (name) => {
      await show(screen.page, name)
      expect(await screen.page.textContent('h1')).toBe(sentenceAt(size, name))
      expect(await screen.page.evaluate(layoutFaults)).toEqual([])
      expect(await seriousFindings(screen)).toEqual([])
      expect(screen.complaints).toEqual([])
    })
  })
})

/** Their full sentence takes more than two lines of an upright board. */
const TOO_LONG_UPRIGHT: readonly FixtureName[] = [
  'demo-export',
  'most-dollars',
  'minus-dollars',
  'longest-words',
]

function sentenceAt(size: Size, name: FixtureName): string {
  const { short, long, full } = FIXTURES[name].sentences
  const { width, height } = SIZES[size]
  if (size === '480x800' && TOO_LONG_UPRIGHT.includes(name)) return long
  if (width < height) return full
  return size === '800x480' ? short : long
}

async function seriousFindings({ page }: Screen): Promise<string[]> {
  // Above the end of a long page some button is always half under the tabs.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  // There are no frames; without looking for any, it opens no second page each time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(WCAG).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

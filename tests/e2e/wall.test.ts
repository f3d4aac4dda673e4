// The screen on the wall through a day and a night: who touches it, what the hour does to it, and what its address sets.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { type Home, MINUTE, moveClocks, openHome, type VisitOptions, visit } from './home.ts'

const SECOND = 1000
const AFTERNOON = '2026-03-10T17:02:40+11:00'
const NIGHT = '2026-03-10T23:02:40+11:00'
const wall = (more = '') => ({ width: 800, height: 480, path: `/?view=kitchen${more}` })

let browser: Browser
const homes = new Map<string, Home>()
beforeAll(async () => {
  browser = await launchBrowser()
  for (const now of [AFTERNOON, NIGHT]) homes.set(now, await openHome({ now }))
})
afterAll(async () => {
  for (const home of homes.values()) await home.close()
  await browser.close()
})

async function on(
  now: string,
  more: string,
  look: (page: Page, home: Home) => Promise<void>,
  device: Pick<VisitOptions, 'theme'> = {},
) {
  const home = homes.get(now)!
  home.clock.now = Date.parse(now)
  const { page, context, complaints } = await visit(browser, home, { ...wall(more), ...device })
  await page.locator('.clock').first().waitFor()
  await look(page, home)
  expect(complaints).toEqual([])
  await context.close()
}

const theme = (page: Page) => page.evaluate(() => document.documentElement.dataset.theme)
const path = (page: Page) => new URL(page.url()).pathname
const board = (page: Page) => page.locator('.board').waitFor()
const dark = (page: Page) => page.locator('.dim').waitFor()

describe('touched', () => {
  it('it opens the plan, keeps what its address sets, and returns a minute after the last touch', () =>
    on(AFTERNOON, '&orientation=landscape', async (page, home) => {
      await page.locator('.field').click()
      await page.locator('.plan').waitFor()
      expect(page.url()).toBe(`${home.url}/plan?view=kitchen&orientation=landscape`)
      await page.clock.fastForward(50 * SECOND)
      await page.getByRole('button', { name: 'EV' }).click()
      await page.clock.fastForward(50 * SECOND)
      expect(path(page)).toBe('/plan')
      await page.clock.fastForward(11 * SECOND)
      await board(page)
      expect(page.url()).toBe(`${home.url}/?view=kitchen&orientation=landscape`)
    }))

  it('it leads on to every tab, and a key does as a touch does', () =>
    on(AFTERNOON, '', async (page) => {
      await page.keyboard.press('Enter')
      await page.locator('.plan').waitFor()
      await page.getByRole('navigation').getByRole('link', { name: 'Status' }).click()
      await page.getByText('Your Pi', { exact: true }).waitFor()
      await page.clock.fastForward(61 * SECOND)
      await board(page)
    }))

  it('it returns from a screen that it was opened at', () =>
    on(AFTERNOON, '', async (page, home) => {
      await page.goto(`${home.url}/plan?view=kitchen`)
      await page.locator('.plan').waitFor()
      await page.clock.fastForward(61 * SECOND)
      await board(page)
      // What other screens look like leaves the board as it is, upright too.
      await page.setViewportSize({ width: 480, height: 800 })
      await page.locator('.upright .board').waitFor()
      expect(await page.locator('.app').boundingBox()).toEqual({ x: 0, y: 0, width: 480, height: 800 })
    }))

  it('a phone stays where it is', async () => {
    const home = homes.get(AFTERNOON)!
    const { page, context } = await visit(browser, home, { width: 390, height: 844, path: '/plan' })
    await page.locator('.plan').waitFor()
    await page.clock.fastForward(5 * MINUTE)
    expect(path(page)).toBe('/plan')
    await context.close()
  })
})

describe('at night', () => {
  it('only the number and the clock are lit, on black, and the place changes every three minutes', () =>
    on(NIGHT, '', async (page, home) => {
      await page.locator('.dim .num').waitFor()
      expect(await page.locator('.tide, .facts, .status').count()).toBe(0)
      const look = () =>
        page.evaluate(() => {
          const colours = (part: string) => getComputedStyle(document.querySelector(part)!)
          const { x, y } = document.querySelector('.lit')!.getBoundingClientRect()
          return {
            back: colours('.dim').backgroundColor,
            ink: colours('.dim .clock').color,
            cursor: colours('.dim').cursor,
            x,
            y,
          }
        })
      const first = await look()
      expect([first.back, first.cursor]).toEqual(['rgb(0, 0, 0)', 'none'])
      expect(luminance(first.ink)).toBeLessThan(0.25)
      expect((luminance(first.ink) + 0.05) / 0.05).toBeGreaterThan(4)
      await moveClocks(home, page, 4 * MINUTE)
      await expect.poll(async () => (await look()).x !== first.x || (await look()).y !== first.y).toBe(true)
    }))

  it('a touch lights the board for a minute, and only the next one leads on', () =>
    on(NIGHT, '', async (page) => {
      await dark(page)
      await page.mouse.click(400, 240)
      await board(page)
      expect(path(page)).toBe('/')
      expect(await theme(page)).toBe('night')
      await page.clock.fastForward(61 * SECOND)
      await dark(page)
      await page.mouse.click(400, 240)
      await board(page)
      await page.mouse.click(400, 240)
      await page.locator('.plan').waitFor()
    }))

  it('it goes dark by the home\u2019s clock as the hour comes, and light again in the morning', () =>
    on(AFTERNOON, '', async (page, home) => {
      await board(page)
      expect(await theme(page)).toBe('light')
      await moveClocks(home, page, 3 * 60 * MINUTE)
      await expect.poll(() => theme(page)).toBe('night')
      await board(page)
      await moveClocks(home, page, 2 * 60 * MINUTE)
      await dark(page)
      await moveClocks(home, page, 8 * 60 * MINUTE)
      await board(page)
      await moveClocks(home, page, 60 * MINUTE)
      await expect.poll(() => theme(page)).toBe('light')
    }))

  it.each([
    ['&dim=off', NIGHT, false, 'night'],
    ['&dim=off&night=off', NIGHT, false, 'light'],
    ['&dim=off&theme=light', NIGHT, false, 'light'],
    ['&dim=16-18', AFTERNOON, true, 'night'],
    ['&dim=0-6', NIGHT, false, 'night'],
    ['&theme=night', AFTERNOON, false, 'night'],
    ['&theme=dark', AFTERNOON, false, 'night'],
    ['&night=17-18', AFTERNOON, false, 'night'],
  ] as const)('%s is heeded at %s', (more, now, isDark, colours) =>
    on(now, more, async (page) => {
      await (isDark ? dark(page) : board(page))
      expect(await theme(page)).toBe(colours)
    }),
  )

  it('the clock decides, not the device, and what was chosen on the device where the address says nothing of use', () =>
    on(
      NIGHT,
      '&dim=off&night=off',
      async (page, home) => {
        expect(await theme(page)).toBe('light')
        const opened = async (kept: string, more: string) => {
          await page.evaluate((chosen) => localStorage.setItem('theme', chosen), kept)
          await page.goto(`${home.url}/?view=kitchen&dim=off${more}`)
          await board(page)
          return theme(page)
        }
        expect(await opened('light', '')).toBe('light')
        expect(await opened('night', '&night=off&theme=nonsense')).toBe('night')
        expect(await opened('night', '&night=off&theme=auto')).toBe('light')
      },
      { theme: 'dark' },
    ))
})

describe('a spike', () => {
  // Every price is a spike from 1 cent on.
  const SPIKE = '&thresholds=-3,-2,-1,0,1'

  it('cannot be missed: half of the screen is striped red, with its mark and its word', () =>
    on(AFTERNOON, SPIKE, async (page) => {
      await page.locator('.field.l6.live').waitFor()
      const field = await page.locator('.field').evaluate((element) => {
        const { width, height } = element.getBoundingClientRect()
        return {
          share: (width * height) / (innerWidth * innerHeight),
          image: getComputedStyle(element).backgroundImage,
        }
      })
      expect(field.share).toBeGreaterThan(0.4)
      expect(field.image).toContain('repeating-linear-gradient')
      expect(await page.locator('.field .word').textContent()).toBe('Spike')
      expect(await page.locator('.field .word .icon').isVisible()).toBe(true)
      expect(await page.locator('.fact', { hasText: 'Oven on' }).isVisible()).toBe(true)
    }))

  it('wakes the dark screen where that is allowed, and only there', async () => {
    await on(NIGHT, SPIKE, dark)
    await on(NIGHT, `${SPIKE}&wake=spike`, async (page) => {
      await page.locator('.field.l6').waitFor()
      expect(await theme(page)).toBe('night')
    })
    await on(NIGHT, '&wake=spike', dark)
  })

  it('that is only forecast wakes nobody', () =>
    on(NIGHT, `${SPIKE}&wake=spike`, async (page, home) => {
      await page.locator('.field.l6.live').waitFor()
      await moveClocks(home, page, 30 * MINUTE)
      await dark(page)
    }))
})

describe('the address', () => {
  it('chooses the appliances of the board', () =>
    on(AFTERNOON, '&appliances=Pool%20pump,Heater:2:60', async (page) => {
      const captions = await page.locator('.fact dt').allTextContents()
      expect(captions.slice(1, 3)).toEqual(['Pool pump', 'Heater'])
    }))
})

it('draws the chart anew when prices begin, and only clock and time left in between', () =>
  on(AFTERNOON, '', async (page, home) => {
    await page.getByText('Live.').first().waitFor()
    const line = () => page.locator('.tide .step').getAttribute('d')
    const left = () =>
      page.locator('.gauge').evaluate((gauge) => getComputedStyle(gauge).getPropertyValue('--remaining'))
    const [drawn, remaining] = [await line(), await left()]
    await moveClocks(home, page, MINUTE)
    await page.locator('.clock', { hasText: '5:03' }).waitFor()
    expect(await left()).not.toBe(remaining)
    expect(await line()).toBe(drawn)
    await moveClocks(home, page, 2 * MINUTE)
    await page.locator('.clock', { hasText: '5:05' }).waitFor()
    await expect.poll(line).not.toBe(drawn)
  }))

/** Relative, of "rgb(…)" or "color(srgb …)". */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  const scale = colour.startsWith('rgb') ? 255 : 1
  const linear = (part: number) => {
    const share = part / scale
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

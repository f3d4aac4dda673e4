// A Pi of its own for each test that wants one, and pages that are open on it: closed behind the test.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { type Home, type HomeOptions, openHome, type Visit, visit } from './home.ts'

export const PHONE = { width: 390, height: 844 }
export const BOARD = { width: 800, height: 480 }

export type Screen = Parameters<typeof visit>[2]

/** One browser for the tests of a file. */
export function ownPi(defaults: HomeOptions) {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())
  return {
    openPi: async (options: Partial<HomeOptions> = {}): Promise<Home> => {
      const pi = await openHome({ ...defaults, ...options })
      onTestFinished(pi.close)
      return pi
    },
    open: async (pi: Home, screen: Screen): Promise<Visit> => {
      const opened = await visit(browser, pi, screen)
      onTestFinished(() => opened.context.close())
      return opened
    },
  }
}

/** The screen's sentence. */
export const says = (page: Page, words: string | RegExp): Promise<void> =>
  page.getByRole('heading', { level: 1, name: words }).waitFor()

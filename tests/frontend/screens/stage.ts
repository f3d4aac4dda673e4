// Opens a screen of the gallery for one test and closes it behind it.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchBrowser } from '../../browser.ts'
import { type Gallery, openGallery, openScreen, type Screen } from './gallery.ts'

type Look = (page: Page) => Promise<void>
type Query = Readonly<Record<string, string>>

export const KITCHEN = { width: 800, height: 480 }
export const PHONE = { width: 390, height: 844 }
export const LAPTOP = { width: 1280, height: 720 }

/** One browser and one gallery for the tests of a file. */
export function setGallery() {
  let browser: Browser
  let gallery: Gallery
  beforeAll(async () => {
    ;[browser, gallery] = await Promise.all([launchBrowser(), openGallery()])
  })
  afterAll(async () => {
    await browser.close()
    await gallery.close()
  })
  return {
    /** Closed by who opens it. */
    open: (viewport: typeof PHONE, query: Query, path?: string): Promise<Screen> =>
      openScreen(browser, gallery, viewport, query, path),
    url: (query: Query) => gallery.url(query),
  }
}

export function setStage() {
  const { open, url } = setGallery()
  const on = async (viewport: typeof PHONE, query: Query, look: Look): Promise<void> => {
    const { page } = await open(viewport, query)
    try {
      await look(page)
    } finally {
      await page.context().close()
    }
  }
  return {
    on,
    kitchen: (look: Look, query: Query = {}) => on(KITCHEN, { view: 'kitchen', ...query }, look),
    phone: (look: Look, query: Query = {}) => on(PHONE, query, look),
    laptop: (look: Look, query: Query = {}) => on(LAPTOP, query, look),
    url,
  }
}

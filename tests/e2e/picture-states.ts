// A household in each state that a screen can be in, as the real app comes to it.
import type { Page } from 'playwright-core'
import { DEMO_SITE } from '../../backend/simulator/sites.ts'
import { type Home, type HomeOptions, MINUTE, whenKept } from './home.ts'

export interface PictureState {
  readonly name: string
  readonly home: HomeOptions
  /** Once the page is open: how it comes to be so. Given, the page goes on without its Pi. */
  readonly lost?: (home: Home, page: Page) => Promise<void>
  readonly prepare?: (home: Home) => void
}

const NOW = '2026-11-24T17:02:40+11:00'

/** Settled prices over the last half hour and now. */
const pricesOf =
  (cents: readonly number[]): NonNullable<HomeOptions['alter']> =>
  (db) => {
    const end = Math.floor(Date.parse(NOW) / (5 * MINUTE)) * 5 + 5
    const settle = db.prepare(`INSERT OR REPLACE INTO price_actual
      SELECT site_no, ?, 5, 0, ?, ?, 41.7, NULL, NULL, NULL, revision FROM site`)
    for (const [i, each] of cents.entries()) settle.run(end - 5 * (cents.length - 1 - i), each, each)
  }

const cutOff = (minutes: number) => async (home: Home, page: Page) => {
  await whenKept(page)
  await home.stop()
  await page.clock.fastForward(minutes * MINUTE)
}

export const STATES: readonly PictureState[] = [
  { name: 'live', home: { now: NOW } },
  {
    name: 'estimate',
    home: { now: NOW, synced: false },
    prepare: ({ faults }) => (faults.neverSettled = true),
  },
  { name: 'offline', home: { now: NOW }, lost: cutOff(130) },
  { name: 'unknown', home: { now: NOW }, lost: cutOff(60 * 60) },
  { name: 'spike', home: { now: NOW, alter: pricesOf([168, 390, 740, 980, 1420, 1655, 1702]) } },
  { name: 'negative', home: { now: NOW, alter: pricesOf([4, 1.2, -0.8, -1.9, -2.4, -2.9, -3.2]) } },
  {
    name: 'no-feed-in',
    home: {
      now: NOW,
      site: {
        ...DEMO_SITE,
        channels: DEMO_SITE.channels.filter(({ type }) => type === 'general'),
        solarKw: 0,
        activeFrom: '2026-11-20',
      },
    },
  },
  { name: 'demo', home: { now: NOW, demo: true } },
  { name: 'first-run', home: { now: NOW, synced: false } },
]

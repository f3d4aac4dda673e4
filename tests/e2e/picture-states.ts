// A household in each state that a screen can be in, as the real app comes to it.
import type { Page } from 'playwright-core'
import { DEMO_SITE, type SimulatedSite } from '../../backend/simulator/sites.ts'
import { type Home, type HomeOptions, MINUTE, whenKept } from './home.ts'

export interface PictureState {
  readonly name: string
  readonly home: Omit<HomeOptions, 'now'>
  /** Nothing has been fetched before; absent: it goes on from a home that has been lived in for weeks. */
  readonly isNew?: true
  /** Once the page is open: how it comes to be so. Given, the page goes on without its Pi. */
  readonly lost?: (home: Home, page: Page) => Promise<void>
}

export const NOW = '2026-11-24T17:02:40+11:00'

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

/** A flat without panels: nothing is sold. */
const WITHOUT_FEED_IN: SimulatedSite = {
  ...DEMO_SITE,
  channels: DEMO_SITE.channels.filter(({ type }) => type === 'general'),
  solarKw: 0,
}

export const STATES: readonly PictureState[] = [
  { name: 'live', home: {} },
  { name: 'estimate', home: { faults: { neverSettled: true } } },
  { name: 'offline', home: {}, lost: cutOff(130) },
  { name: 'unknown', home: {}, lost: cutOff(60 * 60) },
  { name: 'spike', home: { alter: pricesOf([168, 390, 740, 980, 1420, 1655, 1702]) } },
  { name: 'negative', home: { alter: pricesOf([4, 1.2, -0.8, -1.9, -2.4, -2.9, -3.2]) } },
  { name: 'no-feed-in', home: { site: WITHOUT_FEED_IN } },
  { name: 'demo', home: { alter: (db) => db.exec('UPDATE ledger SET demo = 1') } },
  { name: 'first-run', isNew: true, home: { synced: false } },
  { name: 'token-refused', isNew: true, home: { faults: { tokensRevoked: true } } },
  { name: 'no-site', isNew: true, home: { faults: { sites: [] } } },
  // More weeks of history than calls: it goes on with the next syncs.
  { name: 'first-hours', isNew: true, home: { site: DEMO_SITE } },
]

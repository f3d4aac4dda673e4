// Prices by rank: settled ones in their rows, the running interval and the forecasts in one record, and the forecasts as
// they were made.
import type { Database } from 'better-sqlite3'
import type { Interval } from '#domain/interval.ts'
import type { PriceInterval } from '#domain/price.ts'
import { inRevision, type Saved } from './ledger.ts'
import { livePrices, saveLive } from './live-prices.ts'
import { siteNo } from './numbers.ts'
import { saveSettled, settledBetween } from './settled-prices.ts'
import { saveVintage } from './vintages.ts'

export { livePrices, livePricesRevision } from './live-prices.ts'
export { actualPricesSince, actualPricesSpan } from './settled-prices.ts'

/** Writes one answer of Amber's in one transaction. */
export function savePrices(db: Database, siteId: string, prices: readonly PriceInterval[]): Saved {
  let removed = 0
  const changed = inRevision(db, (revision) => {
    const site = siteNo(db, siteId)
    const settled = prices.filter(({ kind }) => kind === 'actual')
    const saved = saveSettled(db, site, settled, revision)
    removed = saved.removed
    return saved.changed + saveLive(db, site, prices, revision) + saveVintage(db, site, prices)
  })
  return { changed, removed }
}

/** Everything known that overlaps the span, of every rank: `timeline` chooses. */
export function pricesBetween(db: Database, siteId: string, span: Interval): PriceInterval[] {
  const live = livePrices(db, siteId).filter((row) => row.endMs > span.startMs && row.startMs < span.endMs)
  return [...settledBetween(db, siteId, span), ...live]
}

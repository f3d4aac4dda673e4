// Forecasts as they were made over some days, and what came: so that there is something to judge.
import { HOUR_MS, MINUTE_MS } from '../../backend/domain/interval.ts'
import type { PriceInterval } from '../../backend/domain/price.ts'
import { DEMO_SITE } from '../../backend/simulator/sites.ts'
import { savePrices } from '../../backend/store/prices.ts'
import type { Home } from './home.ts'

const DAY_MS = 24 * HOUR_MS
const HALF_MS = 30 * MINUTE_MS

/** Amber's own are a few cents out, more in the evening; AEMO's always more. */
export function foretell({ db, clock }: Home, days: number): void {
  const endMs = Math.floor(clock.now / DAY_MS) * DAY_MS
  const startMs = endMs - days * DAY_MS
  db.transaction(() => {
    for (let madeAtMs = startMs; madeAtMs < endMs; madeAtMs += 2 * HOUR_MS)
      savePrices(db, DEMO_SITE.id, setOf(madeAtMs))
    const halves = Math.round((endMs + DAY_MS - startMs) / HALF_MS)
    const came = Array.from({ length: halves }, (_, half) => row(startMs + half * HALF_MS, 30))
    savePrices(
      db,
      DEMO_SITE.id,
      came.filter(({ endMs: end }) => end <= clock.now - HOUR_MS),
    )
  })()
}

function setOf(madeAtMs: number): PriceInterval[] {
  return Array.from({ length: 40 }, (_, half) => {
    const startMs = madeAtMs + half * HALF_MS
    const hour = (new Date(startMs).getUTCHours() + 11) % 24
    const out = 2 + half / 8 + (hour >= 17 && hour < 20 ? 9 : 0)
    return row(startMs, 30 + out * 1.4, {
      kind: 'forecast',
      madeAtMs,
      advanced: { low: 22, predicted: 30 + out, high: 48 },
    })
  })
}

const row = (startMs: number, centsPerKwh: number, more: Partial<PriceInterval> = {}): PriceInterval => ({
  channel: 'general',
  kind: 'actual',
  estimate: false,
  startMs,
  endMs: startMs + HALF_MS,
  centsPerKwh,
  ...more,
})

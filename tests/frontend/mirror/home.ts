// An invented household for these tests: prices that say when they are of, so that a mix-up shows.
import type { Household } from '#domain/household.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import type { PriceInterval } from '#domain/price.ts'
import type { UsageInterval } from '#domain/usage.ts'

/** How long a slow machine may take for what is done in a moment. */
export const SOON = { timeout: 30_000 }

/** A Tuesday, 10:02 in Sydney and 09:02 by NEM time. */
export const NOW_MS = Date.parse('2026-03-10T10:02:00+11:00')
export const NEM_MIDNIGHT_MS = Date.parse('2026-03-10T00:00:00+10:00')

export const HOUSEHOLD: Household = {
  siteId: 'site',
  network: 'Ausgrid',
  timeZone: 'Australia/Sydney',
  intervalMinutes: 30,
  channels: ['general'],
  demo: false,
}

export const halfHour = (startMs: number, centsPerKwh: number, rest: Partial<PriceInterval> = {}) =>
  ({
    channel: 'general',
    kind: 'actual',
    estimate: false,
    startMs,
    endMs: startMs + 30 * MINUTE_MS,
    centsPerKwh,
    descriptor: 'neutral',
    spikeStatus: 'none',
    ...rest,
  }) satisfies PriceInterval

/** Settled half hours of whole NEM days, the last one `lastDay` days from today (0: until nine this morning). */
export function settledDays(days: number, lastDay = 0): PriceInterval[] {
  const endMs = Math.min(
    NEM_MIDNIGHT_MS + (lastDay + 1) * DAY_MS,
    NEM_MIDNIGHT_MS + lastDay * DAY_MS + 9 * HOUR_MS,
  )
  const startMs = NEM_MIDNIGHT_MS + (lastDay - days + 1) * DAY_MS
  const halves = Math.round((endMs - startMs) / (30 * MINUTE_MS))
  return Array.from({ length: halves }, (_, half) =>
    halfHour(startMs + half * 30 * MINUTE_MS, 20 + (half % 7)),
  )
}

export const meteredDays = (days: number, lastDay = -1): UsageInterval[] =>
  Array.from({ length: days * 48 }, (_, half) => {
    const startMs = NEM_MIDNIGHT_MS + (lastDay - days + 1) * DAY_MS + half * 30 * MINUTE_MS
    return {
      channel: 'general',
      identifier: 'E1',
      startMs,
      endMs: startMs + 30 * MINUTE_MS,
      kwh: 0.5,
      costCents: 15,
      centsPerKwh: 30,
      quality: 'billable',
    }
  })

/** The running half hour and `hours` of forecast after it. */
export function liveFrom(nowMs: number, cents = 24, hours = 12): PriceInterval[] {
  const startMs = Math.floor(nowMs / (30 * MINUTE_MS)) * 30 * MINUTE_MS
  return Array.from({ length: 1 + 2 * hours }, (_, half) =>
    halfHour(startMs + half * 30 * MINUTE_MS, cents + half, {
      kind: half === 0 ? 'current' : 'forecast',
      estimate: false,
      madeAtMs: nowMs,
    }),
  )
}

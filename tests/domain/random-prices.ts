// Prices as no household ever had them: any length and overlap, holes, both daylight saving days, any price at all.
import fc from 'fast-check'
import type { Household } from '#domain/household.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import { DESCRIPTORS, type PriceInterval, SPIKE_STATUSES } from '#domain/price.ts'
import { HOUSEHOLD, price } from './sample-facts.ts'

const STEP_MS = 5 * MINUTE_MS

/** A few hours before the night on which the clocks change, or an ordinary noon. */
const moment = fc.constantFrom(
  Date.parse('2026-04-04T09:00:00Z'),
  Date.parse('2026-10-03T09:00:00Z'),
  Date.parse('2026-11-24T01:00:00Z'),
)
const zone = fc.constantFrom('Australia/Sydney', 'Australia/Brisbane', 'Australia/Adelaide')

const anyCents = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 700 }).map((tenths) => tenths / 10) },
  { weight: 1, arbitrary: fc.integer({ min: -1200, max: 0 }).map((tenths) => tenths / 10) },
  { weight: 1, arbitrary: fc.integer({ min: 70, max: 2200 }) },
)

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

/** What a row says besides its time and price. */
const anyWords = fc.record({
  descriptor: optional(fc.constantFrom(...DESCRIPTORS)),
  spikeStatus: fc.constantFrom(undefined, 'none', 'none', 'none', ...SPIKE_STATUSES),
  spread: optional(fc.integer({ min: 0, max: 20 })),
  renewables: optional(fc.integer({ min: 0, max: 110 })),
  madeBefore: optional(fc.integer({ min: 0, max: 40 * 60 })),
  isEstimate: fc.boolean(),
  isUnconfirmed: fc.nat(9).map((n) => n === 0),
})

const anySpan = fc.record({ length: fc.constantFrom(5, 5, 30), cents: anyCents, words: anyWords })

/** A run of prices of like height, as days are made of. */
const anyRun = fc.record({
  count: fc.integer({ min: 1, max: 12 }),
  jitter: fc.integer({ min: 0, max: 30 }),
  isHole: fc.nat(9).map((n) => n === 0),
  span: anySpan,
})

const anyOverlay = fc.record({
  channel: fc.constantFrom('general' as const, 'feedIn' as const),
  slot: fc.integer({ min: -60, max: 240 }),
  span: anySpan,
})

type Span = typeof anySpan extends fc.Arbitrary<infer T> ? T : never
type Run = typeof anyRun extends fc.Arbitrary<infer T> ? T : never

/** What lies ahead of `nowMs` is a forecast, as it is from Amber; some of what lies behind was never confirmed either. */
function rowOf(
  nowMs: number,
  atMs: number,
  { length, cents, words }: Span,
  more: Partial<PriceInterval> = {},
) {
  const lengthMs = length * MINUTE_MS
  const startMs = Math.floor(atMs / lengthMs) * lengthMs
  const isForecast = startMs > nowMs || words.isUnconfirmed
  const isEstimate = !isForecast && words.isEstimate
  const { descriptor, spikeStatus, renewables, madeBefore, spread } = words
  const up = Math.abs(cents) * ((spread ?? 0) / 10)
  return price(startMs, length, cents, {
    kind: isForecast ? 'forecast' : isEstimate ? 'current' : 'actual',
    estimate: isEstimate,
    ...(descriptor && { descriptor }),
    ...(spikeStatus && { spikeStatus }),
    ...(renewables !== undefined && { renewablesPercent: renewables }),
    ...(madeBefore !== undefined && { madeAtMs: nowMs - madeBefore * MINUTE_MS }),
    ...(spread !== undefined && { advanced: { low: cents - up, predicted: cents, high: cents + up } }),
    ...more,
  })
}

function lineOf(nowMs: number, fromMs: number, runs: readonly Run[]): PriceInterval[] {
  const rows: PriceInterval[] = []
  let atMs = fromMs
  for (const { count, jitter, isHole, span } of runs) {
    for (let index = 0; index < count; index += 1) {
      const cents = span.cents + (index % 3) * (jitter / 10)
      if (!isHole) rows.push(rowOf(nowMs, atMs, { ...span, cents }))
      atMs += span.length * MINUTE_MS
    }
  }
  return rows
}

export const anyPrices = fc
  .record({
    baseMs: moment,
    offsetSeconds: fc.integer({ min: 0, max: 12 * 60 * 60 }),
    hoursBefore: fc.integer({ min: 0, max: 8 }),
    timeZone: zone,
    runs: fc.array(anyRun, { maxLength: 16, size: 'max' }),
    overlays: fc.array(anyOverlay, { maxLength: 20, size: 'max' }),
  })
  .map(({ baseMs, offsetSeconds, hoursBefore, timeZone, runs, overlays }) => {
    const nowMs = baseMs + offsetSeconds * SECOND_MS
    const fromMs = Math.floor(nowMs / STEP_MS) * STEP_MS - hoursBefore * HOUR_MS
    const over = overlays.map(({ channel, slot, span }) =>
      rowOf(nowMs, nowMs + slot * STEP_MS, span, { channel }),
    )
    return { nowMs, timeZone, prices: [...lineOf(nowMs, fromMs, runs), ...over] }
  })

export const anyFacts = fc
  .record({
    known: anyPrices,
    answered: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
    lost: fc.option(fc.integer({ min: 0, max: 4000 }), { nil: undefined }),
    piLost: fc.option(fc.integer({ min: 0, max: 4000 }), { nil: undefined }),
    outcome: fc.constantFrom(
      undefined,
      'ok',
      'partial',
      'unreachable',
      'rate-limited',
      'unauthorised',
      'amber-error',
      'bad-answer',
      'failed',
    ),
    demo: fc.boolean(),
    intervalMinutes: fc.constantFrom(5, 30),
    contract: fc.constantFrom<Pick<Household, 'startsOn' | 'closedOn'>>(
      {},
      {},
      {},
      { closedOn: '2025-09-30' },
      { closedOn: null },
      { startsOn: '2026-12-12' },
    ),
  })
  .map(({ known, answered, lost, piLost, outcome, demo, intervalMinutes, contract }) => {
    const ago = (minutes: number): number => known.nowMs - minutes * MINUTE_MS
    return {
      nowMs: known.nowMs,
      facts: {
        household: { ...HOUSEHOLD, timeZone: known.timeZone, demo, intervalMinutes, ...contract },
        prices: known.prices,
        usage: [],
        amber: {
          ...(answered !== undefined && { answeredAtMs: ago(answered) }),
          ...(lost !== undefined && { lostSinceMs: ago(lost) }),
          ...(outcome !== undefined && { outcome }),
        },
        pi: {
          ...(answered !== undefined && { answeredAtMs: ago(answered) }),
          ...(piLost !== undefined && { lostSinceMs: ago(piLost) }),
        },
      },
    }
  })

/** One price for each 5 minutes or half hour on a line, with holes: nothing overlaps. */
export const anyLine = fc
  .array(
    fc.record({
      length: fc.constantFrom(5, 30),
      cents: fc.integer({ min: -20, max: 60 }),
      isHole: fc.nat(9),
    }),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  .map((steps) => {
    const rows: PriceInterval[] = []
    let startMs = 10 * HOUR_MS
    for (const { length, cents, isHole } of steps) {
      if (isHole > 0) rows.push(price(startMs, length, cents))
      startMs += length * MINUTE_MS
    }
    return { rows, startMs: 10 * HOUR_MS, endMs: startMs }
  })

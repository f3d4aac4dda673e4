// The Now screen over facts that no household ever had: what must hold whatever Amber, the Pi or the network did.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '#domain/interval.ts'
import { nowView } from '#domain/now-view.ts'
import { outlook } from '#domain/outlook.ts'
import { SENTENCE_LIMITS } from '#domain/sentence.ts'
import { shownCents } from '#domain/shown-price.ts'
import { situation } from '#domain/situation.ts'
import { timeline } from '#domain/timeline.ts'
import { money } from '#domain/words.ts'
import { anyFacts } from './random-prices.ts'
import { HOUSEHOLD, inTouch, price } from './sample-facts.ts'

const runs = { numRuns: 150 }

/** Every text of a view, with the path to it. */
function textsOf(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, `${path}.${key}`))
}

const numbersOf = (value: unknown): number[] => {
  if (typeof value === 'number') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(numbersOf)
}

describe('whatever is known', () => {
  test('the sentence fits its line', () => {
    fc.assert(
      fc.property(anyFacts, ({ facts, nowMs }) => {
        const { sentences } = nowView(facts, nowMs)
        for (const [length, limit] of Object.entries(SENTENCE_LIMITS)) {
          const text = sentences[length as keyof typeof SENTENCE_LIMITS]
          expect(text.length, text).toBeLessThanOrEqual(limit)
          expect(text, text).toMatch(/^[A-Z].*\.$/)
        }
      }),
      { numRuns: 600 },
    )
  })

  test('what holds is said to end on a half hour, not with the interval of the moment', () => {
    fc.assert(
      fc.property(anyFacts, ({ facts, nowMs }) => {
        for (const text of Object.values(nowView(facts, nowMs).sentences)) {
          expect(text).not.toMatch(/(?:until|Likely over by) (?!at least)\d+:(?!30)/i)
        }
      }),
      { numRuns: 600 },
    )
  })

  test('a price is said to come under $1 where the row that is drawn does', () => {
    fc.assert(
      fc.property(anyFacts, ({ facts, nowMs }) => {
        const now = situation(facts, nowMs)
        const present = now.row
        if (!present || shownCents(present) < 100) return
        const { underDollarMs } = outlook(now, present)
        if (underDollarMs === undefined) return
        const from = now.general.findIndex(({ endMs }) => endMs > underDollarMs)
        expect(now.general[from]!.startMs).toBe(underDollarMs)
        expect(shownCents(now.general[from]!)).toBeLessThan(100)
        expect(shownCents(now.general[from - 1]!)).toBeGreaterThanOrEqual(100)
      }),
      { numRuns: 600 },
    )
  })

  test('no text holds a value that is none, a plain minus, or an exclamation', () => {
    fc.assert(
      fc.property(anyFacts, ({ facts, nowMs }) => {
        const shown = nowView(facts, nowMs)
        const odd = textsOf(shown).filter(([, text]) =>
          /undefined|null|NaN|Infinity|!| {2}|^\s|\s$|-\d/.test(text),
        )
        expect(odd).toEqual([])
        expect(numbersOf(shown).filter((number) => !Number.isFinite(number))).toEqual([])
      }),
      runs,
    )
  })

  test('the order of the rows changes nothing', () => {
    const shuffled = anyFacts.chain(({ facts, nowMs }) =>
      fc.record({
        facts: fc.constant(facts),
        nowMs: fc.constant(nowMs),
        prices: fc.shuffledSubarray(facts.prices, { minLength: facts.prices.length }),
      }),
    )
    fc.assert(
      fc.property(shuffled, ({ facts, nowMs, prices }) => {
        expect(nowView({ ...facts, prices }, nowMs)).toEqual(nowView(facts, nowMs))
      }),
      runs,
    )
  })

  test('the number is what the best row that covers now says, and there is none where none does', () => {
    fc.assert(
      fc.property(anyFacts, fc.integer({ min: 0, max: 20 * 60 }), ({ facts, nowMs }, minutes) => {
        const laterMs = nowMs + minutes * MINUTE_MS
        const row = timeline(facts.prices).find(
          ({ channel, startMs, endMs }) => channel === 'general' && startMs <= laterMs && laterMs < endMs,
        )
        const { price: shown, certainty } = nowView(facts, laterMs)
        expect(shown?.text).toBe(row && money(shownCents(row)))
        if (row?.kind === 'forecast') expect(certainty).toBe('stored')
      }),
      runs,
    )
  })

  test('a price that is not settled or an estimate of this interval is never shown as one', () => {
    fc.assert(
      fc.property(anyFacts, fc.integer({ min: 0, max: 20 * 60 }), ({ facts, nowMs }, minutes) => {
        const laterMs = nowMs + minutes * MINUTE_MS
        const { certainty, price: shown } = nowView(facts, laterMs)
        const settled = facts.prices.some(
          ({ channel, kind, startMs, endMs }) =>
            channel === 'general' && kind !== 'forecast' && startMs <= laterMs && laterMs < endMs,
        )
        expect(certainty === 'live' || certainty === 'estimate').toBe(settled)
        if (shown && !settled) expect(shown.word).toMatch(/^(Probably|Maybe)/)
      }),
      runs,
    )
  })

  test('no number of now is left anywhere when nothing covers now', () => {
    fc.assert(
      fc.property(anyFacts, fc.integer({ min: 0, max: 40 * 60 }), ({ facts, nowMs }, minutes) => {
        const shown = nowView(facts, nowMs + minutes * MINUTE_MS)
        fc.pre(shown.certainty === 'unknown')
        expect(shown.price).toBeUndefined()
        // A home that Amber supplies no more misses none.
        expect(shown.headline).toBe(facts.household?.closedOn === undefined ? 'No price' : 'Closed')
        expect(shown.chart?.bestWindow).toBeUndefined()
        for (const { heading, note } of shown.windows)
          expect([heading, note].join()).toMatch(/not known,no price/)
        for (const { text } of shown.facts.slice(1, 3)) expect(text).toBe('Can\u2019t tell')
        const amounts = textsOf(shown.sentences).flatMap(
          ([, text]) => text.match(/\u2212?\$?\d[\d.]*c?(?= |,|\.)/g) ?? [],
        )
        const { lastLive } = situation(facts, nowMs + minutes * MINUTE_MS)
        for (const amount of amounts.filter((found) => /[c$]/.test(found)))
          expect(amount).toBe(lastLive && money(lastLive.centsPerKwh))
      }),
      { numRuns: 400 },
    )
  })

  test('the chart draws known time only, once, in order, and never too much of it', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(20, 300), ({ facts, nowMs }, maxChartSteps) => {
        const { chart } = nowView(facts, nowMs, { maxChartSteps })
        if (!chart) return
        expect(chart.steps.length).toBeLessThanOrEqual(maxChartSteps)
        const known = timeline(facts.prices).filter(({ channel }) => channel === 'general')
        let lastMs = chart.startMs
        for (const { startMs, endMs, lowCents, highCents, cents } of chart.steps) {
          expect(startMs).toBeGreaterThanOrEqual(lastMs)
          expect(endMs).toBeLessThanOrEqual(chart.endMs)
          lastMs = endMs
          const covered = known.reduce(
            (sum, row) => sum + Math.max(0, Math.min(row.endMs, endMs) - Math.max(row.startMs, startMs)),
            0,
          )
          expect(covered).toBe(endMs - startMs)
          if (highCents !== undefined)
            expect(lowCents! <= cents + 1e-9 && cents - 1e-9 <= highCents).toBe(true)
        }
      }),
      runs,
    )
  })

  test('what is promised to hold ends later than now', () => {
    fc.assert(
      fc.property(anyFacts, ({ facts, nowMs }) => {
        const { chart, price: shown } = nowView(facts, nowMs)
        if (shown) expect(shown.remaining).toBeGreaterThan(0)
        if (shown) expect(shown.remaining).toBeLessThanOrEqual(1)
        if (chart?.bestWindow) expect(chart.bestWindow.startMs).toBeGreaterThanOrEqual(nowMs)
      }),
      runs,
    )
  })
})

test('from live through the stored forecast to unknown, certainty never comes back without new facts', () => {
  const order = ['live', 'estimate', 'stored', 'unknown']
  const steps = fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 5, maxLength: 80 })
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 50 }), (minutes, forecasts) => {
      const startMs = Date.parse('2026-10-03T12:00:00Z')
      const ahead = Array.from({ length: forecasts }, (_, index) =>
        price(startMs + (5 + index * 30) * MINUTE_MS, 30, index, { kind: 'forecast', madeAtMs: startMs }),
      )
      const facts = {
        household: HOUSEHOLD,
        prices: [price(startMs, 5, 20), ...ahead],
        usage: [],
        ...inTouch(startMs),
      }
      let [nowMs, worst] = [startMs, 0]
      for (const minute of minutes) {
        const rank = order.indexOf(nowView(facts, nowMs).certainty)
        expect(rank).toBeGreaterThanOrEqual(worst)
        worst = rank
        nowMs += minute * MINUTE_MS
      }
      expect(nowView(facts, startMs + 40 * HOUR_MS).certainty).toBe('unknown')
    }),
    { numRuns: 30 },
  )
})

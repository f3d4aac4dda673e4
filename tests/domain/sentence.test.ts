import { describe, expect, test } from 'vitest'
import type { HomeFacts } from '#domain/home-facts.ts'
import { MINUTE_MS } from '#domain/interval.ts'
import { nowView } from '#domain/now-view.ts'
import { at, factsOf, feedIn, inTouch, liveFacts, price, rows, type Sample, WEEKDAY } from './sample-facts.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')
const said = (facts: HomeFacts, nowMs: number) => {
  const { short, long, full } = nowView(facts, nowMs).sentences
  return { short: plain(short), long: plain(long), full: plain(full) }
}
const live = (sample: Sample) => said(liveFacts(sample), sample.nowMs)
const lost = (nowMs: number, madeAtMs: number, more: Partial<Sample> = {}) =>
  said(
    factsOf(rows({ nowMs, madeAtMs, ...more }), {
      amber: { answeredAtMs: madeAtMs, lostSinceMs: madeAtMs + 4 * MINUTE_MS, outcome: 'unreachable' },
      pi: { answeredAtMs: nowMs },
    }),
    nowMs,
  )
const SPIKE = WEEKDAY.map(
  (cents, index) =>
    ({ 33: 71, 34: 96, 35: 168, 36: 640, 37: 1702, 38: 980, 39: 92, 40: 66, 41: 54 })[index] ?? cents + 2,
)
const NEGATIVE = WEEKDAY.map(
  (cents, index) => ({ 20: 1, 21: -1, 22: -6, 23: -9, 24: -8, 25: -3, 26: 2 })[index] ?? cents,
)
const DEAR_BAND = { low: 900, predicted: 980, high: 990 }
const FLAT = WEEKDAY.map(() => 45)

describe('the sentence while prices are live', () => {
  test('says how long it stays cheap and when it is dearest', () => {
    expect(live({ nowMs: at(10, 2) }).short).toBe('Very cheap until 4 pm. Dearest about 6:30 pm: 58c.')
  })

  test('says when it is worth waiting for while it is dear', () => {
    const sentences = live({ nowMs: at(18, 12), current: { centsPerKwh: 56.1 } })
    expect(sentences.short).toBe('Dear until 7:30 pm. Wait if you can: 28c from 11 pm.')
    expect(sentences.full).toBe('Dear until 7:30 pm. Wait if you can: 28c from 11 pm, 25c overnight.')
  })

  test('says first what to do in a spike, then its end, then its end at worst', () => {
    const sentences = live({
      nowMs: at(18, 41),
      profile: SPIKE,
      current: { centsPerKwh: 1702, spikeStatus: 'spike' },
    })
    expect(sentences.short).toBe('Turn off what you can. Under $1 by about 7:30 pm.')
    expect(sentences.long).toBe('Turn off what you can. Under $1 by about 7:30 pm, at worst 8 pm.')
  })

  test('takes half an hour of which no high end is known for no end of a spike at worst', () => {
    const nowMs = at(18, 41)
    const facts = liveFacts({ nowMs, profile: SPIKE, current: { centsPerKwh: 1702, spikeStatus: 'spike' } })
    const prices = facts.prices.map(({ advanced, ...row }) =>
      row.startMs === at(20) || !advanced ? row : { ...row, advanced },
    )
    expect(said({ ...facts, prices }, nowMs).long).toBe(
      'Turn off what you can. Under $1 by about 7:30 pm, at worst 8:30 pm.',
    )
  })

  test('names the five minutes from which the chart draws it under $1, within this half hour and the next', () => {
    const nowMs = at(17, 2)
    const spike = { centsPerKwh: 1702, spikeStatus: 'spike' } as const
    const overUntil = (endMs: number) => {
      const facts = liveFacts({ nowMs, current: spike })
      const prices = facts.prices.map((row) =>
        row.kind === 'forecast' && row.startMs < endMs ? { ...row, advanced: DEAR_BAND } : row,
      )
      return said({ ...facts, prices }, nowMs).long
    }
    expect(overUntil(nowMs)).toBe('Turn off what you can. Under $1 by about 5:05 pm.')
    expect(overUntil(at(17, 20))).toBe('Turn off what you can. Under $1 by about 5:20 pm.')
    expect(overUntil(at(17, 30))).toBe('Turn off what you can. Under $1 by about 5:30 pm.')
    expect(overUntil(at(17, 35))).toBe('Turn off what you can. Under $1 by about 5:35 pm.')
  })

  test('does not call it under $1 while the chart draws the first minutes of that half hour over it', () => {
    const nowMs = at(17, 2)
    const facts = liveFacts({ nowMs, current: { centsPerKwh: 1702, spikeStatus: 'spike' } })
    const prices = facts.prices.map((row) =>
      row.kind === 'forecast' && row.startMs < at(17, 35)
        ? { ...row, advanced: { low: 90, predicted: 130, high: 130 } }
        : row,
    )
    expect(said({ ...facts, prices }, nowMs).long).toBe('Turn off what you can. Under $1 by about 5:35 pm.')
  })

  test('does not take half an hour under $1 for the end of a spike', () => {
    const dip = SPIKE.map((cents, index) => (index === 38 ? 90 : index === 39 ? 980 : cents))
    const sentences = live({ nowMs: at(18, 41), profile: dip, current: { centsPerKwh: 1702 } })
    expect(sentences.short).toBe('Turn off what you can. Under $1 by about 8 pm.')
  })

  test('sends who waits to the cheap night, not to a morning that is as dear', () => {
    const dearMorning = WEEKDAY.map((cents, index) => (index === 14 ? 66 : cents))
    expect(live({ nowMs: at(18, 12), profile: dearMorning }).short).toMatch(
      /^Dear until 7:30 pm\. Wait if you can/,
    )
  })

  test('says that a spike has no end in sight', () => {
    const endless = { nowMs: at(18, 41), profile: WEEKDAY.map(() => 900) }
    expect(live(endless).short).toBe('Turn off what you can. No end in the forecast yet.')
  })

  test('calls a spike that Amber only warns of a maybe', () => {
    const warned = { kind: 'current', estimate: true, centsPerKwh: 80, spikeStatus: 'potential' } as const
    const sentences = live({ nowMs: at(18, 12), current: warned })
    expect(sentences.short).toMatch(/^Maybe a spike\. Likely over by /)
    expect(nowView(liveFacts({ nowMs: at(18, 12), current: warned }), at(18, 12)).price?.word).toBe(
      'Maybe a spike',
    )
  })

  test('says what is earned below zero, and for how long', () => {
    expect(live({ nowMs: at(11, 32), profile: NEGATIVE }).short).toBe('You earn 9c a kWh until 1 pm.')
  })

  test('tells of prices below zero ahead', () => {
    expect(live({ nowMs: at(10, 2), profile: NEGATIVE }).short).toMatch(/Paid to use from 10:30 am\.$/)
  })

  test('is calm on a flat day', () => {
    expect(live({ nowMs: at(8, 6), profile: FLAT }).short).toBe('About usual until at least 11 pm.')
    const usualMorning = WEEKDAY.map((cents, index) => (index < 24 ? 45 : cents))
    expect(live({ nowMs: at(8, 6), profile: usualMorning }).short).toMatch(/^About usual all morning\./)
  })

  test('does not take a blip of one interval for what holds', () => {
    const sentences = live({ nowMs: at(10, 2), current: { centsPerKwh: 55 } })
    expect(sentences.short).toBe('Dear for now, very cheap until 4 pm.')
    for (const text of Object.values(sentences)) expect(text).not.toContain('10:05')
  })

  test('does not end what holds at a blip ahead', () => {
    const blip = WEEKDAY.map((cents, index) => (index === 24 ? 32 : cents))
    expect(live({ nowMs: at(10, 2), profile: blip }).short).toMatch(/^Very cheap until 4 pm\./)
  })

  test('names a turn that is minutes away when the level has held before', () => {
    expect(live({ nowMs: at(15, 56) }).short).toMatch(/^Very cheap until 4 pm\./)
  })

  test('does not speak of times beyond a gap', () => {
    const nowMs = at(10, 2)
    const gap = rows({ nowMs }).filter(({ startMs }) => startMs < at(12) || startMs >= at(13))
    expect(said(factsOf(gap, inTouch(nowMs)), nowMs).full).toBe('Very cheap until at least noon.')
  })

  test('adds what exporting does only when it costs, or earns 20c or more', () => {
    const nowMs = at(12, 47)
    const general = rows({ nowMs })
    const withExport = (earned: number) =>
      said(factsOf([...general, ...feedIn(general, () => earned)], inTouch(nowMs)), nowMs)
    expect(withExport(-3).long).toBe('Super cheap until 1:30 pm. Exporting costs 3c.')
    expect(withExport(-3).full).toContain('Exporting costs 3c: use your solar at home.')
    expect(withExport(33).long).toContain('Exporting earns 33c.')
    for (const earned of [0, 8, 19]) expect(withExport(earned).full).not.toContain('xport')
  })
})

describe('the sentence without contact', () => {
  test('speaks of a forecast, and of the time that is worth waiting for', () => {
    const sentences = lost(at(16, 31), at(14, 25))
    expect(sentences.short).toBe('Forecast to rise to 58c about 6:30 pm. Wait for 9:30 pm.')
    expect(sentences.full).toBe(
      'About 37c, from 31c to 48c. Likely the dearest at 6:30 pm: 58c, 27c by 12:30 am.',
    )
  })

  test('calls a spike that was foretold a maybe', () => {
    const { short } = lost(at(18, 35), at(14, 25), { profile: SPIKE })
    expect(short).toBe('Maybe a spike. Forecast under $1 by about 7:30 pm.')
  })

  test('says what is likely to stay and to fall', () => {
    expect(lost(at(1, 31), at(0, 5), { hoursAhead: 5 }).short).toBe(
      'Forecast to stay very cheap until at least 5:30 am.',
    )
    expect(lost(at(19, 20), at(14, 25)).short).toBe('Forecast to fall to 28c by 11 pm.')
    expect(lost(at(11, 31), at(9, 5), { profile: NEGATIVE, hoursAhead: 8 }).short).toBe(
      'Forecast to pay you 9c a kWh until 1 pm.',
    )
  })

  test('is the last known price with its time once the forecast has run out', () => {
    const { short } = lost(at(20), at(14, 25), { hoursAhead: 4 })
    expect(short).toBe('Last known 19c, 2:25 pm. No internet since 2:29 pm.')
    expect(lost(at(20 + 24), at(14, 25), { hoursAhead: 4 }).short).toBe('Last known 19c, Tuesday 2:25 pm.')
  })

  test('says so when nothing confirmed was ever known', () => {
    const facts = factsOf([price(at(8), 30, 20, { kind: 'forecast' })], inTouch(at(10)))
    expect(said(facts, at(10)).short).toBe('No confirmed price is known. Amber sends no new prices.')
  })
})

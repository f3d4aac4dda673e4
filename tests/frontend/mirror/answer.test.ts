import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MirrorAnswer, MirrorHistoryAnswer } from '#domain/mirror.ts'
import { priceDaysOf } from '#domain/price-day.ts'
import { usageDaysOf } from '#domain/usage-day.ts'
import { parseHistoryAnswer, parseMirrorAnswer } from '../../../frontend/src/mirror/answer.ts'
import { HOUSEHOLD, liveFrom, meteredDays, NOW_MS, settledDays } from './home.ts'

const answer: MirrorAnswer = {
  epoch: 'first',
  revision: 7,
  more: false,
  pi: {
    version: '1',
    commit: 'abc',
    atMs: NOW_MS,
    demo: false,
    amberAnsweredAtMs: null,
    amberLostSinceMs: null,
    outcome: null,
  },
  household: HOUSEHOLD,
  live: liveFrom(NOW_MS),
  priceDays: priceDaysOf(settledDays(2)),
  usageDays: usageDaysOf(meteredDays(1)),
  historyBefore: '2026-03-09',
}

const history: MirrorHistoryAnswer = {
  epoch: 'first',
  before: null,
  priceDays: answer.priceDays,
  usageDays: answer.usageDays,
}

describe('an answer of the mirror', () => {
  it('comes through as it is', () => {
    expect(parseMirrorAnswer(JSON.parse(JSON.stringify(answer)))).toEqual(answer)
    expect(parseHistoryAnswer(JSON.parse(JSON.stringify(history)))).toEqual(history)
  })

  it('of a Pi that knows of no site yet comes through', () => {
    const empty = { ...answer, household: null, live: null, priceDays: [], usageDays: [] }
    expect(parseMirrorAnswer(empty)).toEqual(empty)
  })

  const day = answer.priceDays[0]!
  const wrong: [name: string, change: object][] = [
    ['no epoch', { epoch: '' }],
    ['a revision that is no count', { revision: -1 }],
    ['no word on whether there is more', { more: undefined }],
    ['no report of the Pi', { pi: null }],
    ['a household without a zone', { household: { ...HOUSEHOLD, timeZone: undefined } }],
    ['rows that are no list', { live: {} }],
    ['days that are no list', { usageDays: null }],
    ['columns of different lengths', { priceDays: [{ ...day, spot: [1] }] }],
    ['a column missing', { priceDays: [{ ...day, descriptor: undefined }] }],
    ['a price that is no number', { priceDays: [{ ...day, cents: day.cents.map(String) }] }],
    ['a day without a date', { priceDays: [{ ...day, date: undefined }] }],
  ]
  for (const [name, change] of wrong) {
    it(`with ${name} is none`, () => {
      expect(parseMirrorAnswer({ ...answer, ...change })).toBeUndefined()
    })
  }

  it('is never made of anything else', () => {
    fc.assert(
      fc.property(fc.anything(), (raw) => {
        expect(parseMirrorAnswer(raw)).toBeUndefined()
        expect(parseHistoryAnswer(raw)).toBeUndefined()
      }),
    )
  })
})

describe('an answer of a newer server', () => {
  const [row] = liveFrom(NOW_MS)

  it('loses the words that this version does not know, and nothing else', () => {
    const newer = {
      ...row,
      descriptor: 'ludicrous',
      spikeStatus: 'maybe',
      advanced: { low: 1 },
      colour: 'blue',
    }
    const { descriptor: _, spikeStatus: __, ...known } = row!
    expect(parseMirrorAnswer({ ...answer, live: [newer] })?.live).toEqual([{ ...known, colour: 'blue' }])
  })

  it('loses rows of a channel or a kind that this version does not know', () => {
    const newer = [{ ...row, channel: 'battery' }, { ...row, kind: 'guess' }, row]
    expect(parseMirrorAnswer({ ...answer, live: newer })?.live).toEqual([row])
  })

  it('keeps days of an unknown channel for the version that will know it', () => {
    const battery = [{ ...answer.priceDays[0], channel: 'battery' }]
    const household = { ...HOUSEHOLD, channels: ['general', 'battery'] }
    expect(parseMirrorAnswer({ ...answer, household, priceDays: battery })).toMatchObject({
      household: HOUSEHOLD,
      priceDays: battery,
    })
  })

  it('loses the registers of a channel that this version does not know', () => {
    const general = { channel: 'general', identifier: 'E1' }
    const household = { ...HOUSEHOLD, registers: [general, { channel: 'battery', identifier: 'X1' }] }
    expect(parseMirrorAnswer({ ...answer, household })?.household?.registers).toEqual([general])
    expect(parseMirrorAnswer({ ...answer, household: { ...household, registers: 'E1' } })).toBeUndefined()
  })

  it('may say more than this version asks for', () => {
    expect(parseMirrorAnswer({ ...answer, weather: 'fine' })).toEqual(answer)
  })
})

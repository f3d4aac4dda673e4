// The account's calls: how many there are, until when to be silent, and that no clock can make it silent for ever.
import { describe, expect, it } from 'vitest'
import { AmberError, type AmberTrouble } from '../../backend/amber/amber-error.ts'
import type { Quota } from '../../backend/amber/quota.ts'
import {
  afterAnswer,
  afterTrouble,
  type Bucket,
  callsLeft,
  EMPTY_BUCKET,
  forToken,
  moreCallsMs,
  silenceAt,
  withCall,
} from '../../backend/sync/bucket.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const T0 = Date.parse('2026-03-10T10:00:25+10:00')
const quota = (remaining: number, resetsInS = 200): Quota => ({
  remaining,
  resetsAtMs: T0 + resetsInS * SECOND,
})
const told = (remaining: number, resetsInS?: number): Bucket =>
  afterAnswer(EMPTY_BUCKET, quota(remaining, resetsInS), T0)
const trouble = (kind: AmberTrouble, facts: { quota?: Quota; status?: number } = {}) =>
  new AmberError(kind, kind, facts)
const met = (bucket: Bucket, kind: AmberTrouble, facts?: { quota?: Quota }, nowMs = T0) =>
  afterTrouble(bucket, trouble(kind, facts), nowMs, 'mark')
const calls = (count: number, everyMs = SECOND): Bucket =>
  Array.from({ length: count }).reduce<Bucket>(
    (bucket, _, index) => withCall(bucket, T0 + index * everyMs),
    EMPTY_BUCKET,
  )
/** Seconds after T0 at which there may be calls again. */
const silentFor = (bucket: Bucket, nowMs = T0) =>
  ((silenceAt(bucket, nowMs)?.untilMs ?? nowMs) - nowMs) / SECOND

describe('the calls of an account', () => {
  it.each([
    ['nothing is known', EMPTY_BUCKET, 20],
    ['Amber tells of plenty', told(50), 20],
    ['others use some', told(25), 15],
    ['those left to others are all there are', told(10), 0],
    ['others have even taken those', told(3), 0],
    ['what Amber told was of a window that has ended', told(0, -1), 20],
  ])('that may be made when %s', (_, bucket, expected) => {
    expect(callsLeft(bucket, T0)).toBe(expected)
  })

  it('are at most twenty in any five minutes, whatever the quota', () => {
    const used = calls(20)
    expect(callsLeft(used, T0 + 20 * SECOND)).toBe(0)
    expect(moreCallsMs(used, T0 + 20 * SECOND)).toBe(T0 + 5 * MINUTE)
    expect(callsLeft(used, T0 + 5 * MINUTE)).toBe(1)
    expect(callsLeft(used, T0 + 5 * MINUTE + 19 * SECOND)).toBe(20)
  })

  it('come back two seconds after the window that Amber told of', () => {
    expect(moreCallsMs(told(10, 90), T0)).toBe(T0 + 92 * SECOND)
  })

  it('never made by a clock that is set back: what lies ahead says nothing', () => {
    const dayAhead = T0 - 24 * 60 * MINUTE
    expect(callsLeft(calls(20), dayAhead)).toBe(20)
    expect(callsLeft(told(0), dayAhead)).toBe(20)
    expect(callsLeft(met(told(0), 'rate-limited', { quota: quota(0) }), dayAhead)).toBe(20)
  })
})

it('a call that a clock of some seconds’ difference puts ahead of now counts all the same', () => {
  const used = calls(20, 0)
  expect(callsLeft(used, T0 - 5 * SECOND)).toBe(0)
  expect(callsLeft(used, T0 - 6 * SECOND)).toBe(20)
})

describe('a 429', () => {
  it('that tells nothing goes by what was told in the last quarter of an hour', () => {
    const after = (minutes: number) => {
      const nowMs = T0 + minutes * MINUTE
      return silentFor(met(told(40), 'rate-limited', undefined, nowMs), nowMs)
    }
    expect([15, 15.1].map(after)).toEqual([4, 300])
  })

  it('that tells the quota brings silence until it resets, and two seconds more', () => {
    expect(silentFor(met(EMPTY_BUCKET, 'rate-limited', { quota: quota(0, 77) }))).toBe(79)
    // Others have used up what was left a moment ago.
    expect(silentFor(met(told(40), 'rate-limited', { quota: quota(0, 77) }))).toBe(79)
  })

  it('that tells a reset which has passed brings five minutes', () => {
    expect(silentFor(met(EMPTY_BUCKET, 'rate-limited', { quota: quota(0, 0) }))).toBe(300)
  })

  it('that tells nothing, with no calls known to be left, brings five minutes', () => {
    expect(silentFor(met(EMPTY_BUCKET, 'rate-limited'))).toBe(300)
    expect(silentFor(met(told(4), 'rate-limited'))).toBe(300)
  })

  it('that tells nothing, with calls left, is passed over once, and then taken more and more seriously', () => {
    let bucket = told(40)
    let nowMs = T0
    const silences: number[] = []
    for (let time = 0; time < 6; time++) {
      bucket = met(bucket, 'rate-limited', undefined, nowMs)
      silences.push(silentFor(bucket, nowMs))
      nowMs += silentFor(bucket, nowMs) * SECOND
    }
    expect(silences).toEqual([4, 30, 120, 300, 300, 300])
    expect(silentFor(met(afterAnswer(bucket, quota(40), T0), 'rate-limited'))).toBe(4)
  })

  it.each<[string, Bucket]>([
    ['of the quota', met(EMPTY_BUCKET, 'rate-limited', { quota: quota(0, 77) })],
    ['of the gateway', met(told(40), 'rate-limited')],
  ])('%s leaves no call until the silence ends, then some', (_, bucket) => {
    const untilMs = silenceAt(bucket, T0)?.untilMs as number
    expect(callsLeft(bucket, untilMs - 1)).toBe(0)
    expect(moreCallsMs(bucket, untilMs - 1)).toBe(untilMs)
    expect(callsLeft(bucket, untilMs)).toBeGreaterThan(0)
  })
})

describe('a refused token', () => {
  it('is tried again ever more slowly, up to an hour', () => {
    let bucket: Bucket = EMPTY_BUCKET
    const minutes = Array.from({ length: 5 }, () => {
      bucket = met(bucket, 'unauthorised')
      return silentFor(bucket) / 60
    })
    expect(minutes).toEqual([15, 30, 60, 60, 60])
  })

  it('that was replaced by another is tried at once', () => {
    const bucket = met(met(EMPTY_BUCKET, 'unauthorised'), 'unauthorised')
    expect(callsLeft(forToken(bucket, 'mark'), T0)).toBe(0)
    expect(callsLeft(forToken(bucket, 'another'), T0)).toBe(20)
    expect(silentFor(met(forToken(bucket, 'another'), 'unauthorised'))).toBe(15 * 60)
  })

  it('does not free a new token from a silence that the account asked for', () => {
    const bucket = met(EMPTY_BUCKET, 'rate-limited', { quota: quota(0, 77) })
    expect(callsLeft(forToken(bucket, 'another'), T0)).toBe(0)
    expect(silentFor(forToken(bucket, 'another'))).toBe(79)
  })
})

it.each<AmberTrouble>(['unreachable', 'amber-error', 'bad-answer'])('%s is no matter of calls', (kind) => {
  expect(callsLeft(met(told(40), kind), T0)).toBe(20)
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import type { PiReport } from '#domain/mirror.ts'
import { correctionMs, withContact, withoutContact } from '../../../frontend/src/mirror/contact.ts'

const DEVICE_MS = Date.parse('2026-03-10T10:02:00+11:00')

const report = (atMs: number, amberAnsweredAtMs: number | null = atMs - SECOND_MS): PiReport => ({
  version: '1',
  commit: 'abc',
  atMs,
  demo: false,
  amberAnsweredAtMs,
  amberLostSinceMs: null,
  outcome: 'ok',
})

const exchange = (tookMs = 0) => ({ sentMs: DEVICE_MS - tookMs, receivedMs: DEVICE_MS })

describe('the difference of two clocks', () => {
  const cases: [name: string, piAheadMs: number, tookMs: number, correction: number][] = [
    ['of equal ones is none', 0, 0, 0],
    ['of a second is left alone', SECOND_MS, 0, 0],
    ['of two seconds is left alone', 2 * SECOND_MS, 0, 0],
    ['of three seconds is corrected', 3 * SECOND_MS, 0, 3 * SECOND_MS],
    ['is corrected where the device is ahead', -20 * MINUTE_MS, 0, -20 * MINUTE_MS],
    ['is not invented by an answer that took six seconds', -6 * SECOND_MS, 6 * SECOND_MS, 0],
    ['is the least that a slow answer allows', -26 * SECOND_MS, 6 * SECOND_MS, -20 * SECOND_MS],
    ['of hours is corrected too', 9 * HOUR_MS, 100, 9 * HOUR_MS],
  ]
  for (const [name, piAheadMs, tookMs, correction] of cases) {
    it(name, () => {
      const state = withContact({}, exchange(tookMs), report(DEVICE_MS + piAheadMs))
      expect(correctionMs(state)).toBe(correction)
    })
  }

  it('is never more than the true one, however the time of an exchange was spent', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -HOUR_MS, max: HOUR_MS }),
        fc.nat({ max: 8 * SECOND_MS }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (aheadMs, tookMs, share) => {
          const writtenAtMs = DEVICE_MS - tookMs * share
          const found = correctionMs(withContact({}, exchange(tookMs), report(writtenAtMs + aheadMs)))
          expect(Math.abs(found)).toBeLessThanOrEqual(Math.abs(aheadMs) + 1)
          expect(found * aheadMs).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })

  it('is not taken from a Pi that Amber has not answered lately: its clock may have stood still', () => {
    const late = DEVICE_MS - 5 * HOUR_MS
    for (const answeredAtMs of [null, late - 20 * MINUTE_MS, late + HOUR_MS]) {
      const state = withContact({}, exchange(), report(late, answeredAtMs))
      expect(correctionMs(state)).toBe(0)
    }
  })

  it('stays known while the Pi says nothing of its clock, or nothing at all', () => {
    const skewed = withContact({}, exchange(), report(DEVICE_MS + HOUR_MS))
    expect(correctionMs(withContact(skewed, exchange()))).toBe(HOUR_MS)
    expect(correctionMs(withContact(skewed, exchange(), report(DEVICE_MS - HOUR_MS, null)))).toBe(HOUR_MS)
    expect(correctionMs(withoutContact(skewed, exchange()))).toBe(HOUR_MS)
  })

  it('ends when the clocks agree again', () => {
    const skewed = withContact({}, exchange(), report(DEVICE_MS + HOUR_MS))
    expect(correctionMs(withContact(skewed, exchange(), report(DEVICE_MS)))).toBe(0)
  })
})

describe('the link to the Pi', () => {
  it('is lost since the first failure and until the next answer', () => {
    const lost = withoutContact({ piAnsweredAtMs: 1 }, { sentMs: 100, receivedMs: 108 })
    expect(lost).toEqual({ piAnsweredAtMs: 1, piLostSinceMs: 100 })
    expect(withoutContact(lost, { sentMs: 200, receivedMs: 208 })).toBe(lost)
    expect(withContact(lost, { sentMs: 300, receivedMs: 301 })).toEqual({ piAnsweredAtMs: 301 })
  })
})

import { describe, expect, it } from 'vitest'
import { createMarket, STEP_MS } from '../../../backend/simulator/market.ts'
import { settledAtMs } from '../../../backend/simulator/settlement.ts'
import { DEMO_SITE, VICTORIAN_SITE } from '../../../backend/simulator/sites.ts'
import type { Minutes } from '../../../backend/simulator/slots.ts'
import { STATES } from '../../../backend/simulator/states.ts'
import { openAmber, quantile } from './amber.ts'

const START_MS = Date.parse('2026-03-10T00:00:00+10:00')
const CURRENT = `/sites/${DEMO_SITE.id}/prices/current`

function delaysSeconds(minutes: Minutes, count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const startMs = START_MS + index * minutes * 60_000
    return (settledAtMs(12345, { startMs, minutes }) - startMs) / 1000
  })
}

describe('a 5-minute price', () => {
  it('settles 17 to 37 seconds in, half of the time before 23, seldom minutes later or not at all', () => {
    const delays = delaysSeconds(5, 20_000)
    const late = delays.filter((delay) => delay > 40)
    const never = delays.filter((delay) => delay === Number.POSITIVE_INFINITY)

    expect(Math.min(...delays)).toBeGreaterThanOrEqual(17)
    expect(quantile(delays, 0.5)).toBeGreaterThan(22)
    expect(quantile(delays, 0.5)).toBeLessThan(23.2)
    expect(quantile(delays, 0.9)).toBeGreaterThan(27)
    expect(quantile(delays, 0.9)).toBeLessThan(31)
    expect(late.length / delays.length).toBeLessThan(0.012)
    expect(late.length).toBeGreaterThan(never.length)
    expect(never.length).toBeGreaterThan(0)
  })

  it('is an estimate with an advanced price first, and steps to what will stand when it settles', async () => {
    const amber = openAmber('2026-03-10T10:00:00+10:00')
    let steps = 0
    for (let index = 0; index < 60; index += 1) {
      const startMs = START_MS + index * STEP_MS
      amber.setTime(startMs + 5_000)
      const [estimate] = await amber.rows(CURRENT)
      amber.setTime(startMs + 290_000)
      const [settled] = await amber.rows(CURRENT)
      amber.setTime(startMs + STEP_MS + 1)
      const [actual] = await amber.rows(`${CURRENT}?previous=1`)

      expect(estimate).toMatchObject({ type: 'CurrentInterval', estimate: true })
      expect(estimate.advancedPrice).toBeDefined()
      expect(settled.endTime).toBe(estimate.endTime)
      expect(settled).toMatchObject({ type: 'CurrentInterval', estimate: false })
      expect('advancedPrice' in settled).toBe(false)
      expect(actual).toMatchObject({
        type: 'ActualInterval',
        endTime: estimate.endTime,
        perKwh: settled.perKwh,
      })
      expect('estimate' in actual).toBe(false)
      if (settled.perKwh !== estimate.perKwh) steps += 1
    }
    expect(steps).toBeGreaterThanOrEqual(58)
  })
})

describe('a half-hour price', () => {
  const current = `/sites/${VICTORIAN_SITE.id}/prices/current`

  it('settles after minute 25, nearly always within a minute', () => {
    const afterMinute25 = delaysSeconds(30, 5_000).map((delay) => delay - 25 * 60)

    expect(Math.min(...afterMinute25)).toBeGreaterThan(0)
    expect(quantile(afterMinute25, 0.45)).toBeLessThan(12)
    expect(quantile(afterMinute25, 0.86)).toBeLessThan(22)
    expect(quantile(afterMinute25, 0.99)).toBeLessThan(60)
  })

  it('is an estimate until minute 25 that moves as its six steps settle, and ends as their mean', async () => {
    const amber = openAmber('2026-03-10T18:00:00+10:00', { sites: [VICTORIAN_SITE] })
    const startMs = Date.parse('2026-03-10T18:00:00+10:00')
    const seen: number[] = []
    for (let minute = 0; minute < 25; minute += 1) {
      amber.setTime(startMs + minute * 60_000 + 59_000)
      const [row] = await amber.rows(current)
      expect(row).toMatchObject({ duration: 30, estimate: true, nemTime: '2026-03-10T18:30:00+10:00' })
      seen.push(row.spotPerKwh)
    }
    amber.setTime(startMs + 29 * 60_000)
    const [last] = await amber.rows(current)
    const market = createMarket(1, STATES.vic)
    const steps = [0, 1, 2, 3, 4, 5].map((step) => market.spotCentsAt(startMs + step * STEP_MS))

    expect(new Set(seen).size).toBeGreaterThan(5)
    expect(last.estimate).toBe(false)
    expect(last.spotPerKwh).toBeCloseTo(steps.reduce((sum, cents) => sum + cents) / 6, 5)
  })

  it('is the nearer to its end, the more of its steps have settled', async () => {
    const amber = openAmber('2026-03-10T18:00:00+10:00', { sites: [VICTORIAN_SITE] })
    const offBy = async (startMs: number, minute: number) => {
      amber.setTime(startMs + minute * 60_000 + 59_000)
      const [estimate] = await amber.rows(current)
      amber.setTime(startMs + 30 * 60_000)
      const [actual] = await amber.rows(`${current}?previous=1`)
      expect(actual.endTime).toBe(estimate.endTime)
      return Math.abs(estimate.spotPerKwh - actual.spotPerKwh)
    }
    const early: number[] = []
    const late: number[] = []
    for (let index = 0; index < 48; index += 1) {
      early.push(await offBy(START_MS + index * 30 * 60_000, 0))
      late.push(await offBy(START_MS + index * 30 * 60_000, 24))
    }

    expect(quantile(late, 0.5)).toBeGreaterThan(0)
    expect(quantile(late, 0.5)).toBeLessThan(quantile(early, 0.5) / 2)
  })

  it('says potential while only the estimate is a spike, and spike once a step was one', async () => {
    const market = createMarket(1, STATES.vic)
    const mean = (startMs: number) =>
      [0, 1, 2, 3, 4, 5].reduce((sum, step) => sum + market.spotCentsAt(startMs + step * STEP_MS), 0) / 6
    const halfHours = Array.from({ length: 365 * 48 }, (_, index) => START_MS + index * 30 * 60_000)
    const spikes = halfHours.filter((startMs) => mean(startMs) >= 300)
    const amber = openAmber('2026-03-10T18:00:00+10:00', { sites: [VICTORIAN_SITE] })
    const statuses = new Set<string>()
    const ofEstimates = new Set<string>()

    for (const startMs of spikes) {
      for (let minute = 0; minute < 30; minute += 1) {
        amber.setTime(startMs + minute * 60_000 + 59_000)
        const [row] = await amber.rows(current)
        statuses.add(row.spikeStatus)
        if (row.estimate) ofEstimates.add(row.spikeStatus)
        expect(row.spikeStatus === 'none').toBe(row.spotPerKwh < 300)
        if (row.spikeStatus === 'potential') expect(row).toMatchObject({ estimate: true, descriptor: 'high' })
        if (row.spikeStatus === 'spike') expect(row.descriptor).toBe('spike')
        if (minute === 29) expect(row).toMatchObject({ estimate: false, spikeStatus: 'spike' })
      }
    }
    expect(spikes.length).toBeGreaterThan(0)
    expect(statuses).toEqual(new Set(['none', 'potential', 'spike']))
    expect(ofEstimates).toEqual(statuses)
  })
})

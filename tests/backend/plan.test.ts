import { describe, expect, it } from 'vitest'
import type { NemDate } from '../../backend/domain/calendar.ts'
import { type AmberRequest, type PlanState, plan } from '../../backend/sync/plan.ts'
import { nextSyncAtMs } from '../../backend/sync/schedule.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const at = (text: string) => Date.parse(text)
/** Ten in the morning, NEM time, 25 seconds into an interval. */
const NOW = at('2026-03-10T10:00:25+10:00')

const site = { siteId: 'S1', intervalMinutes: 5, activeFrom: '2026-02-20' as NemDate }
const done = { askedAtMs: NOW - MINUTE, backToDate: '2026-02-20' as NemDate, reachedStart: true }
const idle: PlanState = {
  sitesAskedAtMs: NOW - HOUR,
  site,
  current: { askedAtMs: NOW, estimate: false },
  prices: done,
  usage: { ...done, yesterdayComplete: true },
  failed: new Set(),
}

const inWords = (request: AmberRequest): string => {
  if (request.what === 'sites') return 'sites'
  if (request.what === 'current') return 'current'
  return `${request.what} ${request.from.slice(5)} to ${request.to.slice(5)}`
}
const planned = (state: Partial<PlanState>, nowMs = NOW, budget = 20) =>
  plan({ ...idle, ...state }, nowMs, budget).map(inWords)

describe('the plan', () => {
  it('asks for the sites before all else, and waits for them', () => {
    const nothing: PlanState = {
      prices: { reachedStart: false },
      usage: { reachedStart: false, yesterdayComplete: false },
      failed: new Set(),
    }
    expect(plan(nothing, NOW, 20).map(inWords)).toEqual(['sites'])
  })

  it('of a first start is what the kitchen needs first, then backwards week by week, the newest first', () => {
    const { current: _, ...first } = idle
    const state: PlanState = {
      ...first,
      prices: { reachedStart: false },
      usage: { reachedStart: false, yesterdayComplete: false },
    }
    expect(plan(state, NOW, 20).map(inWords)).toEqual([
      'current',
      'prices 03-09 to 03-10',
      'usage 03-03 to 03-09',
    ])
    const next = {
      prices: { askedAtMs: NOW, backToDate: '2026-03-09' as NemDate, reachedStart: false },
      usage: {
        askedAtMs: NOW,
        backToDate: '2026-03-03' as NemDate,
        reachedStart: false,
        yesterdayComplete: true,
      },
    }
    expect(planned(next)).toEqual([
      'prices 03-02 to 03-08',
      'usage 02-24 to 03-02',
      'prices 02-23 to 03-01',
      'usage 02-20 to 02-23',
      'prices 02-20 to 02-22',
    ])
  })

  it('never asks more than its budget allows', () => {
    const state = { prices: { ...done, backToDate: '2026-03-09' as NemDate, reachedStart: false } }
    expect(planned(state, NOW, 2)).toHaveLength(2)
    expect(planned(state, NOW, 0)).toEqual([])
    expect(planned(state, NOW, -5)).toEqual([])
  })

  it('asks for usage no further back than Amber keeps it, and for prices to the first day of the site', () => {
    const state: Partial<PlanState> = {
      site: { ...site, activeFrom: '2024-06-12' as NemDate },
      prices: { ...done, backToDate: '2025-12-11' as NemDate, reachedStart: false },
      usage: { ...done, backToDate: '2025-12-12' as NemDate, reachedStart: false, yesterdayComplete: true },
    }
    expect(planned(state, NOW, 3)).toEqual([
      'usage 12-10 to 12-11',
      'prices 12-04 to 12-10',
      'prices 11-27 to 12-03',
    ])
  })

  it('asks for nothing when everything is there', () => {
    expect(planned({})).toEqual([])
  })

  it.each([
    ['the running interval once a run', { current: undefined }, ['current']],
    ['the sites daily', { sitesAskedAtMs: NOW - 24 * HOUR }, ['sites']],
    ['recent prices hourly', { prices: { ...done, askedAtMs: NOW - HOUR } }, ['prices 03-09 to 03-10']],
    [
      'recent usage hourly while yesterday is not whole',
      { usage: { ...done, askedAtMs: NOW - HOUR, yesterdayComplete: false } },
      ['usage 03-03 to 03-09'],
    ],
    ['no usage again within the hour', { usage: { ...done, yesterdayComplete: false } }, []],
    [
      'everything again when the clock was ahead',
      { sitesAskedAtMs: NOW + HOUR, prices: { ...done, askedAtMs: NOW + HOUR } },
      ['sites', 'prices 03-09 to 03-10'],
    ],
  ])('asks for %s', (_, state, expected) => {
    const merged = { ...idle, ...state } as PlanState
    if ('current' in state) delete (merged as { current?: unknown }).current
    expect(plan(merged, NOW, 20).map(inWords)).toEqual(expected)
  })

  it('does not ask for usage in the first hours of the NEM day, when Amber cannot have it', () => {
    const late = { usage: { ...done, askedAtMs: 0, yesterdayComplete: false } }
    expect(planned(late, at('2026-03-10T02:14:00+10:00'))).not.toContain('usage 03-03 to 03-09')
    expect(
      planned(
        { ...late, prices: { ...done, askedAtMs: at('2026-03-10T02:15:00+10:00') } },
        at('2026-03-10T02:15:00+10:00'),
      ),
    ).toContain('usage 03-03 to 03-09')
  })

  it('names NEM dates, not those of the wall: at half past midnight in Sydney it is still yesterday', () => {
    const halfPast = at('2026-03-10T00:30:25+11:00')
    expect(planned({ prices: { ...done, askedAtMs: 0 }, sitesAskedAtMs: halfPast }, halfPast)).toEqual([
      'prices 03-08 to 03-09',
    ])
  })

  it('keeps enough calls back from history to see an estimate settle', () => {
    const state = {
      current: { askedAtMs: NOW, estimate: true },
      prices: { ...done, backToDate: '2026-03-09' as NemDate, reachedStart: false },
    }
    expect(planned(state, NOW, 5)).toEqual(['prices 03-02 to 03-08', 'current'])
    expect(planned(state, NOW, 4)).toEqual(['current'])
  })

  it('passes over a question that failed in this run', () => {
    const state = { prices: { ...done, askedAtMs: 0 }, failed: new Set(['prices'] as const) }
    expect(planned(state)).toEqual([])
  })
})

describe('while the price is an estimate', () => {
  const waitFor = (askedAt: string, intervalMinutes = 5, nowMs = at(askedAt)) => {
    const state = {
      ...idle,
      site: { ...site, intervalMinutes },
      current: { askedAtMs: at(askedAt), estimate: true },
    }
    const [request] = plan(state, nowMs, 20)
    return request?.what === 'current'
      ? new Date(request.notBeforeMs ?? 0).toISOString().slice(14, 19)
      : undefined
  }

  it.each([
    ['2026-03-10T10:00:25+10:00', '00:45'],
    ['2026-03-10T10:00:46+10:00', '01:10'],
    ['2026-03-10T10:01:11+10:00', '02:00'],
    ['2026-03-10T10:02:01+10:00', '03:20'],
    ['2026-03-10T10:03:21+10:00', undefined],
  ])('a five-minute site is asked again: after %s at %s', (askedAt, expected) => {
    expect(waitFor(askedAt)).toBe(expected)
  })

  it.each([
    ['2026-03-10T10:20:25+10:00', undefined],
    ['2026-03-10T10:25:25+10:00', '25:40'],
    ['2026-03-10T10:25:41+10:00', '28:00'],
    ['2026-03-10T10:28:01+10:00', undefined],
  ])('a half-hour site is asked again when it settles: after %s at %s', (askedAt, expected) => {
    expect(waitFor(askedAt, 30)).toBe(expected)
  })

  it('other questions go first while it waits, and the price comes first once it is due', () => {
    const state = { current: { askedAtMs: NOW, estimate: true }, prices: { ...done, askedAtMs: 0 } }
    expect(planned(state)).toEqual(['prices 03-09 to 03-10', 'current'])
    expect(planned(state, NOW + 20_000).slice(0, 2)).toEqual(['current', 'prices 03-09 to 03-10'])
  })
})

describe('the schedule', () => {
  it.each([
    ['10:00:00', '10:00:25'],
    ['10:00:24.999', '10:00:25'],
    ['10:00:25', '10:05:25'],
    ['10:04:59', '10:05:25'],
    ['23:59:00', '00:00:25'],
  ])('after %s is at %s', (now, next) => {
    const ms = nextSyncAtMs(at(`2026-03-10T${now}Z`))
    expect(new Date(ms).toISOString().slice(11, 19)).toBe(next)
  })
})

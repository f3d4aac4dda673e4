import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '#domain/interval.ts'
import type { UsageDay } from '#domain/mirror.ts'
import { CHANNELS } from '#domain/price.ts'
import { QUALITIES, type UsageInterval } from '#domain/usage.ts'
import { intervalsOfUsageDay, mergeUsageDay, usageDaysOf } from '#domain/usage-day.ts'

const midnightMs = Date.parse('2026-03-10T00:00:00+10:00')

const row = (startMinute: number, kwh: number, rest: Partial<UsageInterval> = {}): UsageInterval => ({
  channel: 'general',
  identifier: 'E1',
  startMs: midnightMs + startMinute * MINUTE_MS,
  endMs: midnightMs + (startMinute + 30) * MINUTE_MS,
  kwh,
  costCents: kwh * 30,
  centsPerKwh: 30,
  quality: 'billable',
  ...rest,
})

const dayOf = (...rows: UsageInterval[]): UsageDay => usageDaysOf(rows)[0]!

const meteredRows = fc.uniqueArray(
  fc
    .record(
      {
        channel: fc.constantFrom(...CHANNELS),
        identifier: fc.constantFrom('E1', 'E2', 'B1'),
        slot: fc.integer({ min: 0, max: 3 * 48 - 1 }),
        kwh: fc.integer({ min: 0, max: 20_000 }).map((n) => n / 1000),
        costCents: fc.integer({ min: -5_000_000, max: 5_000_000 }).map((n) => n / 10_000),
        quality: fc.constantFrom(...QUALITIES),
        tariff: fc.record({ period: fc.constantFrom('peak', 'offPeak') }),
      },
      { requiredKeys: ['channel', 'identifier', 'slot', 'kwh', 'costCents', 'quality'] },
    )
    .map(({ slot, kwh, ...rest }) => row(slot * 30, kwh, rest)),
  { selector: ({ channel, identifier, startMs }) => `${channel} ${identifier} ${startMs}`, maxLength: 60 },
)

const key = ({ channel, identifier, startMs }: UsageInterval) => `${channel} ${identifier} ${startMs}`
const sorted = (rows: readonly UsageInterval[]) => rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))

describe('usage days', () => {
  it('come back over the wire as the rows they were made of', () => {
    fc.assert(
      fc.property(meteredRows, (rows) => {
        const wire = JSON.parse(JSON.stringify(usageDaysOf(rows))) as UsageDay[]
        expect(sorted(wire.flatMap(intervalsOfUsageDay))).toEqual(sorted(rows))
      }),
    )
  })

  it('keep two registers of one channel apart', () => {
    expect(usageDaysOf([row(0, 1), row(0, 2, { identifier: 'E3' })]).map((day) => day.identifier)).toEqual([
      'E1',
      'E3',
    ])
  })

  it('end the last half hour of a day at minute 1440', () => {
    expect(dayOf(row(1410, 1))).toMatchObject({ date: '2026-03-10', end: [1440], minutes: [30] })
  })

  it('take a quality that this version does not know for an estimate', () => {
    expect(intervalsOfUsageDay({ ...dayOf(row(0, 1)), estimated: [2] })[0]?.quality).toBe('estimated')
  })
})

describe('merging two usage days', () => {
  it('puts the billable reading in the place of the estimate', () => {
    const merged = mergeUsageDay(
      dayOf(row(0, 1, { quality: 'estimated' }), row(30, 4)),
      dayOf(row(0, 2, { quality: 'billable' })),
    )
    expect(intervalsOfUsageDay(merged)).toEqual([row(0, 2), row(30, 4)])
  })

  it('changes nothing when the same day comes again, and does not depend on the order of different rows', () => {
    fc.assert(
      fc.property(meteredRows, fc.func(fc.boolean()), (rows, isLeft) => {
        for (const whole of usageDaysOf(rows)) {
          expect(mergeUsageDay(whole, whole)).toEqual(whole)
          const [left, right] = [true, false].map((side) =>
            usageDaysOf(intervalsOfUsageDay(whole).filter((one) => isLeft(one.startMs) === side)),
          )
          if (!left?.[0] || !right?.[0]) continue
          expect(mergeUsageDay(left[0], right[0])).toEqual(whole)
          expect(mergeUsageDay(right[0], left[0])).toEqual(whole)
        }
      }),
    )
  })
})

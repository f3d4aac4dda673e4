import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MINUTE_MS } from '#domain/interval.ts'
import { measuredMs, onceMeasured } from '#domain/once-measured.ts'
import type { UsageInterval } from '#domain/usage.ts'
import { date, usageOn } from './money/sample-usage.ts'

const half = usageOn(date('2026-11-23'), { kwh: () => 0.6 }).slice(0, 4)
const fine = usageOn(date('2026-11-23'), { minutes: 5, kwh: () => 0.1 }).slice(0, 24)

describe('of rows that tell of the same time', () => {
  test('the five minutes count where they are all there, else the half hour', () => {
    expect(onceMeasured([...half, ...fine])).toEqual(fine)
    expect(onceMeasured([...half, ...fine.slice(1)])).toEqual([half[0], ...fine.slice(6)])
  })

  test('what is billable counts before an estimate, the higher before the lower, whichever was told first', () => {
    const [billable] = half
    const estimated: UsageInterval = { ...billable!, kwh: 9, quality: 'estimated' }
    const lower: UsageInterval = { ...billable!, kwh: 0.5 }
    const cheaper: UsageInterval = { ...billable!, costCents: 1 }
    for (const other of [estimated, lower, cheaper])
      for (const rows of [
        [billable!, other],
        [other, billable!],
      ])
        expect(onceMeasured(rows)).toEqual([billable])
  })

  test('in any order the same come out, ascending and apart', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...half, ...fine]), (rows) => {
        const once = onceMeasured(rows)
        const sorted = rows.toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs)
        expect(once).toEqual(onceMeasured(sorted))
        once.forEach((row, index) => {
          expect(row.startMs).toBeGreaterThanOrEqual(once[index - 1]?.endMs ?? 0)
        })
        expect(measuredMs(once)).toBe(
          5 * MINUTE_MS * fine.filter((five) => rows.some((row) => covers(row, five))).length,
        )
      }),
    )
  })
})

const covers = (row: UsageInterval, { startMs, endMs }: UsageInterval): boolean =>
  row.startMs <= startMs && endMs <= row.endMs

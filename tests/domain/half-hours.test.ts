import { describe, expect, test } from 'vitest'
import { HALF_HOUR_MS, halfHours } from '#domain/half-hours.ts'
import { MINUTE_MS } from '#domain/interval.ts'
import type { PriceInterval } from '#domain/price.ts'
import { forecast, price } from './sample-facts.ts'

const only = (...rows: PriceInterval[]) => halfHours(rows, { startMs: 0, endMs: HALF_HOUR_MS })[0]!
const banded = (startMs: number, minutes: number, cents: number, high: number) =>
  forecast(startMs, minutes, cents, { advanced: { low: cents, predicted: cents, high } })

describe('a half hour', () => {
  test('is the average over what is priced of it, whatever the lengths of the rows', () => {
    const cell = only(price(0, 5, 60), price(5 * MINUTE_MS, 10, 30))
    expect([cell.cents, cell.pricedMs]).toEqual([40, 15 * MINUTE_MS])
    expect(only()).toMatchObject({ cents: undefined, pricedMs: 0, band: undefined })
  })

  test('has a band of what is settled and what has one', () => {
    const cell = only(price(0, 10, 30), banded(10 * MINUTE_MS, 20, 30, 60))
    expect(cell.band).toEqual({ lowCents: 30, highCents: 50 })
  })

  test('has none where a part may go as high as nobody says, nor where all is settled', () => {
    expect(only(banded(0, 20, 30, 60), forecast(20 * MINUTE_MS, 10, 30)).band).toBeUndefined()
    expect(only(price(0, 30, 30)).band).toBeUndefined()
  })
})

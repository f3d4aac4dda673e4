import { describe, expect, it } from 'vitest'
import { wallClock } from '#domain/calendar.ts'
import { DAY_MS, HOUR_MS } from '#domain/interval.ts'
import { createMarket, STEP_MS } from '../../../backend/simulator/market.ts'
import { createSpikes } from '../../../backend/simulator/spikes.ts'
import { STATES } from '../../../backend/simulator/states.ts'
import { createWeather } from '../../../backend/simulator/weather.ts'
import { median, quantile } from './amber.ts'

const FROM_MS = Date.parse('2025-07-01T00:00:00+10:00')
const market = createMarket(1, STATES.nsw)
const year = Array.from({ length: 365 * 288 }, (_, index) => {
  const startMs = FROM_MS + index * STEP_MS
  return { startMs, hour: wallClock(startMs, 'Australia/Sydney').hour, cents: market.spotCentsAt(startMs) }
})
const centsAt = (...hours: number[]) =>
  year.filter(({ hour }) => hours.includes(hour)).map(({ cents }) => cents)

describe('a year of spot prices', () => {
  it('has a sensible middle', () => {
    const all = year.map(({ cents }) => cents)

    expect(median(all)).toBeGreaterThan(5)
    expect(median(all)).toBeLessThan(12)
    expect(quantile(all, 0.9)).toBeLessThan(30)
  })

  it('falls to nothing and below around noon, and hardly at night', () => {
    const negative = (cents: number[]) => cents.filter((each) => each < 0).length / cents.length

    expect(median(centsAt(12))).toBeLessThan(4)
    expect(negative(centsAt(11, 12, 13))).toBeGreaterThan(0.1)
    expect(negative(centsAt(19, 20, 0, 3))).toBeLessThan(0.01)
  })

  it('has a small peak in the morning and a large one in the evening', () => {
    expect(median(centsAt(7))).toBeGreaterThan(median(centsAt(3)))
    expect(median(centsAt(7))).toBeGreaterThan(median(centsAt(10)))
    expect(median(centsAt(19))).toBeGreaterThan(1.4 * median(centsAt(7)))
  })

  it('spikes on some days, into dollars, and never over the cap', () => {
    const days = new Set(
      year.filter(({ cents }) => cents >= 300).map(({ startMs }) => Math.floor(startMs / DAY_MS)),
    )
    const dearest = Math.max(...year.map(({ cents }) => cents))

    expect(days.size).toBeGreaterThanOrEqual(4)
    expect(days.size).toBeLessThanOrEqual(40)
    expect(dearest).toBeGreaterThan(500)
    expect(dearest).toBeLessThanOrEqual(1925)
  })

  it('moves a little from step to step', () => {
    const moves = year.slice(1).map(({ cents }, index) => Math.abs(cents - (year[index]?.cents ?? 0)))

    expect(median(moves)).toBeGreaterThan(0.1)
    expect(median(moves)).toBeLessThan(2)
  })

  it('is dearer on weekdays than on weekends', () => {
    const weekend = (ms: number) => [0, 6].includes(wallClock(ms, 'Australia/Sydney').weekday)
    const cents = (isWeekend: boolean) =>
      year.filter(({ startMs }) => weekend(startMs) === isWeekend).map((step) => step.cents)

    expect(median(cents(false))).toBeGreaterThan(median(cents(true)))
  })
})

describe('a spike', () => {
  const spikes = createSpikes(1, 'nsw')
  const steps = Array.from({ length: 3 * 365 * 288 }, (_, index) => FROM_MS + index * STEP_MS)
  const sawIt = (startMs: number, hoursBefore: number) =>
    spikes.forecastCentsAt(startMs, startMs - hoursBefore * HOUR_MS) !== undefined

  it('is seen coming by some forecasts, and takes others by surprise', () => {
    const real = steps.filter((startMs) => spikes.centsAt(startMs) !== undefined)
    const seen = real.filter((startMs) => sawIt(startMs, 1))

    expect(seen.length / real.length).toBeGreaterThan(0.3)
    expect(seen.length / real.length).toBeLessThan(0.9)
    expect(real.filter((startMs) => sawIt(startMs, 23))).toEqual([])
  })

  it('is forecast in vain at times, most often from far away', () => {
    const calm = steps.filter((startMs) => spikes.centsAt(startMs) === undefined)
    const alarms = (hoursBefore: number) => calm.filter((startMs) => sawIt(startMs, hoursBefore)).length

    expect(alarms(0)).toBeGreaterThan(0)
    expect(alarms(6)).toBeGreaterThan(alarms(0))
  })
})

describe('the weather', () => {
  it('is warm in January and cool in July, warmer after noon than before dawn', () => {
    const weatherAt = createWeather(1, STATES.nsw)
    const warmth = (month: string, hour: string) =>
      median(
        Array.from(
          { length: 28 },
          (_, day) => weatherAt(Date.parse(`${month}-01T${hour}:00:00+10:00`) + day * DAY_MS).temperatureC,
        ),
      )

    expect(warmth('2026-01', '14')).toBeGreaterThan(warmth('2026-07', '14') + 6)
    expect(warmth('2026-01', '14')).toBeGreaterThan(warmth('2026-01', '04') + 4)
  })
})

describe('renewables', () => {
  const percentAt = (wanted: number) =>
    year.filter(({ hour }) => hour === wanted).map(({ startMs }) => market.renewablesAt(startMs))

  it('follow the sun', () => {
    expect(median(percentAt(12))).toBeGreaterThan(2 * median(percentAt(0)))
  })

  it('pass 100 per cent at times where there is much sun and wind', () => {
    const south = createMarket(1, STATES.sa)

    expect(year.some(({ startMs }) => south.renewablesAt(startMs) > 100)).toBe(true)
    expect(year.every(({ startMs }) => south.renewablesAt(startMs) >= 0)).toBe(true)
  })
})

// The simulator's formulas, given the spot prices of recorded answers, give the prices and the words that were recorded.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { wallClock } from '#domain/calendar.ts'
import { descriptorOf } from '../../../backend/simulator/descriptor.ts'
import { createMarket } from '../../../backend/simulator/market.ts'
import { STATES } from '../../../backend/simulator/states.ts'
import { chargeAt, type NetworkTariff, perKwhOf, type Rates } from '../../../backend/simulator/tariff.ts'
import { AUSGRID_DEMAND } from '../../../backend/simulator/tariffs.ts'
import { hasRecorded, RECORDED, recorded } from '../../amber-notes.ts'
import { median, type Row, startMsOf } from './amber.ts'

const SYDNEY = 'Australia/Sydney'
const { exportAdders, controlledLoadSteps } = AUSGRID_DEMAND.rates[0] as Rates

/** The recorded site: one energy rate round the clock, and the two-way export tariff of the demo household's network. */
const RECORDED_TARIFF: NetworkTariff = {
  rates: [
    {
      fromYear: 2024,
      lossFactor: 1.0457077,
      generalAdders: { offPeak: 7.2 },
      controlledLoadAdder: 7.2,
      exportAdders,
      generalSteps: [7.2, 20.5, 30.5, 40.5],
      controlledLoadSteps,
    },
  ],
}

describe.skipIf(!hasRecorded)('recorded prices (skipped where ../shared is not at hand)', () => {
  const rows = (): Row[] => recorded('prices-2day-30min-recorded.json')
  const chargeOf = (row: Row) => chargeAt(RECORDED_TARIFF, startMsOf(row), SYDNEY)

  it('follow from their spot prices, of both channels, at every hour of two days', () => {
    for (const row of rows()) {
      const ours = perKwhOf(row.channelType, row.spotPerKwh, chargeOf(row))
      expect(Math.abs(ours - row.perKwh), `${row.channelType} ${row.nemTime}`).toBeLessThan(2e-4)
    }
  })

  it('have the words that the simulator has for them', () => {
    const words = rows().map((row) =>
      descriptorOf(row.channelType, row.perKwh, row.spikeStatus, chargeOf(row).rates),
    )
    expect(words).toEqual(rows().map((row) => row.descriptor))
  })
})

describe.skipIf(!hasRecorded)('a recorded month of a market (skipped where ../shared is not at hand)', () => {
  it('has the shape of the simulated one, hour by hour of the day', () => {
    const steps = marketMonth()
    const market = createMarket(1, STATES.vic)
    const profile = (centsOf: (step: { startMs: number; cents: number }) => number) =>
      Array.from({ length: 24 }, (_, hour) =>
        median(
          steps
            .filter(({ startMs }) => wallClock(startMs, 'Australia/Melbourne').hour === hour)
            .map((step) => centsOf(step)),
        ),
      )
    expect(steps.length).toBeGreaterThan(30 * 288)
    expect(
      correlation(
        profile(({ cents }) => cents),
        profile(({ startMs }) => market.spotCentsAt(startMs)),
      ),
    ).toBeGreaterThan(0.8)
  })
})

/** AEMO's: $ per MWh without GST, by the interval's end in NEM time. */
function marketMonth(): { startMs: number; cents: number }[] {
  const [, ...lines] = readFileSync(join(RECORDED, 'aemo-5min-202410_VIC1.csv'), 'utf8').trim().split('\n')
  return lines.map((line) => {
    const [, ended = '', , dollars] = line.split(',')
    const endMs = Date.parse(`${ended.replaceAll('/', '-').replace(' ', 'T')}+10:00`)
    return { startMs: endMs - 5 * 60_000, cents: Number(dollars) * 0.11 }
  })
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanA, meanB] = [mean(a), mean(b)]
  const product = (x: readonly number[], meanX: number, y: readonly number[], meanY: number) =>
    x.reduce((sum, value, index) => sum + (value - meanX) * ((y[index] as number) - meanY), 0)
  return product(a, meanA, b, meanB) / Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB))
}

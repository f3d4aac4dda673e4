// General import by the network's periods, as a table.
import type { MeteredDay } from './meter-history.ts'
import { costByTariffPeriod } from './money/energy-cost.ts'
import { tenths } from './usage-words.ts'
import { dollars, energy } from './words.ts'

export interface TariffPeriodRow {
  /** "Peak", "Off-peak"; "No period named" */
  readonly name: string
  readonly kwh: string
  readonly cost: string
  readonly average: string
}

const NAMES: Readonly<Record<string, string>> = {
  peak: 'Peak',
  shoulder: 'Shoulder',
  offPeak: 'Off-peak',
  solarSponge: 'Solar sponge',
}

/** Nothing where the network names one period or none. */
export function tariffPeriodRows(days: readonly MeteredDay[]): TariffPeriodRow[] {
  const periods = costByTariffPeriod(days)
  if (periods.size < 2) return []
  const order = [...Object.keys(NAMES), ...periods.keys()]
  return [...periods]
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([period, { kwh, cents }]) => ({
      name: NAMES[period] ?? (period || 'No period named'),
      kwh: energy(kwh),
      cost: dollars(cents),
      average: kwh > 0 ? tenths(cents / kwh) : 'nothing used',
    }))
}

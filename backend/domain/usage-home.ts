// What the screens of usage and money look at: the meter by local day, and today.
import { type LocalDate, localDate } from './calendar.ts'
import type { HomeFacts } from './home-facts.ts'
import { knownPrices } from './known-prices.ts'
import type { Thresholds } from './levels.ts'
import { type MeterHistory, meterHistory } from './meter-history.ts'
import { meterHome } from './meter-registers.ts'
import type { Settings } from './settings/settings.ts'
import { readClock } from './slow-clock.ts'
import { DEFAULT_TIME_ZONE } from './time-zone.ts'

export interface UsageHome {
  readonly history: MeterHistory
  readonly timeZone: string
  /** By the clock of the home. */
  readonly today: LocalDate
  /** The household's own, else as far as Amber's words tell them. */
  readonly thresholds: Thresholds
}

/** Asks nothing of forecasts and links: what thinks about usage alone need not carry them. */
export function usageHome(
  { household, prices, usage }: HomeFacts,
  clockMs: number,
  settings: Pick<Settings, 'thresholds'>,
): UsageHome {
  const timeZone = household?.timeZone ?? DEFAULT_TIME_ZONE
  const { thresholds, begunMs } = knownPrices(prices)
  return {
    history: meterHistory(usage, meterHome(household, timeZone)),
    timeZone,
    today: localDate(readClock(clockMs, begunMs).nowMs, timeZone),
    thresholds: settings.thresholds ?? thresholds,
  }
}

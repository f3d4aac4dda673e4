// What holds at this moment, found once and read by every part of the Now screen.
import type { Appliance } from './advice.ts'
import { type Calibration, calibratedPrices } from './forecast/calibration.ts'
import { type ForecastSource, forecastBy } from './forecast/chosen-forecast.ts'
import { allFine, type Links, links } from './freshness.ts'
import type { HomeFacts } from './home-facts.ts'
import { covers, DAY_MS, HOUR_MS, type Interval } from './interval.ts'
import { knownPrices } from './known-prices.ts'
import type { LevelRules, Thresholds } from './levels.ts'
import type { DatedCharges } from './money/charges.ts'
import type { PriceInterval } from './price.ts'
import { type ReadClock, readClock } from './slow-clock.ts'
import { DEFAULT_TIME_ZONE } from './time-zone.ts'
import { rank } from './timeline.ts'
import type { Certainty } from './view.ts'

export interface NowViewOptions {
  readonly hoursBefore?: number
  readonly hoursAfter?: number
  /** The two that the kitchen shows. */
  readonly appliances?: readonly Appliance[]
  /** The household's own, instead of Amber's words. */
  readonly thresholds?: Thresholds
  /** Local minutes since midnight: 420 is 7 am. */
  readonly readyByMinute?: number
  readonly maxChartSteps?: number
  /** What the kitchen names in a spike. */
  readonly ovenKw?: number
  /** Whose forecast is gone by. */
  readonly forecast?: ForecastSource
  /** What Amber charges beside energy; empty while the household has not entered it. */
  readonly charges?: readonly DatedCharges[]
  /** A band that held here, where there is enough to go by; without it Amber's own. */
  readonly calibration?: Calibration
}

export const DEFAULT_APPLIANCES: readonly Appliance[] = [
  { name: 'Dishwasher', kwh: 1.2, durationMinutes: 120 },
  {
    name: 'EV',
    kwh: 22,
    durationMinutes: 180,
    blockMinutes: 30,
    caption: 'EV, 22 kWh',
    runNow: 'Charge now',
  },
]

const DEFAULTS = {
  hoursBefore: 3,
  hoursAfter: 15,
  appliances: DEFAULT_APPLIANCES,
  readyByMinute: 7 * 60,
  maxChartSteps: 300,
  ovenKw: 2.4,
  forecast: 'amber',
  charges: [],
} satisfies NowViewOptions

export interface Situation extends ReadClock {
  readonly facts: HomeFacts
  readonly options: NowViewOptions & Required<Omit<NowViewOptions, 'thresholds' | 'calibration'>>
  readonly timeZone: string
  /** Timelines, ascending, from a day before what the chart shows: a screen asks them every second. */
  readonly general: readonly PriceInterval[]
  readonly feedIn: readonly PriceInterval[]
  /** What covers now; absent when unknown or empty. */
  readonly row: PriceInterval | undefined
  /** Where the last known price ends, forecast or not. */
  readonly knownToMs: number | undefined
  /** The newest price that was not a forecast, whenever that was. */
  readonly lastLive: PriceInterval | undefined
  readonly certainty: Certainty
  /** Stored only because the interval has just begun: all links are fine and its price is due any second. */
  readonly isDue: boolean
  readonly links: Links
  readonly levels: LevelRules
  /** From now to as far ahead as the screen looks. */
  readonly ahead: Interval
}

export function situation(facts: HomeFacts, clockMs: number, chosen: NowViewOptions = {}): Situation {
  const options = { ...DEFAULTS, ...chosen }
  const { general, feedIn, thresholds, begunMs } = knownPrices(seenPrices(facts.prices, options))
  const { nowMs, clockIsSlow } = readClock(clockMs, begunMs)
  const row = clockIsSlow ? undefined : general.find((price) => covers(price, nowMs))
  const seen = links(facts, row, nowMs)
  const isNear = ({ endMs }: PriceInterval): boolean => endMs > nowMs - options.hoursBefore * HOUR_MS - DAY_MS
  const state: Links = clockIsSlow ? { ...seen, prices: { state: 'unknown' } } : seen
  const certainty = certaintyOf(facts, row)
  return {
    facts,
    options,
    timeZone: facts.household?.timeZone ?? DEFAULT_TIME_ZONE,
    nowMs,
    clockIsSlow,
    general: general.filter(isNear),
    feedIn: feedIn.filter(isNear),
    row,
    knownToMs: general.at(-1)?.endMs,
    lastLive: general.findLast((price) => rank(price) > 0 && (clockIsSlow || price.startMs <= nowMs)),
    certainty,
    isDue: certainty === 'stored' && allFine(state),
    links: state,
    levels: { thresholds: options.thresholds ?? thresholds, own: options.thresholds !== undefined },
    ahead: { startMs: nowMs, endMs: nowMs + options.hoursAfter * HOUR_MS },
  }
}

/** Whether the number was foretold and its time has come without a price. */
export const isStored = ({ certainty, isDue }: Situation): boolean => certainty === 'stored' && !isDue

/** Whether all that is ahead was foretold before contact was lost; a price that is merely late makes no forecast old. */
export const isCutOff = ({ certainty, links: { pi, amber } }: Situation): boolean =>
  (certainty === 'stored' || certainty === 'unknown') && (pi.state !== 'fine' || amber.state !== 'fine')

/** By the forecast that the household goes by, with the band that fits this home. */
function seenPrices(
  prices: readonly PriceInterval[],
  { forecast = 'amber', calibration }: NowViewOptions,
): readonly PriceInterval[] {
  const banded = calibration ? calibratedPrices(prices, calibration) : prices
  return forecastBy(banded, forecast)
}

function certaintyOf({ prices }: HomeFacts, row: PriceInterval | undefined): Certainty {
  if (prices.length === 0) return 'empty'
  if (!row) return 'unknown'
  return (['stored', 'estimate', 'live', 'live'] as const)[rank(row)]!
}

// Forecasts against what came: counted into sums that add up, so that years of them are kept in a few kilobytes and a
// day is counted once.
import { type LocalDate, localDate, wallClock } from '../calendar.ts'
import type { PredictedInterval } from '../forecast-vintage.ts'
import { DAY_MS, durationMs, type Interval, MINUTE_MS } from '../interval.ts'
import { SPIKE_CENTS } from '../levels.ts'
import type { PriceInterval } from '../price.ts'
import { binOf, EMPTY_BINS, ratioOf } from './band-ratio.ts'
import { LEAD_TIMES, leadIndex } from './lead-time.ts'
import { settledAverages } from './settled-average.ts'

export interface Vintage {
  readonly madeAtMs: number
  readonly intervals: readonly PredictedInterval[]
}

/** Sums over forecast intervals of one lead time and hour of day, each weighted by its minutes. */
export interface TallyCell {
  readonly minutes: number
  /** Cents per kWh off, whichever way, times minutes: of the price by AEMO's forecast. */
  readonly aemoOff: number
  /** The part for which Amber gave its own forecast with a band; of it: */
  readonly bandMinutes: number
  readonly amberOff: number
  /** Above zero: predicted too high. */
  readonly amberBias: number
  readonly aemoOffThere: number
  readonly withinMinutes: number
  /** A spike was predicted; and of that, it came. */
  readonly spikeMinutes: number
  readonly spikeCameMinutes: number
}

export interface ForecastTally {
  /** By LEAD_TIMES, then by the local hour of day in which the interval begins: 24 each. */
  readonly cells: readonly (readonly TallyCell[])[]
  /** By LEAD_TIMES: minutes by where in Amber's band the price came to lie (`band-ratio.ts`). */
  readonly bins: readonly (readonly number[])[]
  /** By LEAD_TIMES: local days that were counted. */
  readonly days: readonly number[]
}

const EMPTY_CELL: TallyCell = {
  minutes: 0,
  aemoOff: 0,
  bandMinutes: 0,
  amberOff: 0,
  amberBias: 0,
  aemoOffThere: 0,
  withinMinutes: 0,
  spikeMinutes: 0,
  spikeCameMinutes: 0,
}

const SUMS = Object.keys(EMPTY_CELL) as (keyof TallyCell)[]

export const EMPTY_TALLY: ForecastTally = {
  cells: LEAD_TIMES.map(() => Array.from({ length: 24 }, () => EMPTY_CELL)),
  bins: LEAD_TIMES.map(() => EMPTY_BINS),
  days: LEAD_TIMES.map(() => 0),
}

export interface TallyRequest {
  /** Forecast intervals that begin in it are counted: whole local days, each in one tally only. */
  readonly span: Interval
  readonly timeZone: string
}

/**
 * Of one channel. An interval of which not all is settled is not counted: what did not come true cannot be told from a
 * gap. Times two forecasts of one interval count twice, as the household saw both.
 */
export function forecastTally(
  vintages: readonly Vintage[],
  prices: readonly PriceInterval[],
  { span, timeZone }: TallyRequest,
): ForecastTally {
  const seenAs = sightings(prices, timeZone)
  const cells = EMPTY_TALLY.cells.map((hours) => hours.slice())
  const bins = EMPTY_TALLY.bins.map((counts) => counts.slice())
  const days = LEAD_TIMES.map(() => new Set<string>())
  for (const { madeAtMs, intervals } of vintages) {
    for (const forecast of intervals) {
      const lead = leadIndex(forecast, madeAtMs)
      if (lead === undefined || forecast.startMs < span.startMs || forecast.startMs >= span.endMs) continue
      const { actual, hour, date } = seenAs(forecast)
      if (actual === undefined) continue
      cells[lead]![hour] = addedCells(cells[lead]![hour]!, cellOf(forecast, actual))
      const ratio = ratioOf(forecast, actual)
      if (ratio !== undefined) bins[lead]![binOf(ratio)]! += durationMs(forecast) / MINUTE_MS
      days[lead]!.add(date)
    }
  }
  return { cells, bins, days: days.map(({ size }) => size) }
}

interface Sighting {
  readonly actual: number | undefined
  readonly hour: number
  readonly date: LocalDate
}

/** A hundred sets foretell the same interval, and what came in it and when that was is found out once. */
function sightings(prices: readonly PriceInterval[], timeZone: string): (interval: Interval) => Sighting {
  const actualOver = settledAverages(prices)
  const known = new Map<number, Sighting>()
  return ({ startMs, endMs }) => {
    const key = startMs * 2 + (endMs - startMs) / DAY_MS
    const found = known.get(key) ?? {
      actual: actualOver({ startMs, endMs }),
      hour: wallClock(startMs, timeZone).hour,
      date: localDate(startMs, timeZone),
    }
    known.set(key, found)
    return found
  }
}

/** In any order; one that an older version wrote with fewer hours or lead times is not added. */
export const addedTallies = (tallies: readonly ForecastTally[]): ForecastTally =>
  tallies.filter(isComplete).reduce(
    (a, b) => ({
      cells: a.cells.map((hours, lead) => hours.map((cell, hour) => addedCells(cell, b.cells[lead]![hour]!))),
      bins: a.bins.map((counts, lead) => counts.map((count, bin) => count + b.bins[lead]![bin]!)),
      days: a.days.map((count, lead) => count + b.days[lead]!),
    }),
    EMPTY_TALLY,
  )

export function addedCells(a: TallyCell, b: TallyCell): TallyCell {
  const sum = { ...a }
  for (const name of SUMS) sum[name] += b[name]
  return sum
}

function cellOf(forecast: PredictedInterval, actual: number): TallyCell {
  const minutes = durationMs(forecast) / MINUTE_MS
  const { cents, band } = forecast
  const predicted = band?.predicted ?? cents
  const isSpike = predicted >= SPIKE_CENTS
  return {
    minutes,
    aemoOff: Math.abs(cents - actual) * minutes,
    ...(band ? bandedCell(band, cents, actual, minutes) : NO_BAND),
    spikeMinutes: isSpike ? minutes : 0,
    spikeCameMinutes: isSpike && actual >= SPIKE_CENTS ? minutes : 0,
  }
}

const NO_BAND = { bandMinutes: 0, amberOff: 0, amberBias: 0, aemoOffThere: 0, withinMinutes: 0 }

function bandedCell(
  { low, predicted, high }: NonNullable<PredictedInterval['band']>,
  aemo: number,
  actual: number,
  minutes: number,
): typeof NO_BAND {
  // Feed-in is rated by its value, so its low may be the higher number.
  const isWithin = Math.min(low, predicted, high) <= actual && actual <= Math.max(low, predicted, high)
  return {
    bandMinutes: minutes,
    amberOff: Math.abs(predicted - actual) * minutes,
    amberBias: (predicted - actual) * minutes,
    aemoOffThere: Math.abs(aemo - actual) * minutes,
    withinMinutes: isWithin ? minutes : 0,
  }
}

const isComplete = ({ cells, bins, days }: ForecastTally): boolean =>
  cells.length === LEAD_TIMES.length &&
  cells.every((hours) => hours.length === 24) &&
  bins.length === LEAD_TIMES.length &&
  bins.every((counts) => counts.length === EMPTY_BINS.length) &&
  days.length === LEAD_TIMES.length

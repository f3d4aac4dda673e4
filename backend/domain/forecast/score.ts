// How good the forecasts were at this home, by how long before and by hour of day.
import { HELD_SHARE } from './calibration.ts'
import { LEAD_TIMES, type LeadTime } from './lead-time.ts'
import { addedCells, EMPTY_TALLY, type ForecastTally, type TallyCell } from './tally.ts'

export interface Score {
  /** Hours of forecast that were compared with what came. */
  readonly hours: number
  /** Cents per kWh off on average, whichever way; undefined where Amber gave no forecast of its own. */
  readonly amberOffCents: number | undefined
  /** Above zero: predicted too high on average. */
  readonly amberBiasCents: number | undefined
  /** By AEMO's forecast, of the same intervals where Amber gave its own, else of all. */
  readonly aemoOffCents: number
  /** Share of the time that the price lay within Amber's band, 0 … 1. */
  readonly heldShare: number | undefined
}

export interface LeadScore extends Score {
  readonly lead: LeadTime
  /** Local days that were compared. */
  readonly days: number
}

export interface HourScore extends Score {
  /** Local, 0 … 23. */
  readonly hour: number
}

/** Fewer days than a week are chance. */
export const FEWEST_DAYS = 7

/** Lead times of which a week or more is known, the nearest first. */
export const scoreByLead = ({ cells, days }: ForecastTally): LeadScore[] =>
  LEAD_TIMES.flatMap((lead, index) => {
    const score = scoreOf(cells[index]!)
    return score && days[index]! >= FEWEST_DAYS ? [{ ...score, lead, days: days[index]! }] : []
  })

/** Over the lead times of which a week or more is known; an hour of which nothing is known is not in it. */
export const scoreByHour = ({ cells, days }: ForecastTally): HourScore[] =>
  Array.from({ length: 24 }, (_, hour) => hour).flatMap((hour) => {
    const score = scoreOf(cells.flatMap((hours, lead) => (days[lead]! >= FEWEST_DAYS ? [hours[hour]!] : [])))
    return score ? [{ ...score, hour }] : []
  })

export interface SpikeRecord {
  readonly lead: LeadTime
  /** Hours for which a spike was predicted, and those of them in which it came. */
  readonly predictedHours: number
  readonly cameHours: number
}

/** Lead times at which a spike was ever predicted. */
export const spikeRecords = ({ cells }: ForecastTally): SpikeRecord[] =>
  LEAD_TIMES.flatMap((lead, index) => {
    const { spikeMinutes, spikeCameMinutes } = sumOf(cells[index]!)
    return spikeMinutes > 0
      ? [{ lead, predictedHours: spikeMinutes / 60, cameHours: spikeCameMinutes / 60 }]
      : []
  })

/** Whether Amber's band holds about as much as it should, by a twentieth. */
export const isBandTrue = ({ heldShare }: Score): boolean | undefined =>
  heldShare === undefined ? undefined : Math.abs(heldShare - HELD_SHARE) <= 0.05

function scoreOf(cells: readonly TallyCell[]): Score | undefined {
  const { minutes, bandMinutes, ...sum } = sumOf(cells)
  if (minutes === 0) return undefined
  const isBanded = bandMinutes > 0
  return {
    hours: minutes / 60,
    amberOffCents: isBanded ? sum.amberOff / bandMinutes : undefined,
    amberBiasCents: isBanded ? sum.amberBias / bandMinutes : undefined,
    aemoOffCents: isBanded ? sum.aemoOffThere / bandMinutes : sum.aemoOff / minutes,
    heldShare: isBanded ? sum.withinMinutes / bandMinutes : undefined,
  }
}

const sumOf = (cells: readonly TallyCell[]): TallyCell => cells.reduce(addedCells, EMPTY_TALLY.cells[0]![0]!)

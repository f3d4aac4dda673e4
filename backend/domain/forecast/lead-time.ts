// How long before its interval began a forecast was made.
import { HOUR_MS, type Interval } from '../interval.ts'

export interface LeadTime {
  /** Up to this many hours, and more than those of the one before. */
  readonly untilHours: number
  /** "1 to 3 hours ahead" */
  readonly text: string
  /** "3 h" */
  readonly short: string
}

/** Amber's own forecast reaches about a day; AEMO's to the end of the next trading day. */
export const LEAD_TIMES: readonly LeadTime[] = [
  { untilHours: 0.5, text: 'within half an hour', short: '½ h' },
  { untilHours: 1, text: 'up to an hour ahead', short: '1 h' },
  { untilHours: 3, text: '1 to 3 hours ahead', short: '3 h' },
  { untilHours: 6, text: '3 to 6 hours ahead', short: '6 h' },
  { untilHours: 12, text: '6 to 12 hours ahead', short: '12 h' },
  { untilHours: 24, text: '12 to 24 hours ahead', short: '24 h' },
  { untilHours: Number.POSITIVE_INFINITY, text: 'more than a day ahead', short: 'over 24 h' },
]

/** Index into LEAD_TIMES; undefined of an interval that had begun, which is no forecast. */
export function leadIndex({ startMs }: Pick<Interval, 'startMs'>, madeAtMs: number): number | undefined {
  const hours = (startMs - madeAtMs) / HOUR_MS
  return hours < 0 ? undefined : LEAD_TIMES.findIndex(({ untilHours }) => hours <= untilHours)
}

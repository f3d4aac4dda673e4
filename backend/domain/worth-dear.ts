// The half hours one would rather not have had, as a table.
import { localDate } from './calendar.ts'
import { shortDay } from './date-words.ts'
import { durationMs, HOUR_MS } from './interval.ts'
import type { MeterHistory } from './meter-history.ts'
import { dearestHalfHours } from './money/dearest.ts'
import { total, wholeSum } from './money/total.ts'
import type { AmberSide } from './money/worth.ts'
import { exactTimeText } from './time-words.ts'
import { dollars, money, percent } from './words.ts'

export interface DearRow {
  /** "Thu 8 Oct" "6:30 pm" "$14.82" "0.9" "$13.34" */
  readonly day: string
  readonly time: string
  readonly price: string
  readonly kwh: string
  readonly cost: string
}

export interface DearHalfHours {
  /** "Five half hours cost $33.46" */
  readonly heading: string
  readonly rows: readonly DearRow[]
  /** "7% of the cost in 2½ hours."; empty where it all came to nothing. */
  readonly share: string
}

const COUNTS = ['No', 'One', 'Two', 'Three', 'Four', 'Five']

/** The five that cost most of the days compared; undefined where nothing was paid. */
export function dearHalfHours(history: MeterHistory, side: AmberSide): DearHalfHours | undefined {
  const dearest = dearestHalfHours(
    side.counted.map((day) => history.day(day.localDate)),
    5,
  )
  if (dearest.length === 0) return undefined
  const cents = total(dearest.map((half) => half.cents))
  const hours = wholeSum(dearest.map(durationMs)) / HOUR_MS
  const { timeZone } = history
  return {
    heading: `${COUNTS[dearest.length]} half ${dearest.length === 1 ? 'hour' : 'hours'} cost ${dollars(cents)}`,
    rows: dearest.map((half) => ({
      day: shortDay(localDate(half.startMs, timeZone)),
      time: exactTimeText(half.startMs, timeZone),
      price: money(half.centsPerKwh),
      kwh: half.kwh.toFixed(1),
      cost: dollars(half.cents),
    })),
    share: side.cents > 0 ? `${percent(cents / side.cents)} of the cost in ${hoursText(hours)}.` : '',
  }
}

/** "2½ hours" */
const hoursText = (hours: number): string =>
  hours === 0.5
    ? 'half an hour'
    : `${Math.floor(hours)}${hours % 1 ? '½' : ''} ${hours === 1 ? 'hour' : 'hours'}`

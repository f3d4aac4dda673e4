import { datesBetween, localDate, localTimeMs } from './calendar.ts'
import type { Interval } from './interval.ts'
import { shortWeekday, timeText } from './time-words.ts'
import type { ChartTick } from './view.ts'

const TICK_HOURS = [0, 3, 6, 9, 12, 15, 18, 21]

/** Every third hour of the home's clocks, also where daylight saving makes one of the gaps longer or shorter. */
export const chartTicks = ({ startMs, endMs }: Interval, timeZone: string): ChartTick[] =>
  datesBetween(localDate(startMs, timeZone), localDate(endMs, timeZone))
    .flatMap((date) =>
      TICK_HOURS.map((hour) => ({ atMs: localTimeMs(date, hour * 60, timeZone), isDay: hour === 0 })),
    )
    .filter(({ atMs }) => startMs <= atMs && atMs < endMs)
    .map(({ atMs, isDay }) => ({
      atMs,
      text: isDay ? shortWeekday(atMs, timeZone) : timeText(atMs, timeZone),
      isDay,
    }))

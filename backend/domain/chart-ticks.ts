import { datesBetween, localDate, localTimeMs } from './calendar.ts'
import type { Interval } from './interval.ts'
import { shortWeekday, timeText } from './time-words.ts'
import type { ChartTick } from './view.ts'

/** Every third hour (or other) of the home's clocks, also where daylight saving makes a gap longer or shorter. */
export const chartTicks = (
  { startMs, endMs }: Interval,
  timeZone: string,
  everyHours: 1 | 2 | 3 | 4 | 6 = 3,
): ChartTick[] =>
  datesBetween(localDate(startMs, timeZone), localDate(endMs, timeZone))
    .flatMap((date) =>
      Array.from({ length: 24 / everyHours }, (_, index) => ({
        atMs: localTimeMs(date, index * everyHours * 60, timeZone),
        isDay: index === 0,
      })),
    )
    // The hour that summer time skips is the next one.
    .filter(({ atMs }, index, all) => startMs <= atMs && atMs < endMs && atMs !== all[index - 1]?.atMs)
    .map(({ atMs, isDay }) => ({
      atMs,
      text: isDay ? shortWeekday(atMs, timeZone) : timeText(atMs, timeZone),
      isDay,
    }))

// How instants and ages are worded, on the home's clock.
import { isShownTwice, localDate, wallClock } from './calendar.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './interval.ts'
import { counted } from './words.ts'

export const NO_BREAK = '\u00a0'
/** On one line, whatever there is room for. */
export const unbroken = (text: string): string => text.replaceAll(' ', NO_BREAK)
export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** "6:30 pm", "4 pm", "noon", "midnight". */
export function timeText(ms: number, timeZone: string): string {
  const { hour, minute } = wallClock(ms, timeZone)
  return timeOfDay(hour * 60 + minute)
}

/** The same where one is told from the next: of a time that comes twice as daylight saving ends, "2 am AEDT", "2 am AEST". */
export const exactTimeText = (ms: number, timeZone: string): string =>
  timeText(ms, timeZone) + (isShownTwice(ms, timeZone) ? `${NO_BREAK}${zoneText(ms, timeZone)}` : '')

/** "AEST" */
const zoneText = (ms: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-AU', { timeZone, timeZoneName: 'short' })
    .formatToParts(ms)
    .find(({ type }) => type === 'timeZoneName')!.value

/** The same of minutes since local midnight. */
export function timeOfDay(minuteOfDay: number): string {
  const [hour, minute] = [Math.floor(minuteOfDay / 60) % 24, minuteOfDay % 60]
  if (minute === 0 && hour === 0) return 'midnight'
  if (minute === 0 && hour === 12) return 'noon'
  const minutes = minute === 0 ? '' : `:${twoDigits(minute)}`
  return `${twelveHour(hour)}${minutes}${NO_BREAK}${hour < 12 ? 'am' : 'pm'}`
}

/** "10:02": twelve hours without am or pm, as the clock of a kitchen shows it. */
export function clockText(ms: number, timeZone: string): string {
  const { hour, minute } = wallClock(ms, timeZone)
  return `${twelveHour(hour)}:${twoDigits(minute)}`
}

/** "10:00:24" */
export const clockSeconds = (ms: number, timeZone: string): string =>
  `${clockText(ms, timeZone)}:${twoDigits(wallClock(ms, timeZone).second)}`

/** Of a moment close by: "10:05"; on the hour, where that would read like a bare number, "11 am". */
export const nearTime = (ms: number, timeZone: string): string =>
  wallClock(ms, timeZone).minute === 0 ? timeText(ms, timeZone) : clockText(ms, timeZone)

/** "3–9 pm", "11 am–2 pm". */
export function timeSpan(startMs: number, endMs: number, timeZone: string): string {
  const [start, end] = [timeText(startMs, timeZone), timeText(endMs, timeZone)]
  const [[time, startHalf], [, endHalf]] = [start.split(NO_BREAK), end.split(NO_BREAK)] as const
  const short = startHalf && startHalf === endHalf ? time : start
  return `${short}\u2013${end}`
}

/** "Tuesday" */
export const weekdayText = (ms: number, timeZone: string): string =>
  WEEKDAYS[wallClock(ms, timeZone).weekday]!

/** "Tue" */
export const shortWeekday = (ms: number, timeZone: string): string => weekdayText(ms, timeZone).slice(0, 3)

/** "24 November" */
export function dayText(ms: number, timeZone: string): string {
  const { day, month } = wallClock(ms, timeZone)
  return `${day} ${MONTHS[month - 1]}`
}

/** "2:25 pm"; of another day, and not near, "Tuesday 2:25 pm"; from six days, where a weekday may mislead, "24 November 2:25 pm". */
export const whenText = (ms: number, nowMs: number, timeZone: string): string =>
  [awayText(ms, nowMs, timeZone), timeText(ms, timeZone)].filter(Boolean).join(' ')

/** The same within a sentence: "at 2:25 pm", "on Tuesday at 2:25 pm". */
export const atWhenText = (ms: number, nowMs: number, timeZone: string): string =>
  [awayText(ms, nowMs, timeZone), timeText(ms, timeZone)]
    .filter((part) => part !== undefined)
    .map((part, index, { length }) => `${index < length - 1 ? 'on' : 'at'} ${part}`)
    .join(' ')

/** The same for a narrow column: "Tue 2:25 pm", "24 Nov 2:25 pm". */
export function shortWhenText(ms: number, nowMs: number, timeZone: string): string {
  const [first = '', month = ''] = (awayText(ms, nowMs, timeZone) ?? '').split(' ')
  const day = month ? `${first}${NO_BREAK}${month.slice(0, 3)}` : first.slice(0, 3)
  return [day, timeText(ms, timeZone)].filter(Boolean).join(' ')
}

/** The last and the next hours of a clock's face: what is within them needs no day's name, on either side of midnight. */
const NEAR_MS = 12 * HOUR_MS

/** Undefined where the time alone tells it: near by, or within today. */
function awayText(ms: number, nowMs: number, timeZone: string): string | undefined {
  const awayMs = Math.abs(nowMs - ms)
  if (awayMs < NEAR_MS || localDate(ms, timeZone) === localDate(nowMs, timeZone)) return undefined
  return awayMs < 6 * DAY_MS ? weekdayText(ms, timeZone) : dayText(ms, timeZone)
}

/** "2:25 pm, 2 h 6 min ago"; after a day the age goes without saying. */
export function whenAndAge(ms: number, nowMs: number, timeZone: string): string {
  const when = whenText(ms, nowMs, timeZone)
  return 0 <= nowMs - ms && nowMs - ms < DAY_MS ? `${when}, ${ageText(nowMs - ms)}` : when
}

/** "30 seconds ago", "2 minutes ago", "2 h 6 min ago": on one line. */
export const ageText = (ageMs: number): string => unbroken(`${spanText(ageMs)} ago`)

/** "30 seconds", "2 minutes", "2 h 6 min". */
export function spanText(ms: number): string {
  // Nothing is "0 seconds ago": by the time it is read, one has passed.
  if (ms < MINUTE_MS) return counted(Math.max(1, Math.floor(ms / SECOND_MS)), 'second')
  if (ms < HOUR_MS) return counted(Math.floor(ms / MINUTE_MS), 'minute')
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS)
  return `${Math.floor(ms / HOUR_MS)} h${minutes === 0 ? '' : ` ${minutes} min`}`
}

/** The part of the day that holds this instant and the hour at which it ends: "morning" until 12. */
export function partOfDay(ms: number, timeZone: string): { name: string; endMinute: number } {
  const { hour } = wallClock(ms, timeZone)
  if (hour < 5) return { name: 'night', endMinute: 5 * 60 }
  if (hour < 12) return { name: 'morning', endMinute: 12 * 60 }
  if (hour < 17) return { name: 'afternoon', endMinute: 17 * 60 }
  if (hour < 22) return { name: 'evening', endMinute: 22 * 60 }
  return { name: 'night', endMinute: 29 * 60 }
}

const twelveHour = (hour: number): number => hour % 12 || 12
const twoDigits = (number: number): string => String(number).padStart(2, '0')

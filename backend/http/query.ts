// Reads the questions that come in a URL; what cannot be understood is answered with what is accepted.
import { addDays, daysFrom, type LocalDate, localDate, localDay, parseLocalDate } from '#domain/calendar.ts'
import { DAY_MS, type Interval } from '#domain/interval.ts'
import { CHANNELS, type Channel } from '#domain/price.ts'
import { QueryError } from './error-answer.ts'

const MAX_DAYS = 400
const EARLIEST_MS = Date.UTC(2000, 0)
const LATEST_MS = Date.UTC(2100, 0)

type Read = (name: string) => string | undefined

/** `from` and `to`: ISO 8601 with an offset, or a local date (its midnight). Default: today and tomorrow. */
export function spanOf(read: Read, timeZone: string, nowMs: number): Interval {
  const today = localDate(nowMs, timeZone)
  const startMs = instantOf(read, 'from', timeZone) ?? localDay(today, timeZone).startMs
  const endMs =
    instantOf(read, 'to', timeZone) ?? localDay(addDays(localDate(startMs, timeZone), 1), timeZone).endMs
  if (endMs <= startMs) throw new QueryError('bad-span', 'to: must be later than from.')
  if (endMs - startMs > MAX_DAYS * DAY_MS)
    throw new QueryError('span-too-long', `from, to: at most ${MAX_DAYS} days in one go.`)
  return { startMs, endMs }
}

/** `fromDate` and `toDate`, local days, both included. Default: the 30 days up to yesterday. */
export function datesOf(
  read: Read,
  timeZone: string,
  nowMs: number,
): { fromDate: LocalDate; toDate: LocalDate } {
  const toDate = dateOf(read, 'toDate') ?? addDays(localDate(nowMs, timeZone), -1)
  const fromDate = dateOf(read, 'fromDate') ?? addDays(toDate, -29)
  if (toDate < fromDate) throw new QueryError('bad-span', 'toDate: must not be before fromDate.')
  if (daysFrom(fromDate, toDate) >= MAX_DAYS)
    throw new QueryError('span-too-long', `fromDate, toDate: at most ${MAX_DAYS} days in one go.`)
  return { fromDate, toDate }
}

export function channelOf(read: Read): Channel | undefined {
  const text = read('channel')
  if (text === undefined) return undefined
  const channel = CHANNELS.find((name) => name === text)
  if (!channel) throw new QueryError('unknown-channel', `channel: one of ${CHANNELS.join(', ')}.`)
  return channel
}

function instantOf(read: Read, name: string, timeZone: string): number | undefined {
  const text = read(name)
  if (text === undefined) return undefined
  const date = parseLocalDate(text)
  const ms = date
    ? localDay(date, timeZone).startMs
    : // In a URL an unescaped + is a space.
      instantText.test(text.replace(' ', '+')) && Date.parse(text.replace(' ', '+'))
  if (typeof ms !== 'number' || !(ms >= EARLIEST_MS && ms < LATEST_MS))
    throw new QueryError(
      'bad-date',
      `${name}: a time with its offset (2026-03-10T10:00:00+11:00) or a date (2026-03-10).`,
    )
  return ms
}

const instantText = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/

function dateOf(read: Read, name: string): LocalDate | undefined {
  const text = read(name)
  if (text === undefined) return undefined
  const date = parseLocalDate(text)
  if (!date || date < '2000-01-01' || date > '2100-01-01')
    throw new QueryError('bad-date', `${name}: a date such as 2026-03-10.`)
  return date
}

/** `since` of the mirror: a revision. */
export function revisionOf(read: Read): number | undefined {
  const text = read('since')
  if (text === undefined) return undefined
  if (!/^\d{1,15}$/.test(text))
    throw new QueryError('bad-revision', 'since: a whole number, from an earlier answer.')
  return Number(text)
}

import { daysFrom, type NemDate, parseNemDate } from '#domain/calendar.ts'
import { malformed, tooMuch } from './refusal.ts'
import type { Minutes } from './slots.ts'

export type Query = (name: string) => string | undefined

const MAX_DAYS_APART = 7
const MAX_INTERVALS = 2048

/** `today` stands in for a date that was not given; undefined: both have to be. */
export function datesOf(query: Query, today?: NemDate): [first: NemDate, last: NemDate] {
  const first = dateOf(query, 'startDate') ?? today
  const last = dateOf(query, 'endDate') ?? today
  if (!first || !last) throw malformed('startDate and endDate are required')
  if (last < first) throw malformed('endDate is before startDate')
  if (daysFrom(first, last) > MAX_DAYS_APART) throw tooMuch('Requested date range is greater than 7 days')
  return [first, last]
}

export function countsOf(query: Query): { previous: number; next: number } {
  const [previous, next] = [countOf(query, 'previous'), countOf(query, 'next')]
  if (previous + next > MAX_INTERVALS) throw tooMuch('Requested number of intervals is greater than 2048')
  return { previous, next }
}

export function resolutionOf(query: Query): Minutes | undefined {
  const text = query('resolution')
  if (text === undefined) return undefined
  if (text === '5') return 5
  if (text === '30') return 30
  throw malformed('resolution must be 5 or 30')
}

function dateOf(query: Query, name: string): NemDate | undefined {
  const text = query(name)
  if (text === undefined) return undefined
  const date = parseNemDate(text)
  if (!date) throw malformed(`${name} must be a date, YYYY-MM-DD`)
  return date
}

function countOf(query: Query, name: string): number {
  const text = query(name) ?? '0'
  if (!/^\d{1,9}$/.test(text)) throw malformed(`${name} must be a whole number`)
  return Number(text)
}

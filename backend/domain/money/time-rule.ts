// When a rate or a demand window holds, by the clock on the wall of the home: networks bill by local time, summer and winter.
import type { WallClock } from '../calendar.ts'

export interface TimeRule {
  /** 1 … 12; absent: all year. */
  readonly months?: readonly number[]
  /** 0 = Sunday; absent: every day. Public holidays are no weekday of their own. */
  readonly weekdays?: readonly number[]
  /** Local minutes since midnight, 0 … 1439. */
  readonly fromMinute: number
  /** Not included, 1 … 1440; not above `fromMinute`: past midnight. */
  readonly toMinute: number
}

export type WallMoment = Pick<WallClock, 'month' | 'weekday' | 'hour' | 'minute'>

/** After midnight the weekday is the new day's: Friday's night from 22:00 to 07:00 ends on a Saturday that must be listed. */
export function holdsAt({ months, weekdays, fromMinute, toMinute }: TimeRule, at: WallMoment): boolean {
  if (months && !months.includes(at.month)) return false
  if (weekdays && !weekdays.includes(at.weekday)) return false
  const minute = at.hour * 60 + at.minute
  return fromMinute < toMinute
    ? fromMinute <= minute && minute < toMinute
    : minute >= fromMinute || minute < toMinute
}

export const anyHoldsAt = (rules: readonly TimeRule[], at: WallMoment): boolean =>
  rules.some((rule) => holdsAt(rule, at))

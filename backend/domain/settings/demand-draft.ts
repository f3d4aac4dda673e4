// What the month's highest half hour costs and when it counts, as it is typed in from a bill.
import type { DemandCharge } from '../money/demand.ts'
import type { TimeRule } from '../money/time-rule.ts'
import {
  type Drafted,
  entry,
  mapped,
  numberTyped,
  timeTyped,
  typedText,
  typedTime,
  whole,
  wholeList,
} from './drafted.ts'
import { centsPerKw, minuteOfDay } from './settings-fields.ts'

export const WORKING_DAYS: readonly number[] = [1, 2, 3, 4, 5]

export interface DemandDraft {
  /** Cents per kW. */
  readonly rate: string
  readonly per: 'day' | 'month'
  /** amber: as Amber names the window on each row. own: by the times below. */
  readonly window: 'amber' | 'own'
  readonly from: string
  readonly to: string
  /** kept: some days of the week that this form does not name. */
  readonly days: 'all' | 'working' | 'kept'
  /** 1 … 12; none: all year. */
  readonly months: readonly number[]
  /** What of the first rule this form does not show, and all rules after it: kept as they are. */
  readonly rule: Pick<TimeRule, 'months' | 'weekdays'>
  readonly more: readonly TimeRule[]
}

export const NEW_DEMAND: DemandDraft = {
  rate: '',
  per: 'day',
  window: 'amber',
  from: '15:00',
  to: '21:00',
  days: 'all',
  months: [],
  rule: {},
  more: [],
}

export function demandDraft({ centsPerKw, per, months = [], times }: DemandCharge): DemandDraft {
  const [first, ...more] = times ?? []
  return {
    ...NEW_DEMAND,
    rate: typedText(centsPerKw),
    per,
    months,
    window: first ? 'own' : 'amber',
    ...(first && {
      from: typedTime(first.fromMinute),
      to: typedTime(first.toMinute),
      days: daysOf(first),
      rule: first,
    }),
    more,
  }
}

function daysOf({ weekdays }: TimeRule): DemandDraft['days'] {
  if (!weekdays) return 'all'
  return String(weekdays.toSorted()) === String(WORKING_DAYS) ? 'working' : 'kept'
}

export const demandOf = (drafts: readonly DemandDraft[]): Drafted<readonly DemandCharge[]> =>
  wholeList(drafts.map(oneDemandOf))

function oneDemandOf(draft: DemandDraft): Drafted<DemandCharge> {
  const rate = entry(numberTyped(centsPerKw), draft.rate, 'cents per kW, 0 to 10,000')
  const months = draft.months.length > 0 ? { months: draft.months.toSorted((a, b) => a - b) } : {}
  if (draft.window === 'amber')
    return mapped(whole({ rate }), (read) => ({ centsPerKw: read.rate, per: draft.per, ...months }))
  const read = whole({
    rate,
    from: entry(timeTyped(minuteOfDay), draft.from, 'a time of day'),
    to: entry(timeTyped(minuteOfDay), draft.to, 'a time of day'),
  })
  return mapped(read, ({ rate, from, to }) => ({
    centsPerKw: rate,
    per: draft.per,
    ...months,
    times: [
      {
        fromMinute: from,
        // Midnight ends a day here; as its beginning it would be no time at all.
        toMinute: to === 0 ? 1440 : to,
        ...(draft.rule.months && { months: draft.rule.months }),
        ...(draft.days === 'working' && { weekdays: WORKING_DAYS }),
        ...(draft.days === 'kept' && draft.rule.weekdays && { weekdays: draft.rule.weekdays }),
      },
      ...draft.more,
    ],
  }))
}

// What a plan asks for a kWh, as it is typed in: one rate, by the time of day, or by how much was used before.
import type { Block, BlockReset, EnergyRates, TimedRate } from '../money/energy-plan.ts'
import type { TimeRule } from '../money/time-rule.ts'
import { WORKING_DAYS } from './demand-draft.ts'
import {
  type Drafted,
  entry,
  mapped,
  numberTyped,
  timeTyped,
  typedText,
  typedTime,
  under,
  whole,
  wholeList,
} from './drafted.ts'
import { blockKwh, minuteOfDay, name40, rate } from './settings-fields.ts'

export interface TimedDraft {
  readonly name: string
  /** Cents per kWh. */
  readonly rate: string
  readonly from: string
  readonly to: string
  /** kept: some days of the week that this form does not name. */
  readonly days: 'all' | 'working' | 'weekend' | 'kept'
  /** What of the first rule this form does not show, and all rules after it: kept as they are. */
  readonly rule: Pick<TimeRule, 'months' | 'weekdays'>
  readonly more: readonly TimeRule[]
}

export interface BlockDraft {
  readonly kwh: string
  readonly rate: string
}

export interface RatesDraft {
  /** none: the plan names no rate. */
  readonly kind: EnergyRates['kind'] | 'none'
  /** Cents per kWh: the one rate, or what holds where no other does. */
  readonly rate: string
  readonly timed: readonly TimedDraft[]
  readonly per: BlockReset
  readonly blocks: readonly BlockDraft[]
}

export const NEW_TIMED: TimedDraft = {
  name: 'Peak',
  rate: '',
  from: '15:00',
  to: '21:00',
  days: 'all',
  rule: {},
  more: [],
}

export const NEW_BLOCK: BlockDraft = { kwh: '', rate: '' }

export const NO_RATES: RatesDraft = {
  kind: 'none',
  rate: '',
  timed: [NEW_TIMED],
  per: 'day',
  blocks: [NEW_BLOCK],
}

const WEEKEND: readonly number[] = [0, 6]

export function ratesDraft(rates: EnergyRates | undefined): RatesDraft {
  if (!rates) return NO_RATES
  const { kind } = rates
  if (kind === 'flat') return { ...NO_RATES, kind, rate: typedText(rates.centsPerKwh) }
  const rate = typedText(rates.restCentsPerKwh)
  if (kind === 'timeOfUse') return { ...NO_RATES, kind, rate, timed: rates.rates.map(timedDraft) }
  const blocks = rates.blocks.map(({ kwh, centsPerKwh }) => ({
    kwh: typedText(kwh),
    rate: typedText(centsPerKwh),
  }))
  return { ...NO_RATES, kind, rate, per: rates.per, blocks }
}

/** Undefined in it: the plan names no rate. */
export function ratesOf(draft: RatesDraft): Drafted<EnergyRates | undefined> {
  const { kind, per } = draft
  if (kind === 'none') return { value: undefined, problems: {} }
  const rest = whole({ rate: rateEntry(draft.rate) })
  if (kind === 'flat') return mapped(rest, (read) => ({ kind, centsPerKwh: read.rate }))
  if (kind === 'timeOfUse') {
    const timed = wholeList(draft.timed.map(timedOf))
    return both(rest, 'timed', timed, (read, rates) => ({ kind, rates, restCentsPerKwh: read.rate }))
  }
  const blocks = wholeList(draft.blocks.map(blockOf))
  return both(rest, 'blocks', blocks, (read, of) => ({ kind, per, blocks: of, restCentsPerKwh: read.rate }))
}

const rateEntry = (typed: string) => entry(numberTyped(rate), typed, 'cents per kWh, \u22122,000 to 2,000')

function timedDraft({ name, centsPerKwh, times }: TimedRate): TimedDraft {
  const [first, ...more] = times
  return {
    name,
    rate: typedText(centsPerKwh),
    from: typedTime(first?.fromMinute),
    to: typedTime(first?.toMinute),
    days: daysOf(first?.weekdays),
    rule: {
      ...(first?.months && { months: first.months }),
      ...(first?.weekdays && { weekdays: first.weekdays }),
    },
    more,
  }
}

function daysOf(weekdays: readonly number[] | undefined): TimedDraft['days'] {
  if (!weekdays) return 'all'
  const sorted = String(weekdays.toSorted())
  if (sorted === String(WORKING_DAYS)) return 'working'
  return sorted === String(WEEKEND) ? 'weekend' : 'kept'
}

function timedOf({ name, rate: typed, from, to, days, rule, more }: TimedDraft): Drafted<TimedRate> {
  const read = whole({
    name: entry(name40, name, 'a name of at most 40 letters'),
    rate: rateEntry(typed),
    from: entry(timeTyped(minuteOfDay), from, 'a time of day'),
    to: entry(timeTyped(minuteOfDay), to, 'a time of day'),
  })
  const weekdays = { all: undefined, working: WORKING_DAYS, weekend: WEEKEND, kept: rule.weekdays }[days]
  return mapped(read, (all) => ({
    name: all.name,
    centsPerKwh: all.rate,
    times: [
      {
        fromMinute: all.from,
        // Midnight ends a day here; as its beginning it would be no time at all.
        toMinute: all.to === 0 ? 1440 : all.to,
        ...(rule.months && { months: rule.months }),
        ...(weekdays && { weekdays }),
      },
      ...more,
    ],
  }))
}

const blockOf = ({ kwh, rate: typed }: BlockDraft): Drafted<Block> =>
  mapped(
    whole({
      kwh: entry(numberTyped(blockKwh), kwh, 'kWh above 0, at most 100,000'),
      rate: rateEntry(typed),
    }),
    (read) => ({ kwh: read.kwh, centsPerKwh: read.rate }),
  )

function both<A, B, T>(
  a: Drafted<A>,
  name: string,
  b: Drafted<B>,
  to: (a: A, b: B) => T,
): Drafted<T | undefined> {
  const problems = { ...a.problems, ...under({ [name]: b.problems }) }
  const isFine = a.value !== undefined && b.value !== undefined
  return { value: isFine ? to(a.value, b.value) : undefined, problems }
}

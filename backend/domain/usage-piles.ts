// A week, month or year as piles of money, one a cell: what each channel cost, on the foot of what is paid whatever is used.
import { costText } from './channel-rows.ts'
import { monthName, shortDay } from './date-words.ts'
import type { Channel } from './price.ts'
import type { CellState, UsageCell } from './usage-cells.ts'
import type { UsagePeriod } from './usage-words.ts'
import { dollars } from './words.ts'

export interface UsagePile {
  /** "M", "19", "Nov"; empty where there is no room for every one. */
  readonly text: string
  readonly channels: Partial<Record<Channel, { readonly cents: number }>>
  /** 0 where it is not known. */
  readonly fixedCents: number
  /** ahead: there is nothing of it, yet or any more. */
  readonly state: 'known' | 'estimated' | 'partial' | 'missing' | 'ahead'
}

export interface PileRow {
  /** "Thu 19 Nov", "November" */
  readonly name: string
  /** "$9.22", "not known"; absent in a home without such a channel. */
  readonly general: string
  readonly controlledLoad?: string
  /** "$0.74" earned, "cost $0.12" */
  readonly feedIn?: string
  readonly fixed: string
  readonly cost: string
}

export interface UsagePiles {
  readonly piles: readonly UsagePile[]
  /** "Dearest was Wednesday 18 November, $7.08; cheapest Thursday 19 November, $4.06." */
  readonly summary: string
  readonly table: readonly PileRow[]
}

/** Undefined of a day, and where nothing is known. */
export function usagePiles(kind: UsagePeriod, cells: readonly UsageCell[]): UsagePiles | undefined {
  const known = cells.filter(({ cents }) => cents !== undefined)
  if (kind === 'day' || known.length === 0) return undefined
  return {
    piles: cells.map((cell, index) => pileOf(cell, isNamed(kind, index))),
    summary: summaryOf(known),
    table: cells.filter(({ state }) => isOver(state)).map((cell) => rowOf(kind, cell, known)),
  }
}

const isOver = (state: CellState): state is Exclude<CellState, 'ahead' | 'before' | 'today'> =>
  state !== 'ahead' && state !== 'before' && state !== 'today'

/** Of a month every seventh day, so that the same weekday is named each time. */
const isNamed = (kind: UsagePeriod, index: number): boolean => kind !== 'month' || index % 7 === 0

const pileOf = (
  { text, channelCents = {}, fixedCents = 0, state }: UsageCell,
  named: boolean,
): UsagePile => ({
  text: named ? text : '',
  channels: Object.fromEntries(Object.entries(channelCents).map(([channel, cents]) => [channel, { cents }])),
  fixedCents: channelsKnown(channelCents) ? fixedCents : 0,
  state: isOver(state) ? state : 'ahead',
})

const channelsKnown = (channels: object): boolean => Object.keys(channels).length > 0

function summaryOf(known: readonly UsageCell[]): string {
  const whole = known.filter(({ state }) => state !== 'partial')
  const [first, ...others] = whole.toSorted((a, b) => b.cents! - a.cents!)
  const last = others.at(-1)
  if (!first) return 'None of it is whole yet.'
  if (!last) return `${first.name}: ${first.cost}.`
  return `Dearest was ${first.name}, ${first.cost}; cheapest ${last.name}, ${last.cost}.`
}

function rowOf(
  kind: UsagePeriod,
  { fromDate, channelCents, fixedCents, cost }: UsageCell,
  known: readonly UsageCell[],
): PileRow {
  const has = (channel: Channel) => known.some((cell) => cell.channelCents?.[channel] !== undefined)
  const text = (cents: number | undefined) => (cents === undefined ? 'not known' : costText(cents))
  return {
    name: kind === 'year' ? monthName(fromDate) : shortDay(fromDate),
    general: text(channelCents?.general),
    ...(has('controlledLoad') && { controlledLoad: text(channelCents?.controlledLoad) }),
    ...(has('feedIn') && { feedIn: earnedText(channelCents?.feedIn) }),
    fixed: text(channelCents && fixedCents),
    cost: cost ?? 'not known',
  }
}

const earnedText = (cents: number | undefined): string => {
  if (cents === undefined) return 'not known'
  return Math.round(cents) > 0 ? `cost ${dollars(cents)}` : dollars(Math.abs(cents))
}

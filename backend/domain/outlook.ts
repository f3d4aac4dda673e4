// How long the present price level holds and which turn comes after it: what the sentence is made of.
import { readyByMs } from './advice.ts'
import { knownUntilMs } from './half-hours.ts'
import { BLIP_MS, type Cell, type Hold, type Holds, holds, isPaid, levelledCells, paidHold } from './hold.ts'
import { HOUR_MS } from './interval.ts'
import { levelOf } from './levels.ts'
import type { PriceInterval } from './price.ts'
import { band, shownCents } from './shown-price.ts'
import type { Situation } from './situation.ts'
import { isSettled } from './timeline.ts'

export interface Moment {
  readonly atMs: number
  readonly cents: number
}

export interface Outlook extends Holds, Turns {
  /** From when it is under $1 for an hour, as a chart draws it: as predicted, and at worst. */
  readonly underDollarMs: number | undefined
  readonly underDollarAtWorstMs: number | undefined
  /** The first half hour ahead that pays for using power; undefined where none does, or this one does already. */
  readonly paidFrom: Moment | undefined
  /** How long using power is paid for; undefined where it is not, or only for a blip. */
  readonly paid: Hold | undefined
}

interface Turns {
  /** The dearest time after the hold, where it is of a higher level and matters. */
  readonly peak: Moment | undefined
  /** After the peak, the first half hour that is of a lower level than what holds. */
  readonly relief: Moment | undefined
  /** After the hold, the first half hour by which nine tenths of the fall are done. */
  readonly fall: Moment | undefined
  /** The lowest half hour, where it is 2c lower yet. */
  readonly bottom: Moment | undefined
  /** The lowest half hour of all ahead, where it is of a lower level and matters. */
  readonly lowest: Moment | undefined
}

/** A change of less is not worth a word. */
const TURN_CENTS = 5
const DOLLAR_CENTS = 100
const NIGHT_MS = 6 * HOUR_MS

/** `present` is the row that covers now. */
export function outlook(now: Situation, present: PriceInterval): Outlook {
  const { general, nowMs, ahead, levels } = now
  const later = general.filter((row) => row.endMs > nowMs)
  const endMs = Math.min(knownUntilMs(later, nowMs), ahead.endMs)
  const cells = levelledCells(later, { startMs: nowMs, endMs }, levels)
  const before = levelledCells(general, { startMs: nowMs - BLIP_MS, endMs: nowMs }, levels)
  const { hold, prevailing } = holds(levelOf(present, levels), cells, before)
  const nowCents = prevailing ? cells[0]!.cents : shownCents(present)
  return {
    hold,
    prevailing,
    ...turns(now, prevailing ?? hold, cells, nowCents),
    underDollarMs: underDollarFrom(cells, ({ cents }) => cents),
    underDollarAtWorstMs: underDollarFrom(cells, worstOf),
    paidFrom: cells[0] && isPaid(cells[0]) ? undefined : moment(cells.find(isPaid)),
    paid: paidHold(cells),
  }
}

function turns(now: Situation, holding: Hold, cells: readonly Cell[], nowCents: number): Turns {
  const rest = holding.isOpen ? [] : cells.filter((cell) => cell.startMs >= holding.untilMs)
  const peak = peakOf(now, rest, holding, nowCents)
  const low = cheapest(beforeMorning(now, rest))
  const fall = low && rest.find((cell) => cell.cents <= low.cents + 0.1 * (nowCents - low.cents))
  const isLower = fall !== undefined && fall.level < holding.level
  const lowest = cheapest(cells)
  return {
    peak,
    relief: moment(peak && rest.find((cell) => cell.startMs > peak.atMs && cell.level < holding.level)),
    fall: moment(isLower ? fall : undefined),
    bottom: moment(isLower && low && low.cents <= fall.cents - 2 ? low : undefined),
    lowest: moment(
      lowest && lowest.level < holding.level && lowest.cents <= nowCents - TURN_CENTS ? lowest : undefined,
    ),
  }
}

/** Who waits out the evening waits until the morning, not for tomorrow's noon; near the morning, as far as is known. */
function beforeMorning({ nowMs, options, timeZone }: Situation, rest: readonly Cell[]): readonly Cell[] {
  const morningMs = readyByMs(nowMs, NIGHT_MS, options.readyByMinute, timeZone)
  const night = rest.filter((cell) => cell.endMs <= morningMs)
  return night.length > 0 ? night : rest
}

/** By the row and not by its half hour: the chart labels the same number. */
function peakOf(
  { levels }: Situation,
  rest: readonly Cell[],
  { level }: Hold,
  nowCents: number,
): Moment | undefined {
  const rows = rest.flatMap((cell) => cell.rows.map((row) => ({ row, atMs: cell.startMs })))
  const dearest = extreme(rows, (a, b) => shownCents(a.row) > shownCents(b.row))
  if (!dearest || levelOf(dearest.row, levels) <= level) return undefined
  const cents = shownCents(dearest.row)
  return cents < nowCents + TURN_CENTS ? undefined : { atMs: dearest.atMs, cents }
}

type Priced = Pick<Cell, 'rows' | 'cents' | 'band'>
type CentsOf = (priced: Priced) => number | undefined

/** Judged by half hours after this one, told by the row: a chart that shows five minutes shows when it falls. */
function underDollarFrom(cells: readonly Cell[], centsOf: CentsOf): number | undefined {
  const isUnder = (priced: Priced | undefined): boolean =>
    !priced || (centsOf(priced) ?? DOLLAR_CENTS) < DOLLAR_CENTS
  const index = cells.findIndex((cell, i) => i > 0 && isUnder(cell) && isUnder(cells[i + 1]))
  const cell = cells[index]
  if (!cell) return undefined
  const isRowUnder = (row: PriceInterval): boolean =>
    isUnder({ rows: [row], cents: shownCents(row), band: band(row) })
  const before = cells[index - 1]!.rows
  const lastOver = before.findLastIndex((row) => !isRowUnder(row))
  const first = before[lastOver + 1] ?? cell.rows.find(isRowUnder)
  return Math.max(first?.startMs ?? cell.startMs, cells[index - 1]!.startMs)
}

const worstOf: CentsOf = ({ rows, cents, band }) => (rows.every(isSettled) ? cents : band?.highCents)

const moment = (cell: Cell | undefined): Moment | undefined =>
  cell && { atMs: cell.startMs, cents: cell.cents }

const cheapest = (cells: readonly Cell[]): Cell | undefined => extreme(cells, (a, b) => a.cents < b.cents)

/** The first that beats all others. */
function extreme<T>(items: readonly T[], beats: (a: T, b: T) => boolean): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || beats(item, best) ? item : best),
    undefined,
  )
}

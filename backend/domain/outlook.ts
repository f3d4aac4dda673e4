// How long the present price level holds and which turn comes after it: what the sentence is made of.
import { readyByMs } from './advice.ts'
import { HALF_HOUR_MS, type HalfHour, halfHours, knownUntilMs } from './half-hours.ts'
import { floorTo, HOUR_MS, type Interval, MINUTE_MS } from './interval.ts'
import { type LevelRules, levelOf, levelOfCents } from './levels.ts'
import type { PriceInterval } from './price.ts'
import { shownCents } from './shown-price.ts'
import type { Situation } from './situation.ts'
import { isSettled } from './timeline.ts'
import type { Level } from './view.ts'

export interface Moment {
  readonly atMs: number
  readonly cents: number
}

export interface Hold {
  readonly level: Level
  readonly untilMs: number
  /** It lasts as far as anything is known, or as far as the screen looks. */
  readonly isOpen: boolean
}

export interface Outlook {
  /** How long it stays at least as cheap; from Normal: as usual; from Dear: at least as dear. */
  readonly hold: Hold
  /** The present price is a blip: this holds after it. */
  readonly prevailing: Hold | undefined
  /** The dearest time after the hold, where it is of a higher level. */
  readonly peak: Moment | undefined
  /** After the peak, the first half hour that is of a lower level than what holds. */
  readonly relief: Moment | undefined
  /** After the hold, the first half hour by which nine tenths of the fall are done. */
  readonly fall: Moment | undefined
  /** The lowest half hour, where it is 2c lower yet. */
  readonly bottom: Moment | undefined
  /** From when it is under $1 for an hour: as predicted, and at worst. */
  readonly underDollarMs: number | undefined
  readonly underDollarAtWorstMs: number | undefined
  /** The first half hour ahead that pays for using power; undefined where none does, or this one does already. */
  readonly paidFrom: Moment | undefined
  /** Until when using power is paid for; undefined where it is not, or only for a blip. */
  readonly paidUntilMs: number | undefined
}

/** A level that lasts less is a blip. */
const BLIP_MS = 15 * MINUTE_MS
const NIGHT_MS = 6 * HOUR_MS

interface Cell extends HalfHour {
  readonly cents: number
  readonly level: Level
}

/** `present` is the row that covers now. */
export function outlook(now: Situation, present: PriceInterval): Outlook {
  const { general, nowMs, ahead, levels } = now
  const later = general.filter((row) => row.endMs > nowMs)
  const untilMs = knownUntilMs(later, nowMs)
  const cells = levelled(later, { startMs: nowMs, endMs: Math.min(untilMs, ahead.endMs) }, levels)
  const before = levelled(general, { startMs: nowMs - BLIP_MS, endMs: nowMs }, levels)
  const hold = presentHold(levelOf(present, levels), present, cells)
  const rest = cells.filter((cell) => cell.endMs > hold.untilMs)
  const prevailing = isBlip(hold, before, nowMs) && rest[0] ? holdFrom(rest[0].level, rest) : undefined
  return {
    hold,
    prevailing,
    ...turns(now, prevailing ?? hold, cells, shownCents(present)),
    underDollarMs: underDollarFrom(cells, (cell) => cell.cents),
    underDollarAtWorstMs: underDollarFrom(cells, worstOf),
    paidFrom: isPaid(cells[0]!) ? undefined : moment(cells.find(isPaid)),
    paidUntilMs: paidUntil(cells),
  }
}

function presentHold(level: Level, present: PriceInterval, cells: readonly Cell[]): Hold {
  const staysSo = cells[0] && fits(level, cells[0].level)
  return staysSo ? holdFrom(level, cells) : { level, untilMs: present.endMs, isOpen: false }
}

function isBlip(hold: Hold, before: readonly Cell[], nowMs: number): boolean {
  const hasHeld = before.length > 0 && before.every((cell) => fits(hold.level, cell.level))
  return !hold.isOpen && hold.untilMs - nowMs < BLIP_MS && !hasHeld
}

function holdFrom(level: Level, cells: readonly Cell[]): Hold {
  const broken = cells.findIndex((cell, index) => !fits(level, cell.level) && !isPassing(level, cells, index))
  if (broken >= 0) return { level, untilMs: cells[broken]!.startMs, isOpen: false }
  const { startMs, endMs } = cells.at(-1)!
  // Where the view ends inside a half hour, the full half hour before is what can be named.
  return { level, untilMs: Math.max(floorTo(endMs, HALF_HOUR_MS), startMs), isOpen: true }
}

/** Still what was said: a cheap price may get cheaper and a dear one dearer, but usual is usual. */
function fits(level: Level, other: Level): boolean {
  if (level === 4) return other === 4
  return level < 4 ? other <= level : other >= level
}

/** One half hour that is one level off, between others that fit, does not end what holds. */
const isPassing = (level: Level, cells: readonly Cell[], index: number): boolean =>
  Math.abs(cells[index]!.level - level) === 1 &&
  [index + 1, index + 2].every((next) => cells[next] && fits(level, cells[next].level))

type Turns = Pick<Outlook, 'peak' | 'relief' | 'fall' | 'bottom'>

function turns(now: Situation, holding: Hold, cells: readonly Cell[], nowCents: number): Turns {
  const { levels } = now
  const rest = holding.isOpen ? [] : cells.filter((cell) => cell.startMs >= holding.untilMs)
  const peak = peakOf(rest, holding.level, levels)
  const low = extreme(beforeMorning(rest, cells[0]!, now), (a, b) => a.cents < b.cents)
  const fall = low && rest.find((cell) => cell.cents <= low.cents + 0.1 * (nowCents - low.cents))
  const isLower = fall !== undefined && fall.level < holding.level
  return {
    peak,
    relief: moment(peak && rest.find((cell) => cell.startMs > peak.atMs && cell.level < holding.level)),
    fall: moment(isLower ? fall : undefined),
    bottom: moment(isLower && low && low.cents <= fall.cents - 2 ? low : undefined),
  }
}

/** Who waits out the evening waits until the morning, not for tomorrow's noon; near the morning, as far as is known. */
function beforeMorning(
  rest: readonly Cell[],
  { startMs }: Cell,
  { options, timeZone }: Situation,
): readonly Cell[] {
  const morningMs = readyByMs(startMs, NIGHT_MS, options.readyByMinute, timeZone)
  const night = rest.filter((cell) => cell.endMs <= morningMs)
  return night.length > 0 ? night : rest
}

/** By the row and not by its half hour: the chart labels the same number. */
function peakOf(rest: readonly Cell[], level: Level, levels: LevelRules): Moment | undefined {
  const rows = rest.flatMap((cell) => cell.rows.map((row) => ({ row, cell })))
  const dearest = extreme(rows, (a, b) => shownCents(a.row) > shownCents(b.row))
  if (!dearest || levelOf(dearest.row, levels) <= level) return undefined
  return { atMs: dearest.cell.startMs, cents: shownCents(dearest.row) }
}

function levelled(rows: readonly PriceInterval[], interval: Interval, levels: LevelRules): Cell[] {
  return halfHours(rows, interval).flatMap((cell) => {
    const { cents } = cell
    return cents === undefined ? [] : [{ ...cell, cents, level: levelOfCell(cell.rows, cents, levels) }]
  })
}

function levelOfCell(rows: readonly PriceInterval[], cents: number, levels: LevelRules): Level {
  const found = new Set(rows.map((row) => levelOf(row, levels)))
  if (found.has(6)) return 6
  const [only] = found
  return found.size === 1 && only ? only : levelOfCents(cents, levels.thresholds)
}

function underDollarFrom(
  cells: readonly Cell[],
  centsOf: (cell: Cell) => number | undefined,
): number | undefined {
  const isUnder = (cell: Cell | undefined): boolean => !cell || (centsOf(cell) ?? 100) < 100
  return cells.find((cell, index) => isUnder(cell) && isUnder(cells[index + 1]))?.startMs
}

const isPaid = ({ cents }: Cell): boolean => Math.round(cents) < 0

function paidUntil(cells: readonly Cell[]): number | undefined {
  const paying = cells.findIndex((cell) => !isPaid(cell))
  if (paying === 0) return undefined
  return paying > 0 ? cells[paying]!.startMs : cells.at(-1)!.endMs
}

const worstOf = (cell: Cell): number | undefined =>
  cell.rows.every(isSettled) ? cell.cents : cell.band?.highCents

const moment = (cell: Cell | undefined): Moment | undefined =>
  cell && { atMs: cell.startMs, cents: cell.cents }

/** The first that beats all others. */
function extreme<T>(items: readonly T[], beats: (a: T, b: T) => boolean): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || beats(item, best) ? item : best),
    undefined,
  )
}

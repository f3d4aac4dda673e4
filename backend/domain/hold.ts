// How long a price level holds. Five-minute prices jump about, so it is judged by half hours: what is said to hold "until
// 4 pm" is still said five minutes later.
import { HALF_HOUR_MS, type HalfHour, halfHours } from './half-hours.ts'
import { floorTo, type Interval, MINUTE_MS } from './interval.ts'
import { type LevelRules, levelOf, levelOfCents } from './levels.ts'
import type { PriceInterval } from './price.ts'
import type { Level } from './view.ts'

export interface Hold {
  readonly level: Level
  readonly untilMs: number
  /** It lasts as far as anything is known, or as far as the screen looks. */
  readonly isOpen: boolean
}

export interface Holds {
  /** How long it stays at least as cheap as now; from Normal: as usual; from Dear: at least as dear. */
  readonly hold: Hold
  /** The present price is a blip: this is what its time is like otherwise. */
  readonly prevailing: Hold | undefined
}

/** A half hour that is priced, or the part of it that is in view. */
export interface Cell extends HalfHour {
  readonly cents: number
  readonly level: Level
}

/** A level that lasts less is a blip. */
export const BLIP_MS = 15 * MINUTE_MS

/** `cells` from now on, without a gap; `before`: the minutes until now. */
export function holds(level: Level, cells: readonly Cell[], before: readonly Cell[]): Holds {
  const [first, second] = cells
  if (!first) return { hold: { level, untilMs: 0, isOpen: true }, prevailing: undefined }
  if (!fits(level, first.level)) {
    const hold = { level, untilMs: first.endMs, isOpen: false }
    return { hold, prevailing: holdFrom(first.level, cells) }
  }
  const hold = holdFrom(level, cells)
  const isShort = !hold.isOpen && hold.untilMs - first.startMs < BLIP_MS
  const hasHeld = before.length > 0 && before.every((cell) => fits(level, cell.level))
  const isBlip = isShort && !hasHeld && second !== undefined
  return { hold, prevailing: isBlip ? holdFrom(second.level, cells.slice(1)) : undefined }
}

/** The half hours of an interval that have a price, each with its level. */
export const levelledCells = (
  rows: readonly PriceInterval[],
  interval: Interval,
  levels: LevelRules,
): Cell[] =>
  halfHours(rows, interval).flatMap((cell) => {
    const { cents } = cell
    return cents === undefined ? [] : [{ ...cell, cents, level: levelOfCell(cell.rows, cents, levels) }]
  })

/** How long using power is paid for; undefined where it is not, or only for a blip. */
export function paidHold(cells: readonly Cell[]): Hold | undefined {
  return cells[0] && isPaid(cells[0]) ? holdUntil(1, cells, (cell) => !isPaid(cell)) : undefined
}

export const isPaid = ({ cents }: Cell): boolean => Math.round(cents) < 0

const holdFrom = (level: Level, cells: readonly Cell[]): Hold =>
  holdUntil(level, cells, (cell, index) => !fits(level, cell.level) && !isPassing(level, cells, index))

function holdUntil(level: Level, cells: readonly Cell[], ends: (cell: Cell, index: number) => boolean): Hold {
  const end = cells.find(ends)
  if (end) return { level, untilMs: end.startMs, isOpen: false }
  const { startMs, endMs } = cells.at(-1)!
  // Where all that is known ends inside a half hour, the last full one is what can be named.
  const fullMs = floorTo(endMs, HALF_HOUR_MS)
  return {
    level,
    untilMs: fullMs > startMs || cells.length > 1 ? Math.max(fullMs, startMs) : endMs,
    isOpen: true,
  }
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

function levelOfCell(rows: readonly PriceInterval[], cents: number, levels: LevelRules): Level {
  const found = new Set(rows.map((row) => levelOf(row, levels)))
  if (found.has(6)) return 6
  const [only] = found
  return found.size === 1 && only ? only : levelOfCents(cents, levels.thresholds)
}

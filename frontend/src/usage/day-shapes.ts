// A day of half hours as piles of money: supply and fee at the foot, general, controlled load; what was earned hangs below.
import type { UsageDayView, UsageHalfHour } from '#domain/usage-day-view.ts'

export type Part = 'fixed' | 'general' | 'controlledLoad' | 'feedIn'

export interface Piece {
  readonly part: Part
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Gap {
  readonly x: number
  readonly width: number
  readonly state: 'partial' | 'missing' | 'estimated'
}

export interface DayDrawing {
  readonly pieces: readonly Piece[]
  readonly gaps: readonly Gap[]
  readonly zeroY: number
}

const SEAM_SHARE = 0.08

export function dayDrawing(
  { halfHours, startMs, endMs }: UsageDayView,
  widthPx: number,
  heightPx: number,
): DayDrawing {
  const up = Math.max(0, ...halfHours.map((half) => sumOf(pilesOf(half), above)))
  const down = Math.max(0, ...halfHours.map((half) => -sumOf(pilesOf(half), below)))
  const perCent = up + down > 0 ? heightPx / (up + down) : 0
  const zeroY = up + down > 0 ? up * perCent : heightPx
  const xOf = (ms: number): number => ((ms - startMs) / (endMs - startMs)) * widthPx
  const gaps: Gap[] = []
  const pieces = halfHours.flatMap((half) => {
    const [x0, x1] = [xOf(half.startMs), xOf(half.endMs)]
    if (half.state !== 'known') gaps.push({ x: x0, width: x1 - x0, state: half.state })
    const seam = (x1 - x0) * SEAM_SHARE
    return half.state === 'missing'
      ? []
      : piled(half, zeroY, perCent, { x: x0 + seam, width: x1 - x0 - 2 * seam })
  })
  return { pieces, gaps: joined(gaps), zeroY }
}

function piled(
  half: UsageHalfHour,
  zeroY: number,
  perCent: number,
  column: { x: number; width: number },
): Piece[] {
  let [top, foot] = [zeroY, zeroY]
  return pilesOf(half).flatMap(({ part, cents }) => {
    const height = Math.abs(cents) * perCent
    if (height === 0) return []
    if (cents > 0) top -= height
    const y = cents > 0 ? top : foot
    if (cents < 0) foot += height
    return [{ part, ...column, y, height }]
  })
}

interface Pile {
  readonly part: Part
  readonly cents: number
}

/** From the zero line outwards. */
const pilesOf = ({ channels, fixedCents }: UsageHalfHour): Pile[] => [
  { part: 'fixed', cents: fixedCents },
  { part: 'general', cents: channels.general?.cents ?? 0 },
  { part: 'controlledLoad', cents: channels.controlledLoad?.cents ?? 0 },
  { part: 'feedIn', cents: channels.feedIn?.cents ?? 0 },
]

const above = (cents: number): number => Math.max(0, cents)
const below = (cents: number): number => Math.min(0, cents)
const sumOf = (piles: readonly Pile[], of: (cents: number) => number): number =>
  piles.reduce((sum, { cents }) => sum + of(cents), 0)

/** Neighbours of one kind are one stretch: a hatch has no seams. */
function joined(gaps: readonly Gap[]): Gap[] {
  const all: Gap[] = []
  for (const gap of gaps) {
    const last = all.at(-1)
    if (last && last.state === gap.state && Math.abs(last.x + last.width - gap.x) < 0.01)
      all[all.length - 1] = { ...last, width: gap.x + gap.width - last.x }
    else all.push(gap)
  }
  return all
}

// Piles of money side by side: supply and fee at the foot, general, controlled load; what was earned hangs below.
import type { Channel } from '#domain/price.ts'

export interface Column {
  readonly channels: Partial<Record<Channel, { readonly cents: number }>>
  /** Its share of supply, fee and demand; 0 where they are not known. */
  readonly fixedCents: number
  readonly state: 'known' | 'estimated' | 'partial' | 'missing' | 'ahead'
}

export type Part = 'fixed' | Channel

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

export interface PileDrawing {
  readonly pieces: readonly Piece[]
  readonly gaps: readonly Gap[]
  readonly zeroY: number
}

const SEAM_SHARE = 0.08
/** Less than a line is not drawn; what is sold is an outline, and needs paper within it or it would look like ink. */
const LINE_PX = 1
const OUTLINE_PX = 4

export function pileDrawing(columns: readonly Column[], widthPx: number, heightPx: number): PileDrawing {
  const up = Math.max(0, ...columns.map((column) => sumOf(pilesOf(column), above)))
  const down = Math.max(0, ...columns.map((column) => -sumOf(pilesOf(column), below)))
  const perCent = up + down > 0 ? heightPx / (up + down) : 0
  const zeroY = up + down > 0 ? up * perCent : heightPx
  const width = widthPx / columns.length
  const seam = width * SEAM_SHARE
  return {
    pieces: columns.flatMap((column, index) =>
      column.state === 'missing' || column.state === 'ahead'
        ? []
        : piled(column, zeroY, perCent, { x: index * width + seam, width: width - 2 * seam }),
    ),
    gaps: joined(
      columns.flatMap(({ state }, index) =>
        state === 'known' || state === 'ahead' ? [] : [{ x: index * width, width, state }],
      ),
    ),
    zeroY,
  }
}

function piled(column: Column, zeroY: number, perCent: number, place: { x: number; width: number }): Piece[] {
  let [top, foot] = [zeroY, zeroY]
  return pilesOf(column).flatMap(({ part, cents }) => {
    const height = Math.abs(cents) * perCent
    if (height === 0) return []
    const isSold = part === 'feedIn'
    const drawn = isSold ? Math.max(height, OUTLINE_PX) : height
    const y = cents > 0 ? Math.max(0, top - drawn) : foot
    if (cents > 0) top -= height
    else foot += height
    return isSold && height < LINE_PX ? [] : [{ part, ...place, y, height: drawn }]
  })
}

interface Pile {
  readonly part: Part
  readonly cents: number
}

/** From the zero line outwards. */
const pilesOf = ({ channels, fixedCents }: Column): Pile[] => [
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

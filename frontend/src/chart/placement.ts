// Finds room for words on a chart: of the places a label may take, the one that hides least.
export interface Box {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

export interface Place {
  readonly x: number
  /** Of the text's base line. */
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly box: Box
}

export interface TextRoom {
  readonly width: number
  readonly size: number
  readonly lines?: number
}

/** Between the base lines of two lines, in ems. */
export const LEADING = 1.15

export function textPlace(anchor: Place['anchor'], x: number, y: number, room: TextRoom): Place {
  const { width, size, lines = 1 } = room
  const x0 = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
  const foot = y + (lines - 1) * LEADING * size
  return { x, y, anchor, box: { x0, y0: y - size * 0.78, x1: x0 + width, y1: foot + size * 0.2 } }
}

export interface Surroundings {
  /** Nothing may leave it. */
  readonly frame: Box
  /** Words that are placed already, and the mast. */
  readonly taken: readonly Box[]
  /** The share of a box that lies over the curve, 0 … 1. */
  coveredShare(box: Box): number
}

/** A place further down the list must hide less than an earlier one by this share to be chosen. */
const ORDER_WEIGHT = 0.08

/** Undefined: there is no room that hides at most this share of what it lies on. */
export function choosePlace(
  places: readonly Place[],
  { frame, taken, coveredShare }: Surroundings,
  mostCovered: number,
): Place | undefined {
  const free = places
    .filter(({ box }) => isInside(box, frame) && !taken.some((other) => overlaps(box, other)))
    .map((place, order) => ({ place, covered: coveredShare(place.box), order }))
    .filter(({ covered }) => covered <= mostCovered)
  const cost = ({ covered, order }: (typeof free)[number]) => covered + order * ORDER_WEIGHT
  return free.toSorted((a, b) => cost(a) - cost(b))[0]?.place
}

export const overlaps = (a: Box, b: Box): boolean => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1

const isInside = (box: Box, frame: Box): boolean =>
  frame.x0 <= box.x0 && box.x1 <= frame.x1 && frame.y0 <= box.y0 && box.y1 <= frame.y1

// Where each kind of word may stand on the chart, the best place first.
import type { ChartLabel, ChartStep, ChartStretch, ChartView } from '#domain/view.ts'
import { textEms } from '../parts/text-width.ts'
import type { Bracket } from './bracket.ts'
import { LEADING, type Place, type TextRoom, textPlace } from './placement.ts'
import { type Plane, topCents } from './plane.ts'

export interface Attempt {
  readonly strong?: string
  readonly lines: readonly string[]
  readonly isStrong?: boolean
  readonly places: readonly Place[]
  /** The share of the words that may lie over the curve; nothing by itself. */
  readonly mostCovered?: number
}

/** The strong part of a word, against the chart's type. */
export const STRONG = 1.2
/** Where a word is worth more than the piece of curve under it. */
const MOST_COVERED = 0.35
const HARDLY_COVERED = 0.08

/** Over the bracket, in two lines where one would hide the curve. */
export function windowAttempts({ text }: ChartStretch, bracket: Bracket, on: Plane): Attempt[] {
  const attempt = (lines: readonly string[], mostCovered: number): Attempt => {
    const room = textRoom(lines, on.frame.fontPx, STRONG)
    return { lines, isStrong: true, mostCovered, places: windowPlaces(bracket, room, on) }
  }
  return [
    attempt([text], HARDLY_COVERED),
    attempt(halves(text), HARDLY_COVERED),
    attempt([text], MOST_COVERED),
  ]
}

/** Never left of the mast: what is best is still to come. */
function windowPlaces({ x0, x1, y }: Bracket, room: TextRoom, on: Plane): Place[] {
  const { fontPx } = on.frame
  const firstX = Math.max(x0, on.mastX + fontPx * 0.5)
  const over = (rise: number) => {
    const foot = y - fontPx * (0.42 + rise) - ((room.lines ?? 1) - 1) * LEADING * room.size
    return [
      textPlace('middle', (x0 + x1) / 2, foot, room),
      textPlace('start', firstX, foot, room),
      textPlace('end', x1, foot, room),
    ]
  }
  const level = y + fontPx * 0.55
  const beside = [
    textPlace('start', x1 + fontPx * 0.5, level, room),
    textPlace('end', x0 - fontPx * 0.5, level, room),
  ]
  return [...over(0), ...over(1.2), ...beside].filter(({ box }) => box.x0 >= on.mastX)
}

/** Over the step, moved aside where the edge or the mast would cut it, higher where something stands there. */
export function peakAttempt(
  { atMs, strong, text }: ChartLabel,
  steps: readonly ChartStep[],
  on: Plane,
): Attempt {
  const step = steps.find(({ startMs, endMs }) => startMs <= atMs && atMs < endMs)
  if (!step) return { lines: [], places: [] }
  const { fontPx, widthPx } = on.frame
  const width = textEms(strong) * fontPx * STRONG + textEms(text && ` ${text}`) * fontPx
  const foot = Math.min(on.zeroY, on.y(topCents(step))) - fontPx * 0.4
  const middle = (on.x(step.startMs) + on.x(step.endMs)) / 2
  const inside = Math.min(widthPx - fontPx * 0.5 - width / 2, Math.max(fontPx * 0.5 + width / 2, middle))
  const besideMast = on.mastX + fontPx * 0.5 + width / 2
  const centres = [inside, inside + width * 0.3, inside - width * 0.3, besideMast].filter(
    (x) => Math.abs(x - middle) < Math.max(width, widthPx / 6),
  )
  const feet = [0, 1.2, 2.4].map((rise) => Math.max(foot - rise * fontPx, fontPx))
  const room = { width, size: fontPx * STRONG }
  const places = feet.flatMap((y) => centres.map((x) => textPlace('middle', x, y, room)))
  return { strong, lines: [text], places, mostCovered: MOST_COVERED }
}

/** An axis price stands only where the curve leaves it free. */
export function axisAttempt(cents: number, on: Plane): Attempt {
  const { fontPx, widthPx } = on.frame
  const lines = [cents >= 100 ? `$${cents / 100}` : `${cents}c`]
  const y = on.y(cents) - fontPx * 0.25
  return { lines, places: [textPlace('end', widthPx - fontPx * 0.5, y, textRoom(lines, fontPx))] }
}

/** Beside the hatch, in two lines where one is too long; at worst inside it. */
export function demandAttempts(window: ChartStretch, view: ChartView, on: Plane): Attempt[] {
  const { fontPx } = on.frame
  const rows = [1.1, 2.3, 3.5].map((rise) => rise * fontPx)
  return [besideHatch, insideHatch].flatMap((where) =>
    [[window.text], halves(window.text)].map((lines) => {
      const room = textRoom(lines, fontPx)
      const places = rows.flatMap((y) =>
        where(window, view, on).map(([anchor, x]) => textPlace(anchor, x, y, room)),
      )
      return { lines, places, mostCovered: HARDLY_COVERED }
    }),
  )
}

type Foothold = readonly [anchor: Place['anchor'], x: number]

/** On the side that is to come once it has begun. */
function besideHatch(window: ChartStretch, view: ChartView, on: Plane): Foothold[] {
  const gap = on.frame.fontPx * 0.5
  const before: Foothold = ['end', on.x(window.startMs) - gap]
  const after: Foothold = ['start', on.x(window.endMs) + gap]
  return window.startMs <= view.nowMs ? [after, before] : [before, after]
}

const insideHatch = (window: ChartStretch, _: ChartView, on: Plane): Foothold[] => [
  ['middle', (Math.max(on.x(window.startMs), on.mastX) + on.x(window.endMs)) / 2],
]

const textRoom = (lines: readonly string[], fontPx: number, scale = 1): TextRoom => ({
  width: Math.max(...lines.map(textEms)) * fontPx * scale,
  size: fontPx * scale,
  lines: lines.length,
})

/** Broken after a colon, else at the space nearest the middle. */
function halves(text: string): string[] {
  const colon = text.indexOf(': ') + 1
  const spaces = [...text.matchAll(/ /g)].map(({ index }) => index)
  const middle = text.length / 2
  const at = colon || spaces.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0]
  return at === undefined ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

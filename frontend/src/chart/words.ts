// Every word on the chart and where it stands. The name of the bracket is placed first, for it belongs there, then the
// peaks, the axis, the demand window; whatever finds no room is left out, for the table has it all.
import type { ChartStep, ChartView } from '#domain/view.ts'
import { type Bracket, bracketOver } from './bracket.ts'
import { type Box, choosePlace, type Place, type Surroundings } from './placement.ts'
import { type Plane, topCents } from './plane.ts'
import { type Attempt, axisAttempt, demandAttempts, peakAttempt, windowAttempts } from './word-places.ts'

export interface Word extends Place {
  /** Set in the stronger weight and a little larger, before the first line. */
  readonly strong: string
  readonly lines: readonly string[]
  /** The lines are set as `strong` is. */
  readonly isStrong: boolean
}

export interface ChartWords {
  readonly words: readonly Word[]
  readonly bracket?: Bracket
}

export function chartWords(view: ChartView, on: Plane): ChartWords {
  const bracket = view.bestWindow && bracketOver(view.bestWindow, view.steps, on)
  const taken: Box[] = [mastBox(on), ...(bracket ? [bracket.box] : [])]
  const around: Surroundings = { frame: curveRoom(on), taken, coveredShare: coverage(view.steps, on) }
  const words: Word[] = []
  const put = ({ strong = '', lines, isStrong = false, places, mostCovered = 0 }: Attempt): boolean => {
    const place = choosePlace(places, around, mostCovered)
    if (!place) return false
    words.push({ ...place, strong, lines, isStrong })
    taken.push(place.box)
    return true
  }
  if (bracket && view.bestWindow) windowAttempts(view.bestWindow, bracket, on).some(put)
  for (const label of view.labels) put(peakAttempt(label, view.steps, on))
  for (const cents of namedRules(on)) put(axisAttempt(cents, on))
  for (const window of view.demandWindows) demandAttempts(window, view, on).some(put)
  return { words, ...(bracket && { bracket }) }
}

const AIRY_EMS = 1.5

/** Where a spike leaves the rules little apart, the break mark needs the room of those below it. */
function namedRules({ scale, frame, y }: Plane): readonly number[] {
  const [below = 0, broken = 0] = scale.rules.slice(-3)
  const isCrowded = scale.isBroken && y(below) - y(broken) < AIRY_EMS * frame.fontPx
  return isCrowded ? scale.rules.slice(-2) : scale.rules
}

const EDGE_EMS = 0.3

const curveRoom = (on: Plane): Box => ({
  x0: on.frame.fontPx * EDGE_EMS,
  y0: 0,
  x1: on.frame.widthPx - on.frame.fontPx * EDGE_EMS,
  y1: on.floorY,
})

const mastBox = (on: Plane): Box => {
  const halfPx = on.frame.fontPx * 0.3
  return { x0: on.mastX - halfPx, y0: 0, x1: on.mastX + halfPx, y1: on.floorY }
}

function coverage(steps: readonly ChartStep[], on: Plane): Surroundings['coveredShare'] {
  return (box) => {
    let area = 0
    for (const step of steps) {
      const width = Math.min(box.x1, on.x(step.endMs)) - Math.max(box.x0, on.x(step.startMs))
      const height = box.y1 - Math.max(box.y0, on.y(topCents(step)))
      if (width > 0 && height > 0) area += width * height
    }
    return area / ((box.x1 - box.x0) * (box.y1 - box.y0))
  }
}

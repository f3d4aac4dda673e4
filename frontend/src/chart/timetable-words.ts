// Where the words of the standing chart go: the hours at the left, the prices in their column, the names of the runs.
import type { Timetable, TimetablePrice } from '#domain/plan-timetable.ts'
import type { ChartStretch } from '#domain/view.ts'
import { textEms } from '../parts/text-width.ts'
import { topCents } from './plane.ts'
import type { UprightPlane } from './timetable-plane.ts'

export interface ColumnWord {
  /** Of the text's base line. */
  readonly y: number
  readonly text: string
  readonly isStrong: boolean
}

/** The hours that have room, the first one too when it begins within the view. */
export function hourWords({ ticks }: Timetable, on: UprightPlane): (ColumnWord & { tickY: number })[] {
  const { fontPx, heightPx } = on.frame
  const words = ticks.map(({ atMs, text, isDay }) => {
    const tickY = on.yOf(atMs)
    return { tickY, y: within(tickY + fontPx * 0.35, fontPx, heightPx), text, isStrong: isDay }
  })
  return spread(words, fontPx * 1.25, ({ isStrong }) => isStrong)
}

/** What now, the run and the dearest half hour cost comes before what else has room. */
export function priceWords({ prices, steps }: Timetable, on: UprightPlane): ColumnWord[] {
  const { fontPx, heightPx, widthPx } = on.frame
  const apartPx = fontPx * 1.25
  const beside = steps.filter(({ startMs }) => on.yOf(startMs) < fontPx * 1.5)
  const roomPx = widthPx - on.xOf(Math.max(...beside.map(topCents)))
  let lastFirstY = Number.NEGATIVE_INFINITY
  const words = prices.map(({ atMs, text, isRun, isFirst }: TimetablePrice) => {
    let y = within(on.yOf(atMs) + fontPx * 1.05, fontPx, heightPx)
    if (isFirst) {
      // Half an hour after now is too near for two lines: the second goes below, as long as there is a below.
      const belowY = Math.max(y, lastFirstY + apartPx)
      if (belowY <= heightPx) y = belowY
      lastFirstY = y
    }
    // Level with the top, "now" goes without saying.
    const isTooWide = textEms(text) * 1.08 * fontPx > roomPx
    return { y, text: isTooWide ? text.replace('now ', '') : text, isStrong: isRun, isFirst }
  })
  return spread(words, apartPx, ({ isFirst }) => isFirst)
}

export interface RunMark {
  readonly path: string
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'end'
  readonly text: string
}

/** A bracket beside the curve; its name right of it, else left of it; where there is no room either way, the sentence has it. */
export function runMarks({ runs, steps }: Timetable, on: UprightPlane): RunMark[] {
  const { fontPx } = on.frame
  return runs.map((run: ChartStretch, index) => {
    const inside = steps.filter((step) => step.endMs > run.startMs && step.startMs < run.endMs)
    const reach = Math.max(on.zeroX, ...inside.map((step) => on.xOf(topCents(step))))
    const x = Math.min(reach + fontPx * 0.8, on.endX)
    const [y0, y1] = [on.yOf(run.startMs) + 1, on.yOf(run.endMs) - 1]
    const foot = fontPx * 0.45
    // Each part has its bracket; the name is said once.
    const name = index === 0 ? run.text : ''
    const namePx = textEms(name) * 1.15 * fontPx
    const fits = x + namePx + fontPx * 0.6 <= on.endX + fontPx * 0.4
    const text = fits || x - fontPx * 0.9 - namePx >= on.zeroX ? name : ''
    return {
      path: `M${x - foot} ${y0}H${x}V${y1}H${x - foot}`,
      x: fits ? x + fontPx * 0.6 : x - fontPx * 0.9,
      y: (y0 + y1) / 2 + fontPx * 0.4,
      anchor: fits ? 'start' : 'end',
      text,
    }
  })
}

const within = (y: number, fontPx: number, heightPx: number): number =>
  Math.min(Math.max(y, fontPx * 0.85), heightPx - fontPx * 0.3)

/** Keeps a distance between words; those that matter most are placed first. */
function spread<Word extends { readonly y: number }>(
  words: readonly Word[],
  apartPx: number,
  matters: (word: Word) => boolean,
): Word[] {
  const placed: Word[] = []
  for (const word of [...words.filter(matters), ...words.filter((one) => !matters(one))])
    if (placed.every(({ y }) => Math.abs(y - word.y) >= apartPx)) placed.push(word)
  return placed.sort((a, b) => a.y - b.y)
}

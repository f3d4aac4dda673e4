// What exporting is worth from now on, stretch by stretch, in words where there is room for them.
import { rangeOver } from '#domain/chart-exports.ts'
import { durationMs } from '#domain/interval.ts'
import { exportRange } from '#domain/solar-words.ts'
import type { ExportStretch, Level } from '#domain/view.ts'
import { textEms } from '../parts/text-width.ts'
import type { Plane } from './plane.ts'

export interface RibbonPart {
  readonly x: number
  readonly width: number
  readonly level: Level
  readonly text: string
}

/** Begins at the mast: what exporting was worth helps nobody, and its room holds the ribbon's name. */
export function ribbonParts(stretches: readonly ExportStretch[], on: Plane): RibbonPart[] {
  const place = ({ startMs, endMs }: ExportStretch) => {
    const x = Math.max(on.mastX, on.x(startMs))
    return { x, width: on.x(endMs) - x - 1 }
  }
  const seen = stretches.filter((stretch) => place(stretch).width > 0)
  return withRoom(seen, (stretch) => fitting([stretch.text], place(stretch).width, on) !== '').map(
    (stretch) => {
      const { x, width } = place(stretch)
      const [verb] = stretch.text.split(' ')
      return { x, width, level: stretch.level, text: fitting([stretch.text, verb!], width, on) }
    },
  )
}

/** What has no room for its words is joined to a neighbour of its sign, those first whose prices are nearest. */
export function withRoom(
  stretches: readonly ExportStretch[],
  hasRoom: (stretch: ExportStretch) => boolean,
): readonly ExportStretch[] {
  const [best] = stretches
    .flatMap((one, i) => {
      const next = stretches[i + 1]
      if (!next || one.endMs !== next.startMs || costs(one) !== costs(next)) return []
      return hasRoom(one) && hasRoom(next) ? [] : [{ i, both: joined(one, next) }]
    })
    .toSorted((a, b) => spread(a.both) - spread(b.both))
  return best ? withRoom(stretches.toSpliced(best.i, 2, best.both), hasRoom) : stretches
}

const costs = ({ highCents }: ExportStretch): boolean => Math.round(highCents) > 0
const spread = ({ lowCents, highCents }: ExportStretch): number => highCents - lowCents

function joined(a: ExportStretch, b: ExportStretch): ExportStretch {
  const range = rangeOver(a, b)
  return {
    ...range,
    text: exportRange(range.lowCents, range.highCents),
    level: (durationMs(a) < durationMs(b) ? b : a).level,
  }
}

export const ribbonName = (on: Plane): string => fitting(['Solar export', 'Export'], on.mastX, on)

const MARGIN_EMS = 0.4

const fitting = (texts: readonly string[], widthPx: number, { frame: { fontPx } }: Plane): string =>
  texts.find((text) => (textEms(text) + MARGIN_EMS) * fontPx <= widthPx) ?? ''

// What exporting is worth from now on, stretch by stretch, in words where there is room for them.
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
  return stretches.flatMap((stretch) => {
    const from = Math.max(on.mastX, on.x(stretch.startMs))
    const width = on.x(stretch.endMs) - from - 1
    if (width <= 0) return []
    const text = fitting([stretch.text, stretch.short], width, on)
    return [{ x: from, width, level: stretch.level, text }]
  })
}

export const ribbonName = (on: Plane): string => fitting(['Solar export', 'Export'], on.mastX, on)

const MARGIN_EMS = 0.4

const fitting = (texts: readonly string[], widthPx: number, { frame: { fontPx } }: Plane): string =>
  texts.find((text) => (textEms(text) + MARGIN_EMS) * fontPx <= widthPx) ?? ''

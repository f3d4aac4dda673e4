// Which way up the board is drawn. What is asked for and the window has not is had by turning everything: a panel that
// hangs on its side needs no setting of its system.

import type { Layout } from '../layout.ts'
import { mediaSignal } from '../media-signal.ts'

export interface WallLayout extends Layout {
  /** Clockwise, degrees. */
  turn: () => 0 | 90 | 180 | 270
}

/** "portrait", "landscape", either with "-flipped"; else as the window has it. */
export function createWallLayout(asked: () => string | undefined): WallLayout {
  const isTallWindow = mediaSignal('(orientation: portrait)')
  const isWideWindow = mediaSignal('(min-aspect-ratio: 17/10)')
  const isNarrowWindow = mediaSignal('(max-aspect-ratio: 10/17)')
  const isUpright = () => {
    const [shape] = (asked() ?? '').split('-')
    return shape === 'portrait' || (shape !== 'landscape' && isTallWindow())
  }
  const isTurned = () => isUpright() !== isTallWindow()
  const isFlipped = () => asked()?.endsWith('-flipped') === true
  return {
    isBoard: () => true,
    isWide: () => !isUpright() && (isTurned() ? isNarrowWindow() : isWideWindow()),
    isUpright,
    turn: () => (isTurned() ? (isFlipped() ? 270 : 90) : isFlipped() ? 180 : 0),
  }
}

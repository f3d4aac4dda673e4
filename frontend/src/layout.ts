// Which of the two layouts, as the window has it: the board where it lies on its side and is wide enough, else the phone's.
import { mediaSignal } from './media-signal.ts'

export interface Layout {
  isBoard: () => boolean
  /** 16:9 or wider: room for a longer sentence. */
  isWide: () => boolean
  /** The board of a wall that is higher than wide. */
  isUpright: () => boolean
}

export const createLayout = (): Layout => ({
  isBoard: mediaSignal('(orientation: landscape) and (min-width: 700px)'),
  isWide: mediaSignal('(min-aspect-ratio: 17/10)'),
  isUpright: () => false,
})

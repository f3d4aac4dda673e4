// How long the longest of some bars may be, so that what is written after each has room on its line.
import { textEms } from './text-width.ts'

export interface BarWords {
  /** Of the longest bar, 0 … 1. */
  readonly share: number
  /** After the bar, the first one set large. */
  readonly words: readonly [strong: string, note: string]
}

const STRONG_REM = 1.125
const NOTE_REM = 0.8125
const GAP_REM = 0.5

/** Lengths for the style sheet; `100%` is the room for a bar and its words. */
export const wholeBar = (bars: readonly BarWords[]): Record<'--whole' | '--whole-narrow', string> => ({
  '--whole': lengthOf(bars),
  // Where there is little room the notes go under the bars.
  '--whole-narrow': lengthOf(bars.map(({ share, words: [strong] }) => ({ share, words: [strong, ''] }))),
})

function lengthOf(bars: readonly BarWords[]): string {
  const rooms = bars
    .filter(({ share }) => share > 0)
    .map(({ share, words }) => `(100% - ${wordsRem(words).toFixed(2)}rem) / ${share.toFixed(4)}`)
  return rooms.length > 0 ? `max(2rem, min(${rooms.join(', ')}))` : '0px'
}

function wordsRem([strong, note]: BarWords['words']): number {
  const noteRem = note ? textEms(note) * NOTE_REM + GAP_REM : 0
  return textEms(strong) * STRONG_REM + GAP_REM + noteRem
}

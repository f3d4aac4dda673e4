// A level is never colour alone: a mark and a word, always both.
import type { Level } from '#domain/view.ts'

/** Drawn on a 24 x 24 square. */
const MARKS: Readonly<Record<Level, string>> = {
  1: 'M4 4l8 7 8-7M4 13l8 7 8-7',
  2: 'M4 8l8 8 8-8',
  3: 'M7 10l5 5 5-5',
  4: 'M5 12h14',
  5: 'M4 16l8-8 8 8',
  6: 'M12 3L22 21H2ZM12 10v4.5M12 17.6v.4',
}

export function LevelWord(props: { level: Level; word: string }) {
  return (
    <p class="word">
      <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d={MARKS[props.level]} />
      </svg>
      {props.word}
    </p>
  )
}

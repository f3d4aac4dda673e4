// What every screen but Now begins with: its sentence, and above it the mark of invented numbers.
import { type JSX, Show } from 'solid-js'
import { Said } from './said.tsx'
import { textEms } from './text-width.ts'

export function PageHead(props: { demo: boolean; sentence: string; children?: JSX.Element }) {
  return (
    <header class="head">
      <Show when={props.demo}>
        <p class="demo">DEMO</p>
      </Show>
      <h1 tabindex="-1" style={{ '--longest': longestEms(props.sentence) }}>
        <Said text={props.sentence} />
      </h1>
      {props.children}
    </header>
  )
}

/** Of its words: a large text shrinks until the longest fits, or the point behind it would stand on a line alone. */
const longestEms = (sentence: string): number => Math.max(...sentence.split(' ').map(textEms))

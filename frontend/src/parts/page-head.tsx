// What every screen but Now begins with: its sentence, and above it the mark of invented numbers.
import { type JSX, Show } from 'solid-js'

export function PageHead(props: { demo: boolean; sentence: string; children?: JSX.Element }) {
  return (
    <header class="head">
      <Show when={props.demo}>
        <p class="demo">DEMO</p>
      </Show>
      <h1 tabindex="-1">{props.sentence}</h1>
      {props.children}
    </header>
  )
}

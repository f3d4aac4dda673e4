// What stands on a screen whose answer takes longer than a moment, or cannot be worked out without what the Pi has.
import { Show } from 'solid-js'
import { NotHere } from './not-here.tsx'
import type { Thought } from './thought.ts'

export function Waiting(props: { sentence: string; thought: Thought<unknown> }) {
  return (
    <Show
      when={!props.thought.isMissing()}
      fallback={<NotHere isCutOff={props.thought.isCutOff()} tryAgain={props.thought.askAgain} />}
    >
      <main class="page waiting">
        <h1 tabindex="-1">{props.sentence}</h1>
      </main>
    </Show>
  )
}

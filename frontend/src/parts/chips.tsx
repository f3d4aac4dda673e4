// One of a few, each a press away.
import { Index } from 'solid-js'

export interface Chip {
  readonly text: string
  readonly isChosen: boolean
  readonly choose: () => void
}

/** `line`: more than fit are reached by sliding, in place of a second row. */
export function Chips(props: { chips: readonly Chip[]; label: string; line?: boolean }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a border and a legend that nothing here needs
    <div class="chips" classList={{ line: props.line ?? false }} role="group" aria-label={props.label}>
      <Index each={props.chips}>
        {(chip) => (
          <button
            class="chip"
            type="button"
            aria-pressed={chip().isChosen}
            // A browser leaves alone what is in sight in part: half a ring.
            onFocus={({ currentTarget }) => props.line && currentTarget.scrollIntoView({ block: 'nearest' })}
            onClick={() => chip().choose()}
          >
            {chip().text}
          </button>
        )}
      </Index>
    </div>
  )
}

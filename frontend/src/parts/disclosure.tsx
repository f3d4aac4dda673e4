// What is long is behind a control.
import { createSignal, createUniqueId, type JSX, Show } from 'solid-js'

export interface DisclosureProps {
  /** Absent: it is the table of a chart. */
  show?: string
  hide?: string
  /** For who hears of regions. */
  label: string
  children: JSX.Element
}

export function Disclosure(props: DisclosureProps) {
  const [isOpen, setOpen] = createSignal(false)
  const id = createUniqueId()
  return (
    <section class="as-table" aria-label={props.label}>
      <button
        class="disclose"
        type="button"
        aria-expanded={isOpen()}
        aria-controls={id}
        onClick={() => setOpen(!isOpen())}
      >
        {isOpen() ? (props.hide ?? 'Hide the table') : (props.show ?? 'Show as table')}
      </button>
      <div id={id}>
        <Show when={isOpen()}>{props.children}</Show>
      </div>
    </section>
  )
}

// What is long is behind a control.
import { createSignal, createUniqueId, type JSX, Show } from 'solid-js'

export interface DisclosureProps {
  /** "Show as table", "Hide the table" */
  show: string
  hide: string
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
        {isOpen() ? props.hide : props.show}
      </button>
      <div id={id}>
        <Show when={isOpen()}>{props.children}</Show>
      </div>
    </section>
  )
}

// What this device cannot do, and where that can be changed.
import { Show } from 'solid-js'

export interface Limitation {
  readonly text: string
  readonly link?: { readonly href: string; readonly text: string } | undefined
  /** It is why the links look as they do, and takes their place in any state. */
  readonly isCause?: true
}

/** A wall has nobody to press anything. */
export function LimitationText(props: { limitation: Limitation; isKitchen?: boolean }) {
  return (
    <>
      {props.limitation.text}
      <Show when={!props.isKitchen && props.limitation.link}>
        {(link) => (
          <>
            {' '}
            <a href={link().href}>{link().text}</a>
          </>
        )}
      </Show>
    </>
  )
}

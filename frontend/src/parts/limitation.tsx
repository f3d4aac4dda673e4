// What this device cannot do, and where that can be changed.
import { Show } from 'solid-js'

export interface Limitation {
  readonly text: string
  readonly link?: { readonly href: string; readonly text: string } | undefined
  /** It is why the links look as they do, and takes their place in any state. */
  readonly isCause?: true
}

const SETUP = { href: '/setup', text: 'Set it up' }

/** Over plain http there is something to be done about it. */
export const limitationOf = (text: string | undefined): Limitation | undefined =>
  text === undefined ? undefined : { text, link: isSecureContext ? undefined : SETUP }

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

// What a screen that has nothing to tell yet leads to: what is still to come.
import { Show } from 'solid-js'
import type { NowView } from '#domain/view.ts'
import type { Address } from '../address.ts'

interface StepsProps {
  view: NowView
  address: Address
}

export function StepsLink(props: StepsProps) {
  return (
    <Show when={setupOf(props.view)}>
      <ul class="go">
        <StepsItem view={props.view} address={props.address} />
      </ul>
    </Show>
  )
}

/** In a list that holds other links too. */
export function StepsItem(props: StepsProps) {
  return (
    <Show when={setupOf(props.view)}>
      {(setup) => (
        <li>
          <a href={props.address.to('status')}>{setup().link}</a>
        </li>
      )}
    </Show>
  )
}

/** A demo is complete: its link is another. */
const setupOf = ({ demo, setup }: NowView) => (demo ? undefined : setup)

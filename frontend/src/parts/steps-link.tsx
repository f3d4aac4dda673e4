// What a screen that has nothing to tell yet leads to: what is still to come.
import { Show } from 'solid-js'
import type { NowView } from '#domain/view.ts'
import type { Address } from '../address.ts'

export function StepsLink(props: { view: NowView; address: Address }) {
  return (
    // A demo is complete: its link is another.
    <Show when={!props.view.demo && props.view.setup}>
      {(setup) => (
        <ul class="go">
          <li>
            <a href={props.address.to('status')}>{setup().link}</a>
          </li>
        </ul>
      )}
    </Show>
  )
}

// A quiet offer: nothing is replaced under somebody's hands.
import { Show } from 'solid-js'
import type { AppState } from '../state.ts'

export function UpdateOffer(props: { update: AppState['update'] }) {
  return (
    <Show when={props.update.ready()}>
      <button class="chip" type="button" onClick={() => props.update.apply()}>
        New version ready
      </button>
    </Show>
  )
}

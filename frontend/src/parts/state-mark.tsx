// Ink is certainty, in one dot: full, half, ring, dotted ring.
import { Match, Switch } from 'solid-js'
import type { StatusView } from '#domain/view.ts'

export function StateMark(props: { mark: StatusView['mark'] }) {
  return (
    <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
      <Switch>
        <Match when={props.mark === 'live'}>
          <circle class="full" cx="8" cy="8" r="7" />
        </Match>
        <Match when={props.mark === 'estimate'}>
          <circle cx="8" cy="8" r="6.2" stroke-width="1.8" />
          <path class="full" d="M8 1a7 7 0 0 0 0 14z" />
        </Match>
        <Match when={props.mark === 'stored'}>
          <circle cx="8" cy="8" r="6" stroke-width="2.2" />
        </Match>
        <Match when={props.mark === 'unknown'}>
          <circle cx="8" cy="8" r="6" stroke-width="2.2" stroke-dasharray="1.6 2.6" />
        </Match>
      </Switch>
    </svg>
  )
}

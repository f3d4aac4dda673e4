// On every screen but Now: how old what it says is, as soon as that is not of this moment.
import { Show } from 'solid-js'
import type { StatusView } from '#domain/view.ts'
import { StateMark } from './state-mark.tsx'

export function Aged(props: { status: StatusView; isCutOff: boolean }) {
  const isShown = () => props.isCutOff || props.status.mark === 'stored' || props.status.mark === 'unknown'
  return (
    <Show when={isShown()}>
      <aside class="aged" aria-label="How current this is">
        <StateMark mark={props.status.mark} />
        <p>
          <b>{props.status.strong}</b> {props.status.aged}
        </p>
      </aside>
    </Show>
  )
}

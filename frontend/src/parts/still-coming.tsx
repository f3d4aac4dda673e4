// A device that has not all of the history yet says so, wherever it counts days.
import { Show } from 'solid-js'
import type { AppState } from '../state.ts'
import { createLatest } from './latest.ts'

const TEXTS = {
  coming: 'Older days are still on their way to this device.',
  'no-room': 'This device has no room for older days.',
  whole: '',
} as const

export function StillComing(props: { state: AppState }) {
  const report = createLatest(
    () => props.state.changes(),
    () => props.state.copyReport(),
  )
  const text = () => TEXTS[report()?.history ?? 'whole']
  return (
    <Show when={text()}>
      <p class="second" role="status">
        {text()}
      </p>
    </Show>
  )
}

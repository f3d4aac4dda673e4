// A Pi or a device that has not all of the history yet says so, wherever days are counted.
import { Show } from 'solid-js'
import { fetchedText } from '#domain/history-words.ts'
import type { AppState } from '../state.ts'
import { createLatest } from './latest.ts'

const TEXTS = {
  coming: 'Older days are still on their way to this device.',
  'not-kept': 'This device has no room for older days, or may not keep them.',
  whole: '',
} as const

export function StillComing(props: { state: AppState }) {
  const report = createLatest(
    () => props.state.changes(),
    () => props.state.copyReport(),
  )
  // What the Pi does not have cannot be on its way to here.
  const text = () => fetchedText(props.state.facts()?.history) || TEXTS[report()?.history ?? 'whole']
  return (
    <Show when={text()}>
      <p class="second after" role="status">
        {text()}
      </p>
    </Show>
  )
}

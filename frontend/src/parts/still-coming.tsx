// A Pi or a device that has not all of the history yet says so, wherever days are counted.
import { Show } from 'solid-js'
import { fetchedText } from '#domain/history-words.ts'
import type { AppState } from '../state.ts'
import { createLatest } from './latest.ts'

const TEXTS = {
  coming: 'Older days are still on their way to this device.',
  'not-kept': 'This device keeps no older days.',
  whole: '',
} as const

/** The highest half hour of a month may be among them. */
const DEMAND_AT_LEAST = 'A demand charge is told by the days that are here: it may be more.'

export function StillComing(props: { state: AppState }) {
  const report = createLatest(
    () => props.state.changes(),
    () => props.state.copyReport(),
  )
  // What the Pi does not have cannot be on its way to here.
  const missing = () => fetchedText(props.state.facts()?.history) || TEXTS[report()?.history ?? 'whole']
  const text = () => (missing() && hasDemand(props.state) ? `${missing()} ${DEMAND_AT_LEAST}` : missing())
  return (
    <Show when={text()}>
      <p class="second after" role="status">
        {text()}
      </p>
    </Show>
  )
}

const hasDemand = ({ settings }: AppState): boolean =>
  settings.current().charges.some(({ demand }) => demand !== undefined && demand.length > 0)

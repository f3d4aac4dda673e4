// A screen that is missing on this device, or what it is worked out with.
import { Show } from 'solid-js'

export function NotHere(props: { isCutOff: boolean; tryAgain: () => void }) {
  return (
    <main class="page">
      <h1>This screen is not on this device.</h1>
      <Show when={props.isCutOff}>
        <p>It is fetched from your Pi the first time, and your Pi can’t be reached.</p>
      </Show>
      <button class="chip" type="button" onClick={() => props.tryAgain()}>
        Try again
      </button>
    </main>
  )
}

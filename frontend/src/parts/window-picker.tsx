// The best time for something that runs one, two or three hours, or for the car.
import { createSignal, Index, Show } from 'solid-js'
import type { WindowChoice } from '#domain/view.ts'

/** Most things a household can move take about two hours. */
const FIRST_CHOICE = 1

export function WindowPicker(props: { windows: readonly WindowChoice[]; readyBy: string }) {
  const [chosen, setChosen] = createSignal(FIRST_CHOICE)
  const choice = () => props.windows[chosen()] ?? props.windows[0]
  return (
    <Show when={choice()}>
      {(shown) => (
        <section class="pick" aria-labelledby="best-window">
          <div class="line">
            <h2 id="best-window">{shown().heading}</h2>
            <p class="note">{shown().note}</p>
          </div>
          <div class="chips">
            <Index each={props.windows}>
              {(window, i) => (
                <button
                  class="chip"
                  type="button"
                  aria-pressed={window() === shown()}
                  onClick={() => setChosen(i)}
                >
                  {window().label}
                </button>
              )}
            </Index>
            <p class="ready-by">{props.readyBy}</p>
          </div>
        </section>
      )}
    </Show>
  )
}

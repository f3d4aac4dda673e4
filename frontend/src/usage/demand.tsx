// The peak of the running month, and what a higher one would cost.
import { Index, Show } from 'solid-js'
import type { DemandPart } from '#domain/demand-view.ts'

export function Demand(props: { parts: readonly DemandPart[] }) {
  return (
    <Show when={props.parts.length > 0}>
      <section aria-labelledby="demand">
        <h2 id="demand">Demand charge</h2>
        <Index each={props.parts}>
          {(part) => (
            <>
              <p>{part().sentence}</p>
              <p class="second">{part().detail}</p>
              <ul class="plain-list">
                <Index each={part().newPeak}>{(peak) => <li>{peak()}</li>}</Index>
              </ul>
            </>
          )}
        </Index>
      </section>
    </Show>
  )
}

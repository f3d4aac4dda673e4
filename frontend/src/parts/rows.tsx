// Captions with their values, one a line.
import { Index, Show } from 'solid-js'
import { Said } from './said.tsx'

export interface CaptionedRow {
  readonly caption: string
  readonly text: string
  readonly note?: string
}

export function Rows(props: { rows: readonly CaptionedRow[] }) {
  return (
    <dl class="rows">
      <Index each={props.rows}>
        {(row) => (
          <div>
            <dt>{row().caption}</dt>
            <dd>
              {row().text}
              <Show when={row().note}>
                <span>
                  <Said text={row().note ?? ''} />
                </span>
              </Show>
            </dd>
          </div>
        )}
      </Index>
    </dl>
  )
}

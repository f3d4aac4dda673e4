// Each channel with its kWh and money, and its colour in the chart above: the legend is the table.
import { Index, Show } from 'solid-js'
import { type ChannelRow, exportNote } from '#domain/channel-rows.ts'
import type { Column } from './pile-shapes.ts'

export function ChannelList(props: { rows: readonly ChannelRow[]; columns: readonly Column[] }) {
  const note = () => exportNote(props.columns)
  return (
    <Show when={props.rows.length > 0}>
      <dl class="split">
        <Index each={props.rows}>
          {(row) => (
            <div>
              <dt>
                <i class={`key-${row().key}`} aria-hidden="true" />
                {row().name}
              </dt>
              <dd class="kwh">{row().kwh}</dd>
              <dd class="cost">{row().cost}</dd>
            </div>
          )}
        </Index>
      </dl>
      <Show when={note()}>
        <p class="second after">{note()}</p>
      </Show>
    </Show>
  )
}

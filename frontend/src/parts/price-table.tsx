// The chart as a table, for who cannot see it or wants to read it.
import { createSignal, Index, Show } from 'solid-js'
import type { ChartRow } from '#domain/view.ts'

/** Behind a control: it is long. */
export function PriceTableDisclosure(props: { rows: readonly ChartRow[] }) {
  const [isOpen, setOpen] = createSignal(false)
  return (
    <section class="as-table" aria-label="Prices as a table">
      <button
        class="disclose"
        type="button"
        aria-expanded={isOpen()}
        aria-controls="price-table"
        onClick={() => setOpen(!isOpen())}
      >
        {isOpen() ? 'Hide the table' : 'Show as table'}
      </button>
      <div id="price-table">
        <Show when={isOpen()}>
          <PriceTable rows={props.rows} />
        </Show>
      </div>
    </section>
  )
}

export function PriceTable(props: { rows: readonly ChartRow[] }) {
  return (
    <table>
      <caption>Price per kWh by half hour</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Price</th>
          <th scope="col">Low</th>
          <th scope="col">High</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        <Index each={props.rows}>
          {(row) => (
            <tr>
              <th scope="row">{row().time}</th>
              <td>{row().price}</td>
              <td>{row().low}</td>
              <td>{row().high}</td>
              <td>{row().state}</td>
            </tr>
          )}
        </Index>
      </tbody>
    </table>
  )
}

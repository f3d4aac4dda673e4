// The chart as a table, for who cannot see it or wants to read it.
import { Index } from 'solid-js'
import type { ChartRow } from '#domain/view.ts'
import { Disclosure } from './disclosure.tsx'

/** Behind a control: it is long. */
export function PriceTableDisclosure(props: { rows: readonly ChartRow[] }) {
  return (
    <Disclosure label="Prices as a table">
      <PriceTable rows={props.rows} />
    </Disclosure>
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

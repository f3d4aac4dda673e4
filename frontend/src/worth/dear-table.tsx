// The half hours one would rather not have had.
import { Index } from 'solid-js'
import type { DearHalfHours } from '#domain/worth-dear.ts'

export function DearTable(props: { dear: DearHalfHours }) {
  return (
    <section aria-labelledby="dear">
      <h2 id="dear">{props.dear.heading}</h2>
      <table class="plain dear">
        <caption class="only-heard">The half hours that cost most</caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">per kWh</th>
            <th scope="col">kWh</th>
            <th scope="col">cost</th>
          </tr>
        </thead>
        <tbody>
          <Index each={props.dear.rows}>
            {(row) => (
              <tr>
                <th scope="row">
                  <span>{row().day}</span> <span>{row().time}</span>
                </th>
                <td>{row().price}</td>
                <td>{row().kwh}</td>
                <td>
                  <b>{row().cost}</b>
                </td>
              </tr>
            )}
          </Index>
        </tbody>
      </table>
      <p class="second after">{props.dear.share}</p>
    </section>
  )
}

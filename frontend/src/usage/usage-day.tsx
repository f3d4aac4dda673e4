// The selected day: half hours, what they are made of, and the same as a table.
import { Index, Show } from 'solid-js'
import type { UsageDayView } from '#domain/usage-day-view.ts'
import { Disclosure } from '../parts/disclosure.tsx'
import { ChannelList } from './channel-list.tsx'
import { PileChart } from './pile-chart.tsx'

export function UsageDay(props: { day: UsageDayView }) {
  return (
    <section aria-labelledby="day">
      <div class="line">
        <h2 id="day">{props.day.heading}</h2>
        <p class="total">
          <Show when={props.day.cost} fallback="Not known">
            <b>{props.day.cost}</b> <small>{props.day.costNote}</small>
          </Show>
        </p>
      </div>
      <PileChart columns={props.day.halfHours} words={hoursOf(props.day)} summary={props.day.summary} />
      <ChannelList rows={props.day.rows} columns={props.day.halfHours} />
      <Disclosure label="The day by half hours">
        <Table day={props.day} />
      </Disclosure>
    </section>
  )
}

/** Midnight at the left is the day's own beginning. */
const hoursOf = ({ startMs, endMs, ticks }: UsageDayView) => [
  { at: 0, text: 'midnight' },
  ...ticks
    .filter(({ atMs }) => atMs > startMs)
    .map(({ atMs, text }) => ({ at: (atMs - startMs) / (endMs - startMs), text })),
]

function Table(props: { day: UsageDayView }) {
  const hasSold = () => props.day.table.some(({ sold }) => sold !== undefined)
  return (
    <table>
      <caption>By half hour</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Used</th>
          <th scope="col">Cost</th>
          <th scope="col">Per kWh</th>
          <Show when={hasSold()}>
            <th scope="col">Sold</th>
          </Show>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        <Index each={props.day.table}>
          {(row) => (
            <tr>
              <th scope="row">{row().time}</th>
              <td>{row().used}</td>
              <td>{row().cost}</td>
              <td>{row().price}</td>
              <Show when={hasSold()}>
                <td>{row().sold}</td>
              </Show>
              <td>{row().state}</td>
            </tr>
          )}
        </Index>
      </tbody>
    </table>
  )
}

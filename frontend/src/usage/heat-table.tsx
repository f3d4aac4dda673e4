// Hours of the day against days: when power is used. It is a table, so that who cannot see the colours reads it too.
import { Index } from 'solid-js'
import { timeOfDay } from '#domain/time-words.ts'
import { type HeatDay, type HeatMap, heatLabel } from '#domain/usage-heat.ts'
import { energy } from '#domain/words.ts'

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)
/** A quarter of the width each. */
const NAMED = [0, 6, 12, 18]

export function HeatTable(props: { heat: HeatMap }) {
  return (
    <section aria-labelledby="heat">
      <h2 id="heat">When you used it</h2>
      <p class="second">{props.heat.summary}</p>
      <div class="heat-hours" aria-hidden="true">
        <Index each={NAMED}>{(hour) => <span>{timeOfDay(hour() * 60)}</span>}</Index>
      </div>
      <table class="heat">
        <caption class="only-heard">kWh by hour and day</caption>
        <colgroup>
          <col class="heat-day" />
        </colgroup>
        <thead class="only-heard">
          <tr>
            <th scope="col">Day</th>
            <Index each={HOURS}>{(hour) => <th scope="col">{timeOfDay(hour() * 60)}</th>}</Index>
          </tr>
        </thead>
        <tbody>
          <Index each={props.heat.days}>{(day) => <Day day={day()} mostKwh={props.heat.mostKwh} />}</Index>
        </tbody>
      </table>
      <p class="key heat-key" aria-hidden="true">
        <span>nothing</span>
        <i />
        <span>{energy(props.heat.mostKwh)} in an hour</span>
        <span class="heat-missing">missing</span>
      </p>
    </section>
  )
}

function Day(props: { day: HeatDay; mostKwh: number }) {
  return (
    <tr>
      <th scope="row">{props.day.text}</th>
      <Index each={props.day.hours}>
        {(hour, i) => (
          <td
            class={hour() ? '' : 'unknown'}
            style={{ '--heat': heatOf(hour()?.kwh, props.mostKwh) }}
            title={heatLabel(props.day, i)}
          >
            <span class="only-heard">{hour()?.kwh.toFixed(1) ?? 'not known'}</span>
          </td>
        )}
      </Index>
    </tr>
  )
}

/** The root spreads the small ones, which are most of a day, and still tells them from the large. */
const heatOf = (kwh: number | undefined, most: number): number =>
  kwh === undefined || most <= 0 ? 0 : Math.sqrt(Math.max(0, kwh) / most)

// How far out the forecasts were, a column an hour. An hour of which nothing is known has none.
import { createMemo, Index } from 'solid-js'
import type { ScoreHour } from '#domain/score-view.ts'
import { timeOfDay } from '#domain/time-words.ts'

const HOURS = 24
const LABELLED = [0, 6, 12, 18]

export function HourColumns(props: { hours: readonly ScoreHour[]; summary: string }) {
  const tallest = createMemo(() => Math.max(1, ...props.hours.map(({ offCents }) => offCents)))
  const peak = createMemo(() => props.hours.find(({ offCents }) => offCents === tallest()))
  const left = (hour: number) => `${(hour / HOURS) * 100}%`
  // Its number goes on towards the middle, where there is room for it.
  const beside = (hour: number) =>
    hour < HOURS / 2 ? { left: left(hour) } : { right: left(HOURS - 1 - hour) }
  return (
    <figure class="hours">
      <div role="img" aria-label={props.summary}>
        <Index each={props.hours}>
          {(hour) => (
            <i
              class="column"
              classList={{ peak: hour() === peak() }}
              style={{ left: left(hour().hour), height: `${(hour().offCents / tallest()) * 100}%` }}
            />
          )}
        </Index>
        <b style={beside(peak()?.hour ?? 0)}>{peak()?.off}</b>
      </div>
      <figcaption aria-hidden="true">
        <Index each={LABELLED}>
          {(hour) => <span style={{ left: left(hour()) }}>{timeOfDay(hour() * 60)}</span>}
        </Index>
      </figcaption>
    </figure>
  )
}

// The chart read with a finger, a pointer or the arrow keys: a line at one half hour, and over it what the table says of it.
import { createSignal, Show } from 'solid-js'
import type { ChartRow, ChartView } from '#domain/view.ts'
import '../look/scrub.css'

const FAR = 6
const KEYS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: FAR,
  PageDown: -FAR,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

export function Scrub(props: { chart: ChartView }) {
  // A time, not a place in the table: that moves on with the clock.
  const [atMs, setAtMs] = createSignal<number>()
  const rows = () => props.chart.table
  const chosen = () => indexAt(props.chart, atMs() ?? props.chart.nowMs)
  const shown = () => (atMs() === undefined ? undefined : rows()[chosen()])
  const choose = (index: number) => setAtMs(rows()[Math.min(rows().length - 1, Math.max(0, index))]?.startMs)
  const leave = () => setAtMs(undefined)
  const point = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const { startMs, endMs } = props.chart
    choose(indexAt(props.chart, startMs + ((event.clientX - left) / width) * (endMs - startMs)))
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return leave()
    const far = KEYS[event.key]
    if (far === undefined) return
    event.preventDefault()
    choose(chosen() + far)
  }
  return (
    <div
      class="scrub"
      role="slider"
      tabIndex={0}
      aria-label="Read the chart"
      aria-valuemin="0"
      aria-valuemax={rows().length - 1}
      aria-valuenow={chosen()}
      aria-valuetext={spoken(rows()[chosen()])}
      onPointerDown={point}
      onPointerMove={point}
      onPointerLeave={({ pointerType }) => pointerType === 'mouse' && leave()}
      onKeyDown={press}
      onBlur={leave}
    >
      <Show when={shown()}>
        {(row) => (
          <div class="reading" style={{ '--share': shareOf(props.chart, row()) }} aria-hidden="true">
            <i />
            <p>
              {row().time} <b>{row().price}</b> {row().range}
            </p>
          </div>
        )}
      </Show>
    </div>
  )
}

function indexAt({ table }: ChartView, ms: number): number {
  const index = table.findLastIndex(({ startMs }) => startMs <= ms)
  return Math.max(0, index)
}

const spoken = (row: ChartRow | undefined): string =>
  row ? `${row.time}: ${[row.price, row.range, row.state].filter(Boolean).join(', ')}` : ''

/** Of the middle of a half hour, in what is drawn of it. */
function shareOf({ startMs, endMs }: ChartView, row: ChartRow): number {
  const middleMs = (Math.max(startMs, row.startMs) + Math.min(endMs, row.endMs)) / 2
  return Math.min(1, Math.max(0, (middleMs - startMs) / (endMs - startMs)))
}

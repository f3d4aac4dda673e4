// What a day cost by half hours.
import { createMemo, createUniqueId, Index, Show } from 'solid-js'
import type { UsageDayView } from '#domain/usage-day-view.ts'
import { createChartFrame } from '../chart/chart-size.ts'
import type { ChartFrame } from '../chart/plane.ts'
import { textEms } from '../parts/text-width.ts'
import { dayDrawing } from './day-shapes.ts'

const HOURS_EMS = 1.6

export function DayChart(props: { day: UsageDayView }) {
  let figure!: HTMLElement
  const frame = createChartFrame(() => figure)
  return (
    <figure class="tide pile-chart" ref={figure}>
      <Show when={frame()}>{(size) => <Drawing day={props.day} frame={size()} />}</Show>
    </figure>
  )
}

function Drawing(props: { day: UsageDayView; frame: ChartFrame }) {
  const id = createUniqueId()
  const fontPx = () => props.frame.fontPx
  const roomPx = () => Math.max(1, props.frame.heightPx - fontPx() * HOURS_EMS)
  const drawing = createMemo(() => dayDrawing(props.day, props.frame.widthPx, roomPx()))
  return (
    <svg role="img" aria-label={props.day.summary} width={props.frame.widthPx} height={props.frame.heightPx}>
      <defs>
        <pattern
          id={id}
          width={fontPx() * 0.5}
          height={fontPx() * 0.5}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect class="estimate-stripe" width="35%" height="100%" />
        </pattern>
      </defs>
      <Index each={drawing().pieces}>
        {(piece) => (
          <rect
            class={`pile-${piece().part}`}
            x={piece().x}
            y={piece().y}
            width={piece().width}
            height={piece().height}
          />
        )}
      </Index>
      <Index each={drawing().gaps}>
        {(gap) => (
          <rect
            class={`gap ${gap().state}`}
            x={gap().x}
            y={gap().state === 'missing' ? fontPx() * 0.2 : 0}
            width={gap().width}
            height={roomPx() - (gap().state === 'missing' ? fontPx() * 0.2 : 0)}
            fill={gap().state === 'missing' ? undefined : `url(#${id})`}
          />
        )}
      </Index>
      <line
        class="zero"
        x1="0"
        x2={props.frame.widthPx}
        y1={drawing().zeroY}
        y2={drawing().zeroY}
        stroke-width={fontPx() * 0.14}
      />
      <Hours day={props.day} frame={props.frame} />
    </svg>
  )
}

function Hours(props: { day: UsageDayView; frame: ChartFrame }) {
  const words = () => {
    const { startMs, endMs, ticks } = props.day
    const { widthPx, fontPx } = props.frame
    const half = (text: string) => (textEms(text) / 2) * fontPx
    const middle = ticks.map(({ atMs, text }) => ({
      x: ((atMs - startMs) / (endMs - startMs)) * widthPx,
      text,
    }))
    // Midnight at the left is the day's own beginning and has no room to its left.
    const first = { x: half('midnight'), text: 'midnight' }
    return [
      first,
      ...middle.filter(({ x, text }) => x - half(text) > first.x * 2 + fontPx && x + half(text) < widthPx),
    ]
  }
  return (
    <Index each={words()}>
      {(word) => (
        <text
          x={word().x}
          y={props.frame.heightPx - props.frame.fontPx * 0.25}
          font-size={`${props.frame.fontPx}px`}
          text-anchor="middle"
        >
          {word().text}
        </text>
      )}
    </Index>
  )
}

// What a day cost by half hours, a week or month by days, a year by months.
import { createMemo, createUniqueId, Index, Show } from 'solid-js'
import { createChartFrame } from '../chart/chart-size.ts'
import type { ChartFrame } from '../chart/plane.ts'
import { textEms } from '../parts/text-width.ts'
import { type Column, type Gap, pileDrawing } from './pile-shapes.ts'

const WORDS_EMS = 1.6
/** Half the outline of what is missing, and what the room may be rounded up by: no side of it is cut. */
const MISSING_INSET_PX = 2

export interface PileWord {
  /** 0 … 1 of the width */
  readonly at: number
  readonly text: string
}

export interface PileChartProps {
  columns: readonly Column[]
  words: readonly PileWord[]
  /** One line for who cannot see it. */
  summary: string
}

export function PileChart(props: PileChartProps) {
  let figure!: HTMLElement
  const frame = createChartFrame(() => figure)
  return (
    <figure class="tide pile-chart" ref={figure}>
      <Show when={frame()}>{(size) => <Drawing chart={props} frame={size()} />}</Show>
    </figure>
  )
}

function Drawing(props: { chart: PileChartProps; frame: ChartFrame }) {
  const hatch = createUniqueId()
  const fontPx = () => props.frame.fontPx
  const roomPx = () => Math.max(1, props.frame.heightPx - fontPx() * WORDS_EMS)
  const drawing = createMemo(() => pileDrawing(props.chart.columns, props.frame.widthPx, roomPx()))
  const insetOf = ({ state }: Gap) => (state === 'missing' ? MISSING_INSET_PX : 0)
  return (
    <svg
      role="img"
      aria-label={props.chart.summary}
      width={props.frame.widthPx}
      height={props.frame.heightPx}
    >
      <defs>
        <pattern
          id={hatch}
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
            x={gap().x + insetOf(gap())}
            y={insetOf(gap())}
            width={Math.max(0, gap().width - 2 * insetOf(gap()))}
            height={Math.max(0, roomPx() - 2 * insetOf(gap()))}
            fill={gap().state === 'missing' ? undefined : `url(#${hatch})`}
          />
        )}
      </Index>
      {/* where nothing is known there is no zero either */}
      <Show when={props.chart.columns.some(({ state }) => state !== 'missing')}>
        <line
          class="zero"
          x1="0"
          x2={props.frame.widthPx}
          y1={drawing().zeroY}
          y2={drawing().zeroY}
          stroke-width={fontPx() * 0.14}
        />
      </Show>
      <Words words={props.chart.words} frame={props.frame} />
    </svg>
  )
}

/** Those at the ends are moved inside; one that the one before leaves no room for is left out. */
function Words(props: { words: readonly PileWord[]; frame: ChartFrame }) {
  const placed = () => {
    const { widthPx, fontPx } = props.frame
    let freeFrom = Number.NEGATIVE_INFINITY
    return props.words.flatMap(({ at, text }) => {
      const half = (textEms(text) / 2) * fontPx
      const x = Math.max(half, Math.min(widthPx - half, at * widthPx))
      if (text === '' || x - half < freeFrom) return []
      freeFrom = x + half + fontPx * 0.5
      return [{ x, text }]
    })
  }
  return (
    <Index each={placed()}>
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

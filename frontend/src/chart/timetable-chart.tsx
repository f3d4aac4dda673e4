// When to run it, read from top to bottom: the hours, the price of each, and the run that is advised.
import { createMemo, createUniqueId, Index, Show } from 'solid-js'
import type { Timetable } from '#domain/plan-timetable.ts'
import { createChartFrame } from './chart-size.ts'
import { Patterns } from './furniture.tsx'
import type { ChartFrame } from './plane.ts'
import { forecastBand, levelAreas, stepLine } from './shapes.ts'
import { type UprightPlane, uprightPlane } from './timetable-plane.ts'
import { hourWords, priceWords, runMarks } from './timetable-words.ts'

const HALF_HOUR_EMS = 1.1
const LEAST_EMS = 16
/** Longer ones are pressed together: what is two days away needs no line for each half hour. */
const MOST_EMS = 44

export function TimetableChart(props: { timetable: Timetable }) {
  let figure!: HTMLElement
  const frame = createChartFrame(() => figure)
  const heightEms = () => {
    const halfHours = (props.timetable.endMs - props.timetable.startMs) / 1_800_000
    return Math.min(MOST_EMS, Math.max(LEAST_EMS, halfHours * HALF_HOUR_EMS))
  }
  return (
    <figure class="tide upright" ref={figure} style={{ '--height': `${heightEms()}em` }}>
      <Show when={frame()}>{(size) => <Drawing timetable={props.timetable} frame={size()} />}</Show>
    </figure>
  )
}

function Drawing(props: { timetable: Timetable; frame: ChartFrame }) {
  const id = createUniqueId()
  const on = createMemo(() => uprightPlane(props.timetable, props.frame))
  const line = () => props.frame.fontPx * 0.16
  return (
    <svg
      role="img"
      aria-label={props.timetable.summary}
      width={props.frame.widthPx}
      height={props.frame.heightPx}
    >
      <Patterns id={id} fontPx={props.frame.fontPx} />
      <Index each={on().scale.rules}>
        {(cents) => <VerticalLine class="grid" x={on().xOf(cents())} on={on()} strokeWidth={1} />}
      </Index>
      <g transform={on().transform}>
        <Index each={levelAreas(props.timetable.steps, on())}>
          {(area) => (
            <path
              class={`area ${area().ink} c${area().level}`}
              fill={area().level === 6 ? `url(#${id}-spike)` : undefined}
              d={area().path}
            />
          )}
        </Index>
        <path class="band" d={forecastBand(props.timetable.steps, on()).area} />
        <path
          class="edge"
          stroke-width={line() / 2}
          stroke-dasharray={`${line()} ${line() * 1.4}`}
          d={forecastBand(props.timetable.steps, on()).high}
        />
        <path class="step" stroke-width={line()} d={stepLine(props.timetable.steps, on())} />
      </g>
      <VerticalLine class="zero" x={on().zeroX} on={on()} strokeWidth={line() * 1.4} />
      <Words timetable={props.timetable} on={on()} />
      <line
        class="zero"
        x1={on().zeroX - props.frame.fontPx * 0.6}
        x2={props.frame.widthPx}
        y1={props.frame.heightPx - line() / 2}
        y2={props.frame.heightPx - line() / 2}
        stroke-width={line()}
      />
    </svg>
  )
}

function Words(props: { timetable: Timetable; on: UprightPlane }) {
  const fontPx = () => props.on.frame.fontPx
  return (
    <>
      <Index each={hourWords(props.timetable, props.on)}>
        {(hour) => (
          <>
            <line
              class="tick"
              x1={props.on.zeroX - fontPx() * 0.6}
              x2={props.on.zeroX}
              y1={hour().tickY}
              y2={hour().tickY}
            />
            <text
              class={hour().isStrong ? 'strong' : ''}
              x={props.on.zeroX - fontPx() * 0.9}
              y={hour().y}
              font-size={`${fontPx()}px`}
              text-anchor="end"
            >
              {hour().text}
            </text>
          </>
        )}
      </Index>
      <Index each={runMarks(props.timetable, props.on)}>
        {(run) => (
          <>
            <path class="bracket" stroke-width={fontPx() * 0.22} d={run().path} />
            <text
              class="halo strong"
              x={run().x}
              y={run().y}
              font-size={`${fontPx() * 1.15}px`}
              text-anchor={run().anchor}
              stroke-width={fontPx() * 0.4}
            >
              {run().text}
            </text>
          </>
        )}
      </Index>
      <Index each={priceWords(props.timetable, props.on)}>
        {(price) => (
          <text
            class={price().isStrong ? 'halo strong' : 'halo'}
            x={props.on.frame.widthPx}
            y={price().y}
            font-size={`${fontPx() * 1.08}px`}
            text-anchor="end"
            stroke-width={fontPx() * 0.4}
          >
            {price().text}
          </text>
        )}
      </Index>
    </>
  )
}

function VerticalLine(props: { class: string; x: number; on: UprightPlane; strokeWidth: number }) {
  return (
    <line
      class={props.class}
      x1={props.x}
      x2={props.x}
      y1="0"
      y2={props.on.frame.heightPx}
      stroke-width={props.strokeWidth}
    />
  )
}

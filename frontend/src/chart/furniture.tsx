// What stands around the curve: stripes, rules, hours, words, the export ribbon.
import { Index, type JSX, Show } from 'solid-js'
import type { ChartStretch, ChartView } from '#domain/view.ts'
import { hours } from './hours.ts'
import { LEADING } from './placement.ts'
import type { Plane } from './plane.ts'
import { ribbonName, ribbonParts } from './ribbon.ts'
import { STRONG } from './word-places.ts'
import type { Word } from './words.ts'

/** Ids are the document's, so each drawing has its own. */
export function Patterns(props: { id: string; fontPx: number }) {
  return (
    <defs>
      <Stripes id={`${props.id}-spike`} sizePx={props.fontPx * 0.8}>
        <rect class="spike" width="100%" height="100%" />
        <rect class="spike-stripe" width="50%" height="100%" />
      </Stripes>
      <Stripes id={`${props.id}-demand`} sizePx={props.fontPx * 0.5}>
        <rect class="demand-stripe" width={props.fontPx * 0.08} height="100%" />
      </Stripes>
      <Stripes id={`${props.id}-estimate`} sizePx={props.fontPx * 0.3}>
        <rect class="estimate-stripe" width="35%" height="100%" />
      </Stripes>
    </defs>
  )
}

function Stripes(props: { id: string; sizePx: number; children: JSX.Element }) {
  return (
    <pattern
      id={props.id}
      width={props.sizePx}
      height={props.sizePx}
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      {props.children}
    </pattern>
  )
}

export function DemandWindow(props: { window: ChartStretch; on: Plane; fill: string }) {
  const from = () => props.on.x(props.window.startMs)
  return (
    <rect
      class="demand"
      x={from()}
      y="0"
      width={props.on.x(props.window.endMs) - from()}
      height={props.on.zeroY}
      fill={props.fill}
    />
  )
}

export function Rules(props: { on: Plane }) {
  return (
    <>
      <Index each={props.on.scale.rules}>
        {(cents) => <HorizontalLine class="grid" y={props.on.y(cents())} on={props.on} strokeWidth={1} />}
      </Index>
      <Show when={props.on.scale.isBroken}>
        <path class="break" stroke-width={props.on.frame.fontPx * 0.11} d={breakMark(props.on)} />
      </Show>
    </>
  )
}

/** Two strokes across the 80 c rule: above it another scale begins. */
function breakMark(on: Plane): string {
  const { fontPx, widthPx } = on.frame
  const y = on.y(on.scale.rules.at(-2) ?? 0) + fontPx * 0.28
  const stroke = (ems: number) => `M${widthPx - fontPx * ems} ${y}l${fontPx * 0.5} ${-fontPx * 0.56}`
  return stroke(3.2) + stroke(2.85)
}

export function HorizontalLine(props: { class: string; y: number; on: Plane; strokeWidth: number }) {
  return (
    <line
      class={props.class}
      x1="0"
      x2={props.on.frame.widthPx}
      y1={props.y}
      y2={props.y}
      stroke-width={props.strokeWidth}
    />
  )
}

export function ChartWord(props: { word: Word; fontPx: number }) {
  const size = (isStrong: boolean) => `${props.fontPx * (isStrong ? STRONG : 1)}px`
  return (
    <text
      class={props.word.isStrong ? 'halo strong' : 'halo'}
      x={props.word.x}
      y={props.word.y}
      font-size={size(props.word.isStrong)}
      text-anchor={props.word.anchor}
      stroke-width={props.fontPx * 0.4}
    >
      <Show when={props.word.strong}>
        <tspan class="strong" font-size={size(true)}>
          {props.word.strong}
        </tspan>{' '}
      </Show>
      <Index each={props.word.lines}>
        {(line, i) => (
          <tspan x={i > 0 ? props.word.x : undefined} dy={i > 0 ? `${LEADING}em` : undefined}>
            {line()}
          </tspan>
        )}
      </Index>
    </text>
  )
}

export function Hours(props: { chart: ChartView; on: Plane }) {
  const fontPx = () => props.on.frame.fontPx
  return (
    <Index each={hours(props.chart.ticks, props.on)}>
      {(hour) => (
        <>
          <line
            class="tick"
            x1={hour().x}
            x2={hour().x}
            y1={props.on.zeroY}
            y2={props.on.zeroY + fontPx() * 0.3}
          />
          <text
            class={hour().isDay ? 'strong' : ''}
            x={hour().x}
            y={props.on.floorY + fontPx() * 1.24}
            font-size={`${fontPx()}px`}
            text-anchor="middle"
          >
            {hour().text}
          </text>
        </>
      )}
    </Index>
  )
}

export function Ribbon(props: { chart: ChartView; on: Plane }) {
  const fontPx = () => props.on.frame.fontPx
  return (
    <Show when={props.on.ribbon}>
      {(ribbon) => {
        const wordsY = () => ribbon().y + ribbon().height / 2 + fontPx() * 0.36
        const size = () => `${fontPx()}px`
        return (
          <>
            <text x={props.on.mastX - fontPx() * 0.5} y={wordsY()} font-size={size()} text-anchor="end">
              {ribbonName(props.on)}
            </text>
            <Index each={ribbonParts(props.chart.exports, props.on)}>
              {(part) => (
                <g class={`l${part().level}`}>
                  <rect
                    class="export"
                    x={part().x}
                    y={ribbon().y}
                    width={part().width}
                    height={ribbon().height}
                  />
                  <text
                    class="on"
                    x={part().x + part().width / 2}
                    y={wordsY()}
                    font-size={size()}
                    text-anchor="middle"
                  >
                    {part().text}
                  </text>
                </g>
              )}
            </Index>
          </>
        )
      }}
    </Show>
  )
}

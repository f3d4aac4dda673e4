// The step curve: drawn in the pixels it is given, once a change of the view; its elements stay and are drawn anew.
import { createMemo, createSignal, createUniqueId, Index, onMount, Show } from 'solid-js'
import type { ChartView } from '#domain/view.ts'
import { createChartFrame } from './chart-size.ts'
import { ChartWord, DemandWindow, HorizontalLine, Hours, Patterns, Ribbon, Rules } from './furniture.tsx'
import { type Plane, plane } from './plane.ts'
import { forecastBand, levelAreas, stepLine } from './shapes.ts'
import { chartWords } from './words.ts'

/** `isFixed`: nobody is there to read it with a finger. */
export function PriceChart(props: { chart: ChartView | undefined; isFixed?: boolean }) {
  const [Scrub, setScrub] = createSignal<typeof import('./scrub.tsx').Scrub>()
  // Not needed to draw it; without the Pi and never fetched there is still the table.
  onMount(
    () =>
      props.isFixed ||
      void import('./scrub.tsx').then(
        (one) => setScrub(() => one.Scrub),
        () => {},
      ),
  )
  let figure!: HTMLElement
  const frame = createChartFrame(() => figure)
  const drawing = createMemo(() => {
    const [chart, size] = [props.chart, frame()]
    return chart && size && { chart, on: plane(chart, size) }
  })
  return (
    <figure class="tide" ref={figure}>
      <Show when={drawing()} fallback={<p class="nothing">{props.chart ? '' : 'No prices to draw'}</p>}>
        {(drawn) => (
          <>
            <Drawing chart={drawn().chart} on={drawn().on} />
            <Show keyed when={Scrub()}>
              {(Reading) => <Reading chart={drawn().chart} />}
            </Show>
          </>
        )}
      </Show>
    </figure>
  )
}

function Drawing(props: { chart: ChartView; on: Plane }) {
  const id = createUniqueId()
  const band = createMemo(() => forecastBand(props.chart.steps, props.on))
  const words = createMemo(() => chartWords(props.chart, props.on))
  const line = () => props.on.frame.fontPx * 0.16
  return (
    <svg
      role="img"
      aria-label={props.chart.summary}
      width={props.on.frame.widthPx}
      height={props.on.frame.heightPx}
      viewBox={`0 0 ${props.on.frame.widthPx} ${props.on.frame.heightPx}`}
    >
      <Patterns id={id} fontPx={props.on.frame.fontPx} />
      <Index each={props.chart.demandWindows}>
        {(window) => <DemandWindow window={window()} on={props.on} fill={`url(#${id}-demand)`} />}
      </Index>
      <Rules on={props.on} />
      <Index each={levelAreas(props.chart.steps, props.on)}>
        {(area) => (
          <>
            <path
              class={`area ${area().ink} c${area().level}`}
              fill={area().level === 6 ? `url(#${id}-spike)` : undefined}
              d={area().path}
            />
            <Show when={area().ink === 'hatched'}>
              <path class="hatch" fill={`url(#${id}-estimate)`} d={area().path} />
            </Show>
          </>
        )}
      </Index>
      <path class="band" d={band().area} />
      <path class="edge" stroke-width={line() / 2} stroke-dasharray={dashes(props.on)} d={band().high} />
      <path class="low" stroke-width={line() / 2} stroke-dasharray={dashes(props.on)} d={band().low} />
      <path class="step" stroke-width={line()} d={stepLine(props.chart.steps, props.on)} />
      <HorizontalLine class="zero" y={props.on.zeroY} on={props.on} strokeWidth={line()} />
      <Show when={words().bracket}>
        {(bracket) => <path class="bracket" stroke-width={line() * 1.25} d={bracket().path} />}
      </Show>
      <Index each={words().words}>
        {(word) => <ChartWord word={word()} fontPx={props.on.frame.fontPx} />}
      </Index>
      <Hours chart={props.chart} on={props.on} />
      <Ribbon chart={props.chart} on={props.on} />
    </svg>
  )
}

const dashes = (on: Plane): string => `${on.frame.fontPx * 0.14} ${on.frame.fontPx * 0.2}`

// The wall at night: black, the number and the clock, each as certain as by day, and never long in one place.
import { Show } from 'solid-js'
import type { NowView } from '#domain/view.ts'
import '../look/dim.css'
import { PriceFigure } from '../parts/figure.tsx'
import { wander } from './wander.ts'

export function DimBoard(props: { view: NowView; nowMs: number }) {
  const place = () => wander(props.nowMs)
  return (
    <main class="dim">
      <div class="lit" style={{ '--across': place().across, '--down': place().down }}>
        <h1 class="only-heard">{props.view.sentences.full}</h1>
        <div class={props.view.certainty}>
          <Show when={props.view.price} fallback={<p class="headline">{props.view.headline}</p>}>
            {(price) => <PriceFigure figure={price().figure} />}
          </Show>
        </div>
        <p class="clock">{props.view.clock}</p>
        <Show when={props.view.demo}>
          <p class="demo">DEMO</p>
        </Show>
      </div>
    </main>
  )
}

// What comes next, and what solar earns or costs: a second voice beside the figure.
import { Show } from 'solid-js'
import type { Captioned, NowPriceView } from '#domain/view.ts'

export function NextPrices(props: { price: NowPriceView }) {
  return (
    <div class="next">
      <Show when={props.price.next}>{(next) => <Pair pair={next()} />}</Show>
      <Show when={props.price.solarExport}>{(solarExport) => <Pair pair={solarExport()} />}</Show>
    </div>
  )
}

function Pair(props: { pair: Captioned }) {
  return (
    <p>
      <small>{props.pair.caption}</small> {props.pair.text}
    </p>
  )
}

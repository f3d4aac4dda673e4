// A phone held in one hand: what it costs, what is coming, what to do, from the top down.
import { Show } from 'solid-js'
import type { NowView } from '#domain/view.ts'
import { PriceChart } from '../chart/price-chart.tsx'
import { Facts } from '../parts/facts.tsx'
import { type Limitation, LimitationText } from '../parts/limitation.tsx'
import { Past } from '../parts/past.tsx'
import { PriceField } from '../parts/price-field.tsx'
import { PriceTableDisclosure } from '../parts/price-table.tsx'
import { AgeStrip } from '../parts/status.tsx'
import { UpdateOffer } from '../parts/update-offer.tsx'
import { WindowPicker } from '../parts/window-picker.tsx'
import type { AppState } from '../state.ts'

export interface NowPhoneProps {
  view: NowView
  update: AppState['update']
  limitation: Limitation | undefined
  /** Where the steps of the first hours are told. */
  stepsHref: string
}

export function NowPhone(props: NowPhoneProps) {
  // Yesterday has its own, longer note here; and solar, which the board shows beside the figure, its row where the sentence
  // does not say it already. When to run what is a tap away, with all there is to say about it.
  const solar = () => {
    const row = props.view.price?.solarExport
    return row && !props.view.sentences.full.includes(`Exporting ${row.text}`) ? row : []
  }
  const facts = () => [props.view.yesterday, ...props.view.facts.slice(-1)].concat(solar())
  return (
    <main class="hand">
      <div class="over-time">
        <div class="mast" />
        <PriceField view={props.view} sentence={props.view.sentences.full} withNext={false} />
        <Past view={props.view} date="short" />
        <PriceChart chart={props.view.chart} />
      </div>
      <AgeStrip status={props.view.status}>
        <UpdateOffer update={props.update} />
      </AgeStrip>
      <Show when={props.view.setup}>
        {(setup) => (
          <p class="limitation">
            {setup().text} <a href={props.stepsHref}>{setup().link}</a>
          </p>
        )}
      </Show>
      <WindowPicker windows={props.view.windows} readyBy={props.view.readyBy} />
      <Facts facts={facts()} />
      <Show when={props.limitation}>
        {(limitation) => (
          <p class="limitation">
            <LimitationText limitation={limitation()} />
          </p>
        )}
      </Show>
      <Show when={props.view.chart}>{(chart) => <PriceTableDisclosure rows={chart().table} />}</Show>
    </main>
  )
}

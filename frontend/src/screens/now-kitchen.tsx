// The board: a kitchen panel, a wall screen, a laptop. Everything is a share of the screen, and the same in each state.
import { Show } from 'solid-js'
import type { NowView } from '#domain/view.ts'
import { createHeldChart } from '../chart/held-chart.ts'
import { PriceChart } from '../chart/price-chart.tsx'
import { Facts } from '../parts/facts.tsx'
import type { Limitation } from '../parts/limitation.tsx'
import { Past } from '../parts/past.tsx'
import { PriceField } from '../parts/price-field.tsx'
import { PriceTable } from '../parts/price-table.tsx'
import { BoardStatus } from '../parts/status.tsx'
import { UpdateOffer } from '../parts/update-offer.tsx'
import type { AppState } from '../state.ts'

export interface NowKitchenProps {
  view: NowView
  /** As long as the board has room for. */
  sentence: string
  /** On the wall nobody presses anything, and a new version is applied by itself. */
  isKitchen: boolean
  update: AppState['update']
  limitation: Limitation | undefined
  /** Where a phone begins; undefined: nobody needs to know now. */
  setupUrl: string | undefined
}

export function NowKitchen(props: NowKitchenProps) {
  // Beside a figure in dollars there is no room.
  const withNext = () => props.view.price?.figure.currency !== '$'
  const chart = createHeldChart(() => props.view.chart)
  return (
    <main class="board">
      <div class="mast" />
      <PriceField view={props.view} sentence={props.sentence} withNext={withNext()} />
      <Past view={props.view} date="long" setupUrl={props.setupUrl} />
      <PriceChart chart={chart()} isFixed={props.isKitchen} />
      <Facts facts={props.view.facts} />
      <BoardStatus status={props.view.status} limitation={props.limitation} isKitchen={props.isKitchen}>
        <Show when={!props.isKitchen}>
          <UpdateOffer update={props.update} />
        </Show>
      </BoardStatus>
      <Show when={!props.isKitchen && props.view.chart}>
        {(chart) => (
          <div class="only-heard">
            <PriceTable rows={chart().table} />
          </div>
        )}
      </Show>
    </main>
  )
}

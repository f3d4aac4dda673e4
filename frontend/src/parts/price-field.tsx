// The field that says what power costs now: sentence first, then figure, word and time. The style sheet places them.
import { Show } from 'solid-js'
import type { NowView } from '#domain/view.ts'
import { PriceFigure } from './figure.tsx'
import { Gauge } from './gauge.tsx'
import { LevelWord } from './level-word.tsx'
import { NextPrices } from './next-prices.tsx'
import { Said } from './said.tsx'
import { textEms } from './text-width.ts'

const MARK_EMS = 1.4

export function PriceField(props: { view: NowView; sentence: string; withNext: boolean }) {
  const levelClass = () => (props.view.price ? `l${props.view.price.level}` : '')
  return (
    <section class={`field ${levelClass()} ${props.view.certainty}`} aria-label="Price now">
      <h1 class="say" aria-live="polite" style={{ '--ems': textEms(props.sentence) }}>
        <Said text={props.sentence} />
      </h1>
      <Show when={props.view.price} fallback={<p class="headline">{props.view.headline}</p>}>
        {(price) => (
          <>
            <PriceFigure figure={price().figure} />
            <div
              class="row"
              style={{ '--ems': textEms(price().word) + MARK_EMS, '--until': textEms(price().until) }}
            >
              <LevelWord level={price().level} word={price().word} />
              <p class="until">{price().until}</p>
            </div>
            <Show when={props.withNext}>
              <NextPrices price={price()} />
            </Show>
            <Gauge remaining={price().remaining} parts={price().parts} />
          </>
        )}
      </Show>
    </section>
  )
}

// Amber against the plans: filled is what was really paid, an outline is calculated.
import { Index, Show } from 'solid-js'
import type { PlanBar } from '#domain/worth-view.ts'
import { wholeBar } from '../parts/bar-scale.ts'

export interface PlanBarsProps {
  bars: readonly PlanBar[]
  /** Where the sentence speaks of that plan. */
  hrefOf: (planId: string) => string
}

export function PlanBars(props: PlanBarsProps) {
  const longest = () => Math.max(1, ...props.bars.map(({ cents = 0 }) => cents))
  // What earned has no length.
  const shareOf = ({ cents = 0 }: PlanBar): number => Math.max(0, cents) / longest()
  const whole = () => wholeBar(props.bars.map((bar) => ({ share: shareOf(bar), words: [bar.text, ''] })))
  return (
    <Show when={props.bars.length > 0}>
      <dl class="bars plans" style={whole()}>
        <Index each={props.bars}>
          {(bar) => (
            <div>
              <dt>
                <Show when={!bar().isReal} fallback={bar().name}>
                  <a href={props.hrefOf(bar().id)} aria-current={bar().isChosen || undefined}>
                    {bar().name}
                  </a>
                </Show>
              </dt>
              <dd>
                <Show when={bar().cents !== undefined} fallback={<span>{bar().text}</span>}>
                  <div class="bar" style={{ '--share': shareOf(bar()) }} aria-hidden="true">
                    <i class={bar().isReal ? 'ink' : 'hollow'} />
                  </div>
                  <b>{bar().text}</b>
                </Show>
              </dd>
            </div>
          )}
        </Index>
      </dl>
    </Show>
  )
}

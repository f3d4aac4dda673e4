// What it costs now, and what it would then and at worst: ink is now, drawn as certain as its price is, the level's colour is then, dashed is what the
// forecast may still add.
import { Index, Show } from 'solid-js'
import type { CostBar } from '#domain/plan-view.ts'
import type { Certainty } from '#domain/view.ts'
import { wholeBar } from './bar-scale.ts'

/** `certainty`: of the price now. */
export function CostBars(props: { bars: readonly CostBar[]; certainty: Certainty }) {
  const longest = () => Math.max(1, ...props.bars.map(reach))
  const whole = () =>
    wholeBar(
      props.bars.map((bar) => ({
        share: reach(bar) / longest(),
        words: [bar.text, bar.worst?.text ?? ''],
      })),
    )
  return (
    <dl class={`bars ${props.certainty}`} style={whole()}>
      <Index each={props.bars}>
        {(bar) => (
          <div class={`l${bar().level}`}>
            <dt>{bar().caption}</dt>
            <dd>
              <div class="bar" style={{ '--share': reach(bar()) / longest() }} aria-hidden="true">
                <i class={bar().isNow ? 'ink' : 'fill'} style={{ '--part': part(bar()) }} />
                <Show when={bar().worst}>
                  <i class="dashed" style={{ '--part': 1 - part(bar()) }} />
                </Show>
              </div>
              <b>{bar().text}</b>
              <Show when={bar().worst}>{(worst) => <span>{worst().text}</span>}</Show>
            </dd>
          </div>
        )}
      </Index>
    </dl>
  )
}

/** What earns is no length. */
const reach = ({ cents, worst }: CostBar): number => Math.max(0, cents, worst?.cents ?? 0)

const part = (bar: CostBar): number => (reach(bar) > 0 ? Math.max(0, bar.cents) / reach(bar) : 0)

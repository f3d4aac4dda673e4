// Facts, each with its caption: yesterday, the appliances, the grid.
import { Index, Show } from 'solid-js'
import type { Fact } from '#domain/view.ts'
import { textEms } from './text-width.ts'

const NOTE = 0.8

export function Facts(props: { facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      <Index each={props.facts}>
        {(fact) => (
          <div class="fact" style={{ '--ems': factEms(fact()) }}>
            <dt>{fact().caption}</dt>
            <dd>
              <b>{fact().text}</b>
              <Show when={fact().note}>
                {' '}
                <span>{fact().note}</span>
              </Show>
            </dd>
          </div>
        )}
      </Index>
    </dl>
  )
}

const factEms = ({ text, note }: Fact): number => textEms(text) + (note ? textEms(` ${note}`) * NOTE : 0)

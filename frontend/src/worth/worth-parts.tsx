// Where the difference came from: parts that add up to the sentence. Where one of them took what another brought, each
// begins where the one before it ended.
import { Index, Show } from 'solid-js'
import type { WorthPart, WorthView } from '#domain/worth-view.ts'
import { textEms } from '../parts/text-width.ts'
import { partShapes } from './part-shapes.ts'

type Parts = NonNullable<WorthView['parts']>

export function WorthParts(props: { parts: Parts }) {
  const shapes = () => partShapes(props.parts.parts)
  const isOneWay = () => new Set(props.parts.parts.map(({ cents }) => cents > 0)).size === 1
  return (
    <section aria-labelledby="parts">
      <h2 id="parts">{props.parts.heading}</h2>
      <Show
        when={isOneWay() && props.parts.parts.every((part, i) => hasRoom(part, shapes().parts[i]!.width))}
      >
        <div class="parts-bar" aria-hidden="true">
          <Index each={props.parts.parts}>
            {(part, i) => (
              <i class={kindOf(part())} style={{ '--width': shapes().parts[i]!.width }}>
                {part().text}
              </i>
            )}
          </Index>
        </div>
      </Show>
      <dl class="parts" style={{ '--zero': shapes().zero }}>
        <Index each={props.parts.parts}>
          {(part, i) => (
            <div>
              <dt>{part().name}</dt>
              <dd class="track" aria-hidden="true">
                <i
                  class={kindOf(part())}
                  style={{ '--from': shapes().parts[i]!.from, '--width': shapes().parts[i]!.width }}
                />
              </dd>
              <dd>{part().amount}</dd>
            </div>
          )}
        </Index>
      </dl>
      <p class="second after">{props.parts.text}</p>
    </section>
  )
}

const KINDS = { Skill: 'skill', Luck: 'luck', 'Supply and fees': 'charges' } as const
const kindOf = ({ name }: WorthPart) => KINDS[name]

/** Of the narrowest column in which it is one bar. */
const LEAST_REM = 20
const hasRoom = ({ text }: WorthPart, width: number): boolean => textEms(text) + 1.4 <= width * LEAST_REM

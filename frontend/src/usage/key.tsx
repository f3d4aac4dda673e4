// What the marks of the calendar mean: of those that are in it.
import { For, Show } from 'solid-js'
import type { UsageCell } from '#domain/usage-cells.ts'
import { LEVEL_WORDS } from '#domain/words.ts'
import { StateMark } from '../parts/state-mark.tsx'

export function Key(props: { cells: readonly UsageCell[] }) {
  const has = (is: (cell: UsageCell) => boolean) => props.cells.some(is)
  const isMissing = ({ state }: UsageCell) => state === 'missing' || state === 'partial'
  return (
    <p class="key">
      <Show when={has(({ fixedCents }) => fixedCents !== undefined)}>
        <span>
          <i class="key-fixed" />
          supply
        </span>
      </Show>
      <For each={[3, 5] as const}>
        {(named) => (
          <Show when={has(({ level }) => level === named)}>
            <span class={`l${named}`}>
              <i class="key-level" />
              {LEVEL_WORDS[named].toLowerCase()}
            </span>
          </Show>
        )}
      </For>
      <Show when={has(({ state }) => state === 'estimated')}>
        <span>
          <StateMark mark="estimate" />
          estimated
        </span>
      </Show>
      <Show when={has(isMissing)}>
        <span>
          <StateMark mark="unknown" />
          {has((cell) => isMissing(cell) && cell.note !== 'to come') ? 'missing' : 'to come'}
        </span>
      </Show>
    </p>
  )
}

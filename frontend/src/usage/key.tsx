// What the marks of the calendar mean: of those that are in it.
import { Show } from 'solid-js'
import type { UsageCell } from '#domain/usage-cells.ts'
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
      <Show when={has(({ level }) => level === 3)}>
        <span class="l3">
          <i class="key-level" />
          cheap
        </span>
      </Show>
      <Show when={has(({ level }) => level === 5)}>
        <span class="l5">
          <i class="key-level" />
          dear
        </span>
      </Show>
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

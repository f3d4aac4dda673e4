// The days of a month or week, the months of a year: what each cost and used, and what is not known of it.
import { Index, Show } from 'solid-js'
import type { UsageCell } from '#domain/usage-cells.ts'
import type { UsageView } from '#domain/usage-view.ts'
import { StateMark } from '../parts/state-mark.tsx'
import { textEms } from '../parts/text-width.ts'

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const DAYS_A_WEEK = 7
const MONTHS_A_ROW = 4

export interface CalendarProps {
  usage: UsageView
  /** Where a cell leads. */
  href: (cell: UsageCell) => string
}

export function Calendar(props: CalendarProps) {
  const isYear = () => props.usage.kind === 'year'
  const cells = () => [
    ...Array.from({ length: props.usage.emptyCells }, () => undefined),
    ...props.usage.cells,
  ]
  const rows = () => chunks(cells(), isYear() ? MONTHS_A_ROW : DAYS_A_WEEK)
  return (
    // Where there is little room it is laid out as a list, which browsers then no longer tell as a table.
    // biome-ignore lint/a11y/noRedundantRoles: see above
    <table class="calendar" classList={{ year: isYear() }} role="table">
      <caption class="only-heard">Cost and kWh by {isYear() ? 'month' : 'day'}</caption>
      <Show when={!isYear()}>
        <thead>
          {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
          <tr role="row">
            <Index each={WEEKDAYS}>
              {(day) => (
                <th scope="col">
                  <abbr title={day()}>{day()[0]}</abbr>
                </th>
              )}
            </Index>
          </tr>
        </thead>
      </Show>
      <tbody>
        <Index each={rows()}>
          {(row) => (
            // biome-ignore lint/a11y/noRedundantRoles: see above
            <tr role="row">
              <Index each={row()}>
                {(cell) => (
                  <Show when={cell()} fallback={<td class="out" />}>
                    {(known) => <Cell cell={known()} usage={props.usage} href={props.href(known())} />}
                  </Show>
                )}
              </Index>
            </tr>
          )}
        </Index>
      </tbody>
    </table>
  )
}

function Cell(props: { cell: UsageCell; usage: UsageView; href: string }) {
  const isOver = () => !['ahead', 'before', 'today'].includes(props.cell.state)
  const heights = () => ({
    '--height': props.usage.mostCents > 0 ? Math.max(0, props.cell.cents ?? 0) / props.usage.mostCents : 0,
    '--foot': footShare(props.cell),
    '--ems': textEms(props.cell.cost ?? ''),
  })
  return (
    <td
      // biome-ignore lint/a11y/noRedundantRoles: see the table
      role="cell"
      class={`${props.cell.state} ${props.cell.level ? `l${props.cell.level}` : ''}`}
      classList={{ on: props.cell.isSelected && isOver() }}
      style={heights()}
    >
      <Show when={isOver()} fallback={<Contents cell={props.cell} />}>
        <a href={props.href} aria-current={props.cell.isSelected || undefined}>
          <span class="only-heard">{props.cell.label}</span>
          <span class="only-seen" aria-hidden="true">
            <Contents cell={props.cell} />
          </span>
        </a>
      </Show>
    </td>
  )
}

function Contents(props: { cell: UsageCell }) {
  // Where it earned, the word stands where the kWh would: a bare sign would be read wrongly.
  const hasEarned = () => props.cell.cost?.startsWith('earned ')
  const lastLine = () => {
    if (hasEarned()) return 'earned'
    return props.cell.state === 'partial' ? props.cell.note : props.cell.kwh
  }
  return (
    <>
      <Show when={props.cell.cents !== undefined}>
        <i class="pile" />
      </Show>
      <span class="date">
        {props.cell.text}
        <Show when={props.cell.state === 'estimated'}>
          <StateMark mark="estimate" />
        </Show>
        <Show when={props.cell.state === 'missing' || props.cell.state === 'partial'}>
          <StateMark mark="unknown" />
        </Show>
      </span>
      <Show when={props.cell.cost} fallback={<span class="note">{props.cell.note}</span>}>
        <b>{props.cell.cost?.replace('earned ', '')}</b>
        <span class="kwh">{lastLine()}</span>
      </Show>
    </>
  )
}

const footShare = ({ cents = 0, fixedCents = 0 }: UsageCell): number =>
  cents > 0 ? Math.min(1, Math.max(0, fixedCents / cents)) : 0

const chunks = <Item,>(items: readonly Item[], length: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / length) }, (_, row) =>
    items.slice(row * length, (row + 1) * length),
  )

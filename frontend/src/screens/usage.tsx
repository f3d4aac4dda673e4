// What was used and what it cost: a day, week, month or year, with what is missing and what is only estimated.
import { createMemo, Index, onMount, Show } from 'solid-js'
import { addDays, type LocalDate, localDate, parseLocalDate } from '#domain/calendar.ts'
import { monthOf } from '#domain/local-period.ts'
import { DEFAULT_TIME_ZONE } from '#domain/time-zone.ts'
import type { UsageCell } from '#domain/usage-cells.ts'
import type { UsageRequest, UsageView } from '#domain/usage-view.ts'
import { USAGE_PERIODS } from '#domain/usage-words.ts'
import { capital } from '#domain/words.ts'
import type { Address } from '../address.ts'
import '../look/page.css'
import '../look/usage.css'
import '../look/usage-parts.css'
import '../look/heat.css'
import { Chips } from '../parts/chips.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { StateMark } from '../parts/state-mark.tsx'
import { createThought } from '../parts/thought.ts'
import type { ScreenProps } from '../screens.tsx'
import { Calendar } from '../usage/calendar.tsx'
import { ChannelList } from '../usage/channel-list.tsx'
import { HeatTable } from '../usage/heat-table.tsx'
import { revisedText } from '../usage/revised-days.ts'
import { UsageDay } from '../usage/usage-day.tsx'

export default function Usage(props: ScreenProps) {
  const timeZone = () => props.state.facts()?.household?.timeZone ?? DEFAULT_TIME_ZONE
  const today = createMemo(() => localDate(props.state.nowMs(), timeZone()))
  const request = createMemo(() => requestOf(props.address, today()), undefined, { equals: isSame })
  const usage = createThought(props.state, 'usage', request, today)
  onMount(() => void props.state.askRevisions())
  return (
    <Show when={usage()}>
      {(shown) => (
        <main class="page usage">
          <div>
            <PageHead demo={shown().demo} sentence={shown().sentence}>
              <Turn usage={shown()} address={props.address} />
              <p class="second">{shown().detail}</p>
            </PageHead>
            <Periods usage={shown()} address={props.address} />
            <Show when={shown().cells.length > 0}>
              <Calendar usage={shown()} href={(cell) => hrefOf(cell, shown(), props.address)} />
              <Key />
            </Show>
          </div>
          <div>
            <Show when={shown().day}>{(day) => <UsageDay day={day()} />}</Show>
            <Whole usage={shown()} />
            <Show when={shown().heat}>{(heat) => <HeatTable heat={heat()} />}</Show>
            <Revised state={props.state} today={today()} usage={shown()} />
          </div>
        </main>
      )}
    </Show>
  )
}

const isSame = (a: UsageRequest, b: UsageRequest): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What is not understood counts as not asked for. */
function requestOf(address: Address, today: LocalDate): UsageRequest {
  const kind = USAGE_PERIODS.find((period) => period === address.query('period')) ?? 'month'
  // Of today nothing is told before tomorrow.
  const newest = kind === 'day' ? addDays(today, -1) : undefined
  const date = parseLocalDate(address.query('date') ?? '') ?? newest
  const selected = parseLocalDate(address.query('day') ?? '')
  return { kind, ...(date && { date }), ...(selected && { selected }) }
}

/** A day is looked into; a month of a year is gone to. */
const hrefOf = (cell: UsageCell, { kind }: UsageView, address: Address): string =>
  kind === 'year'
    ? address.to('usage', { period: 'month', date: monthOf(cell.fromDate).fromDate })
    : address.with({ day: cell.fromDate })

function Periods(props: { usage: UsageView; address: Address }) {
  const kinds = () =>
    USAGE_PERIODS.map((kind) => ({
      text: capital(kind),
      isChosen: kind === props.usage.kind,
      choose: () => props.address.go(props.address.to('usage', { period: kind, date: dateFor(props.usage) })),
    }))
  return <Chips chips={kinds()} label="Period" />
}

function Turn(props: { usage: UsageView; address: Address }) {
  const to = (date: string) => props.address.with({ date, day: undefined })
  return (
    <div class="turn">
      <Show when={props.usage.earlier}>
        {(earlier) => (
          <a class="chip" href={to(earlier().date)} aria-label={`Earlier: ${earlier().text}`}>
            ← {earlier().text}
          </a>
        )}
      </Show>
      <Show when={props.usage.later}>
        {(later) => (
          <a class="chip" href={to(later().date)} aria-label={`Later: ${later().text}`}>
            {later().text} →
          </a>
        )}
      </Show>
    </div>
  )
}

/** From a period to the day, week or month that was being looked at in it. */
const dateFor = ({ cells, fromDate }: UsageView): string =>
  cells.find(({ isSelected }) => isSelected)?.fromDate ?? fromDate

function Key() {
  return (
    <p class="key">
      <span>
        <i class="key-fixed" />
        supply
      </span>
      <span class="l3">
        <i class="key-level" />
        cheap
      </span>
      <span class="l5">
        <i class="key-level" />
        dear
      </span>
      <span>
        <StateMark mark="estimate" />
        estimated
      </span>
      <span>
        <StateMark mark="unknown" />
        missing
      </span>
    </p>
  )
}

function Whole(props: { usage: UsageView }) {
  return (
    <Show when={props.usage.kind !== 'day' && props.usage.rows.length > 0}>
      <section aria-labelledby="whole">
        <h2 id="whole">All of it</h2>
        <ChannelList rows={props.usage.rows} />
        <p class="second">{props.usage.average}</p>
        <Show when={props.usage.tariffPeriods.length > 0}>
          <table class="plain">
            <caption class="only-heard">General use by the network’s periods</caption>
            <thead>
              <tr>
                <th scope="col">Network period</th>
                <th scope="col">kWh</th>
                <th scope="col">per kWh</th>
                <th scope="col">cost</th>
              </tr>
            </thead>
            <tbody>
              <Index each={props.usage.tariffPeriods}>
                {(period) => (
                  <tr>
                    <th scope="row">{period().name}</th>
                    <td>{period().kwh}</td>
                    <td>{period().average}</td>
                    <td>{period().cost}</td>
                  </tr>
                )}
              </Index>
            </tbody>
          </table>
        </Show>
      </section>
    </Show>
  )
}

function Revised(props: { state: ScreenProps['state']; today: LocalDate; usage: UsageView }) {
  const days = () =>
    (props.state.revised() ?? []).filter(
      (day) => props.usage.fromDate <= day.localDate && day.localDate <= props.usage.toDate,
    )
  return (
    <Show when={days().length > 0}>
      <section aria-labelledby="revised">
        <h2 id="revised">Corrected by Amber</h2>
        <ul class="plain-list">
          <Index each={days()}>{(day) => <li>{revisedText(day(), props.today)}</li>}</Index>
        </ul>
      </section>
    </Show>
  )
}

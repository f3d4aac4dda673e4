// What was used and what it cost: a day, week, month or year, with what is missing and what is only estimated.
import { createMemo, onMount, Show } from 'solid-js'
import { localDate, parseLocalDate } from '#domain/calendar.ts'
import { monthOf } from '#domain/local-period.ts'
import { DEFAULT_TIME_ZONE } from '#domain/time-zone.ts'
import type { UsageCell } from '#domain/usage-cells.ts'
import type { UsageRequest, UsageView } from '#domain/usage-view.ts'
import { USAGE_PERIODS } from '#domain/usage-words.ts'
import { capital } from '#domain/words.ts'
import type { Address } from '../address.ts'
import '../look/pages.css'
import '../look/usage.css'
import '../look/usage-parts.css'
import '../look/heat.css'
import { Chips } from '../parts/chips.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { StepsLink } from '../parts/steps-link.tsx'
import { StillComing } from '../parts/still-coming.tsx'
import { createThought } from '../parts/thought.ts'
import { Waiting } from '../parts/waiting.tsx'
import type { ScreenProps } from '../screens.tsx'
import { Calendar } from '../usage/calendar.tsx'
import { Demand } from '../usage/demand.tsx'
import { HeatTable } from '../usage/heat-table.tsx'
import { Key } from '../usage/key.tsx'
import { RevisedList } from '../usage/revised-list.tsx'
import { UsageDay } from '../usage/usage-day.tsx'
import { WholePeriod } from '../usage/whole-period.tsx'

export default function Usage(props: ScreenProps) {
  const timeZone = () => props.state.facts()?.household?.timeZone ?? DEFAULT_TIME_ZONE
  const today = createMemo(() => localDate(props.state.nowMs(), timeZone()))
  const closedOn = () => props.state.facts()?.household?.closedOn ?? ''
  const request = createMemo(() => requestOf(props.address, closedOn()), undefined, { equals: isSame })
  const usage = createThought(props.state, 'usage', request, today)
  onMount(() => void props.state.askRevisions())
  return (
    <Show when={usage.view()} fallback={<Waiting sentence="Adding up what was used." thought={usage} />}>
      {(shown) => (
        <main class="page usage three">
          <div>
            <PageHead demo={shown().demo} sentence={shown().sentence}>
              <Turn usage={shown()} address={props.address} />
              <p class="second">{shown().detail}</p>
            </PageHead>
            <Periods usage={shown()} address={props.address} />
            <StillComing state={props.state} />
            <Show when={shown().rows.length === 0}>
              <StepsLink view={props.view} address={props.address} />
            </Show>
            <Show when={shown().cells.length > 0}>
              <Calendar usage={shown()} href={(cell) => hrefOf(cell, shown(), props.address)} />
              <Key cells={shown().cells} />
            </Show>
          </div>
          <div class="beside">
            <Show when={shown().day}>{(day) => <UsageDay day={day()} />}</Show>
            <Show when={shown().kind !== 'day' && shown().rows.length > 0}>
              <WholePeriod usage={shown()} />
            </Show>
            <Demand parts={shown().demand} />
          </div>
          <div>
            <Show when={shown().heat}>{(heat) => <HeatTable heat={heat()} />}</Show>
            <RevisedList
              days={props.state.revised()}
              period={shown()}
              hrefOf={(day) => props.address.with({ day })}
            />
          </div>
        </main>
      )}
    </Show>
  )
}

const isSame = (a: UsageRequest, b: UsageRequest): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What is not understood counts as not asked for. Of a site that is closed the newest there is. */
function requestOf(address: Address, closedOn: string): UsageRequest {
  const kind = USAGE_PERIODS.find((period) => period === address.query('period')) ?? 'month'
  const date = parseLocalDate(address.query('date') ?? closedOn)
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

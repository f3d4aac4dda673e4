// Was it worth it? Amber against the household's plans over any days, where the difference came from, and the bill to come.
import { createMemo, Show } from 'solid-js'
import { localDate, parseLocalDate } from '#domain/calendar.ts'
import { DEFAULT_TIME_ZONE } from '#domain/time-zone.ts'
import { capital } from '#domain/words.ts'
import { WORTH_PERIODS } from '#domain/worth-periods.ts'
import type { WorthView, WorthViewRequest } from '#domain/worth-view.ts'
import type { Address } from '../address.ts'
import '../look/page.css'
import '../look/bars.css'
import '../look/worth.css'
import { Chips } from '../parts/chips.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { createThought } from '../parts/thought.ts'
import { Waiting } from '../parts/waiting.tsx'
import type { ScreenProps } from '../screens.tsx'
import { Bills } from '../worth/bills.tsx'
import { Dates } from '../worth/dates.tsx'
import { DearTable } from '../worth/dear-table.tsx'
import { PlanBars } from '../worth/plan-bars.tsx'
import { WorthParts } from '../worth/worth-parts.tsx'

export default function Worth(props: ScreenProps) {
  const timeZone = () => props.state.facts()?.household?.timeZone ?? DEFAULT_TIME_ZONE
  const today = createMemo(() => localDate(props.state.nowMs(), timeZone()))
  const request = createMemo(() => requestOf(props.address), undefined, { equals: isSame })
  const worth = createThought(props.state, 'worth', request, today)
  return (
    <Show when={worth()} fallback={<Waiting sentence="Comparing what was paid." />}>
      {(shown) => (
        <main class="page worth three">
          <div>
            <PageHead demo={shown().demo} sentence={shown().sentence} />
            <Periods worth={shown()} address={props.address} />
            <PlanBars bars={shown().bars} hrefOf={(id) => props.address.with({ plan: id })} />
            <p class="second">{shown().inclusion}</p>
          </div>
          <div class="beside">
            <Show when={shown().parts}>{(parts) => <WorthParts parts={parts()} />}</Show>
            <Show when={shown().dear}>{(dear) => <DearTable dear={dear()} />}</Show>
          </div>
          <div>
            <Bills state={props.state} today={today} />
          </div>
        </main>
      )}
    </Show>
  )
}

const isSame = (a: WorthViewRequest, b: WorthViewRequest): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What is not understood counts as not asked for. */
function requestOf(address: Address): WorthViewRequest {
  const kind = WORTH_PERIODS.find((period) => period === address.query('period')) ?? 'quarter'
  const fromDate = parseLocalDate(address.query('from') ?? '')
  const toDate = parseLocalDate(address.query('to') ?? '')
  const planId = address.query('plan')
  return { kind, ...(fromDate && { fromDate }), ...(toDate && { toDate }), ...(planId && { planId }) }
}

function Periods(props: { worth: WorthView; address: Address }) {
  const kinds = () =>
    WORTH_PERIODS.map((kind) => ({
      text: capital(kind),
      isChosen: kind === props.worth.kind,
      choose: () =>
        props.address.go(
          props.address.with({
            period: kind,
            from: kind === 'dates' ? props.worth.period?.fromDate : undefined,
            to: kind === 'dates' ? props.worth.period?.toDate : undefined,
          }),
        ),
    }))
  return (
    <>
      <Chips chips={kinds()} label="Period" />
      <Show when={props.worth.kind === 'dates'}>
        <Dates address={props.address} period={props.worth.period} />
      </Show>
    </>
  )
}

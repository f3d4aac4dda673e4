// Wait or run: what it costs now, then and at worst, and the timetable to read it from.
import { createMemo, Show } from 'solid-js'
import { isoLocal } from '#domain/calendar.ts'
import { type PlanView, planView, type ReadyBy } from '#domain/plan-view.ts'
import { DEFAULT_TIME_ZONE } from '#domain/time-zone.ts'
import type { Address } from '../address.ts'
import { TimetableChart } from '../chart/timetable-chart.tsx'
import '../look/pages.css'
import { Chips } from '../parts/chips.tsx'
import { CostBars } from '../parts/cost-bars.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PriceTableDisclosure } from '../parts/price-table.tsx'
import { StepsLink } from '../parts/steps-link.tsx'
import type { ScreenProps } from '../screens.tsx'

export default function Plan(props: ScreenProps) {
  const plan = createMemo(() => {
    const facts = props.state.facts()
    return facts && planView(facts, props.state.nowMs(), requestOf(props.address), props.state.options())
  })
  const timeZone = () => props.state.facts()?.household?.timeZone ?? DEFAULT_TIME_ZONE
  return (
    <Show when={plan()}>
      {(shown) => (
        <main class="page plan">
          <div>
            <PageHead demo={shown().demo} sentence={shown().sentence} />
            <Show when={shown().certainty === 'empty'}>
              <StepsLink view={props.view} address={props.address} />
            </Show>
            <Appliances plan={shown()} address={props.address} />
            <Show when={shown().readyBy}>
              {(readyBy) => <ReadyByLine readyBy={readyBy()} timeZone={timeZone()} address={props.address} />}
            </Show>
            <CostBars bars={shown().bars} certainty={props.view.certainty} />
            <p class="second verdict">{shown().detail}</p>
            <p class="second">
              {shown().forecast}{' '}
              <Show when={shown().forecast}>
                <a href={props.address.to('settings', { part: 'forecast' })}>Use another</a>
              </Show>
            </p>
          </div>
          <div>
            <Show when={shown().timetable} fallback={<p class="no-timetable">No prices to draw</p>}>
              {(timetable) => (
                <>
                  <TimetableChart timetable={timetable()} />
                  <PriceTableDisclosure rows={timetable().table} />
                </>
              )}
            </Show>
          </div>
        </main>
      )}
    </Show>
  )
}

/** What is not understood counts as not asked for. */
function requestOf(address: Address) {
  const appliance = address.query('appliance')
  const readyByMs = Date.parse(address.query('by') ?? '')
  return { ...(appliance && { appliance }), ...(Number.isFinite(readyByMs) && { readyByMs }) }
}

function Appliances(props: { plan: PlanView; address: Address }) {
  const chips = () =>
    props.plan.appliances.map(({ name, isChosen }) => ({
      text: name,
      isChosen,
      // Each appliance has its own time to be ready by.
      choose: () =>
        props.address.go(props.address.with({ appliance: name, by: undefined }), { replace: true }),
    }))
  return (
    <Show when={chips().length > 0}>
      <Chips chips={chips()} label="What to run" line />
    </Show>
  )
}

function ReadyByLine(props: { readyBy: ReadyBy; timeZone: string; address: Address }) {
  const step = (ms: number | undefined) => {
    if (ms !== undefined)
      props.address.go(props.address.with({ by: isoLocal(ms, props.timeZone) }), { replace: true })
  }
  return (
    <div class="byline">
      <span id="ready-by">Ready by</span>
      {/* biome-ignore lint/a11y/useSemanticElements: two buttons and the time between them are no form */}
      <div class="stepper" role="group" aria-labelledby="ready-by">
        <button
          class="chip"
          type="button"
          aria-label="Half an hour earlier"
          aria-disabled={props.readyBy.earlierMs === undefined}
          onClick={() => step(props.readyBy.earlierMs)}
        >
          −
        </button>
        <b aria-live="polite">{props.readyBy.text}</b>
        <button
          class="chip"
          type="button"
          aria-label="Half an hour later"
          aria-disabled={props.readyBy.laterMs === undefined}
          onClick={() => step(props.readyBy.laterMs)}
        >
          +
        </button>
      </div>
    </div>
  )
}

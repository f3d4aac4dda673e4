// Was it worth it? Amber against the household's plans over any days, where the difference came from, and the bill to come.
import { createMemo, Show } from 'solid-js'
import { addDays, type LocalDate, localDate, parseLocalDate } from '#domain/calendar.ts'
import type { EnergyPlan } from '#domain/money/energy-plan.ts'
import { DEFAULT_TIME_ZONE } from '#domain/time-zone.ts'
import { capital } from '#domain/words.ts'
import { WORTH_PERIODS } from '#domain/worth-periods.ts'
import type { WorthView, WorthViewRequest } from '#domain/worth-view.ts'
import type { Address } from '../address.ts'
import '../look/pages.css'
import '../look/settings.css'
import '../look/worth.css'
import { Chips } from '../parts/chips.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { StepsLink } from '../parts/steps-link.tsx'
import { StillComing } from '../parts/still-coming.tsx'
import { createThought, type Thought } from '../parts/thought.ts'
import { Waiting } from '../parts/waiting.tsx'
import type { ScreenProps } from '../screens.tsx'
import { Bills } from '../worth/bills.tsx'
import { Dates } from '../worth/dates.tsx'
import { DearTable } from '../worth/dear-table.tsx'
import { PlanBars } from '../worth/plan-bars.tsx'
import { PlanEditor } from '../worth/plan-editor.tsx'
import { WorthParts } from '../worth/worth-parts.tsx'

export default function Worth(props: ScreenProps) {
  const timeZone = () => props.state.facts()?.household?.timeZone ?? DEFAULT_TIME_ZONE
  const today = createMemo(() => localDate(props.state.nowMs(), timeZone()))
  const closedOn = () => parseLocalDate(props.state.facts()?.household?.closedOn ?? '')
  const request = createMemo(() => requestOf(props.address, closedOn()), undefined, { equals: isSame })
  const worth = createThought(props.state, 'worth', request, today)
  const plans = () => props.state.settings.current().plans
  const edited = () => {
    const id = props.address.query('edit')
    const plan = plans().find((one) => one.id === id)
    const kind = PLAN_KINDS.find((one) => one === props.address.query('kind')) ?? 'flat'
    // What another device has deleted meanwhile, or never was, is as good as not asked for.
    return plan || id === 'new' ? { plan, kind, key: plan?.id ?? `new ${kind}` } : undefined
  }
  // Another plan is another form; the same plan changed elsewhere is the same form.
  const editing = createMemo(() => edited()?.key)
  return (
    <Show
      keyed
      when={editing()}
      fallback={<Verdict of={props} worth={worth} today={today} plans={plans()} />}
    >
      <PlanEditor
        state={props.state}
        address={props.address}
        demo={props.view.demo}
        plan={edited()?.plan}
        kind={edited()?.kind ?? 'flat'}
      />
    </Show>
  )
}

const PLAN_KINDS = ['flat', 'timeOfUse', 'block', 'demand'] as const

interface VerdictProps {
  of: ScreenProps
  worth: Thought<WorthView>
  today: () => LocalDate
  plans: readonly EnergyPlan[]
}

function Verdict(props: VerdictProps) {
  const address = () => props.of.address
  return (
    <Show
      when={props.worth.view()}
      fallback={<Waiting sentence="Comparing what was paid." thought={props.worth} />}
    >
      {(shown) => (
        <main class="page worth three">
          <div>
            <PageHead demo={shown().demo} sentence={shown().sentence} />
            <Periods worth={shown()} address={address()} />
            <Show when={shown().bars.length === 0}>
              <StepsLink view={props.of.view} address={address()} />
            </Show>
            <PlanBars bars={shown().bars} hrefOf={(id) => address().with({ plan: id })} />
            <p class="second after">{shown().inclusion}</p>
            <StillComing state={props.of.state} />
            <PlanLinks worth={shown()} address={address()} plans={props.plans} />
            <Kept state={props.of.state} />
          </div>
          <div class="beside">
            <Show when={shown().parts}>{(parts) => <WorthParts parts={parts()} />}</Show>
            <Show when={shown().dear}>{(dear) => <DearTable dear={dear()} />}</Show>
          </div>
          <div>
            <Bills state={props.of.state} today={props.today} />
          </div>
        </main>
      )}
    </Show>
  )
}

const isSame = (a: WorthViewRequest, b: WorthViewRequest): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Of a site that is closed. */
const LAST_DAYS = 90

/** What is not understood counts as not asked for. */
function requestOf(address: Address, closedOn: LocalDate | undefined): WorthViewRequest {
  const planId = address.query('plan')
  const plan = planId ? { planId } : {}
  if (closedOn && !address.query('period'))
    return { kind: 'dates', fromDate: addDays(closedOn, -LAST_DAYS), toDate: closedOn, ...plan }
  const kind = WORTH_PERIODS.find((period) => period === address.query('period')) ?? 'quarter'
  const fromDate = parseLocalDate(address.query('from') ?? '')
  const toDate = parseLocalDate(address.query('to') ?? '')
  return { kind, ...(fromDate && { fromDate }), ...(toDate && { toDate }), ...plan }
}

function PlanLinks(props: { worth: WorthView; address: Address; plans: readonly EnergyPlan[] }) {
  const chosen = () => {
    const id = props.worth.bars.find(({ isChosen }) => isChosen)?.id
    return props.plans.find((plan) => plan.id === id)
  }
  return (
    <p class="chips">
      <Show when={chosen()}>
        {(plan) => (
          <a class="chip" href={props.address.with({ edit: plan().id })}>
            Change {plan().name}
          </a>
        )}
      </Show>
      <a class="chip" href={props.address.with({ edit: 'new' })}>
        Add a plan
      </a>
    </p>
  )
}

const KEPT = {
  sent: '',
  unsent: 'Your last change is kept on this device until your Pi answers.',
  refused: 'Your Pi refused the last change: it is not saved.',
} as const

function Kept(props: { state: ScreenProps['state'] }) {
  return (
    <p class="second" role="status">
      {KEPT[props.state.settings.state()]}
    </p>
  )
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

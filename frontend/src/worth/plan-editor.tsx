// A plan as its price fact sheet has it: what is paid whatever is used, then the rates.
import { createSignal, Show } from 'solid-js'
import type { EnergyPlan, PlanKind } from '#domain/money/energy-plan.ts'
import { mapped } from '#domain/settings/drafted.ts'
import { chargesPreview, newPlanDraft, planDraft, planOf } from '#domain/settings/plan-draft.ts'
import type { RatesDraft } from '#domain/settings/rates-draft.ts'
import type { Address } from '../address.ts'
import { Chips } from '../parts/chips.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { DemandFields } from '../settings/demand-fields.tsx'
import { createDraft } from '../settings/draft.ts'
import { FixedFields } from '../settings/fixed-fields.tsx'
import { Field, Form } from '../settings/form.tsx'
import { hasSites } from '../settings.ts'
import type { AppState } from '../state.ts'
import { RatesFields } from './rates-fields.tsx'

export interface PlanEditorProps {
  state: AppState
  address: Address
  demo: boolean
  /** Undefined: a new one. */
  plan: EnergyPlan | undefined
  /** Of a new one. */
  kind: PlanKind
}

const KINDS: readonly (readonly [kind: PlanKind, text: string])[] = [
  ['flat', 'Flat'],
  ['timeOfUse', 'Time of use'],
  ['block', 'Block'],
  ['demand', 'Demand'],
]

const GST_HINT =
  'Retailers print both. Take one and stay with it: GST is added to what you pay, never to what solar earns.'

export function PlanEditor(props: PlanEditorProps) {
  const plans = () => props.state.settings.current().plans
  const others = () => plans().filter(({ id }) => id !== props.plan?.id)
  const leave = (plan?: string) =>
    props.address.go(props.address.with({ edit: undefined, kind: undefined, ...(plan && { plan }) }), {
      replace: true,
    })
  const form = createDraft({
    settings: props.state.settings,
    current: () => (props.plan ? planDraft(props.plan) : newPlanDraft(props.kind, plans())),
    read: (draft) =>
      mapped(planOf(draft, others()), (read) => ({
        plans: props.plan ? plans().map((one) => (one.id === read.id ? read : one)) : [...plans(), read],
      })),
    onSaved: () => leave(form.draft().id),
  })
  const draft = () => form.draft()
  const problem = (part: string) => (name: string) => form.problems()[`${part}.${name}`]
  const rates = (part: 'general' | 'controlledLoad' | 'feedIn') => ({
    rates: draft()[part],
    change: (changes: Partial<RatesDraft>) => form.change({ [part]: { ...draft()[part], ...changes } }),
    problem: problem(part),
  })
  return (
    <main class="page worth plan-edit">
      <div>
        <PageHead
          demo={props.demo}
          sentence={props.plan ? `${props.plan.name}, as it is compared.` : 'A plan to compare Amber with.'}
        />
        <p class="second after">
          Take the numbers from the plan’s price fact sheet. They hold for all of the time compared
          {hasSites(props.state) && ', at every site of the account'}.
        </p>
        <Show when={!props.plan}>
          <Chips
            label="Kind of plan"
            chips={KINDS.map(([kind, text]) => ({
              text,
              isChosen: kind === props.kind,
              choose: () => props.address.go(props.address.with({ kind }), { replace: true }),
            }))}
          />
          <p class="second after">These numbers are only examples: enter yours.</p>
        </Show>
        <a class="back" href={props.address.with({ edit: undefined, kind: undefined })}>
          Back without saving
        </a>
      </div>
      <Form form={form} where="Saved.">
        <div class="form-columns">
          <div class="form">
            <Field
              label="Name"
              isWords
              value={draft().name}
              problem={form.problems().name}
              onInput={(name) => form.change({ name })}
            />
            <FixedFields
              draft={draft()}
              change={form.change}
              problem={(name) => form.problems()[name]}
              gstHint={GST_HINT}
            />
            <p class="preview" aria-live="polite">
              {chargesPreview(draft())}
            </p>
            <DemandFields
              demand={draft().demand}
              change={(demand) => form.change({ demand })}
              problem={problem('demand')}
              times="own"
            />
          </div>
          <div class="form">
            <RatesFields legend="What you use" {...rates('general')} />
            <RatesFields
              legend="Controlled load"
              none="Not named"
              hint="Hot water or floor heating on a meter of its own."
              {...rates('controlledLoad')}
            />
            <RatesFields
              legend="What it pays for solar"
              none="Not named"
              hint="0 is a plan that pays nothing. A minus charges you for exporting."
              {...rates('feedIn')}
            />
          </div>
        </div>
      </Form>
      <Show when={props.plan}>
        {(plan) => (
          <Delete
            name={plan().name}
            remove={() => void props.state.settings.write({ plans: others() }).then(() => leave())}
          />
        )}
      </Show>
    </main>
  )
}

/** Asked once more in its own place: nothing lies on top of a page. */
function Delete(props: { name: string; remove: () => void }) {
  const [isAsked, setAsked] = createSignal(false)
  return (
    <div class="foot">
      <Show
        when={isAsked()}
        fallback={
          <button class="chip" type="button" onClick={() => setAsked(true)}>
            Delete this plan
          </button>
        }
      >
        <p role="status">Delete {props.name} on every device?</p>
        <button class="chip" type="button" onClick={() => props.remove()}>
          Delete it
        </button>
        <button class="chip" type="button" onClick={() => setAsked(false)}>
          Keep it
        </button>
      </Show>
    </div>
  )
}

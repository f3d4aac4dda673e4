// What a plan asks for a kWh: one rate, by the time of day, or by how much was used before.
import { Index, type JSX, Match, Show, Switch } from 'solid-js'
import { NEW_BLOCK, NEW_TIMED, type RatesDraft } from '#domain/settings/rates-draft.ts'
import { withItem, without } from '../settings/draft.ts'
import { Choice, Field } from '../settings/form.tsx'
import { TimeFields } from '../settings/time-fields.tsx'

export interface RatesFieldsProps {
  legend: string
  rates: RatesDraft
  change: (changes: Partial<RatesDraft>) => void
  /** Of the field of that name. */
  problem: (name: string) => string | undefined
  /** What it means that the plan names no rate; absent where it must name one. */
  none?: string
  hint?: string
}

const KINDS = [
  ['flat', 'One rate'],
  ['timeOfUse', 'By time'],
  ['block', 'By blocks'],
] as const

const DAYS = ['all', 'working', 'weekend', 'kept'] as const

export function RatesFields(props: RatesFieldsProps) {
  const kinds = () => (props.none === undefined ? KINDS : ([...KINDS, ['none', props.none]] as const))
  return (
    <fieldset>
      <legend>{props.legend}</legend>
      <Choice
        label="Priced"
        options={kinds()}
        value={props.rates.kind}
        choose={(kind) => props.change({ kind })}
        {...(props.hint && { hint: props.hint })}
      />
      <Switch>
        <Match when={props.rates.kind === 'flat'}>
          <Rest label="Rate" of={props} />
        </Match>
        <Match when={props.rates.kind === 'timeOfUse'}>
          <Timed of={props} />
          <Rest label="All other times" of={props} />
        </Match>
        <Match when={props.rates.kind === 'block'}>
          <Blocks of={props} />
          <Rest label="All after that" of={props} />
        </Match>
      </Switch>
    </fieldset>
  )
}

const Rest = (props: { label: string; of: RatesFieldsProps }) => (
  <Rate label={props.label} of={props.of.rates} problem={props.of.problem('rate')} change={props.of.change} />
)

const Rate = (props: {
  label?: string
  of: { readonly rate: string }
  problem: string | undefined
  change: (changes: { rate: string }) => void
}) => (
  <Field
    label={props.label ?? 'Rate'}
    unit="c/kWh"
    value={props.of.rate}
    problem={props.problem}
    onInput={(rate) => props.change({ rate })}
  />
)

function Timed(props: { of: RatesFieldsProps }) {
  const timed = () => props.of.rates.timed
  const change = (at: number, changes: Partial<typeof NEW_TIMED>) =>
    props.of.change({ timed: withItem(timed(), at, changes) })
  const problem = (at: number, name: string) => props.of.problem(`timed.${at}.${name}`)
  return (
    <>
      <Index each={timed()}>
        {(one, at) => (
          <Part name={one().name}>
            <Field
              label="Called"
              isWords
              value={one().name}
              problem={problem(at, 'name')}
              onInput={(name) => change(at, { name })}
            />
            <Rate of={one()} problem={problem(at, 'rate')} change={(rate) => change(at, rate)} />
            <TimeFields
              times={one()}
              days={DAYS}
              change={(changes) => change(at, changes)}
              problem={(name) => problem(at, name)}
            />
            <Show when={timed().length > 1}>
              <Remove
                text={`Remove ${one().name || 'this rate'}`}
                remove={() => props.of.change({ timed: without(timed(), at) })}
              />
            </Show>
          </Part>
        )}
      </Index>
      <Show when={timed().length < 12}>
        <button
          class="chip"
          type="button"
          onClick={() => props.of.change({ timed: [...timed(), { ...NEW_TIMED, name: 'Shoulder' }] })}
        >
          Add a time
        </button>
      </Show>
    </>
  )
}

function Blocks(props: { of: RatesFieldsProps }) {
  const blocks = () => props.of.rates.blocks
  const change = (at: number, changes: Partial<typeof NEW_BLOCK>) =>
    props.of.change({ blocks: withItem(blocks(), at, changes) })
  const problem = (at: number, name: string) => props.of.problem(`blocks.${at}.${name}`)
  return (
    <>
      <Choice
        label="Counted anew each"
        options={[
          ['day', 'Day'],
          ['month', 'Month'],
          ['quarter', 'Quarter'],
        ]}
        value={props.of.rates.per}
        choose={(per) => props.of.change({ per })}
      />
      <Index each={blocks()}>
        {(one, at) => (
          <Part name={at === 0 ? 'First block' : 'Next block'}>
            <div class="pair">
              <Field
                label={at === 0 ? 'The first' : 'The next'}
                unit="kWh"
                value={one().kwh}
                problem={problem(at, 'kwh')}
                onInput={(kwh) => change(at, { kwh })}
              />
              <Rate of={one()} problem={problem(at, 'rate')} change={(rate) => change(at, rate)} />
            </div>
            <Show when={blocks().length > 1}>
              <Remove
                text="Remove this block"
                remove={() => props.of.change({ blocks: without(blocks(), at) })}
              />
            </Show>
          </Part>
        )}
      </Index>
      <Show when={blocks().length < 6}>
        <button
          class="chip"
          type="button"
          onClick={() => props.of.change({ blocks: [...blocks(), NEW_BLOCK] })}
        >
          Add a block
        </button>
      </Show>
    </>
  )
}

const Part = (props: { name: string; children: JSX.Element }) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset within a fieldset would be drawn as one more heading
  <div class="part-of" role="group" aria-label={props.name}>
    {props.children}
  </div>
)

const Remove = (props: { text: string; remove: () => void }) => (
  <button class="chip" type="button" onClick={() => props.remove()}>
    {props.text}
  </button>
)

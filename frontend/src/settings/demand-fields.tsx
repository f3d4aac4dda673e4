// What the month's highest half hour costs, and when it counts: on Amber's bill, and in a plan.
import { Index, Show } from 'solid-js'
import { type DemandDraft, NEW_DEMAND } from '#domain/settings/demand-draft.ts'
import { MONTHS } from '#domain/time-words.ts'
import { withItem, without } from './draft.ts'
import { Choice, Field } from './form.tsx'
import { TimeFields } from './time-fields.tsx'

const DAYS = ['all', 'working', 'kept'] as const

export function DemandFields(props: {
  demand: readonly DemandDraft[]
  change: (demand: readonly DemandDraft[]) => void
  problem: (name: string) => string | undefined
  /** Whose times a new one begins with. */
  times: DemandDraft['window']
}) {
  const change = (at: number, changes: Partial<DemandDraft>) =>
    props.change(withItem(props.demand, at, changes))
  return (
    <>
      <Index each={props.demand}>
        {(one, at) => (
          <fieldset>
            <legend>Demand charge</legend>
            <Field
              label="Rate"
              unit="c per kW"
              value={one().rate}
              problem={props.problem(`${at}.rate`)}
              hint="Of a month’s highest half hour within these times."
              onInput={(rate) => change(at, { rate })}
            />
            <Choice
              label="Charged"
              options={[
                ['day', 'For each day'],
                ['month', 'Once a month'],
              ]}
              value={one().per}
              choose={(per) => change(at, { per })}
            />
            <Choice
              label="It counts"
              options={[
                ['amber', 'When Amber says so'],
                ['own', 'At these times'],
              ]}
              value={one().window}
              choose={(window) => change(at, { window })}
            />
            <Show when={one().window === 'own'}>
              <TimeFields
                times={one()}
                days={DAYS}
                change={(changes) => change(at, changes)}
                problem={(name) => props.problem(`${at}.${name}`)}
              />
            </Show>
            <Months months={one().months} choose={(months) => change(at, { months })} />
            <button class="chip" type="button" onClick={() => props.change(without(props.demand, at))}>
              Remove this charge
            </button>
          </fieldset>
        )}
      </Index>
      <Show when={props.demand.length < 6}>
        <button
          class="chip"
          type="button"
          onClick={() => props.change([...props.demand, { ...NEW_DEMAND, window: props.times }])}
        >
          Add a demand charge
        </button>
      </Show>
    </>
  )
}

function Months(props: { months: readonly number[]; choose: (months: number[]) => void }) {
  const toggled = (month: number) =>
    props.months.includes(month) ? props.months.filter((one) => one !== month) : [...props.months, month]
  return (
    <div class="field-row">
      <p aria-hidden="true">Months</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings a border and a legend that nothing here needs */}
      <div class="chips" role="group" aria-label="Months in which it is charged">
        <Index each={MONTHS}>
          {(name, index) => (
            <button
              class="chip"
              type="button"
              aria-pressed={props.months.includes(index + 1)}
              onClick={() => props.choose(toggled(index + 1))}
            >
              {name().slice(0, 3)}
            </button>
          )}
        </Index>
      </div>
      <p class="second">None chosen: all year.</p>
    </div>
  )
}

// What a plan asks for the month's highest half hour.
import { Index, Show } from 'solid-js'
import { type DemandDraft, NEW_DEMAND } from '#domain/settings/demand-draft.ts'
import { withItem, without } from '../settings/draft.ts'
import { Choice, Field } from '../settings/form.tsx'

export interface DemandFieldsProps {
  demand: readonly DemandDraft[]
  change: (demand: readonly DemandDraft[]) => void
  problem: (name: string) => string | undefined
}

export function DemandFields(props: DemandFieldsProps) {
  const change = (at: number, changes: Partial<DemandDraft>) =>
    props.change(withItem(props.demand, at, changes))
  return (
    <>
      <Index each={props.demand}>
        {(one, at) => (
          <fieldset>
            <legend>Demand</legend>
            <Field
              label="Rate"
              unit="c per kW"
              value={one().rate}
              problem={props.problem(`${at}.rate`)}
              hint="Of the month’s highest half hour within these times."
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
                ['own', 'At these times'],
                ['amber', 'When Amber says so'],
              ]}
              value={one().window}
              choose={(window) => change(at, { window })}
            />
            <Show when={one().window === 'own'}>
              <div class="pair">
                <Field
                  label="From"
                  type="time"
                  value={one().from}
                  problem={props.problem(`${at}.from`)}
                  onInput={(from) => change(at, { from })}
                />
                <Field
                  label="To"
                  type="time"
                  value={one().to}
                  problem={props.problem(`${at}.to`)}
                  onInput={(to) => change(at, { to })}
                />
              </div>
              <Choice
                label="On"
                options={[
                  ['all', 'Every day'],
                  ['working', 'Monday to Friday'],
                  ...(one().days === 'kept' ? [['kept', 'The days set before'] as const] : []),
                ]}
                value={one().days}
                choose={(days) => change(at, { days })}
              />
            </Show>
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
          onClick={() => props.change([...props.demand, { ...NEW_DEMAND, window: 'own' }])}
        >
          Add a demand charge
        </button>
      </Show>
    </>
  )
}

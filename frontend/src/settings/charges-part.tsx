// When a bill begins, and what Amber charges beside energy, from each date on.
import { Index, Show } from 'solid-js'
import { chargesDraft, chargesOf, NEW_CHARGES } from '#domain/settings/charges-draft.ts'
import { entry, numberTyped, typedText, whole } from '#domain/settings/drafted.ts'
import { SETTING_READERS } from '#domain/settings/settings-fields.ts'
import { ACCEPTED } from '#domain/settings/settings-problems.ts'
import { createDraft, withItem, without } from './draft.ts'
import { FixedFields } from './fixed-fields.tsx'
import { Field, Form } from './form.tsx'
import type { PartProps } from './part.ts'

export function ChargesPart(props: PartProps) {
  const form = createDraft({
    settings: props.state.settings,
    current: () => {
      const { billingDay, charges } = props.state.settings.current()
      const sets = charges.length > 0 ? charges.map(chargesDraft) : [NEW_CHARGES]
      return { billingDay: typedText(billingDay), sets }
    },
    read: ({ billingDay, sets }) => {
      const typed = numberTyped(SETTING_READERS.billingDay)
      const day = whole({ billingDay: entry(typed, billingDay, ACCEPTED.billingDay) })
      const isEmpty = sets.length === 1 && sets[0]!.supply === '' && sets[0]!.fee === ''
      const charges = isEmpty ? { value: [], problems: {} } : chargesOf(sets)
      const problems = { ...day.problems, ...charges.problems }
      return day.value && charges.value
        ? { value: { ...day.value, charges: charges.value }, problems }
        : { value: undefined, problems }
    },
  })
  const sets = () => form.draft().sets
  const change = (at: number, changes: Partial<typeof NEW_CHARGES>) =>
    form.change({ sets: withItem(sets(), at, changes) })
  const problem = (at: number, name: string) => form.problems()[`${at}.${name}`]
  return (
    <Form form={form} where={props.where}>
      <Field
        label="A bill begins on day"
        unit="of the month"
        value={form.draft().billingDay}
        problem={form.problems().billingDay}
        onInput={(billingDay) => form.change({ billingDay })}
      />
      <p class="second">Amber does not tell the app these; they stand on your bill.</p>
      <Index each={sets()}>
        {(set, at) => (
          <fieldset>
            <legend>{set().fromDate ? 'Rates from a date on' : 'Rates'}</legend>
            <FixedFields
              draft={set()}
              change={(changes) => change(at, changes)}
              problem={(name) => problem(at, name)}
            />
            <Field
              label="From"
              type="date"
              value={set().fromDate}
              problem={problem(at, 'fromDate')}
              hint="Empty: for all time before."
              onInput={(fromDate) => change(at, { fromDate })}
            />
            <Show when={sets().length > 1}>
              <button class="chip" type="button" onClick={() => form.change({ sets: without(sets(), at) })}>
                Remove these rates
              </button>
            </Show>
          </fieldset>
        )}
      </Index>
      <button
        class="chip"
        type="button"
        onClick={() => form.change({ sets: [...sets(), { ...sets().at(-1)!, fromDate: '' }] })}
      >
        Rates changed on a date
      </button>
    </Form>
  )
}

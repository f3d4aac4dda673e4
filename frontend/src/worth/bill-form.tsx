// A bill that came, to hold our sum against.
import { billOfDraft, NEW_BILL } from '#domain/settings/bill-draft.ts'
import { mapped } from '#domain/settings/drafted.ts'
import { createDraft } from '../settings/draft.ts'
import { Field, Form } from '../settings/form.tsx'
import type { HouseholdSettings } from '../state.ts'

export function BillForm(props: { settings: HouseholdSettings }) {
  const bills = () => props.settings.current().bills
  const form = createDraft({
    settings: props.settings,
    current: () => NEW_BILL,
    read: (draft) => mapped(billOfDraft(draft, bills()), (bill) => ({ bills: [...bills(), bill] })),
    // It stands in the list now; the next one may be typed.
    onSaved: () => form.undo(),
  })
  return (
    <Form form={form} where="Saved.">
      <div class="pair">
        <Field
          label="First day"
          type="date"
          value={form.draft().fromDate}
          problem={form.problems().fromDate}
          onInput={(fromDate) => form.change({ fromDate })}
        />
        <Field
          label="Last day"
          type="date"
          value={form.draft().toDate}
          problem={form.problems().toDate}
          onInput={(toDate) => form.change({ toDate })}
        />
      </div>
      <Field
        label="New charges, with GST"
        unit="$"
        value={form.draft().total}
        problem={form.problems().total}
        hint="Without a balance carried over from the bill before."
        onInput={(total) => form.change({ total })}
      />
    </Form>
  )
}

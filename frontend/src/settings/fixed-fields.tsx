// What is paid whatever is used: supply, a subscription, and whether GST is in it; Amber's, and a plan's.
import { Show } from 'solid-js'
import { Choice, Field } from './form.tsx'

interface FixedDraft {
  readonly supply: string
  readonly fee: string
  readonly feePer: 'day' | 'month'
  readonly includesGst: boolean
}

export function FixedFields(props: {
  draft: FixedDraft
  change: (changes: Partial<FixedDraft>) => void
  problem: (name: string) => string | undefined
  gstHint?: string
}) {
  return (
    <>
      <Choice
        label="The numbers are"
        options={[
          ['with', 'With GST'],
          ['without', 'Without GST'],
        ]}
        value={props.draft.includesGst ? 'with' : 'without'}
        choose={(gst) => props.change({ includesGst: gst === 'with' })}
        {...(props.gstHint && { hint: props.gstHint })}
      />
      <Field
        label="Supply"
        unit="c a day"
        value={props.draft.supply}
        problem={props.problem('supply')}
        onInput={(supply) => props.change({ supply })}
      />
      <Field
        label="Subscription"
        unit={`$ a ${props.draft.feePer}`}
        value={props.draft.fee}
        problem={props.problem('fee')}
        hint="Or membership. Empty: there is none."
        onInput={(fee) => props.change({ fee })}
      />
      <Show when={props.draft.fee !== ''}>
        <Choice
          label="Charged by the"
          options={[
            ['month', 'Month'],
            ['day', 'Day'],
          ]}
          value={props.draft.feePer}
          choose={(feePer) => props.change({ feePer })}
        />
      </Show>
    </>
  )
}

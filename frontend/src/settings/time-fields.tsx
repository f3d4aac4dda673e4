// From when to when, and on which days, a rate or a charge holds.
import { Choice, Field } from './form.tsx'

interface Times<D extends string> {
  readonly from: string
  readonly to: string
  readonly days: D
}

const DAYS = {
  all: 'Every day',
  working: 'Monday to Friday',
  weekend: 'Weekends',
  kept: 'The days set before',
} as const

export function TimeFields<D extends keyof typeof DAYS>(props: {
  times: Times<D>
  /** Which days can be chosen; what was set elsewhere can only be left as it is. */
  days: readonly D[]
  change: (changes: Partial<Times<D>>) => void
  problem: (name: string) => string | undefined
}) {
  const days = () => props.days.filter((each) => each !== 'kept' || props.times.days === 'kept')
  return (
    <>
      <div class="pair">
        <Field
          label="From"
          type="time"
          value={props.times.from}
          problem={props.problem('from')}
          onInput={(from) => props.change({ from })}
        />
        <Field
          label="To"
          type="time"
          value={props.times.to}
          problem={props.problem('to')}
          onInput={(to) => props.change({ to })}
        />
      </div>
      <Choice
        label="On"
        options={days().map((each) => [each, DAYS[each]] as const)}
        value={props.times.days}
        choose={(chosen) => props.change({ days: chosen })}
      />
    </>
  )
}

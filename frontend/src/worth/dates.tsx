// Any days: the first and the last, both included.
import type { LocalPeriod } from '#domain/local-period.ts'
import type { Address } from '../address.ts'

export function Dates(props: { address: Address; period: LocalPeriod | undefined }) {
  const go = (changes: { from: string } | { to: string }) =>
    props.address.go(props.address.with(changes), { replace: true })
  return (
    <div class="dates">
      <label class="field-of">
        From
        <input
          type="date"
          value={props.address.query('from') ?? props.period?.fromDate ?? ''}
          onChange={(event) => go({ from: event.currentTarget.value })}
        />
      </label>
      <label class="field-of">
        To, included
        <input
          type="date"
          value={props.address.query('to') ?? props.period?.toDate ?? ''}
          onChange={(event) => go({ to: event.currentTarget.value })}
        />
      </label>
    </div>
  )
}

// What the marks of the calendar mean.
import { StateMark } from '../parts/state-mark.tsx'

export function Key() {
  return (
    <p class="key">
      <span>
        <i class="key-fixed" />
        supply
      </span>
      <span class="l3">
        <i class="key-level" />
        cheap
      </span>
      <span class="l5">
        <i class="key-level" />
        dear
      </span>
      <span>
        <StateMark mark="estimate" />
        estimated
      </span>
      <span>
        <StateMark mark="unknown" />
        missing
      </span>
    </p>
  )
}

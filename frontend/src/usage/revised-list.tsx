// Days that Amber has corrected afterwards, and what changed.
import { Index, Show } from 'solid-js'
import type { LocalDate } from '#domain/calendar.ts'
import { isWithin, type LocalPeriod } from '#domain/local-period.ts'
import type { RevisedDay } from '#domain/revised-days.ts'

export interface RevisedListProps {
  /** Undefined: the Pi was never asked. */
  days: readonly RevisedDay[] | undefined
  period: LocalPeriod
  /** Where a day is looked into. */
  hrefOf: (date: LocalDate) => string
}

export function RevisedList(props: RevisedListProps) {
  const days = () => (props.days ?? []).filter(({ localDate }) => isWithin(localDate, props.period))
  return (
    <Show when={days().length > 0}>
      <section aria-labelledby="revised">
        <h2 id="revised">Corrected by Amber</h2>
        <ul class="plain-list revised">
          <Index each={days()}>
            {(day) => (
              <li>
                <a href={props.hrefOf(day().localDate)}>{day().day}</a>
                <span>{day().text}</span>
                <small>noticed {day().noticed}</small>
              </li>
            )}
          </Index>
        </ul>
      </section>
    </Show>
  )
}

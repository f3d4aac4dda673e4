// Where this bill is heading, and whether the ones that came agree with what was measured.
import { Index, Show } from 'solid-js'
import type { BillView } from '#domain/bill-view.ts'
import type { LocalDate } from '#domain/calendar.ts'
import { createThought } from '../parts/thought.ts'
import type { AppState } from '../state.ts'

export function Bills(props: { state: AppState; today: () => LocalDate }) {
  const bill = createThought(
    props.state,
    'bill',
    () => undefined,
    () => props.today(),
  )
  return <Show when={bill()}>{(shown) => <Sections bill={shown()} />}</Show>
}

function Sections(props: { bill: BillView }) {
  return (
    <>
      <section aria-labelledby="bill">
        <h2 id="bill">{props.bill.sentence}</h2>
        <p class="second">{props.bill.detail}</p>
      </section>
      <Show when={props.bill.checks.length > 0}>
        <section aria-labelledby="checks">
          <h2 id="checks">Bills that came</h2>
          <ul class="plain-list">
            <Index each={props.bill.checks}>
              {(check) => (
                <li>
                  <b>
                    {check().when}: {check().billed}
                  </b>{' '}
                  {check().text}
                </li>
              )}
            </Index>
          </ul>
        </section>
      </Show>
    </>
  )
}

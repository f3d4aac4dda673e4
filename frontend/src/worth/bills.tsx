// Where this bill is heading, and whether the ones that came agree with what was measured.
import { Index, Show } from 'solid-js'
import type { BillCheck, BillView } from '#domain/bill-view.ts'
import type { LocalDate } from '#domain/calendar.ts'
import { Disclosure } from '../parts/disclosure.tsx'
import { createThought } from '../parts/thought.ts'
import type { AppState } from '../state.ts'
import { BillForm } from './bill-form.tsx'

export function Bills(props: { state: AppState; today: () => LocalDate }) {
  const bill = createThought(
    props.state,
    'bill',
    () => undefined,
    () => props.today(),
  )
  const remove = (check: BillCheck) =>
    void props.state.settings.write({
      bills: props.state.settings.current().bills.filter(({ fromDate }) => fromDate !== check.fromDate),
    })
  return (
    <Show when={bill.view()} fallback={!bill.isMissing() && <i class="waiting" />}>
      {(shown) => (
        <>
          <Heading bill={shown()} />
          <section aria-labelledby="checks">
            <h2 id="checks">Bills that came</h2>
            <Show
              when={shown().checks.length > 0}
              fallback={
                <p class="second after">Enter one to see whether it agrees with what was measured.</p>
              }
            >
              <ul class="plain-list checks">
                <Index each={shown().checks}>
                  {(check) => <Check check={check()} remove={() => remove(check())} />}
                </Index>
              </ul>
            </Show>
            <Disclosure show="Enter a bill" hide="Not now" label="A bill that came">
              <BillForm settings={props.state.settings} />
            </Disclosure>
          </section>
        </>
      )}
    </Show>
  )
}

/** Solid is what is known so far, an outline is calculated; dashed is how far it may yet be out. */
function Heading(props: { bill: BillView }) {
  const shares = () => {
    const { estimate, soFarCents } = props.bill.estimate
    if (!estimate || estimate.lowCents <= 0) return undefined
    const { lowCents, cents, highCents } = estimate
    return {
      // Less where exporting may yet bring some of it back.
      '--so-far': Math.max(0, Math.min(soFarCents, lowCents)) / highCents,
      '--low': lowCents / highCents,
      '--likely': cents / highCents,
    }
  }
  return (
    <section aria-labelledby="bill">
      <h2 id="bill">{props.bill.sentence}</h2>
      <Show when={shares()}>
        {(share) => (
          <div class="range" style={share()} aria-hidden="true">
            <i class="hollow" />
            <i class="so-far" />
            <i class="dashed" />
            <i class="likely" />
          </div>
        )}
      </Show>
      <p class="second after">{props.bill.detail}</p>
    </section>
  )
}

function Check(props: { check: BillCheck; remove: () => void }) {
  return (
    <li>
      <p>
        <b>{props.check.when}</b>
        <b>{props.check.billed}</b>
      </p>
      <p class="second">
        {props.check.text}
        <Show when={props.check.ours}>{(ours) => <> Measured: {ours()}.</>}</Show>
      </p>
      <button
        class="disclose"
        type="button"
        aria-label={`Remove the bill of ${props.check.when}`}
        onClick={() => props.remove()}
      >
        Remove
      </button>
    </li>
  )
}

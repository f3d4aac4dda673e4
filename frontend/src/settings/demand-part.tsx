// What the month's highest half hour costs, and when it counts. It belongs to the rates that hold now.
import { Index, Show } from 'solid-js'
import { localDate } from '#domain/calendar.ts'
import { chargesOn } from '#domain/money/charges.ts'
import { type DemandDraft, demandDraft, demandOf, NEW_DEMAND } from '#domain/settings/demand-draft.ts'
import { mapped } from '#domain/settings/drafted.ts'
import { MONTHS } from '#domain/time-words.ts'
import { DEFAULT_TIME_ZONE } from '#domain/time-zone.ts'
import { createDraft, withItem, without } from './draft.ts'
import { Choice, Field, Form } from './form.tsx'
import type { PartProps } from './part.ts'

export function DemandPart(props: PartProps) {
  const charges = () => props.state.settings.current().charges
  const timeZone = () => props.state.facts()?.household?.timeZone ?? DEFAULT_TIME_ZONE
  const inForce = () => chargesOn(charges(), localDate(props.state.nowMs(), timeZone()))
  return (
    <Show
      when={inForce()}
      fallback={
        <p>
          Demand is charged beside supply.{' '}
          <a href={props.address.with({ part: 'charges' })}>Enter supply first</a>.
        </p>
      }
    >
      <DemandForm of={props} charges={charges} inForce={() => inForce()!} />
    </Show>
  )
}

type Charges = ReturnType<PartProps['state']['settings']['current']>['charges']

function DemandForm(own: { of: PartProps; charges: () => Charges; inForce: () => Charges[number] }) {
  const form = createDraft({
    settings: own.of.state.settings,
    current: () => ({ demand: (own.inForce().demand ?? []).map(demandDraft) }),
    read: ({ demand }) =>
      mapped(demandOf(demand), (read) => ({
        charges: own.charges().map((one) => {
          if (one !== own.inForce()) return one
          const { demand: _, ...rest } = one
          return read.length > 0 ? { ...rest, demand: read } : rest
        }),
      })),
  })
  const demand = () => form.draft().demand
  const change = (at: number, changes: Partial<DemandDraft>) =>
    form.change({ demand: withItem(demand(), at, changes) })
  return (
    <Form form={form} where={own.of.where}>
      <p class="second">
        Some networks charge for the highest half hour of a month. Without such a charge on your bill there is
        nothing to set here.
      </p>
      <Index each={demand()}>
        {(one, at) => (
          <fieldset>
            <legend>Demand charge</legend>
            <Field
              label="Rate"
              unit="c per kW"
              value={one().rate}
              problem={form.problems()[`${at}.rate`]}
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
                ['amber', 'When Amber says so'],
                ['own', 'At these times'],
              ]}
              value={one().window}
              choose={(window) => change(at, { window })}
            />
            <Show when={one().window === 'own'}>
              <Field
                label="From"
                type="time"
                value={one().from}
                problem={form.problems()[`${at}.from`]}
                onInput={(from) => change(at, { from })}
              />
              <Field
                label="To"
                type="time"
                value={one().to}
                problem={form.problems()[`${at}.to`]}
                onInput={(to) => change(at, { to })}
              />
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
            <Months months={one().months} choose={(months) => change(at, { months })} />
            <button class="chip" type="button" onClick={() => form.change({ demand: without(demand(), at) })}>
              Remove this charge
            </button>
          </fieldset>
        )}
      </Index>
      <Show when={demand().length < 6}>
        <button class="chip" type="button" onClick={() => form.change({ demand: [...demand(), NEW_DEMAND] })}>
          Add a demand charge
        </button>
      </Show>
    </Form>
  )
}

function Months(props: { months: readonly number[]; choose: (months: number[]) => void }) {
  const toggled = (month: number) =>
    props.months.includes(month) ? props.months.filter((one) => one !== month) : [...props.months, month]
  return (
    <div class="field-row">
      <p aria-hidden="true">In</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings a border and a legend that nothing here needs */}
      <div class="chips" role="group" aria-label="Months in which it is charged">
        <Index each={MONTHS}>
          {(name, index) => (
            <button
              class="chip"
              type="button"
              aria-label={name()}
              aria-pressed={props.months.includes(index + 1)}
              onClick={() => props.choose(toggled(index + 1))}
            >
              {name().slice(0, 3)}
            </button>
          )}
        </Index>
      </div>
      <p class="second">None chosen: all year.</p>
    </div>
  )
}

// What the month's highest half hour costs, and when it counts. It belongs to the rates that hold now.
import { Show } from 'solid-js'
import { localDate } from '#domain/calendar.ts'
import { chargesOn } from '#domain/money/charges.ts'
import { type DemandDraft, demandDraft, demandOf } from '#domain/settings/demand-draft.ts'
import { mapped } from '#domain/settings/drafted.ts'
import { DEFAULT_TIME_ZONE } from '#domain/time-zone.ts'
import { DemandFields } from './demand-fields.tsx'
import { createDraft } from './draft.ts'
import { Form } from './form.tsx'
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
  const form = createDraft<{ demand: readonly DemandDraft[] }>({
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
  const problem = (name: string) => form.problems()[name]
  return (
    <Form form={form} where={own.of.where}>
      <p class="second">
        Some networks charge for the highest half hour of a month. Without such a charge on your bill there is
        nothing to set here.
      </p>
      <DemandFields
        demand={form.draft().demand}
        change={(demand) => form.change({ demand })}
        problem={problem}
        times="amber"
      />
    </Form>
  )
}

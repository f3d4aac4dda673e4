// What the household runs: a list in the order of its use, and one of them at a time to be changed.
import { Index, Show } from 'solid-js'
import {
  type ApplianceDraft,
  applianceDraft,
  appliancesOf,
  draftTotals,
  NEW_APPLIANCE,
} from '#domain/settings/appliance-draft.ts'
import {
  entry,
  mapped,
  numberTyped,
  timeTyped,
  typedText,
  typedTime,
  whole,
} from '#domain/settings/drafted.ts'
import { SETTING_READERS } from '#domain/settings/settings-fields.ts'
import { ACCEPTED } from '#domain/settings/settings-problems.ts'
import { durationText } from '#domain/settings/settings-rows.ts'
import { energy } from '#domain/words.ts'
import { createDraft, withItem, without } from './draft.ts'
import { Choice, Field, Form } from './form.tsx'
import type { PartProps } from './part.ts'

const NEW = 'new'

export function AppliancesPart(props: PartProps) {
  const appliances = () => props.state.settings.current().appliances
  const asked = () => props.address.query('appliance')
  const at = () =>
    asked() === NEW ? appliances().length : appliances().findIndex(({ name }) => name === asked())
  return (
    <Show when={asked() !== undefined && at() >= 0} fallback={<ApplianceList of={props} />}>
      <OneAppliance of={props} at={at()} />
    </Show>
  )
}

function ApplianceList(own: { of: PartProps }) {
  const props = own.of
  const appliances = () => props.state.settings.current().appliances
  const up = (at: number) => {
    const list = [...appliances()]
    list.splice(at - 1, 2, list[at]!, list[at - 1]!)
    void props.state.settings.write({ appliances: list })
  }
  const form = createDraft({
    settings: props.state.settings,
    current: () => {
      const { readyByMinute, ovenKw } = props.state.settings.current()
      return { readyBy: typedTime(readyByMinute), ovenKw: typedText(ovenKw) }
    },
    read: ({ readyBy, ovenKw }) => {
      const { readyByMinute: time, ovenKw: kw } = SETTING_READERS
      return whole({
        readyByMinute: entry(timeTyped(time), readyBy, ACCEPTED.readyByMinute),
        ovenKw: entry(numberTyped(kw), ovenKw, ACCEPTED.ovenKw),
      })
    },
  })
  return (
    <>
      <p class="second">The first two are on the kitchen screen.</p>
      <ol class="things">
        <Index each={appliances()}>
          {(appliance, at) => (
            <li>
              <a href={props.address.with({ appliance: appliance().name })}>
                <b>{appliance().name}</b>{' '}
                <span>
                  {energy(appliance().kwh)} in {durationText(appliance().durationMinutes)}
                </span>
              </a>
              <Show when={at > 0}>
                <button
                  class="chip"
                  type="button"
                  aria-label={`Move ${appliance().name} up`}
                  onClick={() => up(at)}
                >
                  ↑
                </button>
              </Show>
            </li>
          )}
        </Index>
      </ol>
      <Show when={appliances().length < 20}>
        <a class="chip" href={props.address.with({ appliance: NEW })}>
          Add an appliance
        </a>
      </Show>
      <Form form={form} where={props.where}>
        <Field
          label="Ready by"
          type="time"
          value={form.draft().readyBy}
          problem={form.problems().readyByMinute}
          hint="Those that have no time of their own."
          onInput={(readyBy) => form.change({ readyBy })}
        />
        <Field
          label="Oven"
          unit="kW"
          value={form.draft().ovenKw}
          problem={form.problems().ovenKw}
          hint="In a spike the kitchen says what an hour of it costs."
          onInput={(ovenKw) => form.change({ ovenKw })}
        />
      </Form>
    </>
  )
}

function OneAppliance(own: { of: PartProps; at: number }) {
  const props = own.of
  const appliances = () => props.state.settings.current().appliances
  const drafts = () => appliances().map(applianceDraft)
  const toList = () => props.address.go(props.address.with({ appliance: undefined }), { replace: true })
  const form = createDraft<ApplianceDraft>({
    settings: props.state.settings,
    current: () => drafts()[own.at] ?? NEW_APPLIANCE,
    read: (draft) => {
      const all = drafts().toSpliced(own.at, 1, draft)
      const { value, problems } = mapped(appliancesOf(all), (list) => ({ appliances: list }))
      const prefix = `${own.at}.`
      const mine = Object.entries(problems).map(([path, text]) => [path.replace(prefix, ''), text])
      return { value, problems: Object.fromEntries(mine) }
    },
    onSaved: toList,
  })
  const remove = () => {
    void props.state.settings.write({ appliances: without(appliances(), own.at) })
    toList()
  }
  return (
    <>
      <a class="back" href={props.address.with({ appliance: undefined })}>
        ← Appliances
      </a>
      <Form form={form} where={props.where}>
        <Field
          label="Name"
          isWords
          value={form.draft().name}
          problem={form.problems().name}
          onInput={(name) => form.change({ name })}
        />
        <Choice
          label="It draws its power"
          options={[
            ['even', 'Evenly'],
            ['steps', 'In steps'],
          ]}
          value={form.draft().load}
          choose={(load) => form.change({ load })}
        />
        <Show
          when={form.draft().load === 'even'}
          fallback={<Steps draft={form.draft()} problems={form.problems()} change={form.change} />}
        >
          <Field
            label="One run takes"
            unit="kWh"
            value={form.draft().kwh}
            problem={form.problems().kwh}
            onInput={(kwh) => form.change({ kwh })}
          />
          <Field
            label="and lasts"
            unit="hours"
            value={form.draft().hours}
            problem={form.problems().durationMinutes}
            onInput={(hours) => form.change({ hours })}
          />
          <Choice
            label="Once started"
            options={[
              ['no', 'It runs through'],
              ['yes', 'It may pause'],
            ]}
            value={form.draft().mayPause ? 'yes' : 'no'}
            choose={(may) => form.change({ mayPause: may === 'yes' })}
            hint="A car may: it is then charged in the cheapest parts of the night."
          />
          <Show when={form.draft().mayPause}>
            <Field
              label="No part shorter than"
              unit="minutes"
              value={form.draft().blockMinutes}
              problem={form.problems().blockMinutes}
              onInput={(blockMinutes) => form.change({ blockMinutes })}
            />
          </Show>
        </Show>
        <Field
          label="Ready by"
          type="time"
          value={form.draft().readyBy}
          problem={form.problems().readyByMinute}
          hint="Empty: as the others."
          onInput={(readyBy) => form.change({ readyBy })}
        />
      </Form>
      <Show when={own.at < appliances().length}>
        <button class="chip" type="button" onClick={remove}>
          Remove {appliances()[own.at]?.name}
        </button>
      </Show>
    </>
  )
}

function Steps(props: {
  draft: ApplianceDraft
  problems: Readonly<Record<string, string>>
  change: (changes: Partial<ApplianceDraft>) => void
}) {
  const steps = () => props.draft.steps
  const totals = () => draftTotals(steps())
  return (
    <fieldset>
      <legend>Steps of a run</legend>
      <Index each={steps()}>
        {(step, at) => (
          <div class="step">
            <Field
              label={`Step ${at + 1}`}
              unit="minutes"
              value={step().minutes}
              problem={props.problems[`steps.${at}.minutes`]}
              onInput={(minutes) => props.change({ steps: withItem(steps(), at, { minutes }) })}
            />
            <Field
              label="at"
              unit="kW"
              value={step().kw}
              problem={props.problems[`steps.${at}.kw`]}
              onInput={(kw) => props.change({ steps: withItem(steps(), at, { kw }) })}
            />
            <button
              class="chip"
              type="button"
              aria-label={`Remove step ${at + 1}`}
              onClick={() => props.change({ steps: without(steps(), at) })}
            >
              ×
            </button>
          </div>
        )}
      </Index>
      <button
        class="chip"
        type="button"
        onClick={() => props.change({ steps: [...steps(), { minutes: '', kw: '' }] })}
      >
        Add a step
      </button>
      <p class="second" role="status">
        {totals() ? `${energy(totals()!.kwh)} in ${durationText(totals()!.minutes)}.` : ''}
      </p>
      <Show when={props.problems.steps}>
        <p class="problem">{props.problems.steps}</p>
      </Show>
    </fieldset>
  )
}

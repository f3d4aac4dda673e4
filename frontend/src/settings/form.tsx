// What forms are made of: a field with its unit and what is wrong with it, a choice, and the way to save.
import { createUniqueId, type JSX, Show } from 'solid-js'
import { Chips } from '../parts/chips.tsx'
import type { Draft } from './draft.ts'

export interface FieldProps {
  label: string
  value: string
  onInput: (value: string) => void
  unit?: string
  hint?: string
  problem?: string | undefined
  type?: 'text' | 'date' | 'time'
  /** Letters, where not numbers. */
  isWords?: boolean
}

export function Field(props: FieldProps) {
  const id = createUniqueId()
  const described = () => [props.hint && `${id}h`, props.problem && `${id}p`].filter(Boolean).join(' ')
  return (
    <div class="field-row" classList={{ wrong: Boolean(props.problem) }}>
      <label for={id}>{props.label}</label>
      <span class="typed" classList={{ words: props.isWords ?? false }}>
        <input
          id={id}
          type={props.type ?? 'text'}
          inputmode={props.isWords ? 'text' : 'decimal'}
          autocomplete="off"
          value={props.value}
          aria-invalid={props.problem ? 'true' : undefined}
          aria-describedby={described() || undefined}
          onInput={({ currentTarget }) => props.onInput(currentTarget.value)}
        />
        <Show when={props.unit}>
          <span>{props.unit}</span>
        </Show>
      </span>
      <Show when={props.problem}>
        <p class="problem" id={`${id}p`}>
          {props.problem}
        </p>
      </Show>
      <Show when={props.hint}>
        <p class="second" id={`${id}h`}>
          {props.hint}
        </p>
      </Show>
    </div>
  )
}

export function Choice<T extends string>(props: {
  label: string
  options: readonly (readonly [value: T, text: string])[]
  value: T
  choose: (value: T) => void
  hint?: string
}) {
  const chips = () =>
    props.options.map(([value, text]) => ({
      text,
      isChosen: value === props.value,
      choose: () => props.choose(value),
    }))
  return (
    <div class="field-row">
      <p aria-hidden="true">{props.label}</p>
      <Chips chips={chips()} label={props.label} />
      <Show when={props.hint}>
        <p class="second">{props.hint}</p>
      </Show>
    </div>
  )
}

/** `where`: what becomes of what is saved. */
export function Form<D>(props: { form: Draft<D>; where: string; children: JSX.Element }) {
  const submit = (event: Event) => {
    event.preventDefault()
    props.form.save()
  }
  return (
    <form class="form" novalidate onSubmit={submit}>
      {props.children}
      <Show when={props.form.isOvertaken()}>
        <p class="notice">Another device has changed this meanwhile. Save to set yours above it, or undo.</p>
      </Show>
      <div class="foot">
        <button class="chip save" type="submit">
          Save
        </button>
        <Show when={props.form.isTouched()}>
          <button class="chip" type="button" onClick={() => props.form.undo()}>
            Undo
          </button>
        </Show>
        <p role="status">{said(props.form, props.where)}</p>
      </div>
    </form>
  )
}

function said<D>(form: Draft<D>, where: string): string {
  const wrong = Object.keys(form.problems()).length
  if (wrong > 0) return wrong === 1 ? 'One field needs you.' : `${wrong} fields need you.`
  return form.isSaved() && !form.isTouched() ? where : ''
}

// A form on its way to being saved: what is typed, what is wrong with it, and what another device has made of it meanwhile.
import { createEffect, createMemo, createSignal, untrack } from 'solid-js'
import type { Drafted, Problems } from '#domain/settings/drafted.ts'
import type { HouseholdSettings } from '../state.ts'

export interface Draft<D> {
  draft: () => D
  change: (changes: Partial<D>) => void
  /** Nothing is called wrong before somebody wants to save it. */
  problems: () => Problems
  save: () => void
  undo: () => void
  isTouched: () => boolean
  /** Another device has changed what is being changed here. */
  isOvertaken: () => boolean
  isSaved: () => boolean
}

type Changes = Parameters<HouseholdSettings['write']>[0]

export interface DraftDeps<D extends object> {
  readonly settings: HouseholdSettings
  /** What stands, as it would be typed. */
  readonly current: () => D
  readonly read: (draft: D) => Drafted<Changes>
  readonly onSaved?: () => void
}

export function createDraft<D extends object>({ settings, current, read, onSaved }: DraftDeps<D>): Draft<D> {
  const standing = createMemo(() => JSON.stringify(current()))
  const [base, setBase] = createSignal(untrack(standing))
  const [draft, setDraft] = createSignal<D>(untrack(current))
  const [isTried, setTried] = createSignal(false)
  const [isSaved, setSaved] = createSignal(false)
  const isTouched = createMemo(() => JSON.stringify(draft()) !== base())
  const undo = () => {
    setTried(false)
    setBase(standing())
    setDraft(() => current())
  }
  createEffect(() => {
    if (standing() !== base() && !untrack(isTouched)) untrack(undo)
  })
  return {
    draft,
    isTouched,
    isSaved,
    isOvertaken: () => isTouched() && standing() !== base(),
    undo,
    change: (changes) => {
      setSaved(false)
      setDraft((before) => ({ ...before, ...changes }))
    },
    problems: () => (isTried() ? read(draft()).problems : {}),
    save: () => {
      setTried(true)
      const { value } = read(draft())
      if (!value) return focusProblem()
      setTried(false)
      setSaved(true)
      // From now on what stands is what was typed, and what stands is shown.
      setBase(JSON.stringify(draft()))
      void settings.write(value).then(onSaved)
    },
  }
}

function focusProblem(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}

/** One of a list changed. */
export const withItem = <T>(list: readonly T[], at: number, changes: Partial<T>): T[] =>
  list.map((item, index) => (index === at ? { ...item, ...changes } : item))

export const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, index) => index !== at)

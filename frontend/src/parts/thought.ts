// What a screen has thought beside it: until it is there, what was there before.
import { createEffect, createMemo, createSignal, on, untrack } from 'solid-js'
import type { LocalDate } from '#domain/calendar.ts'
import type { AppState } from '../state.ts'
import type { Answers, Subject } from '../think/questions.ts'
import { createLatest } from './latest.ts'

export interface Thought<View> {
  /** Undefined: not yet, or not at all. */
  view: () => View | undefined
  /** It could not be thought through: mostly what thinks was never fetched, and the Pi is gone. */
  isMissing: () => boolean
  isCutOff: () => boolean
  askAgain: () => void
}

/** Asks anew when the request, the settings, the copy or the day changes; not at every minute. */
export function createThought<About extends Subject>(
  state: AppState,
  about: About,
  request: () => Answers[About]['request'],
  today: () => LocalDate,
): Thought<Answers[About]['view']> {
  const [times, setTimes] = createSignal(0)
  const askAgain = () => setTimes((count) => count + 1)
  const question = () => {
    today()
    state.changes()
    times()
    return { about, request: request(), settings: state.settings.current(), nowMs: untrackedNow(state) }
  }
  const answer = createLatest(question, async (asked) => ({ view: await state.think(asked) }))
  const isMissing = () => answer() !== undefined && !answer()?.view
  const isCutOff = createMemo(() => state.facts()?.pi.lostSinceMs !== undefined)
  // A wall has nobody to press anything.
  createEffect(on(isCutOff, () => isMissing() && askAgain(), { defer: true }))
  return { view: () => answer()?.view, isMissing, isCutOff, askAgain }
}

const untrackedNow = (state: AppState): number => untrack(state.nowMs)

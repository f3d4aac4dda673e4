// What a screen has thought beside it: until it is there, what was there before.
import { untrack } from 'solid-js'
import type { LocalDate } from '#domain/calendar.ts'
import type { AppState } from '../state.ts'
import type { Answers, Subject } from '../think/questions.ts'
import { createLatest } from './latest.ts'

/** Asks anew when the request, the settings, the copy or the day changes; not at every minute. */
export function createThought<About extends Subject>(
  state: AppState,
  about: About,
  request: () => Answers[About]['request'],
  today: () => LocalDate,
): () => Answers[About]['view'] | undefined {
  const question = () => {
    today()
    state.changes()
    return { about, request: request(), settings: state.settings.current(), nowMs: untrackedNow(state) }
  }
  return createLatest(question, state.think)
}

const untrackedNow = (state: AppState): number => untrack(state.nowMs)

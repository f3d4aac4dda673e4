// What a page and its thinking worker say to each other.
import type { Question } from './questions.ts'

export interface Asked {
  readonly id: number
  readonly question: Question
}

/** Without a view: this worker cannot read the copy. */
export interface Answered {
  readonly id: number
  readonly view?: unknown
}

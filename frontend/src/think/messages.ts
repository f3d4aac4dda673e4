// What a page and its thinking worker say to each other.
import type { HomeFacts } from '#domain/home-facts.ts'
import type { Household } from '#domain/household.ts'
import type { Span } from './facts-reader.ts'
import type { Question } from './questions.ts'

export interface Asked {
  readonly id: number
  readonly question: Question
  /** Name of the copy on disk; undefined: it is in the memory of the page, which has to be asked for every part of it. */
  readonly database: string | undefined
}

/** Without a view: it could not be thought through. */
export interface Answered {
  readonly id: number
  readonly view?: unknown
}

/** The worker needs facts that only the page has; without a span, the household. */
export interface Wanted {
  readonly wanted: number
  readonly span?: Span
}

export interface Told {
  readonly told: number
  /** Undefined: the household is not known, or they could not be read. */
  readonly facts: HomeFacts | Household | undefined
}

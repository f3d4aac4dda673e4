// What takes more than the last days to answer, and more time than a screen may stand still.
import type { Settings } from '#domain/settings/settings.ts'
import type { UsageRequest, UsageView } from '#domain/usage-view.ts'

export interface Answers {
  usage: { request: UsageRequest; view: UsageView }
}

export type Subject = keyof Answers

export interface Question<About extends Subject = Subject> {
  readonly about: About
  readonly request: Answers[About]['request']
  /** By the home's clock. */
  readonly nowMs: number
  readonly settings: Settings
}

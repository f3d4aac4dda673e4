// What takes more than the last days to answer, and more time than a screen may stand still.
import type { BillView } from '#domain/bill-view.ts'
import type { Settings } from '#domain/settings/settings.ts'
import type { UsageRequest, UsageView } from '#domain/usage-view.ts'
import type { WorthView, WorthViewRequest } from '#domain/worth-view.ts'

export interface Answers {
  usage: { request: UsageRequest; view: UsageView }
  worth: { request: WorthViewRequest; view: WorthView }
  /** Of the billing period that holds today, and of the bills that came. */
  bill: { request: undefined; view: BillView }
}

export type Subject = keyof Answers

export interface Question<About extends Subject = Subject> {
  readonly about: About
  readonly request: Answers[About]['request']
  /** By the home's clock. */
  readonly nowMs: number
  readonly settings: Settings
}

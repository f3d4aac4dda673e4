// How far the past of a household that has just begun has been fetched.
import type { HistoryAnswer } from './contract.ts'
import type { UsageHistory } from './mirror.ts'

export interface Fetching {
  /** "12 of 53 weeks" */
  readonly weeks: string
  /** NEM date from which on every price is here; undefined: not even of the last days. */
  readonly pricesSince: string | undefined
}

/** Undefined once all of it is here, or where nobody has told. */
export function fetchingOf(
  history: { prices: HistoryAnswer; usage: HistoryAnswer } | null | undefined,
): Fetching | undefined {
  if (!history || (history.prices.complete && history.usage.complete)) return undefined
  const parts = [history.prices, history.usage]
  const sum = (of: (part: HistoryAnswer) => number) => parts.reduce((total, part) => total + of(part), 0)
  return {
    weeks: `${sum(({ weeksFetched }) => weeksFetched)} of ${sum(({ weeks }) => weeks)} weeks`,
    pricesSince: history.prices.backToDate ?? undefined,
  }
}

/** "History is being fetched: 34 of 90 days."; empty once all of it is here, or where nobody has told. */
export const fetchedText = (history: UsageHistory | undefined): string =>
  history ? `History is being fetched: ${history.fetchedDays} of ${history.days} days.` : ''

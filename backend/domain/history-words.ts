// How far the past of a household that has just begun has been fetched.
import type { HistoryAnswer } from './contract.ts'
import type { UsageHistory } from './mirror.ts'

export interface Fetching {
  /** "7 of 13 weeks" */
  readonly usage: string
  readonly prices: string
  /** NEM date from which on every price is here; undefined: not even of the last days. */
  readonly pricesSince: string | undefined
}

/** Undefined once all of it is here, or where nobody has told. */
export function fetchingOf(
  history: { prices: HistoryAnswer; usage: HistoryAnswer } | null | undefined,
): Fetching | undefined {
  if (!history || (history.prices.complete && history.usage.complete)) return undefined
  const { usage, prices } = history
  return { usage: weeksOf(usage), prices: weeksOf(prices), pricesSince: prices.backToDate ?? undefined }
}

const weeksOf = ({ weeksFetched, weeks }: HistoryAnswer): string => `${weeksFetched} of ${weeks} weeks`

/** "History is being fetched: 34 of 90 days."; empty once all of it is here, or where nobody has told. */
export const fetchedText = (history: UsageHistory | undefined): string =>
  history ? `History is being fetched: ${history.fetchedDays} of ${history.days} days.` : ''

// How the forecasts of the last weeks turned out, as the Pi has counted it, kept beside the copy.
import type { ForecastTallyAnswer } from '#domain/contract.ts'
import { tallyOfColumns } from '#domain/forecast/tally-columns.ts'
import { MINUTE_MS } from '#domain/interval.ts'
import type { CopyStore } from './copy.ts'
import { siteQuery } from './fetch.ts'
import { keepAnswer } from './keep-answer.ts'

/** A Pi that has just started counts some seconds at it. */
const WITHIN_MS = MINUTE_MS

/** False: nobody answered, or it cannot be kept. */
export const keepTally = (store: CopyStore, nowMs: number, site?: string): Promise<boolean> =>
  keepAnswer(
    store,
    { url: '/api/forecasts/tally', query: siteQuery(site), withinMs: WITHIN_MS, parse: parseTally },
    (state, answer) => ({
      ...state,
      tally: { ...answer, askedAtMs: nowMs },
    }),
  )

/** Undefined: not an answer of this kind. What counts by other lead times than this version is no tally to it. */
function parseTally(raw: unknown): ForecastTallyAnswer | undefined {
  const { fromDate, toDate, tally } = (raw ?? {}) as Partial<ForecastTallyAnswer>
  if (typeof fromDate !== 'string' || typeof toDate !== 'string') return undefined
  const isColumns =
    typeof tally === 'object' &&
    typeof tally?.cells === 'object' &&
    Array.isArray(tally.bins) &&
    Array.isArray(tally.days)
  const isOurs = isColumns && tallyOfColumns(tally) !== undefined
  return { fromDate, toDate, tally: isOurs ? tally : null }
}

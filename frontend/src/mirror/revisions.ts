// What Amber has corrected of usage, kept by day beside the copy.
import { addDays, localDate } from '#domain/calendar.ts'
import type { UsageRevisionsAnswer } from '#domain/contract.ts'
import { SECOND_MS } from '#domain/interval.ts'
import { revisedDays } from '#domain/revised-days.ts'
import { DEFAULT_TIME_ZONE } from '#domain/time-zone.ts'
import type { CopyState, CopyStore } from './copy.ts'
import { siteQuery } from './fetch.ts'
import { keepAnswer } from './keep-answer.ts'

const WITHIN_MS = 8 * SECOND_MS
/** Amber corrects nothing that is older. */
const DAYS = 100
/** Nobody reads more. */
const MOST = 60

/** False: nobody answered, or it cannot be kept. */
export async function keepRevisions(store: CopyStore, nowMs: number, site?: string): Promise<boolean> {
  const timeZone =
    (await store.state().catch(() => ({}) as CopyState)).household?.timeZone ?? DEFAULT_TIME_ZONE
  const today = localDate(nowMs, timeZone)
  const query = { ...siteQuery(site), from: addDays(today, -DAYS), to: addDays(today, 1) }
  return keepAnswer(
    store,
    { url: '/api/usage/revisions', query, withinMs: WITHIN_MS, parse: parseRevisions },
    (state, answer) => ({ ...state, revised: revisedDays(answer.revisions).slice(0, MOST) }),
  )
}

function parseRevisions(raw: unknown): UsageRevisionsAnswer | undefined {
  const { revisions } = (raw ?? {}) as Partial<UsageRevisionsAnswer>
  const isFine =
    Array.isArray(revisions) &&
    revisions.every(
      (row) => Number.isFinite(row?.was?.kwh) && Number.isFinite(row.was.costCents) && Boolean(row.startAt),
    )
  return isFine ? { revisions } : undefined
}

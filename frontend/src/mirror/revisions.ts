// What Amber has corrected of usage, kept by day beside the copy.
import { addDays, localDate } from '#domain/calendar.ts'
import type { UsageRevisionsAnswer } from '#domain/contract.ts'
import { SECOND_MS } from '#domain/interval.ts'
import { DEFAULT_TIME_ZONE } from '#domain/time-zone.ts'
import { revisedDays } from '../usage/revised-days.ts'
import { type CopyStore, StoreTrouble } from './copy.ts'
import { ask, MirrorTrouble, understood } from './fetch.ts'

const WITHIN_MS = 8 * SECOND_MS
/** Amber corrects nothing that is older. */
const DAYS = 100

/** False: nobody answered, or it cannot be kept. */
export async function keepRevisions(store: CopyStore, nowMs: number): Promise<boolean> {
  try {
    const timeZone = (await store.state()).household?.timeZone ?? DEFAULT_TIME_ZONE
    const today = localDate(nowMs, timeZone)
    const query = { from: addDays(today, -DAYS), to: addDays(today, 1) }
    const { text } = await ask('/api/usage/revisions', query, WITHIN_MS)
    const revised = revisedDays(understood(parseRevisions, text), timeZone)
    await store.write(async (copy) => copy.put({ state: { ...(await copy.state()), revised } }))
    return true
  } catch (error) {
    if (error instanceof MirrorTrouble || error instanceof StoreTrouble) return false
    throw error
  }
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

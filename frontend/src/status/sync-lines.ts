// The last syncs, one a line: when, how long, how many calls, and how it ended.
import type { HealthAnswer, SyncAnswer } from '#domain/contract.ts'
import { MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import type { Situation } from '#domain/situation.ts'
import { shortWhenText } from '#domain/time-words.ts'

export interface SyncLine {
  readonly when: string
  readonly took: string
  readonly calls: string
  readonly end: string
}

/** The newest first. */
export const syncLines = (answer: HealthAnswer | undefined, now: Situation): SyncLine[] =>
  (answer?.recentSyncs ?? []).map((sync) => syncLine(sync, now))

function syncLine({ startedAt, finishedAt, outcome, amberRequests }: SyncAnswer, now: Situation): SyncLine {
  const startedMs = Date.parse(startedAt)
  return {
    when: shortWhenText(startedMs, now.nowMs, now.timeZone),
    took: finishedAt === null ? '' : tookText(Date.parse(finishedAt) - startedMs),
    calls: String(amberRequests),
    end: OUTCOMES[outcome] ?? outcome,
  }
}

/** "27 s", "4 min" */
const tookText = (ms: number): string =>
  ms < 90 * SECOND_MS ? `${Math.max(1, Math.round(ms / SECOND_MS))} s` : `${Math.round(ms / MINUTE_MS)} min`

const OUTCOMES: Readonly<Record<string, string>> = {
  ok: 'all answered',
  partial: 'answered in part',
  unreachable: 'Amber not reached',
  'rate-limited': 'call limit used up',
  unauthorised: 'token refused',
  'amber-error': 'Amber\u2019s error',
  'bad-answer': 'answer not understood',
  failed: 'failed on the Pi',
}

// How a run ended, in one word and one sentence.
import type { SyncRun } from '../store/sync-runs.ts'
import type { HeldBack } from './next-step.ts'
import type { Run } from './run-state.ts'

export function outcomeOf(
  { troubles, answeredAtMs, requests }: Run,
  heldBack: HeldBack | undefined,
): Pick<SyncRun, 'outcome' | 'message'> {
  const [first] = troubles.values()
  if (first)
    return {
      outcome: answeredAtMs === undefined ? first.kind : 'partial',
      message: [...new Set([...troubles.values()].map(({ message }) => message))].join('; '),
    }
  if (!heldBack || requests > 0) return { outcome: 'ok' }
  return {
    outcome: heldBack.by === 'refused' ? 'unauthorised' : 'rate-limited',
    message: `${REASONS[heldBack.by]}; not asking before ${clockTime(heldBack.untilMs)}`,
  }
}

const REASONS: Record<HeldBack['by'], string> = {
  quota: 'The calls of the account are used up, but for those left to other programs',
  throttle: 'Amber asked for fewer calls',
  refused: 'Amber refused this token',
}

const clockTime = (ms: number): string => `${new Date(ms).toISOString().slice(11, 19)} UTC`

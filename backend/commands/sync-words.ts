// What a sync says of itself: one line an event, for the journal.
import { spanText } from '#domain/time-words.ts'
import type { Rebuilt } from '../store/guarded.ts'
import type { SyncRun } from '../store/sync-runs.ts'

export function runSentence({ outcome, amberRequests, message }: SyncRun): string {
  const calls = `${amberRequests} ${amberRequests === 1 ? 'call' : 'calls'} to Amber`
  const kept = outcome === 'ok' || outcome === 'partial' ? '' : '; the cache was kept'
  return `${outcome}, ${calls}${message ? `: ${message}` : ''}${kept}`
}

/** Undefined: the clock is right, or nobody could tell. */
export function clockSentence({ clockOffMs }: SyncRun): string | undefined {
  if (clockOffMs === undefined) return undefined
  const way = clockOffMs > 0 ? 'slow' : 'fast'
  return `this machine's clock is ${spanText(Math.abs(clockOffMs))} ${way}; went by Amber's`
}

const DAMAGE: Record<Rebuilt['why'], string> = {
  empty: 'was empty',
  'no-database': 'was no database',
  damaged: 'was damaged',
  foreign: 'was not made by this program',
  'lost-commits': 'was older than it had been',
  missing: 'was gone',
}

export function rebuiltSentence({ why, aside, usageRows }: Rebuilt): string {
  const moved = aside ? ` and is kept as ${aside}` : ''
  return `the database ${DAMAGE[why]}${moved}; built a new one with ${usageRows} rows of usage from the second copy`
}

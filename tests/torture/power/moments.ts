// When the power goes. A cut while nothing is done proves little, so each waits for the machine to be in the middle of
// something, and then for so many more writes to the disk.
import { keyOf, uniformAt } from '../../../backend/simulator/hash.ts'

export type Moment =
  /** While it starts: at that write to the disk. */
  | { readonly during: 'boot'; readonly write: number }
  /** In a refresh: that many writes after Amber's simulator has answered so many questions. */
  | { readonly during: 'refresh'; readonly question: number; readonly write: number }
  /** At once when health has told of a refresh that ended: what was told must have been on the disk before. */
  | { readonly during: 'told'; readonly refreshes: number }
  /** At once when the writing of a setting was answered. */
  | { readonly during: 'setting'; readonly settings: number }

const ORDER = [
  'refresh',
  'told',
  'boot',
  'refresh',
  'setting',
  'refresh',
  'told',
  'refresh',
  'boot',
  'setting',
] as const

/** The same for the same seed. */
export function momentOf(seed: number, round: number): Moment {
  const key = keyOf(seed, 'moment', `${round}`)
  const upTo = (most: number, place: number) => 1 + Math.floor(most * uniformAt(key, place))
  const during = ORDER[round % ORDER.length] as (typeof ORDER)[number]
  if (during === 'boot') return { during, write: upTo(250, 0) }
  if (during === 'refresh') return { during, question: upTo(12, 0), write: upTo(25, 1) }
  return during === 'told' ? { during, refreshes: upTo(2, 0) } : { during, settings: upTo(4, 0) }
}

export function momentWords(moment: Moment): string {
  if (moment.during === 'boot') return `boot, write ${moment.write}`
  if (moment.during === 'refresh') return `refresh, question ${moment.question}, write ${moment.write}`
  return moment.during === 'told'
    ? `refresh ${moment.refreshes} just told`
    : `setting ${moment.settings} just told`
}

/** How many of the sectors that were not flushed reach the disk after all; 0 is a cache that is lost whole. */
const SHARES = [0, 0.2, 0.5, 0.8] as const

/** Asked once a sector. */
export function luckOf(seed: number, round: number): () => boolean {
  const key = keyOf(seed, 'sectors', `${round}`)
  const share = SHARES[Math.floor(SHARES.length * uniformAt(key, 0))] as number
  let sector = 0
  return () => uniformAt(key, ++sector) < share
}

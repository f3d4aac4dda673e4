// What Amber has told otherwise of a site than before: the length of its intervals, a register more, another network tariff.
import type { Database } from 'better-sqlite3'
import { noteOf, saveNote } from './notes.ts'
import type { Site, SiteChannel } from './sites.ts'

export interface SiteChange {
  readonly siteId: string
  /** When it was noticed: at most a day after Amber told it. */
  readonly atMs: number
  readonly what: 'interval' | 'register' | 'tariff'
  /** Of a register and its tariff. */
  readonly identifier?: string
  /** Minutes, or a network's code of a tariff. Undefined: there was none. */
  readonly was?: string
  /** Minutes, a channel, or a network's code of a tariff. */
  readonly is: string
}

const MOST_KEPT = 20

/** The newest last. */
export const siteChanges = (db: Database): SiteChange[] => noteOf<SiteChange[]>(db, 'site-changes') ?? []

/** Nothing is a change of a site that was not known before. */
export function noteSiteChanges(db: Database, before: Site | undefined, now: Site, atMs: number): void {
  const changes = before ? changesOf(before, now).map((change) => ({ ...change, atMs })) : []
  if (changes.length > 0) saveNote(db, 'site-changes', [...siteChanges(db), ...changes].slice(-MOST_KEPT))
}

type Change = Omit<SiteChange, 'atMs'>

function changesOf(before: Site, { siteId, intervalMinutes, channels }: Site): Change[] {
  const interval: Change = {
    siteId,
    what: 'interval',
    was: `${before.intervalMinutes}`,
    is: `${intervalMinutes}`,
  }
  return [
    ...(before.intervalMinutes === intervalMinutes ? [] : [interval]),
    // An answer without any register was the first, or a mistake.
    ...(before.channels.length === 0 ? [] : channels).flatMap((channel) => registerChange(before, channel)),
  ]
}

function registerChange(before: Site, { identifier, channel, tariff }: SiteChannel): Change[] {
  const { siteId } = before
  const known = before.channels.find((each) => each.identifier === identifier)
  if (!known) return [{ siteId, what: 'register', identifier, is: channel }]
  // Told for the first time it is news to nobody.
  if (known.tariff === '' || known.tariff === tariff) return []
  return [{ siteId, what: 'tariff', identifier, was: known.tariff, is: tariff }]
}

// Everything that Amber cannot be asked for again, from one database into another: so the second copy is written, a lost
// cache is filled, a backup is made and restored.
import type { Database } from 'better-sqlite3'
import { DAY_MS } from '#domain/interval.ts'
import { readSiteNames, readSites, writeSites } from './kept-sites.ts'
import { type Read, readUsageDay, type UsageDayCopy, writeUsageDay } from './kept-usage.ts'
import { DAY_MINUTES, readVintages, vintageSpan, writeVintages } from './kept-vintages.ts'
import { inRevision } from './ledger.ts'
import { SITE_NO } from './numbers.ts'
import { prepared } from './prepared.ts'
import { isUnreadable } from './trouble.ts'

export interface CopyOptions {
  /** Only what changed after this revision of the source, of which the target is a copy. */
  readonly since?: number
  /** What differs is taken from the source; else what is there stays, and only what is missing is added. */
  readonly overwrite?: boolean
  /** The source is damaged: what cannot be read of it is passed over. */
  readonly tolerant?: boolean
}

export interface Copied {
  /** Rows that were written. */
  readonly usage: number
  readonly vintages: number
  /** Stretches of the source that could not be read. */
  readonly unreadable: number
}

/** Days that are written in one transaction. */
const DAYS_TOGETHER = 30

interface Copy extends CopyOptions {
  readonly from: Database
  readonly to: Database
  readonly read: Read
}

export function copyKept(from: Database, to: Database, options: CopyOptions = {}): Copied {
  let unreadable = 0
  const read: Read = (question, ...[next, ...others]) => {
    try {
      return question()
    } catch (error) {
      if (!next || !options.tolerant || !isUnreadable(error)) throw error
      unreadable += 1
      return read(next, ...others)
    }
  }
  const copy: Copy = { from, to, read, ...options }
  const siteIds = copySites(copy)
  const sum = (of: (copy: Copy, siteId: string) => number) =>
    siteIds.reduce((total, siteId) => total + of(copy, siteId), 0)
  return { usage: sum(copyUsage), vintages: sum(copyVintages), unreadable }
}

function copySites({ from, to, read, overwrite = false }: Copy): string[] {
  const sites = read(
    () => readSites(from),
    () => readSiteNames(from),
    () => [],
  )
  inRevision(to, (revision) => {
    writeSites(to, sites, { overwrite, revision })
    return sites.length
  })
  return sites.map(({ site_id }) => site_id)
}

function copyUsage(copy: Copy, siteId: string): number {
  const { from, to, read, since = 0, overwrite = false, tolerant } = copy
  const days = read(() => usageDays(from, siteId, since), everyDay)
  return inParts(days, DAYS_TOGETHER, (part) => {
    const told = part.map((nemDay): [number, UsageDayCopy] => {
      const day = readUsageDay(from, siteId, nemDay, read)
      return [nemDay, tolerant ? plausible(day) : day]
    })
    return inRevision(to, (revision) =>
      total(told.map(([nemDay, day]) => writeUsageDay(to, siteId, nemDay, day, { revision, overwrite }))),
    )
  })
}

const usageDays = (db: Database, siteId: string, since: number): number[] =>
  prepared<[string, number], { nem_day: number }>(
    db,
    `SELECT nem_day FROM day_revision WHERE site_no = ${SITE_NO} AND usage > ? ORDER BY nem_day`,
  )
    .all(siteId, since)
    .map(({ nem_day }) => nem_day)

/** Rows carry their own check: what they cost is energy times price. A damaged page may hold anything. */
const plausible = ({ usage, revisions }: UsageDayCopy): UsageDayCopy => ({
  usage: usage.filter((row) => Math.abs(row.cost_cents - row.kwh * row.cents_per_kwh) < 0.01),
  revisions: revisions.filter(
    (row) => Math.abs(row.was_cost_cents - row.was_kwh * row.was_cents_per_kwh) < 0.01,
  ),
})

function copyVintages({ from, to, read, since, tolerant }: Copy, siteId: string): number {
  const span = read(
    () => vintageSpan(from, siteId),
    () => ({ first: EARLIEST_DAY * DAY_MINUTES, last: LATEST_DAY * DAY_MINUTES }),
  )
  if (!span) return 0
  const begin = since === undefined ? span.first : (vintageSpan(to, siteId)?.last ?? span.first)
  const step = tolerant ? DAY_MINUTES : DAYS_TOGETHER * DAY_MINUTES
  let written = 0
  for (let slot = begin; slot <= span.last; slot += step)
    written += writeVintages(
      to,
      siteId,
      read(
        () => readVintages(from, siteId, slot, slot + step),
        () => [],
      ),
    )
  return written
}

const EARLIEST_DAY = Date.UTC(2015, 0) / DAY_MS
const LATEST_DAY = Date.UTC(2060, 0) / DAY_MS

/** Where even the list of days is damaged. */
const everyDay = (): number[] =>
  Array.from({ length: LATEST_DAY - EARLIEST_DAY }, (_, index) => EARLIEST_DAY + index)

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

function inParts<Item>(
  items: readonly Item[],
  size: number,
  write: (part: readonly Item[]) => number,
): number {
  let written = 0
  for (let at = 0; at < items.length; at += size) written += write(items.slice(at, at + size))
  return written
}

// The database as sync opens it, the one process that may replace it: looked at first, and where it is damaged set aside
// and built anew, filled with what the second copy holds. Amber is asked for the rest, the newest first.
import { mkdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import Database, { type Database as Db } from 'better-sqlite3'
import { DAY_MS } from '#domain/interval.ts'
import { putInPlace, removeDatabase } from './files.ts'
import { inspect, type Verdict } from './inspect.ts'
import { hasLostCommits, holdsFacts, keptPathOf } from './kept-copy.ts'
import { copyKept } from './kept-rows.ts'
import { readSiteNames } from './kept-sites.ts'
import { ledger, startOver } from './ledger.ts'
import { BEGINNINGS, withMended } from './mended.ts'
import { readNamesApart } from './names.ts'
import { noteOf, saveNote } from './notes.ts'
import { openAlone, openForWriting } from './open.ts'
import { asideOf, clearOrphans, setAside } from './set-aside.ts'
import { type Damage, damageOf, isUnreadable, storeTrouble } from './trouble.ts'

export interface Surroundings {
  readonly newEpoch: () => string
  readonly nowMs: number
  /** Differs after each start of the machine; undefined where the system does not tell. */
  readonly bootId?: string | undefined
  /** Reading it has failed: whatever a look at it says, it is not in order. */
  readonly isSuspect?: boolean
  /** By which the demo is known where its ledger is damaged. */
  readonly demoSiteId?: string
}

/** Why and when the database was built anew. */
export interface Rebuilt {
  readonly atMs: number
  readonly why: Damage | 'missing'
  /** The name of the file that was set aside. */
  readonly aside?: string
  /** Rows of usage that came back from the second copy. */
  readonly usageRows: number
}

export interface Opened {
  readonly db: Db
  /** Present: just now. */
  readonly rebuilt?: Rebuilt
}

const CACHES_KEPT = 2
/** Of the file that holds what nobody else has, more. */
const KEPT_COPIES_KEPT = 5

/** Throws a StoreError where nothing is wrong with the files, but they cannot be used just now. */
export function openGuarded(path: string, around: Surroundings): Opened {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o750 })
    const files = [path, keptPathOf(path)] as const
    for (const file of files) clearOrphans(file, around.nowMs)
    const verdicts = lookWell(files, around)
    const cache = around.isSuspect && verdicts.cache === 'sound' ? 'damaged' : verdicts.cache
    return cache === 'sound' ? opened(path, verdicts, around) : rebuilt(path, cache, verdicts.kept, around)
  } catch (error) {
    throw storeTrouble(error, path)
  }
}

interface Verdicts {
  readonly cache: Verdict
  readonly kept: Verdict
  /** All of both was read. */
  readonly deep: boolean
}

/** What is damaged may be met in the looking itself, on one of the few pages that it reads: then all of both is looked at. */
function lookWell(files: readonly [string, string], around: Surroundings): Verdicts {
  try {
    return look(files, around)
  } catch (error) {
    if (!damageOf(error)) throw error
    return look(files, { ...around, isSuspect: true })
  }
}

function look([path, keptPath]: readonly [string, string], around: Surroundings): Verdicts {
  let verdicts = { cache: inspect(path, { deep: false }), kept: inspect(keptPath, { deep: false }) }
  const deep = verdicts.cache !== 'sound' || around.isSuspect || isCheckDue(path, around)
  if (deep) verdicts = { cache: inspect(path, { deep }), kept: inspect(keptPath, { deep }) }
  const isOlder =
    verdicts.cache === 'sound' &&
    verdicts.kept === 'sound' &&
    reading(path, (db) => reading(keptPath, (kept) => hasLostCommits(db, kept)))
  return { ...verdicts, ...(isOlder && { cache: 'lost-commits' as const }), deep }
}

interface Checked {
  readonly atMs: number
  readonly bootId?: string
}

/** Daily, and after each start of the machine: a power cut is the likeliest cause of damage. */
const isCheckDue = (path: string, { nowMs, bootId }: Surroundings): boolean =>
  reading(path, (db) => {
    const last = noteOf<Checked>(db, 'checked')
    return !last || last.bootId !== bootId || Math.abs(nowMs - last.atMs) >= DAY_MS
  })

function opened(path: string, { kept, deep }: Verdicts, { newEpoch, nowMs, bootId }: Surroundings): Opened {
  // It is made anew from the cache at the end of the sync.
  if (kept !== 'sound' && kept !== 'absent') setAside(keptPathOf(path), kept, nowMs, KEPT_COPIES_KEPT)
  const checked: Checked = { atMs: nowMs, ...(bootId !== undefined && { bootId }) }
  return { db: openWith(path, newEpoch, deep ? { checked } : {}) }
}

interface Notes {
  readonly checked?: Checked
  readonly rebuilt?: Rebuilt
}

/** Closed again where a note cannot be written: SQLite shares what it knows of a file among all that have it open. */
function openWith(path: string, newEpoch: () => string, notes: Notes): Db {
  const db = openForWriting(path, newEpoch)
  try {
    if (notes.checked) saveNote(db, 'checked', notes.checked)
    if (notes.rebuilt) saveNote(db, 'rebuilt', notes.rebuilt)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function rebuilt(path: string, cache: 'absent' | Damage, kept: Verdict, around: Surroundings): Opened {
  const { nowMs, newEpoch } = around
  const keptPath = keptPathOf(path)
  const keptAside =
    kept === 'sound' || kept === 'absent' ? undefined : setAside(keptPath, kept, nowMs, KEPT_COPIES_KEPT)
  const aside = cache === 'absent' ? undefined : setAside(path, cache, nowMs, CACHES_KEPT)
  const sources =
    kept === 'sound'
      ? [{ path: keptPath, tolerant: false }]
      : salvaged([keptAside ?? asideOf(keptPath)[0], aside ?? asideOf(path)[0]])
  const usageRows = build(`${path}.new`, sources, around)
  putInPlace(`${path}.new`, path)
  if (!aside && usageRows === 0) return { db: openForWriting(path, newEpoch) }
  const note: Rebuilt = {
    atMs: nowMs,
    why: cache === 'absent' ? 'missing' : cache,
    ...(aside && { aside: basename(aside) }),
    usageRows,
  }
  return { db: openWith(path, newEpoch, { rebuilt: note }), rebuilt: note }
}

interface Source {
  readonly path: string
  readonly tolerant: boolean
}

/**
 * Without a second copy in order, what can still be read of either is better than nothing: also of one that was taken for
 * another program's, which one of ours is too where its name or its list of tables is damaged.
 */
const salvaged = (paths: readonly (string | undefined)[]): Source[] =>
  paths.filter((path) => path !== undefined).map((path) => ({ path, tolerant: true }))

/** A whole new database under another name, so that there is never half of one under its own. */
function build(path: string, sources: readonly Source[], around: Surroundings): number {
  removeDatabase(path)
  const db = openAlone(path, around.newEpoch)
  try {
    return sources.reduce((rows, source) => rows + fill(db, source, around), 0)
  } finally {
    db.close()
  }
}

function fill(db: Db, { path, tolerant }: Source, around: Surroundings): number {
  const from = (file: string): number => fillFrom(db, file, tolerant, around)
  if (!tolerant) return from(path)
  // As it is, then with another beginning: the first that can be read at all.
  const tries = [() => from(path), ...BEGINNINGS.map((bytes) => () => withMended(path, bytes, from))]
  for (const read of tries) {
    try {
      return read()
    } catch (error) {
      if (!isUnreadable(error)) throw error
    }
  }
  return 0
}

const fillFrom = (db: Db, path: string, tolerant: boolean, { demoSiteId }: Surroundings): number =>
  reading(path, (from) => {
    if (tolerant) readNamesApart(from)
    const demo = tolerant ? seemsDemo(from, demoSiteId) : ledger(from).demo
    const { demo: isDemo, epoch } = ledger(db)
    if (demo !== isDemo && holdsFacts(db)) return 0
    if (demo !== isDemo) startOver(db, epoch, { demo })
    return copyKept(from, db, { tolerant }).usage
  })

/** Its facts must never mix with a home's, also where the page is damaged that says whose they are. */
function seemsDemo(db: Db, demoSiteId: string | undefined): boolean {
  try {
    return ledger(db).demo
  } catch {
    return readSiteNames(db).some(({ site_id }) => site_id === demoSiteId)
  }
}

function reading<T>(path: string, read: (db: Db) => T): T {
  const db = new Database(path, { readonly: true, fileMustExist: true })
  try {
    return read(db)
  } finally {
    db.close()
  }
}

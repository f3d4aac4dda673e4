// A backup is put back into the database that is there, in one transaction: until its end there is the old state, after it
// the new one, and whoever reads meanwhile reads on. What was there before is kept beside it, whole.
import { copyFileSync, existsSync, statSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import type { SettingsRecord } from '#domain/settings/settings-record.ts'
import { BackupError } from './backup-error.ts'
import { readSeal, type Seal, settingsIn } from './backup-file.ts'
import { putInPlace, removeDatabase } from './files.ts'
import { inspect } from './inspect.ts'
import { holdsFacts } from './kept-copy.ts'
import { type Copied, copyKept } from './kept-rows.ts'
import { ledger, renameLedger, startOver } from './ledger.ts'
import { openAlone } from './open.ts'
import { ACCOUNT, forgetAnswers } from './questions.ts'
import { copiesBefore, nameBefore } from './set-aside.ts'
import { knownSites } from './sites.ts'
import { amberHistory } from './sync-runs.ts'
import { storeTrouble } from './trouble.ts'

export interface Restored extends Copied {
  readonly seal: Seal
  readonly settings: SettingsRecord
  /** Where what was there is kept; absent: there was nothing. */
  readonly before?: string
}

const COPIES_KEPT = 2

/** Throws a BackupError or a StoreError before anything is changed. `db` is the open database at `path`. */
export function restoreBackup(
  db: Database,
  path: string,
  file: string,
  { nowMs, newEpoch }: { nowMs: number; newEpoch: () => string },
): Restored {
  // From here on the copy: whatever happens to the stick that it came from, this is what was checked.
  const copy = `${path}.restoring`
  try {
    removeDatabase(copy)
    if (!existsSync(file)) throw new BackupError(`There is no ${file}.`)
    if (!statSync(file).isFile()) throw new BackupError(`${file} is not a file.`)
    copyFileSync(file, copy)
    const seal = readAs(file, () => readSeal(copy))
    const from = openAlone(copy, () => 'backup')
    try {
      refuseStrangers(db, from, file)
      const before = holdsFacts(db) ? keepBefore(db, path, nowMs) : undefined
      const copied = fill(db, from, seal, newEpoch())
      return { ...copied, seal, settings: settingsIn(from), ...(before !== undefined && { before }) }
    } finally {
      from.close()
    }
  } catch (error) {
    throw storeTrouble(error, path)
  } finally {
    if (existsSync(copy)) removeDatabase(copy)
  }
}

/** What is said of the copy is true of the file, by whose name its owner knows it. */
function readAs<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof BackupError)) throw error
    throw new BackupError(
      error.message.replace(/^\S+\.restoring/, () => file),
      error,
    )
  }
}

/** The usage of two households must never mix, nor an invented one with a real one. */
function refuseStrangers(db: Database, from: Database, file: string): void {
  if (ledger(from).demo && !ledger(db).demo && holdsFacts(db))
    throw new BackupError(`${file} is of the demo household, and this database of a real one.`)
  if (ledger(from).demo !== ledger(db).demo) return
  const here = knownSites(db).map(({ siteId }) => siteId)
  const there = knownSites(from).map(({ siteId }) => siteId)
  if (here.length > 0 && there.length > 0 && !here.some((siteId) => there.includes(siteId)))
    throw new BackupError(
      `${file} is of another household: none of its sites is among those here. To begin with it all the same, stop the server and the refreshes and move ${db.name} and its second copy away first.`,
    )
}

function keepBefore(db: Database, path: string, nowMs: number): string {
  const before = nameBefore(path, nowMs)
  removeDatabase(`${before}.part`)
  try {
    db.prepare('VACUUM INTO ?').run(`${before}.part`)
    if (inspect(`${before}.part`, { deep: true }) !== 'sound')
      throw new BackupError(
        `The copy of ${path} could not be read again: nothing was changed. Check the disk.`,
      )
    putInPlace(`${before}.part`, before)
  } catch (error) {
    removeDatabase(`${before}.part`)
    throw error
  }
  // By a clock that was wrong this one may seem to be the oldest.
  const others = copiesBefore(path).filter((name) => name !== before)
  for (const old of others.slice(COPIES_KEPT - 1)) removeDatabase(old)
  return before
}

/** Of what both have, that of the newer one stands; what only one has, stays. Amber is then asked about the last 90 days. */
function fill(db: Database, from: Database, seal: Seal, epoch: string): Copied {
  return db
    .transaction(() => {
      const isAnother = ledger(db).demo !== seal.demo
      if (isAnother) startOver(db, epoch, { demo: seal.demo })
      const overwrite = seal.answeredAtMs > (amberHistory(db).answeredAtMs ?? 0)
      const copied = copyKept(from, db, { overwrite })
      renameLedger(db, epoch)
      forgetAnswers(db, ACCOUNT)
      for (const { siteId } of knownSites(db)) forgetAnswers(db, siteId, 'usage')
      return copied
    })
    .immediate()
}

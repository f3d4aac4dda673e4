// A backup is one file: a database of the same form with only what cannot be fetched again, the household's settings in a
// note, and a seal that says what it holds. The token is in no database, so it is in no backup.
import { chmodSync, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database, { type Database as Db } from 'better-sqlite3'
import type { SettingsRecord } from '#domain/settings/settings-record.ts'
import { BackupError } from './backup-error.ts'
import { putInPlace, removeDatabase } from './files.ts'
import { type KeptContents, keptContents } from './kept-contents.ts'
import { copyKept } from './kept-rows.ts'
import { ledger, startOver } from './ledger.ts'
import { isOurs } from './migrate.ts'
import { noteOf, saveNote } from './notes.ts'
import { openAlone } from './open.ts'
import { StoreError } from './store-error.ts'
import { amberHistory } from './sync-runs.ts'
import { damageOf, storeTrouble } from './trouble.ts'

export interface Seal extends KeptContents {
  /** By this machine's clock. */
  readonly madeAtMs: number
  /** Amber's last answer in it: which of two databases is the newer one. */
  readonly answeredAtMs: number
  readonly madeBy: string
  readonly demo: boolean
  readonly settings: number
}

/** Only for who made it: when a household is out is in its usage. */
const FILE_MODE = 0o600

/**
 * Writes all that `from` holds, and the settings, into `path`; what is there is replaced once the new file has been
 * read again and found to hold the same. Cut off or failed, it leaves what was there.
 */
export function writeBackup(
  from: Db,
  settings: SettingsRecord,
  path: string,
  made: Pick<Seal, 'madeAtMs' | 'madeBy'>,
): Seal {
  if (existsSync(path)) refuseToReplace(path)
  if (!existsSync(dirname(path)))
    throw new BackupError(`There is no folder ${dirname(path)}: is the stick or disk mounted there?`)
  const part = `${path}.part`
  try {
    removeDatabase(part)
    const seal = from.transaction(() => fill(from, settings, part, made))()
    const read = readSeal(part)
    if (read.fingerprint !== seal.fingerprint)
      throw new BackupError(`What was written to ${path} is not what was to be written: try another disk.`)
    chmodSync(part, FILE_MODE)
    putInPlace(part, path)
    return seal
  } catch (error) {
    if (existsSync(part)) removeDatabase(part)
    throw storeTrouble(error, path)
  }
}

/** A backup may take the place of an older one, and of nothing else. */
function refuseToReplace(path: string): void {
  try {
    readSeal(path)
  } catch (cause) {
    throw new BackupError(`${path} is there, and is no backup: name another file, or move it away.`, cause)
  }
}

/** In one snapshot of the source: a sync may commit meanwhile. */
function fill(
  from: Db,
  settings: SettingsRecord,
  path: string,
  made: Pick<Seal, 'madeAtMs' | 'madeBy'>,
): Seal {
  const to = openAlone(path, () => 'backup')
  try {
    const { demo } = ledger(from)
    if (demo) startOver(to, 'backup', { demo })
    copyKept(from, to)
    const seal: Seal = {
      ...made,
      ...keptContents(from, settings),
      answeredAtMs: amberHistory(from).answeredAtMs ?? 0,
      demo,
      settings: Object.keys(settings).length,
    }
    saveNote(to, 'household', settings)
    saveNote(to, 'seal', seal)
    return seal
  } finally {
    to.close()
  }
}

/** Reads all of the file, and throws a BackupError where anything is not as it was when it was made. */
export function readSeal(path: string): Seal {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) throw new BackupError(`There is no ${path}.`)
  if (!stat.isFile()) throw new BackupError(`${path} is not a file.`)
  let db: Db | undefined
  try {
    db = new Database(path, { readonly: true })
    return sealOf(db, path)
  } catch (error) {
    if (error instanceof BackupError) throw error
    if (error instanceof StoreError && error.kind === 'newer-schema')
      throw new BackupError(
        `${path} was made by a newer version of this program: update this one first.`,
        error,
      )
    if (damageOf(error)) throw notWhole(path, error)
    throw storeTrouble(error, path)
  } finally {
    db?.close()
  }
}

export const settingsIn = (db: Db): SettingsRecord => noteOf<SettingsRecord>(db, 'household') ?? {}

function sealOf(db: Db, path: string): Seal {
  if (!isOurs(db)) throw new BackupError(`${path} is no backup of this program.`)
  const seal = noteOf<Seal>(db, 'seal')
  if (!seal)
    throw new BackupError(
      `${path} is a database of this program, but no backup: npm run backup -- FILE makes one.`,
    )
  if (db.pragma('integrity_check(1)', { simple: true }) !== 'ok') throw notWhole(path)
  if (keptContents(db, settingsIn(db)).fingerprint !== seal.fingerprint) throw notWhole(path)
  return seal
}

const notWhole = (path: string, cause?: unknown): BackupError =>
  new BackupError(
    `${path} is cut off or damaged: it is not what it was when it was made. Take another backup.`,
    cause,
  )

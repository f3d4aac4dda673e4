// The household's settings: a small file of its own beside the database, since nobody can be asked for them again. It is
// replaced whole, by a rename after the data is on the card, and the one before it is kept.
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { mergedRecords, readRecord, type SettingsRecord } from '#domain/settings/settings-record.ts'

export interface SettingsFile {
  read(): SettingsRecord
  /** Merges; says what there is now. Throws the system's error where it cannot write, and changes nothing then. */
  merge(record: SettingsRecord): SettingsRecord
  /** Changes with every write of any process. */
  version(): string
}

export const settingsFilePath = (sqlitePath: string): string => join(dirname(sqlitePath), 'settings.json')

export function createSettingsFile(path: string): SettingsFile {
  const previous = `${path}.previous`
  const version = () => identityOf(path)
  let known: { version: string; record: SettingsRecord } | undefined
  const read = () => {
    const now = version()
    // A file that cannot be understood is set aside by the next write; until then the one before it speaks.
    if (known?.version !== now) known = { version: now, record: recordIn(path) ?? recordIn(previous) ?? {} }
    return known.record
  }
  return {
    read,
    merge: (record) => {
      const before = read()
      const merged = mergedRecords(before, record)
      if (JSON.stringify(merged) !== JSON.stringify(before)) replace(path, previous, merged)
      return merged
    },
    version,
  }
}

function identityOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat ? `${stat.ino}:${stat.mtimeMs}:${stat.size}` : 'none'
}

function recordIn(path: string): SettingsRecord | undefined {
  try {
    return readRecord(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}

function replace(path: string, previous: string, record: SettingsRecord): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o750 })
  const next = `${path}.next`
  const file = openSync(next, 'w', 0o640)
  writeSync(file, `${JSON.stringify(record, null, 2)}\n`)
  fsyncSync(file)
  closeSync(file)
  if (recordIn(path)) {
    rmSync(previous, { force: true })
    linkSync(path, previous)
  } else if (existsSync(path)) renameSync(path, `${path}.unreadable`)
  renameSync(next, path)
  syncFolder(dirname(path))
}

/** A rename is on the card when its folder is. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

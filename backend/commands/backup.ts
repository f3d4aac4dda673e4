// A verified copy of all that cannot be fetched again, in one file. Reads only, so it is made while everything runs.
import { statSync } from 'node:fs'
import type { Outside } from '../main.ts'
import { writeBackup } from '../store/backup-file.ts'
import { type LastBackup, noteBackup } from '../store/last-backup.ts'
import { openForReading } from '../store/open.ts'
import { createSettingsFile, settingsFilePath } from '../store/settings-file.ts'
import { readVersion } from '../version.ts'
import { contentsText, EXIT_USAGE, namedFile } from './backup-words.ts'
import { configured, EXIT_CONFIG } from './configured.ts'
import { sizeText } from './status-text.ts'

export async function backupCommand(outside: Outside): Promise<number> {
  const file = namedFile(outside, 'backup')
  if (file === undefined) return EXIT_USAGE
  const config = configured(outside)
  if (!config) return EXIT_CONFIG
  try {
    const db = openForReading(config.sqlitePath)
    if (!db) {
      outside.print(`There is nothing to back up: no database at ${config.sqlitePath}.`)
      return 1
    }
    const settings = createSettingsFile(settingsFilePath(config.sqlitePath)).read()
    const { version, commit } = readVersion(outside.root)
    const made = { madeAtMs: outside.now(), madeBy: `${version} (${commit})` }
    const seal = writeBackup(db, settings, file, made)
    db.close()
    outside.print(`${file}: ${contentsText(seal)}; ${sizeText(statSync(file).size)}, read again and whole.`)
    note(outside, config.sqlitePath, { madeAtMs: seal.madeAtMs, file, demo: seal.demo })
    return 0
  } catch (error) {
    outside.print((error as Error).message)
    return 1
  }
}

/** The backup is made, also where the Status screen will not know of it. */
function note({ print }: Outside, sqlitePath: string, backup: LastBackup): void {
  try {
    noteBackup(sqlitePath, backup)
  } catch (error) {
    print(`The Status screen will not tell of it: ${(error as Error).message}`)
  }
}

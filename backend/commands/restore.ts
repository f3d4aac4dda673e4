// Puts a backup back. The server may go on meanwhile: it sees the old state until the new one is whole, and devices then
// start over by themselves.
import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Database } from 'better-sqlite3'
import { MINUTE_MS, SECOND_MS } from '#domain/interval.ts'
import type { Config } from '../config.ts'
import type { Outside } from '../main.ts'
import { BackupError } from '../store/backup-error.ts'
import { keptPathOf, secure } from '../store/kept-copy.ts'
import { type Restored, restoreBackup } from '../store/restore.ts'
import { restoreSettings } from '../store/restore-settings.ts'
import { settingsFilePath } from '../store/settings-file.ts'
import { storeTrouble } from '../store/trouble.ts'
import { type Lock, takeLock } from '../sync/lock.ts'
import { contentsText, dateText, EXIT_USAGE, namedFile } from './backup-words.ts'
import { configured, EXIT_CONFIG } from './configured.ts'
import { openStore } from './open-store.ts'

export async function restoreCommand(outside: Outside): Promise<number> {
  const file = namedFile(outside, 'restore')
  if (file === undefined) return EXIT_USAGE
  const config = configured(outside)
  if (!config) return EXIT_CONFIG
  let lock: Lock | undefined
  try {
    refuseRoot(config)
    lock = await lockOf(outside, config)
    restore(outside, config, file)
    return 0
  } catch (error) {
    outside.print((storeTrouble(error, config.sqlitePath) as Error).message)
    return 1
  } finally {
    lock?.release()
  }
}

function restore(outside: Outside, config: Config, file: string): void {
  const nowMs = outside.now()
  const db = openStore(outside, config)
  try {
    const restored = restoreBackup(db, config.sqlitePath, file, { nowMs, newEpoch: randomUUID })
    const settings = restoreSettings(settingsFilePath(config.sqlitePath), restored.settings, nowMs)
    makeSecondCopy(outside, config, db)
    for (const line of sentences(file, restored, settings, config)) outside.print(line)
  } finally {
    db.close()
  }
}

/** What was put back is back, also where the second copy of it has to wait. */
function makeSecondCopy({ print }: Outside, { sqlitePath }: Config, db: Database): void {
  try {
    secure(db, keptPathOf(sqlitePath))
  } catch (error) {
    const { message } = storeTrouble(error, keptPathOf(sqlitePath)) as Error
    print(`The second copy will be made by a later refresh: ${message}`)
  }
}

function* sentences(
  file: string,
  { seal, usage, vintages, before }: Restored,
  settings: { written: number; before?: string },
  { retentionDays }: Config,
): Generator<string> {
  yield `${file} of ${dateText(seal.madeAtMs)} is whole: ${contentsText(seal)}.`
  yield `Put back: ${usage} rows of usage, ${vintages} sets of forecasts, ${settings.written} settings; the rest was here already.`
  for (const kept of [before, settings.before]) if (kept) yield `What was here before is kept as ${kept}.`
  yield 'Devices copy everything anew. The next refresh asks Amber for what it still has.'
  if (retentionDays > 0)
    yield `RETENTION_DAYS=${retentionDays} is set: refreshes will drop what is older than that again.`
}

/** What root writes, the server could not read. */
function refuseRoot({ sqlitePath }: Config): void {
  const owner = statSync(dirname(sqlitePath), { throwIfNoEntry: false })?.uid ?? 0
  if (process.getuid?.() === 0 && owner !== 0)
    throw new BackupError(`${dirname(sqlitePath)} is not root's: do it as its owner, without sudo.`)
}

/** Longer than any refresh is let run. */
const REFRESH_ENDS_MS = 5 * MINUTE_MS

async function lockOf({ sleep, print }: Outside, { sqlitePath }: Config): Promise<Lock> {
  for (let waitedMs = 0; waitedMs <= REFRESH_ENDS_MS; waitedMs += SECOND_MS) {
    const lock = takeLock(sqlitePath)
    if (lock) return lock
    if (waitedMs === 0) print('A refresh is running; waiting for its end.')
    await sleep(SECOND_MS)
  }
  throw new BackupError(
    'A refresh is running and does not end: stop it, and begin again. Nothing was changed.',
  )
}

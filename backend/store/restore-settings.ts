// The settings of a backup, put back as decisions of now: devices that know newer ones follow.
import { copyFileSync, existsSync } from 'node:fs'
import type { SettingsRecord } from '#domain/settings/settings-record.ts'
import { syncFile, syncFolderOf } from './files.ts'
import { nameBefore } from './set-aside.ts'
import { createSettingsFile } from './settings-file.ts'

export interface RestoredSettings {
  readonly written: number
  /** Where those that were there are kept; absent: nothing was to be changed, or there were none. */
  readonly before?: string
}

/** Those that only the household has now, stay. */
export function restoreSettings(path: string, backup: SettingsRecord, nowMs: number): RestoredSettings {
  const file = createSettingsFile(path)
  const here = file.read()
  const written = asDecisionsOfNow(backup, here)
  if (Object.keys(written).length === 0) return { written: 0 }
  const before = existsSync(path) ? keepBefore(path, nowMs) : undefined
  file.merge(written)
  return { written: Object.keys(written).length, ...(before !== undefined && { before }) }
}

/** What is not here at all comes as it was: a phone that has decided otherwise since is right. */
function asDecisionsOfNow(backup: SettingsRecord, here: SettingsRecord): SettingsRecord {
  const revisions = [...Object.values(here), ...Object.values(backup)].map(({ revision }) => revision)
  const revision = Math.max(0, ...revisions) + 1
  const entries = Object.entries(backup).flatMap(([name, setting]) => {
    if (!Object.hasOwn(here, name)) return [[name, setting] as const]
    const isSame = JSON.stringify(here[name]?.value) === JSON.stringify(setting.value)
    return isSame ? [] : [[name, { value: setting.value, revision, writer: 'backup' }] as const]
  })
  return Object.fromEntries(entries)
}

function keepBefore(path: string, nowMs: number): string {
  const before = nameBefore(path, nowMs)
  copyFileSync(path, before)
  syncFile(before)
  syncFolderOf(before)
  return before
}

// When a backup was last made, in a small file beside the database: there it outlives a database that is built anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { putInPlace } from './files.ts'

export interface LastBackup {
  /** By this machine's clock. */
  readonly madeAtMs: number
  readonly file: string
  /** Of the demo household: for a home it is none. */
  readonly demo: boolean
}

const pathBeside = (sqlitePath: string): string => join(dirname(sqlitePath), 'last-backup.json')

/** Throws the system's error where it cannot write. */
export function noteBackup(sqlitePath: string, backup: LastBackup): void {
  const path = pathBeside(sqlitePath)
  const next = `${path}.next`
  writeFileSync(next, `${JSON.stringify(backup)}\n`)
  putInPlace(next, path)
}

/** Undefined: none, as far as this machine remembers. */
export function lastBackup(sqlitePath: string): LastBackup | undefined {
  try {
    const { madeAtMs, file, demo } = JSON.parse(readFileSync(pathBeside(sqlitePath), 'utf8'))
    return Number.isFinite(madeAtMs) ? { madeAtMs, file: String(file), demo: demo === true } : undefined
  } catch {
    return undefined
  }
}

// The note that says: a new version runs that has not proved itself yet. While it lies there, systemd's settle unit waits for the
// update to end, and puts the old version back if it ended without a word. A power cut is such an end.
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

export interface Trial {
  /** The folder names of the release that serves, and of the one that is tried. */
  readonly from: string
  readonly to: string
}

export function beginTrial(releases: string, trial: Trial): void {
  const path = noteOf(releases)
  writeFileSync(`${path}.new`, JSON.stringify(trial), { flush: true })
  renameSync(`${path}.new`, path)
  folderToDisk(releases)
}

/** What an update left that did not come to its end; undefined when all is in order. */
export function openTrial(releases: string): Trial | undefined {
  const path = noteOf(releases)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Trial) : undefined
}

export function endTrial(releases: string): void {
  rmSync(noteOf(releases), { force: true })
  folderToDisk(releases)
}

const noteOf = (releases: string): string => join(releases, 'on-trial.json')

function folderToDisk(folder: string): void {
  const descriptor = openSync(folder, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

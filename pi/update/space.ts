// A card that is full half way through helps nobody: the room is counted before anything is written.
import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { told } from './command.ts'
import { bytesOfDatabases } from './databases.ts'
import type { Place } from './place.ts'
import { Stop } from './stop.ts'

/** What npm keeps of its own, and what others write meanwhile. */
const RESERVE = 300e6

export function checkSpace({ releases, sqlitePath }: Place, running: string): void {
  const databases = bytesOfDatabases(sqlitePath)
  const release = Number.parseInt(
    told(['du', '--summarize', '--block-size=1', `${releases}/${running}`]).text,
    10,
  )
  // The new release beside the running one, and the copies for the first try.
  demand(releases, 1.2 * release + databases + RESERVE)
  demand(dirname(sqlitePath), databases + RESERVE)
}

function demand(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  if (free < bytes)
    throw new Stop(
      `there is too little room for a second version: ${megabytes(free)} MB are free in ${folder} and ${megabytes(bytes)} MB are needed`,
    )
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6)

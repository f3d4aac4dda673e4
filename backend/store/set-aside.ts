// A damaged database is not deleted: it is set aside with all that belongs to it, under a name that says when, for
// whoever wants to look what can still be had from it.
import { existsSync, readdirSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { COMPANIONS, orphansOf, removeDatabase, syncFolderOf } from './files.ts'
import type { Damage } from './trouble.ts'

/** Under this name a file that was never ours is set aside, and never deleted. */
const FOREIGN = 'foreign'
const DAMAGED = 'damaged'
const BEFORE_RESTORE = 'before-restore'

/** Says the new name. The `kept` newest damaged ones stay, older ones go. */
export function setAside(path: string, why: Damage, nowMs: number, kept: number): string {
  const word = why === 'foreign' ? FOREIGN : DAMAGED
  const aside = freeName(`${path}.${word}-${stamp(nowMs)}`)
  // The database first: cut off after it, what is left is told by having no database.
  renameSync(path, aside)
  moveCompanions(path, aside)
  // By a clock that was wrong this one may seem to be the oldest.
  const others = asideOf(path).filter((name) => name !== aside)
  for (const old of others.slice(kept - 1)) removeDatabase(old)
  return aside
}

/** Finishes what was cut off half way: a log without its database belongs to the one set aside last. */
export function clearOrphans(path: string, nowMs: number): void {
  if (orphansOf(path).length === 0) return
  const [last] = asideOf(path)
  const fits = last !== undefined && !existsSync(`${last}-wal`) && !existsSync(`${last}-journal`)
  moveCompanions(path, fits ? last : freeName(`${path}.${DAMAGED}-${stamp(nowMs)}`))
}

/** The damaged ones, the newest first. */
export const asideOf = (path: string): string[] => namedAfter(path, DAMAGED)

/** Under such a name it is kept as it was before a backup was put back. */
export const nameBefore = (path: string, nowMs: number): string =>
  freeName(`${path}.${BEFORE_RESTORE}-${stamp(nowMs)}`)

/** The newest first. */
export const copiesBefore = (path: string): string[] => namedAfter(path, BEFORE_RESTORE)

function namedAfter(path: string, word: string): string[] {
  const prefix = `${basename(path)}.${word}-`
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix) && !UNFINISHED.some((end) => name.endsWith(end)))
    .sort()
    .reverse()
    .map((name) => join(dirname(path), name))
}

const UNFINISHED = [...COMPANIONS, '.part']

function moveCompanions(from: string, to: string): void {
  for (const end of COMPANIONS) if (existsSync(from + end)) renameSync(from + end, to + end)
  syncFolderOf(from)
}

/** "20260310T000240Z" */
const stamp = (ms: number): string => new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, '')

function freeName(name: string): string {
  for (let count = 1; ; count++) {
    const free = count === 1 ? name : `${name}-${count}`
    if (['', ...COMPANIONS].every((end) => !existsSync(free + end))) return free
  }
}

// The releases beside the checkout. The link "current" is what runs; to change it is one rename.
import { existsSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun } from './command.ts'

export type Link = 'current' | 'previous'

/** A release's folder name. */
export const nameOf = (commit: string): string => commit.slice(0, 12)

export const folderOf = (releases: string, name: string): string => join(releases, name)

/** The release's folder name; undefined where the link leads nowhere. */
export function linked(releases: string, link: Link): string | undefined {
  return existsSync(join(releases, link, 'COMMIT')) ? readlinkSync(join(releases, link)) : undefined
}

export function commitOf(releases: string, name: string): string {
  return readFileSync(join(releases, name, 'COMMIT'), 'utf8').trim()
}

/** At every moment the link leads to the old release or to the new one. */
export function point(releases: string, link: Link, name: string): void {
  const path = join(releases, link)
  rmSync(`${path}.new`, { force: true })
  symlinkSync(name, `${path}.new`)
  renameSync(`${path}.new`, path)
  toDisk(releases)
}

/** A power cut after this cannot take away what was written before it. */
export function toDisk(folder: string): void {
  mustRun(['sync', '--file-system', folder], `${folder} could not be written to the disk`)
}

/** Gives what was built its name. After a way back a release of that name is here already: it makes room in one moment. */
export function seal(releases: string, building: string, name: string): void {
  const folder = folderOf(releases, name)
  toDisk(releases)
  if (existsSync(folder)) renameSync(folder, `${folder}.replaced`)
  renameSync(building, folder)
  toDisk(releases)
}

const RELEASE = /^[0-9a-f]{12}(\.building|\.replaced)?$/

/** Removes the releases that are not named, and what was left half built. */
export function tidy(releases: string, keep: readonly (string | undefined)[]): void {
  for (const name of readdirSync(releases).filter((entry) => RELEASE.test(entry)))
    if (!keep.includes(name)) rmSync(join(releases, name), { recursive: true, force: true })
}

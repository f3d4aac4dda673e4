// What a power cut in the middle of git leaves in the checkout. Both would keep every later update from beginning.
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Git's locks, which nobody holds any more; their names. */
export function dropLocksOfTheDead(checkout: string): string[] {
  const folder = join(checkout, '.git')
  if (!existsSync(folder) || isGitAtWorkIn(checkout)) return []
  const locks = [...locksIn(folder), ...locksIn(folder, 'refs', { recursive: true })]
  for (const lock of locks) rmSync(join(folder, lock))
  return locks
}

const locksIn = (folder: string, under = '', options = {}): string[] =>
  readdirSync(join(folder, under), { encoding: 'utf8', ...options })
    .filter((name) => name.endsWith('.lock'))
    .map((name) => join(under, name))

/** As far as this user may see: another's would be root's, who has no business here. */
function isGitAtWorkIn(checkout: string): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((pid) => {
      try {
        const works = readlinkSync(`/proc/${pid}/cwd`)
        return (
          (works === checkout || works.startsWith(`${checkout}/`)) &&
          readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('git')
        )
      } catch {
        return false
      }
    })
}

/** Lies there while the files of the checkout are changed for those of a newer commit. */
const noteOf = (releases: string): string => join(releases, 'checkout-moves')

export const beginMove = (releases: string): void => writeFileSync(noteOf(releases), '', { flush: true })
export const endMove = (releases: string): void => rmSync(noteOf(releases), { force: true })
export const isHalfMoved = (releases: string): boolean => existsSync(noteOf(releases))

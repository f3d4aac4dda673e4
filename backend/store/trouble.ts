// What SQLite's errors mean here. Damage is one thing: such a file is set aside and built anew. A file that is busy, a disk
// that is full or a folder that may not be written are another: the file is good, and nothing is done to it.
import { StoreError } from './store-error.ts'

/** Why a file is not the database it should be. */
export type Damage = 'empty' | 'no-database' | 'damaged' | 'foreign' | 'lost-commits'

export const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')

/** Undefined: the error is of another kind, or none of SQLite's. */
export function damageOf(error: unknown): Damage | undefined {
  const code = codeOf(error)
  if (code === 'SQLITE_NOTADB') return 'no-database'
  if (/^SQLITE_CORRUPT|^SQLITE_IOERR_(READ|SHORT_READ|CORRUPTFS|DATA)$/.test(code)) return 'damaged'
  return undefined
}

/** Of a file that is known to be damaged: also its list of tables may be. */
export const isUnreadable = (error: unknown): boolean =>
  damageOf(error) !== undefined || codeOf(error) === 'SQLITE_ERROR'

/** The error in words where the cause is known, else as it came. */
export function storeTrouble(error: unknown, path: string): unknown {
  if (error instanceof StoreError) return error
  const code = codeOf(error)
  const said = (kind: StoreError['kind'], message: string) => new StoreError(kind, message, error)
  if (/^SQLITE_FULL|^ENOSPC|^EDQUOT|^EFBIG|^SQLITE_IOERR_(WRITE|SHMSIZE|TRUNCATE)/.test(code))
    return said('disk-full', `The disk with ${path} is full: make room on it. What is there is still served.`)
  if (/^SQLITE_(CANTOPEN|READONLY|PERM)|^EACCES|^EROFS|^EPERM|^ENOTDIR|^EEXIST|^EISDIR/.test(code))
    return said('not-writable', `Cannot write ${path}: make its folder writable for this user.`)
  if (/^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(code))
    return said('busy', `${path} is in use by another program: close that one.`)
  if (damageOf(error) || /^SQLITE_IOERR|^EIO/.test(code))
    return said(
      'unreadable',
      `${path} cannot be read (${code}). The next sync looks at it and mends what it can.`,
    )
  return error
}

// Notices that sync has committed something, whichever process it ran in.
import { ledger } from '../store/ledger.ts'
import type { Reader } from '../store/reader.ts'

export interface Changes {
  /** Told the revision at each commit; says how to stop. */
  subscribe(listener: (revision: number) => void): () => void
  close(): void
}

const LOOK_EVERY_MS = 1000

export interface Watching {
  readonly everyMs?: number
  /** Changes with whatever else devices should hear of. */
  readonly also?: () => string
}

export function watchChanges(
  reader: Reader,
  { everyMs = LOOK_EVERY_MS, also = () => '' }: Watching = {},
): Changes {
  const listeners = new Set<(revision: number) => void>()
  const look = () => `${versionOf(reader)} ${also()}`
  let seen = look()
  const timer = setInterval(() => {
    const version = look()
    if (version === seen) return
    seen = version
    const revision = revisionOf(reader)
    for (const listener of listeners) listener(revision)
  }, everyMs)
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => clearInterval(timer),
  }
}

/** A file that cannot be read just now is a state like any other: health says what is wrong with it. */
function versionOf(reader: Reader): string | undefined {
  try {
    return reader.version()
  } catch {
    return 'unreadable'
  }
}

export function revisionOf(reader: Reader): number {
  try {
    const db = reader.db()
    return db ? ledger(db).revision : 0
  } catch {
    return 0
  }
}

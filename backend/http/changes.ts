// Notices that sync has committed something, whichever process it ran in.
import { ledger } from '../store/ledger.ts'
import type { Reader } from '../store/reader.ts'

export interface Changes {
  /** Told the revision at each commit; says how to stop. */
  subscribe(listener: (revision: number) => void): () => void
  close(): void
}

const LOOK_EVERY_MS = 1000

export function watchChanges(reader: Reader, every = LOOK_EVERY_MS): Changes {
  const listeners = new Set<(revision: number) => void>()
  let seen = versionOf(reader)
  const timer = setInterval(() => {
    const version = versionOf(reader)
    if (version === seen) return
    seen = version
    const revision = revisionOf(reader)
    for (const listener of listeners) listener(revision)
  }, every)
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

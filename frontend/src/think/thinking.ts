// The thinker with the facts it reads: fetched with the first question, since the first screen asks none.
import type { DeviceMirror } from '../mirror/device-mirror.ts'
import { createFactsReader } from './facts-reader.ts'
import { createThinker, type Think } from './thinker.ts'

export interface Thinking {
  readonly think: Think
  /** The copy has changed. */
  readonly forget: () => void
}

export function createThinking({ store, isOnDisk }: DeviceMirror, now: () => number): Thinking {
  const reader = createFactsReader(store, now)
  return { think: createThinker({ isOnDisk, reader }), forget: reader.forget }
}

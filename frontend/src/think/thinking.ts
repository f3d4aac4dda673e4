// The thinker with the facts it reads: fetched with the first question, since the first screen asks none.
import type { DeviceMirror } from '../mirror/device-mirror.ts'
import { createFactsReader } from './facts-reader.ts'
import { createThinker, type Thinker } from './thinker.ts'

export interface Thinking extends Thinker {
  /** The copy has changed. */
  readonly forget: () => void
}

export function createThinking({ store, database }: DeviceMirror, now: () => number): Thinking {
  const reader = createFactsReader(store, now)
  return { ...createThinker({ database, reader }), forget: reader.forget }
}

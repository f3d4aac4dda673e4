// What is asked of the Pi beside the mirror and kept beside the copy: without an answer, what it said last stays.
import { type CopyState, type CopyStore, StoreTrouble } from './copy.ts'
import { ask, MirrorTrouble, understood } from './fetch.ts'

export interface Asking<Answer> {
  readonly url: string
  readonly query?: Record<string, string | number>
  readonly withinMs: number
  /** Undefined: not an answer of this kind. */
  readonly parse: (raw: unknown) => Answer | undefined
}

/** False: nobody answered, or it cannot be kept. */
export async function keepAnswer<Answer>(
  store: CopyStore,
  { url, query = {}, withinMs, parse }: Asking<Answer>,
  kept: (state: CopyState, answer: Answer) => CopyState,
): Promise<boolean> {
  try {
    const answer = understood(parse, (await ask(url, query, withinMs)).text)
    await store.write(async (copy) => copy.put({ state: kept(await copy.state(), answer) }))
    return true
  } catch (error) {
    if (error instanceof MirrorTrouble || error instanceof StoreTrouble) return false
    throw error
  }
}

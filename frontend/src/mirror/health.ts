// What the Pi says of itself, kept beside the copy: without the Pi the status screen shows the last word and its age.
import type { HealthAnswer } from '#domain/contract.ts'
import { SECOND_MS } from '#domain/interval.ts'
import { type CopyStore, StoreTrouble } from './copy.ts'
import { ask, MirrorTrouble, understood } from './fetch.ts'

const WITHIN_MS = 8 * SECOND_MS

/** False: nobody answered, or it cannot be kept. */
export async function keepHealth(store: CopyStore, now: () => number): Promise<boolean> {
  try {
    const answer = understood(parseHealth, (await ask('/api/health', {}, WITHIN_MS)).text)
    const health = { answer, atMs: now() }
    await store.write(async (copy) => copy.put({ state: { ...(await copy.state()), health } }))
    return true
  } catch (error) {
    if (error instanceof MirrorTrouble || error instanceof StoreTrouble) return false
    throw error
  }
}

/** Undefined: not an answer of this kind. What a newer server adds is left alone. */
function parseHealth(raw: unknown): HealthAnswer | undefined {
  const health = raw as Partial<HealthAnswer> | null
  const isHealth =
    typeof health === 'object' &&
    typeof health?.status === 'string' &&
    typeof health.startedAt === 'string' &&
    typeof health.usage === 'object' &&
    typeof health.lastSync === 'object' &&
    Array.isArray(health.problems)
  return isHealth ? (health as HealthAnswer) : undefined
}

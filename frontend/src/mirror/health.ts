// What the Pi says of itself, kept beside the copy: without the Pi the status screen shows the last word and its age.
import type { HealthAnswer } from '#domain/contract.ts'
import { SECOND_MS } from '#domain/interval.ts'
import type { CopyStore } from './copy.ts'
import { siteQuery } from './fetch.ts'
import { keepAnswer } from './keep-answer.ts'

/** False: nobody answered, or it cannot be kept. */
export const keepHealth = (store: CopyStore, now: () => number, site?: string): Promise<boolean> =>
  keepAnswer(
    store,
    { url: '/api/health', query: siteQuery(site), withinMs: 8 * SECOND_MS, parse: parseHealth },
    (state, answer) => ({ ...state, health: { answer, atMs: now() } }),
  )

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

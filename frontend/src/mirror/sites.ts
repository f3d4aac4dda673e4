// The sites of the account, kept beside the copy for the screen that chooses one of them.
import type { SiteAnswer } from '#domain/contract.ts'
import { SECOND_MS } from '#domain/interval.ts'
import type { CopyStore } from './copy.ts'
import { keepAnswer } from './keep-answer.ts'

/** False: nobody answered, or it cannot be kept. */
export const keepSites = (store: CopyStore): Promise<boolean> =>
  keepAnswer(store, { url: '/api/sites', withinMs: 8 * SECOND_MS, parse: parseSites }, (state, sites) => ({
    ...state,
    sites,
  }))

function parseSites(raw: unknown): SiteAnswer[] | undefined {
  const isFine =
    Array.isArray(raw) &&
    raw.every((site) => typeof site?.siteId === 'string' && typeof site.network === 'string')
  return isFine ? (raw as SiteAnswer[]) : undefined
}

// GET /api/sites: every site of the account that was ever told of; never its meter number.
import type { Context } from 'hono'
import type { SiteAnswer } from '#domain/contract.ts'
import { knownSites } from '../store/sites.ts'
import type { AppDeps } from './app.ts'
import { errorAnswer } from './error-answer.ts'
import { homeOf, zoneOf } from './home.ts'

export function sitesRoute(deps: AppDeps, c: Context): Response {
  const { db, site, trouble } = homeOf(deps.reader, deps.settings)
  // A cache that cannot be read is no account without sites.
  if (trouble !== undefined) return errorAnswer(c, 503, 'cache-unreadable', trouble)
  const sites = db ? knownSites(db) : []
  return c.json<SiteAnswer[]>(
    sites.map((each) => ({
      siteId: each.siteId,
      network: each.network,
      status: each.status,
      intervalMinutes: each.intervalMinutes,
      timeZone: zoneOf(deps.settings, each),
      channels: each.channels.map(({ identifier, channel, tariff }) => ({ identifier, channel, tariff })),
      activeFrom: each.activeFrom ?? null,
      closedOn: each.closedOn ?? null,
      isDefault: each.siteId === site?.siteId,
      isPinned: each.siteId === deps.settings.siteId,
    })),
  )
}

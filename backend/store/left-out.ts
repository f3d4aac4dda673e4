// What an answer on the account's sites leaves out. It has been known to leave out what is there, so only many in a row count.
import type { Database } from 'better-sqlite3'
import { SITE_NO } from './numbers.ts'
import { prepared } from './prepared.ts'
import type { Site } from './sites.ts'

/** A week, at one answer a day. */
export const GONE_AFTER_ANSWERS = 7

/** An answer without any site tells nothing of those there are, nor a site without channels of its channels. */
export function countLeftOut(db: Database, sites: readonly Site[]): void {
  if (sites.length === 0) return
  const siteIds = JSON.stringify(sites.map(({ siteId }) => siteId))
  const told = 'site_no IN (SELECT site_no FROM site_number JOIN json_each(?) ON site_id = value)'
  prepared<[string]>(db, `UPDATE site SET left_out = left_out + 1 WHERE NOT ${told}`).run(siteIds)
  prepared<[string]>(db, `UPDATE site SET left_out = 0 WHERE left_out > 0 AND ${told}`).run(siteIds)
  for (const site of sites) if (site.channels.length > 0) countChannels(db, site)
}

function countChannels(db: Database, { siteId, channels }: Site): void {
  const identifiers = JSON.stringify(channels.map(({ identifier }) => identifier))
  const told = 'identifier IN (SELECT value FROM json_each(?))'
  const run = (sql: string) => prepared<[string, string]>(db, sql).run(siteId, identifiers)
  run(`UPDATE site_channel SET left_out = left_out + 1 WHERE site_no = ${SITE_NO} AND NOT ${told}`)
  run(`UPDATE site_channel SET left_out = 0 WHERE site_no = ${SITE_NO} AND left_out > 0 AND ${told}`)
}

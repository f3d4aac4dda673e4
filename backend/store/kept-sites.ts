// The sites of the account, from one database into another.
import type { Database } from 'better-sqlite3'
import { siteNo } from './numbers.ts'
import { prepared } from './prepared.ts'

interface SiteCopy {
  readonly site_id: string
  readonly network: string | null
  readonly status: string
  readonly interval_minutes: number
  readonly active_from: string | null
  readonly closed_on: string | null
  readonly left_out: number
  readonly channels: string
}

/** Every site that anything is known of; `network` is null where Amber has told nothing else of it. */
export const readSites = (db: Database): SiteCopy[] =>
  prepared<[], SiteCopy>(
    db,
    `SELECT site_id, site.*, (SELECT json_group_array(json_array(identifier, channel, tariff, left_out))
       FROM site_channel c WHERE c.site_no = site.site_no) AS channels
     FROM site_number LEFT JOIN site USING (site_no)`,
  ).all()

/** The same where nothing more can be read: Amber tells the rest anew. */
export const readSiteNames = (db: Database): SiteCopy[] =>
  prepared<[], { site_id: string }>(db, 'SELECT site_id FROM site_number')
    .all()
    .map(({ site_id }) => ({ ...NOTHING_TOLD, site_id }))

const NOTHING_TOLD: Omit<SiteCopy, 'site_id'> = {
  network: null,
  status: '',
  interval_minutes: 0,
  active_from: null,
  closed_on: null,
  left_out: 0,
  channels: '[]',
}

/** Part of the caller's transaction. */
export function writeSites(
  db: Database,
  sites: readonly SiteCopy[],
  { overwrite, revision }: { overwrite: boolean; revision: number },
): void {
  const verb = overwrite ? 'INSERT OR REPLACE' : 'INSERT OR IGNORE'
  for (const site of sites) {
    const no = siteNo(db, site.site_id)
    if (site.network === null) continue
    prepared<(number | string | null)[]>(db, `${verb} INTO site VALUES (?, ?, ?, ?, ?, ?, ?, ?)`).run(
      no,
      site.network,
      site.status,
      site.interval_minutes,
      site.active_from,
      site.closed_on,
      site.left_out,
      revision,
    )
    for (const channel of JSON.parse(site.channels) as [string, number, string, number][])
      prepared<(number | string)[]>(db, `${verb} INTO site_channel VALUES (?, ?, ?, ?, ?, ?)`).run(
        no,
        ...channel,
        revision,
      )
  }
}

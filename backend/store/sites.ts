// The account's sites. One that Amber leaves out of an answer stays: it has been known to happen.
import type { Database } from 'better-sqlite3'
import { CHANNELS, type Channel } from '#domain/price.ts'
import { inRevision } from './ledger.ts'
import { prepared } from './prepared.ts'

export interface Site {
  readonly siteId: string
  readonly network: string
  readonly status: string
  readonly intervalMinutes: number
  /** NEM dates. */
  readonly activeFrom?: string
  readonly closedOn?: string
  readonly channels: readonly { identifier: string; channel: Channel; tariff: string }[]
}

export function saveSites(db: Database, sites: readonly Site[]): number {
  const saveSite = prepared<object>(
    db,
    `INSERT INTO site (site_id, network, status, interval_minutes, active_from, closed_on, revision)
     VALUES (@siteId, @network, @status, @intervalMinutes, @activeFrom, @closedOn, @revision)
     ON CONFLICT (site_id) DO UPDATE SET (network, status, interval_minutes, active_from, closed_on, revision) =
       (excluded.network, excluded.status, excluded.interval_minutes, excluded.active_from, excluded.closed_on,
        excluded.revision)
     WHERE (site.network, site.status, site.interval_minutes, site.active_from, site.closed_on) IS NOT
       (excluded.network, excluded.status, excluded.interval_minutes, excluded.active_from, excluded.closed_on)`,
  )
  const saveChannel = prepared<object>(
    db,
    `INSERT INTO site_channel (site_id, identifier, channel, tariff, revision)
     VALUES (@siteId, @identifier, @channel, @tariff, @revision)
     ON CONFLICT (site_id, identifier) DO UPDATE SET (channel, tariff, revision) =
       (excluded.channel, excluded.tariff, excluded.revision)
     WHERE (site_channel.channel, site_channel.tariff) IS NOT (excluded.channel, excluded.tariff)`,
  )
  return inRevision(db, (revision) => {
    let changed = 0
    for (const { channels, activeFrom = null, closedOn = null, ...site } of sites) {
      changed += saveSite.run({ ...site, activeFrom, closedOn, revision }).changes
      for (const channel of channels)
        changed += saveChannel.run({ siteId: site.siteId, ...channel, revision }).changes
    }
    return changed
  })
}

interface SiteRow {
  site_id: string
  network: string
  status: string
  interval_minutes: number
  active_from: string | null
  closed_on: string | null
}

export function knownSites(db: Database): Site[] {
  const channels = prepared<[string], Site['channels'][number]>(
    db,
    'SELECT identifier, channel, tariff FROM site_channel WHERE site_id = ? ORDER BY identifier',
  )
  return prepared<[], SiteRow>(db, 'SELECT * FROM site ORDER BY active_from DESC, site_id')
    .all()
    .map((row) => ({
      siteId: row.site_id,
      network: row.network,
      status: row.status,
      intervalMinutes: row.interval_minutes,
      ...(row.active_from === null ? {} : { activeFrom: row.active_from }),
      ...(row.closed_on === null ? {} : { closedOn: row.closed_on }),
      channels: channels.all(row.site_id),
    }))
}

/** The revision at which a site last changed. */
export function siteRevision(db: Database, siteId: string): number {
  return (
    prepared<[string, string], { revision: number | null }>(
      db,
      `SELECT max(revision) AS revision FROM (SELECT revision FROM site WHERE site_id = ?
         UNION ALL SELECT revision FROM site_channel WHERE site_id = ?)`,
    ).get(siteId, siteId)?.revision ?? 0
  )
}

const STATUS_ORDER = ['active', 'pending', 'closed']

/**
 * The household's site: the one that was asked for, else the first active one, else the next that will be, else the
 * last that was. Undefined where there is none, or not the one asked for.
 */
export function defaultSite(sites: readonly Site[], askedFor: string | undefined): Site | undefined {
  if (askedFor !== undefined) return sites.find(({ siteId }) => siteId === askedFor)
  const order = ({ status }: Site) =>
    (STATUS_ORDER.indexOf(status) + STATUS_ORDER.length + 1) % (STATUS_ORDER.length + 1)
  return [...sites].sort((a, b) => order(a) - order(b))[0]
}

export const channelsOf = ({ channels }: Site): Channel[] =>
  CHANNELS.filter((name) => channels.some(({ channel }) => channel === name))

// The account's sites. One that Amber leaves out of an answer stays: it has been known to happen.
import type { Database } from 'better-sqlite3'
import { CHANNELS, type Channel } from '#domain/price.ts'
import { inRevision } from './ledger.ts'
import { countLeftOut, GONE_AFTER_ANSWERS } from './left-out.ts'
import { SITE_NO, siteNo } from './numbers.ts'
import { prepared } from './prepared.ts'

export interface SiteChannel {
  readonly identifier: string
  readonly channel: Channel
  readonly tariff: string
  /** Amber has left it out of the last answers, though not of many. */
  readonly isLeftOut?: true
}

export interface Site {
  readonly siteId: string
  readonly network: string
  readonly status: string
  readonly intervalMinutes: number
  /** NEM dates. */
  readonly activeFrom?: string
  readonly closedOn?: string
  /** Amber has left it out of many answers. */
  readonly isGone?: boolean
  readonly channels: readonly SiteChannel[]
}

/** Writes one whole answer; says which sites are not what they were. */
export function saveSites(
  db: Database,
  sites: readonly Site[],
  { countLeftOut: counts = true } = {},
): string[] {
  const changed: string[] = []
  inRevision(db, (revision) => {
    for (const site of sites) {
      const no = siteNo(db, site.siteId)
      if (saveSite(db, no, site, revision) + saveChannels(db, no, site, revision) > 0)
        changed.push(site.siteId)
    }
    if (counts) countLeftOut(db, sites)
    return changed.length
  })
  return changed
}

const COLUMNS = 'network, status, interval_minutes, active_from, closed_on'

function saveSite(db: Database, no: number, site: Site, revision: number): number {
  return prepared<(number | string | null)[]>(
    db,
    `INSERT INTO site (site_no, ${COLUMNS}, revision) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (site_no) DO UPDATE SET (${COLUMNS}, revision) = (${excluded(COLUMNS)}, excluded.revision)
     WHERE (${COLUMNS.replaceAll(/\w+/g, 'site.$&')}) IS NOT (${excluded(COLUMNS)})`,
  ).run(
    no,
    site.network,
    site.status,
    site.intervalMinutes,
    site.activeFrom ?? null,
    site.closedOn ?? null,
    revision,
  ).changes
}

function saveChannels(db: Database, no: number, { channels }: Site, revision: number): number {
  const save = prepared<(number | string)[]>(
    db,
    `INSERT INTO site_channel (site_no, identifier, channel, tariff, revision) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (site_no, identifier) DO UPDATE SET (channel, tariff, revision) = (${excluded('channel, tariff, revision')})
     WHERE (site_channel.channel, site_channel.tariff) IS NOT (${excluded('channel, tariff')})`,
  )
  return channels.reduce(
    (rows, { identifier, channel, tariff }) =>
      rows + save.run(no, identifier, CHANNELS.indexOf(channel), tariff, revision).changes,
    0,
  )
}

const excluded = (columns: string): string => columns.replaceAll(/\w+/g, 'excluded.$&')

interface SiteRow {
  site_no: number
  site_id: string
  network: string
  status: string
  interval_minutes: number
  active_from: string | null
  closed_on: string | null
  left_out: number
}

interface ChannelRow {
  identifier: string
  channel: number
  tariff: string
  left_out: number
}

export function knownSites(db: Database): Site[] {
  const channels = prepared<[number, number], ChannelRow>(
    db,
    `SELECT identifier, channel, tariff, left_out FROM site_channel WHERE site_no = ? AND left_out < ? ORDER BY identifier`,
  )
  return prepared<[], SiteRow>(
    db,
    'SELECT * FROM site JOIN site_number USING (site_no) ORDER BY active_from DESC, site_id',
  )
    .all()
    .map((row) => ({
      siteId: row.site_id,
      network: row.network,
      status: row.status,
      intervalMinutes: row.interval_minutes,
      ...(row.active_from === null ? {} : { activeFrom: row.active_from }),
      ...(row.closed_on === null ? {} : { closedOn: row.closed_on }),
      ...(row.left_out >= GONE_AFTER_ANSWERS ? { isGone: true } : {}),
      channels: channels.all(row.site_no, GONE_AFTER_ANSWERS).map(({ channel, left_out, ...rest }) => ({
        ...rest,
        channel: CHANNELS[channel] as Channel,
        ...(left_out > 0 && { isLeftOut: true as const }),
      })),
    }))
}

/** The revision at which a site last changed. */
export function siteRevision(db: Database, siteId: string): number {
  return (
    prepared<[string, string], { revision: number | null }>(
      db,
      `SELECT max(revision) AS revision FROM (SELECT revision FROM site WHERE site_no = ${SITE_NO}
         UNION ALL SELECT revision FROM site_channel WHERE site_no = ${SITE_NO})`,
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
  return [...sites].sort((a, b) => order(a) - order(b))[0]
}

export interface SiteChoice {
  /** AMBER_SITE_ID. Where the account has no such site, the household has none. */
  readonly siteId?: string | undefined
  /** Chosen in the app, once; counts for as long as there is such a site. */
  readonly chosenSiteId?: string | undefined
}

/** The household's own, whoever has chosen it. */
export function householdSite(
  sites: readonly Site[],
  { siteId, chosenSiteId }: SiteChoice,
): Site | undefined {
  const chosen = sites.find((site) => site.siteId === chosenSiteId)
  return defaultSite(sites, siteId ?? chosen?.siteId)
}

/** A site that Amber no longer tells of comes after those that it does, and a status that is a new word after the known. */
const order = ({ status, isGone }: Site): number =>
  (isGone ? 10 : 0) + (STATUS_ORDER.includes(status) ? STATUS_ORDER.indexOf(status) : STATUS_ORDER.length)

export const channelsOf = ({ channels }: Site): Channel[] =>
  CHANNELS.filter((name) => channels.some(({ channel }) => channel === name))

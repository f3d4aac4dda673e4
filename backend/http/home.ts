// The household a request is about, and the zone its days are counted in.
import type { Database } from 'better-sqlite3'
import { DEFAULT_TIME_ZONE, zoneOfNetwork } from '#domain/calendar.ts'
import type { Household } from '#domain/household.ts'
import { DAY_MS } from '#domain/interval.ts'
import type { MeterRegister } from '#domain/meter-registers.ts'
import { SPOKEN_LOOK_BACK_DAYS, toldRegisters } from '#domain/told-registers.ts'
import { ledger } from '../store/ledger.ts'
import type { Reader } from '../store/reader.ts'
import {
  channelsOf,
  defaultSite,
  householdSite,
  knownSites,
  type Site,
  type SiteChoice,
} from '../store/sites.ts'
import { StoreError } from '../store/store-error.ts'
import { usageDaysTold, usageSpan } from '../store/usage.ts'
import { QueryError } from './error-answer.ts'

export interface HomeSettings extends SiteChoice {
  readonly timeZone?: string | undefined
}

export interface Home {
  /** Absent: there is nothing to read yet. */
  readonly db?: Database
  /** Why the cache cannot be read, in words. */
  readonly trouble?: string
  readonly site?: Site
  /** The household's own is another one. */
  readonly isAnother?: true
  readonly timeZone: string
}

/** Never throws for a cache that cannot be read: a server without facts still serves, and says so. */
export function homeOf(reader: Reader, settings: HomeSettings, askedForSite?: string): Home {
  try {
    const db = reader.db()
    if (!db) return { timeZone: settings.timeZone ?? DEFAULT_TIME_ZONE }
    const sites = knownSites(db)
    const own = householdSite(sites, settings)
    const site = askedForSite === undefined ? own : defaultSite(sites, askedForSite)
    if (askedForSite !== undefined && !site)
      throw new QueryError('unknown-site', `site: there is no site ${askedForSite}; see /api/sites.`)
    const isAnother = site?.siteId !== own?.siteId
    return { db, ...(site && { site }), ...(isAnother && { isAnother }), timeZone: zoneOf(settings, site) }
  } catch (error) {
    if (error instanceof QueryError) throw error
    return { trouble: troubleOf(error), timeZone: settings.timeZone ?? DEFAULT_TIME_ZONE }
  }
}

export const zoneOf = (settings: HomeSettings, site: Site | undefined): string =>
  settings.timeZone ?? (site && zoneOfNetwork(site.network)) ?? DEFAULT_TIME_ZONE

export function householdOf({ db, site, timeZone }: Home): Household | undefined {
  if (!db || !site) return undefined
  return {
    siteId: site.siteId,
    network: site.network,
    timeZone,
    intervalMinutes: site.intervalMinutes,
    channels: channelsOf(site),
    registers: speakingRegisters(db, site),
    demo: ledger(db).demo,
    ...siteDates(site),
  }
}

/** Those that the site has, without the ones that are not waited for: a screen may hold only a few days of them. */
export function speakingRegisters(db: Database, { siteId, channels }: Site): MeterRegister[] {
  const lastEndMs = usageSpan(db, siteId)?.lastEndMs
  const told =
    lastEndMs === undefined ? [] : usageDaysTold(db, siteId, lastEndMs - SPOKEN_LOOK_BACK_DAYS * DAY_MS)
  const registers = toldRegisters(told, channels).filter(({ present }) => present)
  return channels
    .filter((channel) => registers.some(({ identifier }) => identifier === channel.identifier))
    .map(({ channel, identifier }) => ({ channel, identifier }))
}

/** Only what keeps prices from coming: all else is as a household expects it. */
export const siteDates = ({
  status,
  activeFrom,
  closedOn,
}: Site): Pick<Household, 'startsOn' | 'closedOn'> => ({
  ...(status === 'pending' && { startsOn: activeFrom ?? null }),
  ...(status === 'closed' && { closedOn: closedOn ?? null }),
})

const troubleOf = (error: unknown): string =>
  error instanceof StoreError ? error.message : `The cache cannot be read: ${(error as Error).message}`

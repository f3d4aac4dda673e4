// Each route's answer, stated once; both ends are type-checked against it. Times are ISO 8601 with the home's offset.
// Fields may be added; the meaning of one never changes: an installed app may be weeks older than its server.
import type { TallyColumns } from './forecast/tally-columns.ts'
import type { SyncOutcome } from './household.ts'
import type {
  AdvancedPrice,
  Channel,
  Descriptor,
  PriceKind,
  SpikeStatus,
  SpotRange,
  Tariff,
} from './price.ts'
import type { SettingsRecord } from './settings/settings-record.ts'
import type { Quality } from './usage.ts'

export interface ErrorAnswer {
  error: { code: string; message: string }
}

export interface Problem {
  code: string
  /** What it means and what to do. */
  message: string
}

/** GET /api/health[?strict=1][&site]: prices and usage are of the site. */
export interface HealthAnswer {
  status: 'ok' | 'stale' | 'unknown'
  source: 'live' | 'cache'
  /** Since the last successful answer from Amber; null when there was none. */
  cacheAgeSeconds: number | null
  demo: boolean
  version: string
  commit: string
  now: string
  startedAt: string
  prices: {
    intervalStart: string | null
    intervalEnd: string | null
    state: 'confirmed' | 'estimate' | 'forecast' | 'unknown'
    /** Since that price was learned. */
    ageSeconds: number | null
    forecastUntil: string | null
  }
  usage: {
    /** Last local day up to which no interval is missing. */
    completeThroughDate: string | null
    estimatedDays: number
    missingDays: number
    /** Listed by Amber, but not waited for: of each the NEM date it last told of, null: of none. Absent: there is none. */
    silentRegisters?: { identifier: string; channel: Channel; lastDate: string | null }[]
  }
  lastSync: SyncAnswer | null
  /** The last syncs that ended, the newest first. */
  recentSyncs?: SyncAnswer[]
  /** Rows of Amber's answers that could not be understood and were set aside. */
  quarantinedRows: number
  /** How far back the site's history has been fetched; null before the first sync, and of a site that is not the household's own. */
  history?: { prices: HistoryAnswer; usage: HistoryAnswer } | null
  /** By how much the Pi's clock is behind Amber's (negative: ahead); null: right, or not known. */
  clockOffSeconds?: number | null
  /** What Amber has told otherwise of the site than before, in the last two weeks, the newest first. */
  siteChanges?: SiteChangeAnswer[]
  /** When the database was last built anew because something was wrong with it. */
  rebuilt?: { at: string; why: string; file: string | null; usageRows: number } | null
  /** What the database takes up, and what is left on its disk; null where there is none, or the system does not say. */
  storage?: { bytes: number; freeBytes: number | null } | null
  /** The last backup that was made on this machine; null: none, as far as it remembers. */
  lastBackup?: { at: string; file: string } | null
  /** By which phones know this machine; null: there is none. */
  certificate?: CertificateAnswer | null
  problems: Problem[]
}

export interface SiteChangeAnswer {
  /** When it was noticed. */
  at: string
  what: 'interval' | 'register' | 'tariff'
  /** Of a register, and of its network tariff. */
  identifier: string | null
  /** Minutes, or the code of the tariff; null: there was none. */
  was: string | null
  /** Minutes, the channel of the register, or the code of its tariff. */
  is: string
}

export interface SyncAnswer {
  startedAt: string
  finishedAt: string | null
  outcome: SyncOutcome
  message: string | null
  amberRequests: number
  quotaRemaining: number | null
}

export interface CertificateAnswer {
  expiresAt: string
  /** Of the root that phones trust, which is never renewed: each phone would have to be told of the new one. */
  rootExpiresAt: string
  /** False: it was made by hand, and is made anew by hand. */
  renewsItself: boolean
}

export interface HistoryAnswer {
  /** Everything from this NEM date on has been fetched. */
  backToDate: string | null
  /** Where it ends; null: Amber has not told. */
  firstDate: string | null
  complete: boolean
  weeksFetched: number
  weeks: number
}

/** GET and PUT /api/settings; a PUT sends the same. */
export interface SettingsAnswer {
  record: SettingsRecord
}

/** GET /api/forecasts/tally */
export interface ForecastTallyAnswer {
  /** Local days whose forecasts were looked at; both included. */
  fromDate: string
  toDate: string
  /** null: there is no site yet. */
  tally: TallyColumns | null
}

/** GET /api/sites */
export interface SiteAnswer {
  siteId: string
  network: string
  status: string
  intervalMinutes: number
  timeZone: string
  channels: { identifier: string; channel: Channel; tariff: string }[]
  /** NEM dates; null: Amber has not said. */
  activeFrom?: string | null
  closedOn?: string | null
  /** The household's own: the one that is meant where none is named. */
  isDefault: boolean
  /** By AMBER_SITE_ID: no setting of the household goes above it. */
  isPinned?: boolean
}

export interface NowPrice {
  startAt?: string
  endAt?: string
  centsPerKwh?: number
  spotCentsPerKwh?: number
  state: 'confirmed' | 'estimate' | 'forecast' | 'unknown'
  forecastMadeAt?: string
  descriptor?: Descriptor
  spikeStatus?: SpikeStatus
  advanced?: AdvancedPrice
}

/** GET /api/now */
export interface NowAnswer {
  site: string | null
  at: string
  channels: Partial<Record<Channel, NowPrice>>
  renewablesPercent: number | null
  demandWindow: boolean | null
}

/** GET /api/prices?from&to[&channel] */
export interface PricesAnswer {
  intervals: PriceAnswer[]
}

export interface PriceAnswer {
  channel: Channel
  startAt: string
  endAt: string
  durationMinutes: number
  centsPerKwh: number
  spotCentsPerKwh?: number
  kind: PriceKind
  estimate: boolean
  descriptor?: Descriptor
  spikeStatus?: SpikeStatus
  renewablesPercent?: number
  tariff?: Tariff
  advanced?: AdvancedPrice
  range?: SpotRange
  forecastMadeAt?: string
}

/** GET /api/usage?from&to[&channel] */
export interface UsageAnswer {
  intervals: {
    channel: Channel
    identifier: string
    startAt: string
    endAt: string
    kwh: number
    costCents: number
    centsPerKwh: number
    quality: Quality
  }[]
}

export interface UsageReadingAnswer {
  kwh: number
  costCents: number
  centsPerKwh: number
  quality: Quality
  tariff?: Tariff
}

/** GET /api/usage/revisions?from&to[&channel]: corrections of rows that overlap [from, to), in the order they came. */
export interface UsageRevisionsAnswer {
  revisions: {
    channel: Channel
    identifier: string
    startAt: string
    endAt: string
    changedAt: string
    was: UsageReadingAnswer
    /** null: rows of another length took its place. */
    became: UsageReadingAnswer | null
  }[]
}

export interface UsageDayChannel {
  kwh: number
  costCents: number
  intervals: number
  expectedIntervals: number
  estimatedIntervals: number
}

/** GET /api/usage/days?fromDate&toDate */
export interface UsageDaysAnswer {
  days: { localDate: string; channels: Partial<Record<Channel, UsageDayChannel>> }[]
}

/** GET /api/setup: how a phone of the household gets the app. */
export interface SetupAnswer {
  /** Over plain http, under the name that this machine has in its home. */
  setupUrl: string
  hasHttps: boolean
  /** There is https, and no phone has used it yet. */
  isWanted: boolean
}

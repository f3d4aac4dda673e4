// The delta that installed apps live on: GET /api/mirror. One record a channel and NEM day, as columns, so that a
// month is a few dozen records and not thousands of rows. Times are epoch milliseconds or minutes since NEM midnight.
import type { Household, SyncOutcome } from './household.ts'
import type { Channel, PriceInterval, Tariff } from './price.ts'
import type { SettingsRecord } from './settings/settings-record.ts'

/**
 * Settled prices of one channel on one NEM day (fixed +10:00), ascending by end; column `i` of each array is one
 * interval. A delta holds only the changed ones. `null` is "Amber did not say".
 */
export interface PriceDay {
  readonly channel: Channel
  /** NEM date, YYYY-MM-DD: of the interval's start. */
  readonly date: string
  /** Minutes from NEM midnight to the interval's end: 5 … 1440. With `minutes` the row's identity. */
  readonly end: readonly number[]
  readonly minutes: readonly number[]
  /** Cents per kWh, Amber's five decimals. */
  readonly cents: readonly number[]
  readonly spot: readonly (number | null)[]
  readonly renewables: readonly (number | null)[]
  /** Index into DESCRIPTORS. */
  readonly descriptor: readonly (number | null)[]
  /** Index into SPIKE_STATUSES. */
  readonly spike: readonly (number | null)[]
  /** Index into `tariffs`. */
  readonly tariff: readonly (number | null)[]
  readonly tariffs: readonly Tariff[]
}

/** Metered energy of one register on one NEM day; as PriceDay. */
export interface UsageDay {
  readonly channel: Channel
  readonly identifier: string
  readonly date: string
  readonly end: readonly number[]
  readonly minutes: readonly number[]
  readonly kwh: readonly number[]
  readonly costCents: readonly number[]
  readonly cents: readonly number[]
  /** 1: estimated, 0: billable. */
  readonly estimated: readonly number[]
  readonly tariff: readonly (number | null)[]
  readonly tariffs: readonly Tariff[]
}

/** How much of the past's usage the Pi has fetched. */
export interface UsageHistory {
  readonly fetchedDays: number
  readonly days: number
}

/** What the Pi says of itself; instants, never ages, so that an old copy stays true. */
export interface PiReport {
  readonly version: string
  readonly commit: string
  /** Of this answer, by the Pi's clock. */
  readonly atMs: number
  readonly demo: boolean
  readonly amberAnsweredAtMs: number | null
  readonly amberLostSinceMs: number | null
  readonly outcome: SyncOutcome | null
  /** Absent: all of it is fetched, or the copy is of a site that is not the household's own. */
  readonly history?: UsageHistory
}

/** The household's settings, and the version a device names when it asks again, so that they are not sent twice. */
export interface MirroredSettings {
  readonly version: string
  readonly record: SettingsRecord
}

/**
 * GET /api/mirror[?site=SITE][&since=REVISION&epoch=EPOCH][&settings=VERSION]: of one site, the household's own where none is named. Its ETag stands for the epoch, the revision and the report without
 * `atMs`; asked with If-None-Match of that, 304 says that nothing of it has changed.
 */
export interface MirrorAnswer {
  /** Names the database; another one than asked for means: throw the copy away, this answer begins anew. */
  readonly epoch: string
  /** Everything up to this revision is in the copy once this answer is applied. */
  readonly revision: number
  /** There is more up to the newest revision: ask again at once. */
  readonly more: boolean
  readonly pi: PiReport
  readonly household: Household | null
  /** Absent: as the device has them, by the version it named. */
  readonly settings?: MirroredSettings
  /** Running interval and forecast of every channel, whole; null: unchanged since. */
  readonly live: readonly PriceInterval[] | null
  readonly priceDays: readonly PriceDay[]
  readonly usageDays: readonly UsageDay[]
  /** In a first answer: history older than this NEM date is not in it and is asked for with `before`. */
  readonly historyBefore?: string
  /** In a later answer: nothing before this NEM date is here any more, so what the device has of it goes too. */
  readonly keptFrom?: string
}

/** GET /api/mirror?before=DATE: older whole days, newest first. */
export interface MirrorHistoryAnswer {
  readonly epoch: string
  readonly priceDays: readonly PriceDay[]
  readonly usageDays: readonly UsageDay[]
  /** Ask on with this date; null: that was all there is. */
  readonly before: string | null
}

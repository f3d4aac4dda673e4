// What rests on a device, and what can be done to it inside one transaction.
import type { ForecastTallyAnswer, HealthAnswer, SiteAnswer } from '#domain/contract.ts'
import type { Household } from '#domain/household.ts'
import type { PiReport, PriceDay, UsageDay } from '#domain/mirror.ts'
import type { PriceInterval } from '#domain/price.ts'
import type { RevisedDay } from '#domain/revised-days.ts'
import type { SettingsRecord } from '#domain/settings/settings-record.ts'

/** The household's settings as this device has them: its own writes and everybody's, merged. */
export interface KeptSettings {
  readonly record: SettingsRecord
  /** Of the Pi's, as it was last heard: asked with it, they are not sent again. */
  readonly version?: string
  /** The Pi does not yet have what was written here. */
  readonly isPending?: true
  /** Names of settings that were written here and that another device's write has replaced. */
  readonly overruled?: readonly string[]
  /** The Pi has not taken what was written here. */
  readonly isRefused?: true
}

/** How far the copy has come; the server's own count, so no clock of this device is in it. */
export interface Cursor {
  readonly epoch: string
  readonly revision: number
  /** Of the answer that made the copy complete: asks whether there is anything newer. */
  readonly etag?: string
}

export interface CopyState {
  /** Absent: nothing has been copied yet. */
  readonly cursor?: Cursor
  readonly household?: Household
  readonly pi?: PiReport
  /** This device's clock. Absent: never. */
  readonly piAnsweredAtMs?: number
  /** This device's clock, at the first of the failures. Absent: the last attempt succeeded. */
  readonly piLostSinceMs?: number
  /** How far the Pi's clock is ahead of this device's. Absent: cannot tell. */
  readonly skewMs?: number
  /** History older than this NEM date is still to come. Absent: it is all here. */
  readonly historyBefore?: string
  /** This device has no room for the history that is still to come. */
  readonly historyStopped?: true
  /** Days of usage that Amber has corrected, as the Pi told when somebody last looked. */
  readonly revised?: readonly RevisedDay[]
  readonly settings?: KeptSettings
  /** By which other devices and this one tell its writes from theirs. */
  readonly writer?: string
  /** The sites of the account, as the Pi told when somebody last looked. */
  readonly sites?: readonly SiteAnswer[]
  /** How the forecasts of the last weeks turned out, and when that was asked, by this device's clock. */
  readonly tally?: ForecastTallyAnswer & { readonly askedAtMs: number }
  /** What the Pi said of itself when somebody last looked, and when that was, by this device's clock. */
  readonly health?: { readonly answer: HealthAnswer; readonly atMs: number }
}

/** What one sync brings, to be written at once. */
export interface CopyChange {
  readonly state: CopyState
  readonly live?: readonly PriceInterval[]
  readonly priceDays?: readonly PriceDay[]
  readonly usageDays?: readonly UsageDay[]
}

/** A site that an address names and that is not the household's own. */
export interface AnotherSite {
  /** "Jemena, since 16 June 2025" */
  readonly name: string
  /** There is no such site, in words. */
  readonly unknown?: string
  /** The household's own; undefined: not known here. */
  readonly own: Household | undefined
}

export interface StoredHome {
  readonly state: CopyState
  /** Absent: it is the household's own. */
  readonly another?: AnotherSite
  readonly live: readonly PriceInterval[]
  readonly priceDays: readonly PriceDay[]
  readonly usageDays: readonly UsageDay[]
}

export interface FirstDates {
  readonly prices?: string
  readonly usage?: string
}

/** The copy inside one transaction. Nothing but its own answers may be awaited between two calls. */
export interface Copy {
  state(): Promise<CopyState>
  /** The stored day of the same channel and date. */
  priceDay(like: PriceDay): Promise<PriceDay | undefined>
  /** The stored day of the same channel, register and date. */
  usageDay(like: UsageDay): Promise<UsageDay | undefined>
  put(change: CopyChange): Promise<void>
  /** Forgets every day before this NEM date; without one, all rows. The state stays. */
  forget(beforeDate?: string): Promise<void>
}

export type FromDate = (state: CopyState) => string

export interface CopyReader {
  state(): Promise<CopyState>
  /** The rows from a NEM date on; which one is for the state to say. Usage may be read from an earlier one. */
  read(fromDate: FromDate, usageFrom?: FromDate): Promise<StoredHome>
  /** Usage between two NEM dates, both included: more of it than a screen needs at once. */
  usageBetween(fromDate: string, toDate: string): Promise<readonly UsageDay[]>
  /** NEM dates of the oldest days; absent where there are none. */
  firstDates(): Promise<FirstDates>
}

export interface CopyStore extends CopyReader {
  /** All of the step or nothing of it. */
  write<Result>(step: (copy: Copy) => Promise<Result>): Promise<Result>
}

export type StoreTroubleKind =
  /** This browser keeps nothing for us. */
  | 'refused'
  /** No room. */
  | 'full'
  /** The copy is of a newer app than this one. */
  | 'newer'

export class StoreTrouble extends Error {
  override readonly name = 'StoreTrouble'
  readonly kind: StoreTroubleKind

  constructor(kind: StoreTroubleKind, cause?: unknown) {
    super(`the copy on this device cannot be used: ${kind}`, { cause })
    this.kind = kind
  }
}

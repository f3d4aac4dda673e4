// The home and the three links between a screen and the truth.
import type { Channel } from './price.ts'

export interface Household {
  readonly siteId: string
  /** The distributor, as Amber names it: "Ausgrid", "Jemena", … */
  readonly network: string
  /** IANA name; days, months and clock times are this zone's. */
  readonly timeZone: string
  /** Billing interval. */
  readonly intervalMinutes: number
  /** The channels the site has, in the order of CHANNELS. */
  readonly channels: readonly Channel[]
  /** Those of its meter's registers that speak or may begin to. Absent: an older server's. */
  readonly registers?: readonly { readonly channel: Channel; readonly identifier: string }[]
  /** The simulator's household, labelled DEMO wherever it is shown. */
  readonly demo: boolean
  /** NEM date from which Amber supplies it; null: Amber has not said. Absent: it does, or has done. */
  readonly startsOn?: string | null
  /** NEM date of the end of its contract; null: Amber has not said. Absent: it goes on. */
  readonly closedOn?: string | null
}

export const SYNC_OUTCOMES = [
  'ok',
  'partial',
  'unreachable',
  'rate-limited',
  'unauthorised',
  'amber-error',
  'bad-answer',
  'failed',
] as const
export type SyncOutcome = (typeof SYNC_OUTCOMES)[number]

/** The link Pi – Amber, as the Pi saw it last. */
export interface AmberContact {
  /** The last successful answer; absent: never. */
  readonly answeredAtMs?: number
  /** Since when every sync has failed; absent: the last one succeeded. */
  readonly lostSinceMs?: number
  /** How the last sync ended; absent: none has run. */
  readonly outcome?: SyncOutcome
}

/** The link device – Pi, as this device sees it. */
export interface PiContact {
  /** The Pi's last answer; absent: never. */
  readonly answeredAtMs?: number
  /** Since when attempts have failed; absent: the last one succeeded. */
  readonly lostSinceMs?: number
}

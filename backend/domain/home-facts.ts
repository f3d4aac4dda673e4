// Everything a screen thinks from, wherever it runs: filled from IndexedDB on a device, from SQLite on the Pi.
import type { NemDate } from './calendar.ts'
import type { AmberContact, Household, PiContact } from './household.ts'
import type { UsageHistory } from './mirror.ts'
import type { PriceInterval } from './price.ts'
import type { UsageInterval } from './usage.ts'

export interface HomeFacts {
  /** Absent: Amber has not yet told of a site. */
  readonly household?: Household
  /** Any order, any overlap: what is known of a stretch of time is chosen by `timeline`. */
  readonly prices: readonly PriceInterval[]
  readonly usage: readonly UsageInterval[]
  readonly amber: AmberContact
  readonly pi: PiContact
  /** What the Pi has of earlier NEM dates is not all here. Absent: it is. */
  readonly heldFrom?: NemDate
  /** Absent: none of it is still to be fetched. */
  readonly history?: UsageHistory
}

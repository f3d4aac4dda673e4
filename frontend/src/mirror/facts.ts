// From the copy to what a screen thinks from.
import { addDays, type LocalDate, type NemDate, nemDate } from '#domain/calendar.ts'
import type { HomeFacts } from '#domain/home-facts.ts'
import type { AmberContact, PiContact } from '#domain/household.ts'
import { DAY_MS } from '#domain/interval.ts'
import { monthOf } from '#domain/local-period.ts'
import type { PiReport } from '#domain/mirror.ts'
import { CHANNELS, type Channel } from '#domain/price.ts'
import { intervalsOfPriceDay } from '#domain/price-day.ts'
import { intervalsOfUsageDay } from '#domain/usage-day.ts'
import { correctionMs } from './contact.ts'
import type { CopyState, StoredHome } from './copy.ts'

/** The local day before yesterday and on: its local midnight is never further back than this, whatever the zone. */
const SCREEN_NEEDS_MS = 4 * DAY_MS

/** The first NEM date of which the screen needs the rows; later ones have no end. */
export const screenFrom = (state: CopyState, deviceMs: number): string =>
  nemDate(deviceMs + correctionMs(state) - SCREEN_NEEDS_MS)

/**
 * A demand charge looks at the highest half hour of yesterday's month, so usage is needed from its first local midnight on,
 * which is an hour of the NEM date before.
 */
export function usageFrom(state: CopyState, deviceMs: number): string {
  const from = screenFrom(state, deviceMs) as LocalDate
  return hasDemand(state) ? addDays(monthOf(from).fromDate, -1) : from
}

/** Of the usage that the screen needs some is still to come, as history. */
export const needsHistory = (state: CopyState | undefined, deviceMs: number): boolean =>
  state !== undefined && usageFrom(state, deviceMs) < (state.historyBefore ?? '')

function hasDemand({ settings }: CopyState): boolean {
  const charges = settings?.record.charges?.value
  return Array.isArray(charges) && charges.some((set) => set?.demand)
}

/** All instants by the corrected clock: the one that `correctionMs` makes of this device's. */
export const homeFactsOf = ({ state, live, priceDays, usageDays }: StoredHome): HomeFacts => ({
  ...(state.household && { household: state.household }),
  prices: [...live, ...priceDays.filter(isKnown).flatMap(intervalsOfPriceDay)],
  usage: usageDays.filter(isKnown).flatMap(intervalsOfUsageDay),
  amber: amberContact(state.pi),
  pi: piContact(state),
  ...(state.historyBefore && { heldFrom: state.historyBefore as NemDate }),
  ...(state.pi?.history && { history: state.pi.history }),
})

/** A channel that only a newer server knows rests in the copy until a newer app reads it. */
const isKnown = ({ channel }: { channel: Channel }): boolean => CHANNELS.includes(channel)

const amberContact = (pi: PiReport | undefined): AmberContact =>
  pi
    ? {
        ...(pi.amberAnsweredAtMs !== null && { answeredAtMs: pi.amberAnsweredAtMs }),
        ...(pi.amberLostSinceMs !== null && { lostSinceMs: pi.amberLostSinceMs }),
        ...(pi.outcome !== null && { outcome: pi.outcome }),
      }
    : {}

const piContact = (state: CopyState): PiContact => {
  const shiftMs = correctionMs(state)
  const { piAnsweredAtMs, piLostSinceMs } = state
  return {
    ...(piAnsweredAtMs !== undefined && { answeredAtMs: piAnsweredAtMs + shiftMs }),
    ...(piLostSinceMs !== undefined && { lostSinceMs: piLostSinceMs + shiftMs }),
  }
}

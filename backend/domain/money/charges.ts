// What is paid beside energy: supply, a subscription, demand. Amber's API tells none of it, so the household enters it.
import type { LocalDate } from '../calendar.ts'
import type { DemandCharge } from './demand.ts'
import { total } from './total.ts'

export interface FixedCharges {
  /** False: GST is added to every charge, and to no credit: what a household sells bears none. */
  readonly includesGst: boolean
  readonly supplyCentsPerDay: number
  /** Subscription, membership. */
  readonly fee?: { readonly cents: number; readonly per: 'day' | 'month' }
  readonly demand?: readonly DemandCharge[]
}

/** What Amber charges this household from a date on: rates change each July. */
export interface DatedCharges extends FixedCharges {
  /** Absent: for ever before. */
  readonly fromDate?: LocalDate
}

export const GST_FACTOR = 1.1

export const withGst = (cents: number, { includesGst }: Pick<FixedCharges, 'includesGst'>): number =>
  includesGst ? cents : cents * GST_FACTOR

/** Those in force on the date; undefined where the household has entered none for it. */
export function chargesOn<C extends { readonly fromDate?: LocalDate }>(
  charges: readonly C[],
  date: LocalDate,
): C | undefined {
  const inForce = charges.filter(({ fromDate = '' }) => fromDate <= date)
  return inForce.reduce<C | undefined>(
    (latest, one) => (latest && (latest.fromDate ?? '') >= (one.fromDate ?? '') ? latest : one),
    undefined,
  )
}

/** Cents of one local day, however many hours it has. */
export const supplyCents = (charges: FixedCharges): number =>
  total([withGst(charges.supplyCentsPerDay, charges)])

/**
 * Cents of one local day. A monthly fee is charged by the day, a year's twelve over 365 days, so that a bill of 31 days
 * bears more of it than one of 28: https://help.amber.com.au/hc/en-us/articles/360051219652
 */
export function feeCents(charges: FixedCharges): number {
  const { fee } = charges
  if (!fee) return 0
  return total([withGst(fee.per === 'day' ? fee.cents : (fee.cents * 12) / 365, charges)])
}

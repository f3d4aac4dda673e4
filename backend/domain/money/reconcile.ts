// Our sum against the bill that came: the household types in its total.
import type { LocalDate } from '../calendar.ts'
import type { LocalPeriod } from '../local-period.ts'
import type { MeterHistory } from '../meter-history.ts'
import { type BillEstimate, billOf } from './bill.ts'
import type { DatedCharges } from './charges.ts'

export interface PaperBill extends LocalPeriod {
  /** New charges of the period, GST included: without a balance carried over. */
  readonly totalCents: number
}

/** Why the two may differ, the likeliest first. */
export type Difference =
  /** The copy holds no usage of some of its days: Amber gives the last 90 days alone. */
  | { readonly kind: 'days-missing'; readonly days: number }
  /** No charges are entered for some of its days. */
  | { readonly kind: 'charges-missing' }
  /** The period is not over. */
  | { readonly kind: 'days-ahead'; readonly days: number }
  /** Amber may still correct them, or has not corrected them here. */
  | { readonly kind: 'days-estimated'; readonly days: number }
  /** Concessions, credits, a balance carried over, a rate that has changed: nothing that Amber's API tells. */
  | { readonly kind: 'not-in-the-facts' }

export interface Reconciliation extends PaperBill {
  readonly oursCents: number
  /** Above zero: the bill is dearer than our sum. */
  readonly differenceCents: number
  /** cannot-tell: our sum is not of the whole period. */
  readonly verdict: 'agrees' | 'differs' | 'cannot-tell'
  /** Empty where they agree. */
  readonly differences: readonly Difference[]
}

/** A bill rounds each of its lines to the cent: eight of them may be four cents out between them. */
export const ROUNDING_CENTS = 5

/** Undefined where nothing of the period is known and there is nothing to go by. */
export function reconciled(
  history: MeterHistory,
  bill: PaperBill,
  { today, charges }: { readonly today: LocalDate; readonly charges: readonly DatedCharges[] },
): Reconciliation | undefined {
  const ours = billOf(history, bill, { today, charges })
  if (!ours.estimate || ours.knownDays === 0) return undefined
  const differenceCents = bill.totalCents - ours.estimate.cents
  const agrees = Math.abs(differenceCents) <= ROUNDING_CENTS
  const gaps = gapsOf(ours)
  const isWhole = gaps.length === 0
  const estimated: Difference[] =
    ours.estimatedDays > 0 ? [{ kind: 'days-estimated', days: ours.estimatedDays }] : []
  const verdict = isWhole ? (agrees ? 'agrees' : 'differs') : 'cannot-tell'
  return {
    ...bill,
    oursCents: ours.estimate.cents,
    differenceCents,
    verdict,
    differences: verdict === 'agrees' ? [] : [...gaps, ...estimated, ...(isWhole ? [NOT_OURS] : [])],
  }
}

const NOT_OURS: Difference = { kind: 'not-in-the-facts' }

function gapsOf({ gapDays, remainingDays, includesFixed }: BillEstimate): Difference[] {
  return [
    ...(gapDays > 0 ? [{ kind: 'days-missing', days: gapDays } as const] : []),
    ...(includesFixed ? [] : [{ kind: 'charges-missing' } as const]),
    ...(remainingDays > 0 ? [{ kind: 'days-ahead', days: remainingDays } as const] : []),
  ]
}

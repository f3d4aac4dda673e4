// What Amber charges beside energy, as it is typed in from a bill: one set for each date at which the rates changed.
import type { LocalDate } from '../calendar.ts'
import type { DatedCharges } from '../money/charges.ts'
import {
  type Drafted,
  entry,
  mapped,
  numberTyped,
  optionalEntry,
  typedText,
  unless,
  whole,
  wholeList,
} from './drafted.ts'
import { daily, date, feeCents } from './settings-fields.ts'

export interface ChargesDraft {
  /** Cents a day. */
  readonly supply: string
  /** Dollars; empty: none. */
  readonly fee: string
  readonly feePer: 'day' | 'month'
  readonly includesGst: boolean
  /** Empty: for ever before. */
  readonly fromDate: string
  /** Typed in elsewhere. */
  readonly demand?: DatedCharges['demand']
}

export const NEW_CHARGES: ChargesDraft = {
  supply: '',
  fee: '',
  feePer: 'month',
  includesGst: true,
  fromDate: '',
}

export const chargesDraft = (charges: DatedCharges): ChargesDraft => ({
  supply: typedText(charges.supplyCentsPerDay),
  fee: charges.fee ? (charges.fee.cents / 100).toFixed(2) : '',
  feePer: charges.fee?.per ?? 'month',
  includesGst: charges.includesGst,
  fromDate: charges.fromDate ?? '',
  ...(charges.demand && { demand: charges.demand }),
})

export const oneChargesOf = (draft: ChargesDraft): Drafted<DatedCharges> =>
  mapped(
    whole({
      supply: entry(numberTyped(daily), draft.supply, 'cents a day, 0 to 5,000'),
      fee: optionalEntry(numberTyped(feeCents, 100), draft.fee, 'dollars, at most 500; or nothing'),
      fromDate: optionalEntry(date, draft.fromDate, 'a date'),
    }),
    ({ supply, fee, fromDate }): DatedCharges => ({
      includesGst: draft.includesGst,
      supplyCentsPerDay: supply,
      ...(fee !== undefined && { fee: { cents: fee, per: draft.feePer } }),
      ...(draft.demand && { demand: draft.demand }),
      ...(fromDate !== undefined && { fromDate: fromDate as LocalDate }),
    }),
  )

/** The oldest first, which is how they are read. */
export function chargesOf(drafts: readonly ChargesDraft[]): Drafted<readonly DatedCharges[]> {
  const dates = drafts.map(({ fromDate }) => fromDate)
  const twice = dates.findIndex((each, index) => dates.indexOf(each) < index)
  const all = unless(
    wholeList(drafts.map(oneChargesOf)),
    twice < 0,
    `${twice}.fromDate`,
    'Needs a date of its own: other rates begin then.',
  )
  return mapped(all, (charges) =>
    charges.toSorted((a, b) => ((a.fromDate ?? '') < (b.fromDate ?? '') ? -1 : 1)),
  )
}

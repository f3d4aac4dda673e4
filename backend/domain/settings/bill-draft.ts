// A bill that came, as it is typed in from paper.
import type { PaperBill } from '../money/reconcile.ts'
import { type Drafted, entry, mapped, numberTyped, unless, whole } from './drafted.ts'
import { billCents, date } from './settings-fields.ts'

export interface BillDraft {
  readonly fromDate: string
  readonly toDate: string
  /** Dollars. */
  readonly total: string
}

export const NEW_BILL: BillDraft = { fromDate: '', toDate: '', total: '' }

export function billOfDraft(draft: BillDraft, others: readonly PaperBill[]): Drafted<PaperBill> {
  const read = whole({
    fromDate: entry(date, draft.fromDate, 'a date'),
    toDate: entry(date, draft.toDate, 'a date'),
    total: entry(numberTyped(billCents, 100), draft.total, 'dollars, such as 214.40'),
  })
  const ordered = unless(
    read,
    draft.fromDate <= draft.toDate,
    'toDate',
    'Needs a day that is not before the first.',
  )
  const single = unless(
    ordered,
    others.every(({ fromDate }) => fromDate !== draft.fromDate),
    'fromDate',
    'Needs another day: a bill from it is entered already.',
  )
  return mapped(single, ({ fromDate, toDate, total }) => ({ fromDate, toDate, totalCents: total }))
}

// Where the bill is heading, and whether the ones that came agree with what is known here.
import type { LocalDate } from './calendar.ts'
import { periodText } from './date-words.ts'
import type { HomeFacts } from './home-facts.ts'
import { type BillEstimate, billEstimate } from './money/bill.ts'
import { FEWEST_DAYS } from './money/bill-range.ts'
import { type Difference, type PaperBill, type Reconciliation, reconciled } from './money/reconcile.ts'
import type { Settings } from './settings/settings.ts'
import { type UsageHome, usageHome } from './usage-home.ts'
import { CHARGES_MISSING } from './usage-words.ts'
import { counted, dollars, wholeDollars } from './words.ts'

export interface BillCheck extends PaperBill {
  /** "15 Oct to 14 Nov" */
  readonly when: string
  /** "$212.40" */
  readonly billed: string
  /** Absent where nothing of it is known here. */
  readonly ours?: string
  readonly text: string
}

export interface BillView {
  /** "This bill: $64.80 so far, about $212 by its end." */
  readonly sentence: string
  /** "Likely between $198 and $231. 15 Nov to 14 Dec: 9 of 30 days are in." */
  readonly detail: string
  readonly estimate: BillEstimate
  /** The newest first. */
  readonly checks: readonly BillCheck[]
}

export function billView(facts: HomeFacts, nowMs: number, settings: Settings): BillView {
  const home = usageHome(facts, nowMs, settings)
  const { today, history } = home
  const estimate = billEstimate(history, settings.billingDay, { today, charges: settings.charges })
  return {
    sentence: billSentence(estimate, today),
    detail: billDetail(estimate, today, facts.history !== undefined),
    estimate,
    checks: settings.bills
      .toSorted((a, b) => (a.fromDate < b.fromDate ? 1 : -1))
      .map((bill) => billCheck(home, bill, settings)),
  }
}

function billSentence(bill: BillEstimate, today: LocalDate): string {
  const { estimate, soFarCents, includesFixed } = bill
  if (isUnknown(bill)) return `Nothing is known yet of the bill of ${periodText(bill, today)}.`
  const what = includesFixed ? '' : ' of energy'
  const known = bill.gapDays > 0 ? ' known' : ''
  const soFar = isBegun(bill)
    ? `This bill: ${owed(soFarCents, dollars)}${what}${known} so far`
    : 'This bill: nothing known so far'
  if (!estimate) return `${soFar}. It takes ${FEWEST_DAYS} whole days to say more.`
  const end = `about ${owed(estimate.cents, wholeDollars)}`
  return bill.remainingDays < bill.days
    ? `${soFar}, ${end} by its end.`
    : `This bill begins today: likely ${end}${what}.`
}

const owed = (cents: number, text: (cents: number) => string): string =>
  Math.round(cents) < 0 ? `${text(-cents)} in your favour` : text(cents)

/** Something of the days that are over is measured. */
const isBegun = ({ knownDays, gapDays, missingDays }: BillEstimate): boolean =>
  knownDays + gapDays > missingDays

const isUnknown = (bill: BillEstimate): boolean => !bill.estimate && !isBegun(bill)

function billDetail(bill: BillEstimate, today: LocalDate, isFetching: boolean): string {
  const { estimate, includesFixed } = bill
  const [low, high] = estimate
    ? [wholeDollars(estimate.lowCents), wholeDollars(estimate.highCents)]
    : ['', '']
  return [
    ...(low === high ? [] : [`Likely between ${low} and ${high}.`]),
    ...(isUnknown(bill) ? [] : [`${periodText(bill, today)}: ${daysText(bill, isFetching)}.`]),
    ...(includesFixed || isUnknown(bill) ? [] : [CHARGES_MISSING]),
  ].join(' ')
}

function daysText(bill: BillEstimate, isFetching: boolean): string {
  const { days, remainingDays, knownDays, gapDays, missingDays, awaitedDays, estimatedDays } = bill
  if (remainingDays === days) return 'none of its days is over yet'
  if (!isBegun(bill)) return 'nothing of it is here yet'
  const note = (count: number, what: string): string => (count > 0 ? `, ${count} ${what}` : '')
  const notes = [
    note(gapDays - missingDays, 'with gaps'),
    note(missingDays - awaitedDays, isFetching ? 'not fetched yet' : 'missing'),
    note(awaitedDays, 'to come'),
    note(estimatedDays, 'estimated'),
  ]
  return `${knownDays} of ${counted(days, 'day')} ${days === 1 ? 'is' : 'are'} in${notes.join('')}`
}

function billCheck({ history, today }: UsageHome, bill: PaperBill, { charges }: Settings): BillCheck {
  const checked = reconciled(history, bill, { today, charges })
  return {
    ...bill,
    when: periodText(bill, today),
    billed: dollars(bill.totalCents),
    ...(checked && { ours: dollars(checked.oursCents) }),
    text: checked ? checkText(checked) : 'Nothing of it is kept here.',
  }
}

function checkText({ verdict, differenceCents, differences }: Reconciliation): string {
  if (verdict === 'agrees') return 'It agrees with what was measured.'
  if (verdict === 'cannot-tell')
    return `Can\u2019t be checked: ${differences.map(differenceText).join('; ')}.`
  const which = differenceCents > 0 ? 'dearer' : 'cheaper'
  return `It is ${dollars(Math.abs(differenceCents))} ${which} than what was measured: ${differences.map(differenceText).join('; ')}.`
}

function differenceText(difference: Difference): string {
  switch (difference.kind) {
    case 'days-missing':
      return `${counted(difference.days, 'day')} of it ${difference.days === 1 ? 'is' : 'are'} missing here`
    case 'charges-missing':
      return 'supply and fees are not entered in Settings'
    case 'days-ahead':
      return `${counted(difference.days, 'day')} of it ${difference.days === 1 ? 'is' : 'are'} not over`
    case 'days-estimated':
      return `${counted(difference.days, 'day')} ${difference.days === 1 ? 'was' : 'were'} only estimated`
    case 'not-in-the-facts':
      return 'a concession, a credit, an old balance or another rate'
  }
}

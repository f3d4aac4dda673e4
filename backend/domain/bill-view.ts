// Where the bill is heading, and whether the ones that came agree with what is known here.
import type { LocalDate } from './calendar.ts'
import { periodText } from './date-words.ts'
import type { HomeFacts } from './home-facts.ts'
import { type BillEstimate, billEstimate } from './money/bill.ts'
import { type Difference, type PaperBill, type Reconciliation, reconciled } from './money/reconcile.ts'
import { DEFAULT_SETTINGS, type Settings } from './settings/settings.ts'
import { type UsageHome, usageHome } from './usage-home.ts'
import { counted, dollars } from './words.ts'

export interface BillCheck extends PaperBill {
  /** "15 Oct to 14 Nov" */
  readonly when: string
  /** "$212.40" */
  readonly billed: string
  /** Absent where nothing of it is known here. */
  readonly ours?: string
  readonly verdict: Reconciliation['verdict']
  readonly text: string
}

export interface BillView {
  /** "This bill is heading for about $212." */
  readonly sentence: string
  /** "Likely between $198 and $231. 15 Nov to 14 Dec: 9 of 30 days are in." */
  readonly detail: string
  readonly estimate: BillEstimate
  /** The newest first. */
  readonly checks: readonly BillCheck[]
}

export function billView(facts: HomeFacts, nowMs: number, settings: Settings = DEFAULT_SETTINGS): BillView {
  const home = usageHome(facts, nowMs, settings)
  const { today, history } = home
  const estimate = billEstimate(history, settings.billingDay, { today, charges: settings.charges })
  return {
    sentence: billSentence(estimate),
    detail: billDetail(estimate, today),
    estimate,
    checks: settings.bills
      .toSorted((a, b) => (a.fromDate < b.fromDate ? 1 : -1))
      .map((bill) => billCheck(home, bill, settings)),
  }
}

function billSentence({ estimate, includesFixed, days, remainingDays }: BillEstimate): string {
  if (!estimate) return 'Too little usage is known to say where this bill is heading.'
  const what = includesFixed ? '' : ' of energy'
  const { cents } = estimate
  if (Math.round(cents) < 0) return `This bill is heading for about ${about(-cents)} in your favour.`
  return remainingDays < days
    ? `This bill is heading for about ${about(cents)}${what}.`
    : `The next bill will likely be about ${about(cents)}${what}.`
}

function billDetail(bill: BillEstimate, today: LocalDate): string {
  const { estimate, days, knownDays, gapDays, estimatedDays, includesFixed } = bill
  const [low, high] = estimate ? [about(estimate.lowCents), about(estimate.highCents)] : ['', '']
  return [
    ...(low === high ? [] : [`Likely between ${low} and ${high}.`]),
    `${periodText(bill, today)}: ${knownDays} of ${counted(days, 'day')} ${days === 1 ? 'is' : 'are'} in${notes(gapDays, estimatedDays)}.`,
    ...(includesFixed ? [] : ['Supply and fees are not in it: enter them in Settings.']),
  ].join(' ')
}

const notes = (gapDays: number, estimatedDays: number): string =>
  [
    ...(gapDays > 0 ? [`, ${gapDays} with gaps`] : []),
    ...(estimatedDays > 0 ? [`, ${estimatedDays} estimated`] : []),
  ].join('')

/** Whole dollars: nobody can foretell the cents. */
const about = (cents: number): string => dollars(Math.round(cents / 100) * 100).replace('.00', '')

function billCheck({ history, today }: UsageHome, bill: PaperBill, { charges }: Settings): BillCheck {
  const checked = reconciled(history, bill, { today, charges })
  return {
    ...bill,
    when: periodText(bill, today),
    billed: dollars(bill.totalCents),
    ...(checked && { ours: dollars(checked.oursCents) }),
    verdict: checked?.verdict ?? 'cannot-tell',
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

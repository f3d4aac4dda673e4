// The bill of a billing period before it comes: what is known of it, what the rest will likely be, and how far that may be
// out. The formulas and an example are in docs/money.md.
import { addDays, type LocalDate } from '../calendar.ts'
import { billingPeriodOf, type LocalPeriod } from '../local-period.ts'
import type { MeterHistory } from '../meter-history.ts'
import { type ExpectedEnergy, expectedEnergy, pastDays } from './bill-range.ts'
import type { DatedCharges } from './charges.ts'
import { addedFixed, type DayCost, dayCosts } from './day-cost.ts'
import { demandAhead } from './demand-ahead.ts'
import { isEstimated, isUnmeasured } from './period-cost.ts'
import { total, wholeSum } from './total.ts'

export interface BillRequest {
  /** Of the home. */
  readonly today: LocalDate
  readonly charges: readonly DatedCharges[]
}

export interface BillRange {
  /** One bill in ten is expected below, one in ten above. */
  readonly lowCents: number
  readonly cents: number
  readonly highCents: number
}

export interface BillEstimate extends LocalPeriod {
  readonly days: number
  /** Days that are over and whole. */
  readonly knownDays: number
  /** Days that are over and not whole; what is known of them counts. */
  readonly gapDays: number
  /** Those of them of which nothing is measured. */
  readonly missingDays: number
  /** Those of these that come after the last day known: not missing yet, but to come. */
  readonly awaitedDays: number
  /** Today and after. */
  readonly remainingDays: number
  /** Of the known days those of which something is only estimated so far. */
  readonly estimatedDays: number
  /** Energy that is measured and priced so far. */
  readonly energySoFarCents: number
  /** With the charges of the days up to the last one known, where they are included: what the Usage screen says of these days. */
  readonly soFarCents: number
  /** False: charges are not known for all of the days, and the estimate is of energy alone. */
  readonly includesFixed: boolean
  /** Undefined while fewer than seven whole days are known to go by. */
  readonly estimate: BillRange | undefined
}

/** The bill of the billing period (it begins on that day of the month, 1 … 31) that holds today. */
export const billEstimate = (history: MeterHistory, billingDay: number, request: BillRequest): BillEstimate =>
  billOf(history, billingPeriodOf(request.today, billingDay), request)

/** Of any period, taken for one bill: one that is over has nothing left to expect but what its gaps hide. */
export function billOf(history: MeterHistory, period: LocalPeriod, request: BillRequest): BillEstimate {
  const days = dayCosts(history, period, request.charges)
  const over = days.filter(({ localDate }) => localDate < request.today)
  const told = over.filter(({ localDate }) => localDate <= (history.lastDate ?? ''))
  const known = over.filter(({ isWhole }) => isWhole)
  const fixed = days.flatMap((day) => day.fixed ?? [])
  const includesFixed = fixed.length === days.length
  const energySoFarCents = total(over.map(({ energyCents }) => energyCents))
  const unknownDays = days.length - over.length + over.reduce((sum, day) => sum + missingShare(day), 0)
  const expected = expectedEnergy(
    pastDays(history, earlier(request.today, addDays(period.toDate, 1))),
    unknownDays,
  )
  return {
    ...period,
    days: days.length,
    knownDays: known.length,
    gapDays: over.length - known.length,
    remainingDays: days.length - over.length,
    estimatedDays: known.filter(isEstimated).length,
    missingDays: over.filter(isUnmeasured).length,
    awaitedDays: over.length - told.length,
    energySoFarCents,
    soFarCents: includesFixed
      ? total([energySoFarCents, addedFixed(told.flatMap((day) => day.fixed ?? [])).cents])
      : energySoFarCents,
    includesFixed,
    estimate:
      expected && rangeOf(over, expected, includesFixed ? fixedRange(history, days, request) : NO_CHARGES),
  }
}

/** A bill of last winter is guessed at by last winter's days. */
const earlier = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b)

interface FixedRange {
  readonly likelyCents: number
  /** What a new peak of demand may add. */
  readonly moreCents: number
}

const NO_CHARGES: FixedRange = { likelyCents: 0, moreCents: 0 }

function fixedRange(
  history: MeterHistory,
  days: readonly DayCost[],
  { today, charges }: BillRequest,
): FixedRange {
  const ahead = demandAhead(
    history,
    days.map(({ localDate }) => localDate),
    { today, charges },
  )
  const { cents } = addedFixed(days.flatMap((day) => day.fixed ?? []))
  return { likelyCents: total([cents, ahead.likelyCents]), moreCents: ahead.moreCents }
}

function rangeOf(over: readonly DayCost[], expected: ExpectedEnergy, fixed: FixedRange): BillRange {
  const known = total(over.map(({ energyCents }) => energyCents))
  const exported = total(over.map(({ channels }) => channels.feedIn?.cents ?? 0))
  // A bill shows no cost for exporting, however bad the month was.
  const letOff = Math.max(0, exported + expected.exportCents)
  const cents = total([known, expected.cents, fixed.likelyCents, -letOff])
  return {
    lowCents: total([cents, -expected.eitherWayCents]),
    cents,
    highCents: total([cents, expected.eitherWayCents, fixed.moreCents]),
  }
}

/** 0 for a whole day, 1 for one of which nothing is known: neither a gap nor energy without a price costs nothing. */
function missingShare({ channels, isWhole }: DayCost): number {
  const costs = Object.values(channels)
  const missingMs = wholeSum(costs.map((cost) => cost.missingMs))
  const allMs = missingMs + wholeSum(costs.map((cost) => cost.measuredMs))
  if (allMs === 0) return 1
  if (isWhole) return 0
  const unpricedKwh = total(costs.map((cost) => cost.unpricedKwh))
  const unpriced = unpricedKwh > 0 ? unpricedKwh / total(costs.map(({ kwh }) => kwh)) : 0
  return 1 - (1 - missingMs / allMs) * (1 - unpriced)
}

// The demand guard: the month's peak so far, and what a new one would cost. The meter tells a day late.
import { localDate } from './calendar.ts'
import { dayInMonth, shortDay } from './date-words.ts'
import type { HomeFacts } from './home-facts.ts'
import { DAY_MS, HOUR_MS } from './interval.ts'
import { daysIn } from './local-period.ts'
import type { MeterHistory } from './meter-history.ts'
import { chargesOn, type FixedCharges, withGst } from './money/charges.ts'
import {
  centsPerKwDay,
  type DemandCharge,
  type DemandMonth,
  demandDueOn,
  demandMonth,
} from './money/demand.ts'
import { isPeakHeld, newPeakCents } from './money/demand-cost.ts'
import type { Settings } from './settings/settings.ts'
import { exactTimeText } from './time-words.ts'
import type { UsageHome } from './usage-home.ts'
import { counted, dollars } from './words.ts'

export interface DemandPart {
  /** "This month's peak so far: 3.4 kW, $20.40." */
  readonly sentence: string
  /** When it was, what a kW more costs, and up to when the meter has told. */
  readonly detail: string
  /** What a half hour of so many kW in the window would add over the month. */
  readonly newPeak: readonly string[]
}

/** One for each demand charge of the month that holds today; none where none is charged, or no rate is entered. */
export function demandParts(facts: HomeFacts, home: UsageHome, { charges }: Settings): DemandPart[] {
  const { today } = home
  const inForce = chargesOn(charges, today)
  const isHeld = isPeakHeld(today, facts)
  return demandDueOn(inForce, today).map((charge) => (isHeld ? demandPart(home, inForce!, charge) : NOT_HELD))
}

/** The highest half hour may be among what is not here. */
const NOT_HELD: DemandPart = {
  sentence: 'This month\u2019s peak is not known.',
  detail: 'Days of it are missing here.',
  newPeak: [],
}

function demandPart(home: UsageHome, charges: FixedCharges, charge: DemandCharge): DemandPart {
  const { history, today } = home
  const month = demandMonth(history, today, charge)
  const highest = Math.ceil((month.peak?.kw ?? 0) + 0.001)
  const newPeak = [highest, highest + 1, highest + 2].map(
    (kw) => `${kw} kW would add ${dollars(newPeakCents(charges, charge, month, kw))}`,
  )
  return {
    sentence: peakSentence(charges, charge, month),
    detail: [
      ...peakTexts(home, charges, charge, month),
      ...untilTexts(home, month),
      ...(month.doubt ? [DOUBTS[month.doubt]] : []),
    ].join(' '),
    newPeak: month.isWindowKnown ? newPeak : [],
  }
}

function peakSentence(charges: FixedCharges, charge: DemandCharge, month: DemandMonth): string {
  const { peak, isWindowKnown } = month
  if (!isWindowKnown) return 'Amber names no demand window: enter yours in Settings.'
  if (!peak) return 'No peak this month yet.'
  return `This month\u2019s peak so far: ${kwText(peak.kw)}, ${dollars(perKw(charges, charge, month) * peak.kw)}.`
}

function peakTexts(
  { history }: UsageHome,
  charges: FixedCharges,
  charge: DemandCharge,
  month: DemandMonth,
): string[] {
  if (!month.isWindowKnown) return []
  const { peak } = month
  const each = `Each kW more costs ${dollars(perKw(charges, charge, month))} for the month.`
  if (!peak) return [each]
  const day = shortDay(localDate(peak.startMs, history.timeZone))
  return [`${day}, ${exactTimeText(peak.startMs, history.timeZone)}.`, each]
}

const DOUBTS: Readonly<Record<NonNullable<DemandMonth['doubt']>, string>> = {
  never: 'Amber has named no demand window this month: if your bill has one, enter it in Settings.',
  always: 'Amber names every half hour a demand window: if your bill does not, enter yours in Settings.',
}

function untilTexts({ history }: UsageHome, { unmeasuredMs }: DemandMonth): string[] {
  const halfHours = Math.round(unmeasuredMs / (DAY_MS / 48))
  return [
    ...toldText(history),
    ...(halfHours > 0
      ? [`${counted(halfHours, 'half hour')} that may count ${halfHours === 1 ? 'is' : 'are'} missing.`]
      : []),
  ]
}

/** Of a day that Amber ends at 1 am by the clock of the home, that hour is no day. */
const ALL_BUT_AN_HOUR_MS = 23 * HOUR_MS

function toldText({ lastDate, day, timeZone }: MeterHistory): string[] {
  if (lastDate === undefined) return []
  const ends = day(lastDate).registers.flatMap(({ rows }) => rows.map(({ endMs }) => endMs))
  const lastWhole = localDate(Math.max(...ends) - ALL_BUT_AN_HOUR_MS, timeZone)
  return [`Usage is in up to ${dayInMonth(lastWhole)}.`]
}

const perKw = (charges: FixedCharges, charge: DemandCharge, month: DemandMonth): number =>
  withGst(centsPerKwDay(charge, month) * daysIn(month), charges)

const kwText = (kw: number): string => `${kw.toFixed(1)} kW`

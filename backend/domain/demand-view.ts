// The demand guard: the month's peak so far, what a new one would cost, and when it counts again. The meter tells a day late.
import { localDate } from './calendar.ts'
import { dayInMonth, shortDay } from './date-words.ts'
import { demandChargesNow, demandWindows } from './demand-windows.ts'
import type { HomeFacts } from './home-facts.ts'
import { DAY_MS, type Interval } from './interval.ts'
import { daysIn } from './local-period.ts'
import type { FixedCharges } from './money/charges.ts'
import { withGst } from './money/charges.ts'
import { centsPerKwDay, type DemandCharge, type DemandMonth, demandMonth } from './money/demand.ts'
import { isPeakHeld, newPeakCents } from './money/demand-cost.ts'
import { present } from './present.ts'
import { DEFAULT_SETTINGS, nowOptions, type Settings } from './settings/settings.ts'
import { type Situation, situation } from './situation.ts'
import { spanText, timeText } from './time-words.ts'
import { type UsageHome, usageHome } from './usage-home.ts'
import { counted, dollars } from './words.ts'

export interface DemandPart {
  /** "This month's peak so far: 3.4 kW, $20.40." */
  readonly sentence: string
  /** When it was, what a kW more costs, and up to when the meter has told. */
  readonly detail: string
  readonly peakKw?: number
  /** Cents that a half hour of so many kW in the window would add over the month. */
  readonly newPeak: readonly { readonly kw: number; readonly text: string; readonly cents: number }[]
}

export interface DemandWindowView extends Interval {
  readonly isNow: boolean
  /** "Demand window to 9 pm", "Demand window in 2 h 10 min, at 3 pm" */
  readonly text: string
}

export interface DemandView {
  /** One for each charge of the month; none where none is charged. */
  readonly parts: readonly DemandPart[]
  /** The one that runs or is next, within a day; absent where none is known. */
  readonly window?: DemandWindowView
}

/** Undefined where no demand is charged, as far as the household has said, and Amber names no window. */
export function demandView(
  facts: HomeFacts,
  nowMs: number,
  settings: Settings = DEFAULT_SETTINGS,
): DemandView | undefined {
  const home = usageHome(facts, nowMs, settings)
  const now = situation(facts, nowMs, nowOptions(settings))
  const { charges, demand } = demandChargesNow(now)
  const window = now.clockIsSlow ? undefined : nextWindow(now)
  if (demand.length === 0 && !window) return undefined
  const isHeld = isPeakHeld(home.today, facts.heldFrom)
  const partOf = (charge: DemandCharge) => (isHeld && charges ? demandPart(home, charges, charge) : NOT_HELD)
  return {
    parts: charges ? demand.map(partOf) : [],
    ...present('window', window),
  }
}

/** The highest half hour may be among what is not here. */
const NOT_HELD: DemandPart = {
  sentence: 'This month\u2019s peak is not known on this device.',
  detail: 'It does not have the whole month.',
  newPeak: [],
}

function demandPart(home: UsageHome, charges: FixedCharges, charge: DemandCharge): DemandPart {
  const { history, today } = home
  const month = demandMonth(history, today, charge)
  const peakKw = month.peak?.kw
  const highest = Math.ceil((peakKw ?? 0) + 0.001)
  const newPeak = [highest, highest + 1, highest + 2].map((kw) => {
    const cents = newPeakCents(charges, charge, month, kw)
    return { kw, cents, text: `${kw} kW would add ${dollars(cents)}` }
  })
  return {
    sentence: peakSentence(charges, charge, month),
    detail: [
      ...peakTexts(home, charges, charge, month),
      ...untilTexts(home, month),
      ...(month.doubt ? [DOUBTS[month.doubt]] : []),
    ].join(' '),
    ...present('peakKw', peakKw),
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
  return [`${day}, ${timeText(peak.startMs, history.timeZone)}.`, each]
}

const DOUBTS: Readonly<Record<NonNullable<DemandMonth['doubt']>, string>> = {
  never: 'Amber has named no demand window this month: if your bill has one, enter it in Settings.',
  always: 'Amber names every half hour a demand window: if your bill does not, enter yours in Settings.',
}

function untilTexts({ history }: UsageHome, { unmeasuredMs }: DemandMonth): string[] {
  const halfHours = Math.round(unmeasuredMs / (DAY_MS / 48))
  return [
    ...(history.lastDate ? [`The meter has told up to ${dayInMonth(history.lastDate)}.`] : []),
    ...(halfHours > 0
      ? [`${counted(halfHours, 'half hour')} that may count ${halfHours === 1 ? 'is' : 'are'} missing.`]
      : []),
  ]
}

function nextWindow(now: Situation): DemandWindowView | undefined {
  const { nowMs, timeZone } = now
  const [window] = demandWindows(now, { startMs: nowMs, endMs: nowMs + DAY_MS })
  if (!window) return undefined
  const isNow = window.startMs <= nowMs
  const text = isNow
    ? `Demand window to ${timeText(window.endMs, timeZone)}`
    : `Demand window in ${spanText(window.startMs - nowMs)}, at ${timeText(window.startMs, timeZone)}`
  return { ...window, isNow, text }
}

const perKw = (charges: FixedCharges, charge: DemandCharge, month: DemandMonth): number =>
  withGst(centsPerKwDay(charge, month) * daysIn(month), charges)

const kwText = (kw: number): string => `${kw.toFixed(1)} kW`

// The Worth it? screen's conclusions: Amber against the household's plans over any period, where the difference came from,
// and the half hours that one would rather not have had.
import { addDays, type LocalDate } from './calendar.ts'
import type { HomeFacts } from './home-facts.ts'
import { dayOf, type LocalPeriod } from './local-period.ts'
import type { MeterHistory } from './meter-history.ts'
import { addingUp } from './money/adding-up.ts'
import { dayCosts } from './money/day-cost.ts'
import type { EnergyPlan } from './money/energy-plan.ts'
import {
  type AmberSide,
  amberSide,
  type Verdict,
  type Worth,
  type WorthRequest,
  worth,
} from './money/worth.ts'
import { present } from './present.ts'
import type { Settings } from './settings/settings.ts'
import { usageHome } from './usage-home.ts'
import { dollars } from './words.ts'
import { type DearHalfHours, dearHalfHours } from './worth-dear.ts'
import { spanText, type WorthPeriod, type WorthSpan, worthPeriod } from './worth-periods.ts'
import {
  cheaperText,
  inclusionText,
  nothingSentence,
  partsHeading,
  partsText,
  spokenPlan,
  untoldText,
  worthSentence,
} from './worth-words.ts'

export interface WorthViewRequest extends WorthSpan {
  /** Which plan the sentence speaks of; absent or unknown: the first that the household listed. */
  readonly planId?: string
}

export interface PlanBar {
  /** "amber", or the plan's. */
  readonly id: string
  readonly name: string
  /** "$471.30"; of a plan that cannot be told "a rate is missing". */
  readonly text: string
  /** Absent where it cannot be told. */
  readonly cents?: number
  /** What was really paid; the others are calculated. */
  readonly isReal: boolean
  readonly isChosen: boolean
}

export interface WorthPart {
  readonly name: 'Skill' | 'Luck' | 'Supply and fees'
  /** "Skill $23.40", for a bar whose parts all go one way. */
  readonly text: string
  /** "$23.40 cheaper"; of what took "$3.20 dearer". */
  readonly amount: string
  readonly cents: number
}

export interface WorthView {
  readonly kind: WorthPeriod
  readonly demo: boolean
  readonly sentence: string
  /** Absent where nothing is known. */
  readonly period?: LocalPeriod
  /** Amber, then the plans, cheapest first, those that cannot be told last. */
  readonly bars: readonly PlanBar[]
  /** What is in every one of them, and what is not. */
  readonly inclusion: string
  /** Absent without a verdict. */
  readonly parts?: { readonly heading: string; readonly parts: readonly WorthPart[]; readonly text: string }
  /** Absent where nothing was paid. */
  readonly dear?: DearHalfHours
}

export function worthView(
  facts: HomeFacts,
  nowMs: number,
  request: WorthViewRequest,
  settings: Settings,
): WorthView {
  const home = usageHome(facts, nowMs, settings)
  const { history, today } = home
  const common = { kind: request.kind, demo: facts.household?.demo ?? false }
  const period = worthPeriod(request, { ...history, firstDate: firstWholeDate(history), today })
  if (!period) return { ...common, sentence: nothingSentence(request, today), bars: [], inclusion: '' }
  const asked: WorthRequest = { ...period, charges: settings.charges, billingDay: settings.billingDay }
  const side = amberSide(history, asked)
  const compared = settings.plans
    .map((plan) => ({ plan, result: worth(history, plan, asked, side) }))
    .sort(cheaperFirst)
  const chosen = compared.find(({ plan }) => plan === chosenPlan(settings.plans, request))
  const hasSolar = side.counted.some(({ channels }) => channels.feedIn)
  const verdict = chosen?.result.verdict
  return {
    ...common,
    period,
    sentence: sentenceOf(chosen, settings.plans, side, today),
    bars: side.counted.length > 0 ? bars(side, compared, chosen?.plan) : [],
    inclusion: inclusionText(side, hasSolar, facts.history !== undefined),
    ...(verdict && { parts: partsOf(side, verdict) }),
    ...present('dear', dearHalfHours(history, side)),
  }
}

/** In summer Amber’s first day begins an hour into one of the home’s: such a day is neither whole nor missing. */
function firstWholeDate(history: MeterHistory): LocalDate | undefined {
  const { firstDate } = history
  if (!firstDate) return undefined
  return dayCosts(history, dayOf(firstDate), [])[0]!.isWhole ? firstDate : addDays(firstDate, 1)
}

const chosenPlan = (plans: readonly EnergyPlan[], { planId }: WorthViewRequest): EnergyPlan | undefined =>
  plans.find(({ id }) => id === planId) ?? plans[0]

interface Compared {
  readonly plan: EnergyPlan
  readonly result: Worth
}

const centsOf = ({ result }: Compared): number =>
  result.verdict ? result.planCents : Number.POSITIVE_INFINITY

const cheaperFirst = (a: Compared, b: Compared): number =>
  centsOf(a) === centsOf(b) ? 0 : centsOf(a) < centsOf(b) ? -1 : 1

function sentenceOf(
  chosen: Compared | undefined,
  plans: readonly EnergyPlan[],
  side: AmberSide,
  today: LocalDate,
): string {
  if (chosen) return worthSentence(spokenPlan(chosen.plan, plans), chosen.result, side, today)
  return side.counted.length > 0
    ? `Amber cost ${dollars(side.cents)} ${spanText(side, today)}. Enter a plan to compare it with.`
    : 'Enter a plan to compare Amber with.'
}

function bars(side: AmberSide, compared: readonly Compared[], chosen: EnergyPlan | undefined): PlanBar[] {
  const amber = { id: 'amber', name: 'Amber', isReal: true, isChosen: false }
  return [
    { ...amber, text: dollars(side.cents), cents: side.cents },
    ...compared.map(({ plan, result }) => ({
      id: plan.id,
      name: plan.name,
      isReal: false,
      isChosen: plan === chosen,
      ...(result.verdict
        ? { text: dollars(result.planCents), cents: result.planCents }
        : { text: untoldText(result.untold) }),
    })),
  ]
}

function partsOf(side: AmberSide, verdict: Verdict): NonNullable<WorthView['parts']> {
  const exact = [verdict.skillCents, verdict.luckCents, verdict.chargesCents]
  const [skillCents = 0, luckCents = 0, chargesCents = 0] = addingUp(exact)
  const all = [
    { name: 'Skill', cents: skillCents },
    { name: 'Luck', cents: luckCents },
    { name: 'Supply and fees', cents: chargesCents },
  ] as const
  const parts = all
    .filter(({ cents }) => cents !== 0)
    .map((part) => ({
      ...part,
      amount: cheaperText(part.cents),
      text: `${part.name} ${dollars(Math.abs(part.cents))}`,
    }))
  return { heading: partsHeading(verdict), parts, text: partsText(side, { luckCents, chargesCents }) }
}

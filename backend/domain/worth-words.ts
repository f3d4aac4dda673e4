// "You paid $37.60 less with Amber than on your flat plan since 1 September.": the verdict, and what it is made of.
import type { LocalDate } from './calendar.ts'
import type { LocalPeriod } from './local-period.ts'
import { type EnergyPlan, type PlanKind, planKind } from './money/energy-plan.ts'
import type { AmberSide, Untold, Verdict, Worth } from './money/worth.ts'
import { averageOf, tenths } from './usage-words.ts'
import { counted, dollars, energy } from './words.ts'
import { spanText, type WorthSpan } from './worth-periods.ts'

const KIND_WORDS: Readonly<Record<PlanKind, string>> = {
  flat: 'your flat plan',
  timeOfUse: 'your time-of-use plan',
  block: 'your block plan',
  demand: 'your demand plan',
}

/** By its kind, unless there are two of it. */
export function spokenPlan(plan: EnergyPlan, plans: readonly EnergyPlan[]): string {
  const alike = plans.filter((other) => planKind(other) === planKind(plan))
  return alike.length > 1 ? plan.name : KIND_WORDS[planKind(plan)]
}

export function worthSentence(
  name: string,
  { verdict, untold }: Worth,
  period: LocalPeriod,
  today: LocalDate,
): string {
  const when = spanText(period, today)
  if (!verdict) return untoldSentence(name, untold, when)
  const { savedCents } = verdict
  if (dollars(savedCents) === dollars(0)) return `You paid as much with Amber as on ${name} ${when}.`
  const [amount, which] = savedCents > 0 ? [savedCents, 'less'] : [-savedCents, 'more']
  return `You paid ${dollars(amount)} ${which} with Amber than on ${name} ${when}.`
}

/** Of days of which there is nothing to compare. */
export function nothingSentence({ fromDate, toDate }: WorthSpan, today: LocalDate): string {
  if (fromDate && toDate && fromDate > toDate) return 'The first of these days is after the last.'
  return fromDate && fromDate >= today
    ? 'None of these days is over yet.'
    : 'No usage is known yet for these days.'
}

/** Why a plan has no number, in a word or two beside its name. */
export function untoldText({ kind }: Untold): string {
  if (kind === 'no-rate') return 'a rate is missing'
  return kind === 'no-days' ? 'no whole day' : 'its window is missing'
}

/**
 * "Supply, fees and solar included. 84 days, 3 of them estimated; 1 missing day is left out of every plan." While the past is
 * being fetched nothing counts as missing.
 */
export function inclusionText(side: AmberSide, hasSolar: boolean, isFetching: boolean): string {
  const { counted: days, estimatedDays, leftOutDays, includesFixed } = side
  const included = includesFixed
    ? `Supply${hasSolar ? ', fees and solar' : ' and fees'} included.`
    : `Only energy${hasSolar ? ' and solar' : ''}: Amber\u2019s supply and fees are not entered in Settings.`
  const estimated = estimatedDays > 0 ? `, ${estimatedDays} of them estimated` : ''
  const leftOut = leftOutDays > 0 ? `; ${leftOutText(side, isFetching)} left out of every plan` : ''
  return `${included} ${counted(days.length, 'day')}${isFetching ? ' so far' : ''}${estimated}${leftOut}.`
}

function leftOutText({ leftOutDays, awaitedDays }: AmberSide, isFetching: boolean): string {
  const missingDays = leftOutDays - awaitedDays
  const missing = isFetching
    ? counted(missingDays, 'day not fetched yet', 'days not fetched yet')
    : counted(missingDays, 'missing day')
  const awaited = `${counted(awaitedDays, 'day')} to come`
  const texts = [...(missingDays > 0 ? [missing] : []), ...(awaitedDays > 0 ? [awaited] : [])]
  return `${texts.join(' and ')} ${leftOutDays === 1 ? 'is' : 'are'}`
}

/** "Why Amber was $37.60 cheaper" */
export const partsHeading = ({ savedCents }: Verdict): string =>
  dollars(savedCents) === dollars(0) ? 'Why it came out even' : `Why Amber was ${cheaperText(savedCents)}`

/** "$37.60 cheaper", "$3.20 dearer" */
export const cheaperText = (savedCents: number): string =>
  `${dollars(Math.abs(savedCents))} ${savedCents > 0 ? 'cheaper' : 'dearer'}`

/** "You paid 27.1c on average. Spread evenly over each day: 30.4c. The rest is a cheap market." */
export function partsText(
  { average }: AmberSide,
  { luckCents, chargesCents }: Pick<Verdict, 'luckCents' | 'chargesCents'>,
): string {
  const averages = average
    ? [`You paid ${averageOf(average)}.`, `Spread evenly over each day: ${tenths(average.evenCentsPerKwh)}.`]
    : []
  return [...averages, ...luckText(luckCents), ...chargesText(chargesCents)].join(' ')
}

const luckText = (cents: number): string[] => {
  if (Math.round(cents) === 0) return []
  return cents > 0
    ? [`A cheap market brought ${dollars(cents)}.`]
    : [`A dear market took ${dollars(-cents)}.`]
}

const chargesText = (cents: number): string[] => {
  if (Math.round(cents) === 0) return []
  return [`Amber\u2019s supply and fees were ${dollars(Math.abs(cents))} ${cents > 0 ? 'lower' : 'higher'}.`]
}

function untoldSentence(name: string, untold: Untold, when: string): string {
  const plan = name.startsWith('your ') ? `Y${name.slice(1)}` : name
  if (untold.kind === 'no-days') return `No whole day of usage is known ${when}.`
  if (untold.kind === 'no-rate') {
    return `${plan} names no rate for ${energy(untold.kwh)} of what you use: change the plan to enter it.`
  }
  return `${plan} charges for demand, but its window is not entered: change the plan to add it.`
}

// Yesterday's cost, with supply and fees where the household has entered them, since Amber tells of none; and what of it is
// missing or estimated.
import { addDays, localDate, localDay, nemDate } from './calendar.ts'
import type { UsageDayChannel } from './contract.ts'
import { DAY_MS } from './interval.ts'
import { troubleText } from './link-words.ts'
import { meterHistory } from './meter-history.ts'
import { meterHome } from './meter-registers.ts'
import { chargesOn } from './money/charges.ts'
import { type FixedCost, fixedOn } from './money/day-cost.ts'
import { demandDueOn } from './money/demand.ts'
import { demandOfDays, isPeakHeld } from './money/demand-cost.ts'
import type { Situation } from './situation.ts'
import { NO_BREAK, whenText } from './time-words.ts'
import { usageDays } from './usage-days.ts'
import type { Fact } from './view.ts'
import { counted, energy, money } from './words.ts'

export interface Yesterday {
  /** For a narrow cell: the note is a word or two. */
  readonly brief: Fact
  /** For a line of a phone. */
  readonly full: Fact
}

const NOT_KNOWN: Yesterday = {
  brief: { caption: 'Yesterday', text: 'Not known' },
  full: { caption: 'Yesterday', text: 'Not known', note: 'the clock is slow' },
}

export function yesterday(now: Situation): Yesterday {
  if (now.clockIsSlow) return NOT_KNOWN
  const day = usageOfYesterday(now)
  const channels = Object.values(day).filter((channel) => channel !== undefined)
  const sum = (key: keyof UsageDayChannel): number =>
    channels.reduce((total, channel) => total + channel[key], 0)
  if (sum('intervals') === 0 || !hasCome(now)) {
    const missing = { caption: 'Yesterday', text: 'Not in yet' }
    return { brief: missing, full: { ...missing, note: missingNote(now) } }
  }
  const isDemandLeftOut = isDemandUnknown(now)
  const fixed = fixedOfYesterday(now, isDemandLeftOut)
  const costCents = sum('costCents') + (fixed?.cents ?? 0)
  const missing = sum('expectedIntervals') - sum('intervals')
  const fact = { caption: 'Yesterday', text: money(Math.abs(costCents)) }
  const earned = costCents < 0 ? 'earned' : undefined
  const charged = fixedNote(fixed, isDemandLeftOut)
  const estimated = { count: sum('estimatedIntervals'), of: sum('intervals') }
  const gaps = gapNotes(now, missing, estimated)
  return {
    brief: {
      ...fact,
      // Beside the sum there is no room for it.
      ...(estimated.count > 0 && { caption: 'Yesterday about' }),
      note: [earned, missing > 0 ? 'in part' : charged].filter(Boolean).join(', '),
    },
    full: {
      ...fact,
      note: [earned, ...energyNotes(day), charged, ...gaps, ...copyNote(now)].filter(Boolean).join(', '),
    },
  }
}

/** What is late by itself, or who is not reached: "your Pi can’t be reached since 8:45 am". */
function missingNote(now: Situation): string {
  const { pi, amber } = now.links
  if (pi.state === 'fine' && amber.state === 'fine') return 'usage comes once a day'
  return troubleText(now)!
    .slice(0, -1)
    .replace(/^(?!Amber)./, (first) => first.toLowerCase())
}

/** Amber tells a NEM day at once; in summer the hour of it that is yesterday's first says nothing of yesterday. */
function hasCome({ facts, nowMs, timeZone }: Situation): boolean {
  const { startMs: midnightMs } = localDay(addDays(localDate(nowMs, timeZone), -1), timeZone)
  const ambersDay = nemDate(midnightMs + DAY_MS / 2)
  return facts.usage.some(({ startMs }) => nemDate(startMs) === ambersDay)
}

function usageOfYesterday({ facts, nowMs, timeZone }: Situation): Partial<Record<string, UsageDayChannel>> {
  const date = addDays(localDate(nowMs, timeZone), -1)
  // The days before show which registers the site has, so that one that is silent is noticed.
  const near = facts.usage
    .filter(({ startMs }) => nowMs - 4 * DAY_MS <= startMs && startMs <= nowMs)
    .toSorted((a, b) => a.startMs - b.startMs || a.identifier.localeCompare(b.identifier))
  const request = { fromDate: date, toDate: date, ...meterHome(facts.household, timeZone) }
  return usageDays(near, request)[0]?.channels ?? {}
}

/** A device, or a Pi, that has not the whole month may lack the half hour that counts: no demand is better than too little. */
function isDemandUnknown({ facts, options, nowMs, timeZone }: Situation): boolean {
  const date = addDays(localDate(nowMs, timeZone), -1)
  return !isPeakHeld(date, facts) && demandDueOn(chargesOn(options.charges, date), date).length > 0
}

/** The same that the Usage screen charges the day with. */
function fixedOfYesterday(
  { facts, options, nowMs, timeZone }: Situation,
  isDemandLeftOut: boolean,
): FixedCost | undefined {
  const date = addDays(localDate(nowMs, timeZone), -1)
  const charges = chargesOn(options.charges, date)
  if (!charges) return undefined
  if (isDemandLeftOut) return fixedOn(charges, date, () => 0)
  const history = meterHistory(facts.usage, meterHome(facts.household, timeZone))
  return fixedOn(charges, date, demandOfDays(history))
}

/** In a few words, the same in the kitchen and on a phone: the Usage screen names what it is. */
function fixedNote(fixed: FixedCost | undefined, isDemandLeftOut: boolean): string {
  if (isDemandLeftOut) return 'without demand'
  return fixed ? 'with charges' : 'energy only'
}

function energyNotes({ feedIn, ...bought }: Partial<Record<string, UsageDayChannel>>): string[] {
  const kwh = Object.values(bought).reduce((total, channel) => total + (channel?.kwh ?? 0), 0)
  return feedIn ? [`${energy(kwh)} used`, `${energy(feedIn.kwh)} sold`] : [energy(kwh)]
}

function gapNotes({ facts }: Situation, missing: number, estimated: { count: number; of: number }): string[] {
  const isByMinutes = facts.household?.intervalMinutes === 5
  const interval = isByMinutes ? '5-minute interval' : 'half hour'
  return [
    ...(missing > 0 ? [`${counted(missing, interval)} missing`] : []),
    ...(estimated.count > 0 ? [estimatedNote(estimated, isByMinutes)] : []),
  ]
}

/** Of a whole day there is nothing to count, and of hundreds of short intervals the number says nothing. */
function estimatedNote({ count, of }: { count: number; of: number }, isByMinutes: boolean): string {
  if (count === of) return 'estimated'
  return isByMinutes ? 'partly estimated' : `${counted(count, 'half hour')} estimated`
}

function copyNote({ facts, links, nowMs, timeZone }: Situation): string[] {
  if (links.pi.state === 'fine' || facts.pi.answeredAtMs === undefined) return []
  return [`copy${NO_BREAK}of${NO_BREAK}${whenText(facts.pi.answeredAtMs, nowMs, timeZone)}`]
}

// Yesterday's cost: of energy only, since Amber tells of no fixed charges; and what of it is missing or estimated.
import { addDays, localDate } from './calendar.ts'
import type { UsageDayChannel } from './contract.ts'
import { DAY_MS } from './interval.ts'
import type { Situation } from './situation.ts'
import { whenText } from './time-words.ts'
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
  if (sum('intervals') === 0) {
    const missing = { caption: 'Yesterday', text: 'Not in yet' }
    return { brief: missing, full: { ...missing, note: 'usage comes once a day' } }
  }
  const costCents = sum('costCents')
  const missing = sum('expectedIntervals') - sum('intervals')
  const fact = { caption: 'Yesterday', text: money(Math.abs(costCents)) }
  const earned = costCents < 0 ? 'earned' : undefined
  const gaps = gapNotes(now, missing, sum('estimatedIntervals'))
  return {
    brief: { ...fact, note: [earned, missing > 0 ? 'in part' : 'energy'].filter(Boolean).join(', ') },
    full: {
      ...fact,
      note: [earned, ...energyNotes(day), 'energy only', ...gaps, ...copyNote(now)]
        .filter(Boolean)
        .join(', '),
    },
  }
}

function usageOfYesterday({ facts, nowMs, timeZone }: Situation): Partial<Record<string, UsageDayChannel>> {
  const date = addDays(localDate(nowMs, timeZone), -1)
  // The days before show which registers the site has, so that one that is silent is noticed.
  const near = facts.usage
    .filter(({ startMs }) => nowMs - 4 * DAY_MS <= startMs && startMs <= nowMs)
    .toSorted((a, b) => a.startMs - b.startMs || a.identifier.localeCompare(b.identifier))
  const { intervalMinutes = 30, channels } = facts.household ?? {}
  const request = { fromDate: date, toDate: date, timeZone, intervalMinutes }
  return usageDays(near, channels ? { ...request, channels } : request)[0]?.channels ?? {}
}

function energyNotes({ feedIn, ...bought }: Partial<Record<string, UsageDayChannel>>): string[] {
  const kwh = Object.values(bought).reduce((total, channel) => total + (channel?.kwh ?? 0), 0)
  return feedIn ? [`${energy(kwh)} used`, `${energy(feedIn.kwh)} sold`] : [energy(kwh)]
}

function gapNotes({ facts }: Situation, missing: number, estimated: number): string[] {
  const interval = facts.household?.intervalMinutes === 5 ? '5-minute interval' : 'half hour'
  return [
    ...(missing > 0 ? [`${counted(missing, interval)} missing`] : []),
    ...(estimated > 0 ? [`${counted(estimated, interval)} estimated`] : []),
  ]
}

function copyNote({ facts, links, nowMs, timeZone }: Situation): string[] {
  if (links.pi.state === 'fine' || facts.pi.answeredAtMs === undefined) return []
  return [`copy of ${whenText(facts.pi.answeredAtMs, nowMs, timeZone)}`]
}

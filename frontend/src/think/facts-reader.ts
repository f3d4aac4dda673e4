// Facts of as many days as a question needs, read from the copy; kept until the copy changes, for the next question is
// mostly about the same days.
import { addDays, type LocalDate } from '#domain/calendar.ts'
import type { HomeFacts } from '#domain/home-facts.ts'
import type { Household } from '#domain/household.ts'
import type { UsageDay } from '#domain/mirror.ts'
import type { CopyReader } from '../mirror/copy.ts'
import { homeFactsOf, screenFrom } from '../mirror/facts.ts'

export interface Span {
  readonly fromDate: LocalDate
  readonly toDate: LocalDate
}

export interface FactsReader {
  household(): Promise<Household | undefined>
  /** Of the span, of the last days and of the very first: so that it is known how far back anything is known. */
  facts(span: Span): Promise<HomeFacts>
  /** The copy has changed. */
  forget(): void
}

export function createFactsReader(store: () => Promise<CopyReader>, now: () => number): FactsReader {
  let kept: { key: string; facts: Promise<HomeFacts> } | undefined
  return {
    household: async () => (await (await store()).state()).household,
    facts: (span) => {
      const key = `${span.fromDate} ${span.toDate}`
      if (kept?.key !== key) kept = { key, facts: store().then((copy) => read(copy, span, now())) }
      return kept.facts
    },
    forget: () => {
      kept = undefined
    },
  }
}

/** A local day begins and ends up to a few hours beside the NEM date of its name. */
const MARGIN_DAYS = 1

async function read(copy: CopyReader, { fromDate, toDate }: Span, nowMs: number): Promise<HomeFacts> {
  const [home, { usage: first }] = await Promise.all([
    copy.read((state) => screenFrom(state, nowMs)),
    copy.firstDates(),
  ])
  const [asked, oldest] = await Promise.all([
    copy.usageBetween(addDays(fromDate, -MARGIN_DAYS), addDays(toDate, MARGIN_DAYS)),
    first ? copy.usageBetween(first, first) : [],
  ])
  return homeFactsOf({ ...home, usageDays: once([...oldest, ...asked, ...home.usageDays]) })
}

const once = (days: readonly UsageDay[]): UsageDay[] => [
  ...new Map(days.map((day) => [`${day.date} ${day.channel} ${day.identifier}`, day])).values(),
]

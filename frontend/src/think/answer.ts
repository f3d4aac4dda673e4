// Draws the conclusions: the same in the thinking worker and, where there can be none, in the page.
import { addDays, type LocalDate, localDate } from '#domain/calendar.ts'
import { DEFAULT_TIME_ZONE } from '#domain/time-zone.ts'
import { usagePeriod } from '#domain/usage-periods.ts'
import { type UsageRequest, usageView } from '#domain/usage-view.ts'
import type { FactsReader, Span } from './facts-reader.ts'
import type { Answers, Question, Subject } from './questions.ts'

type Think = (question: Question<never>, read: FactsReader) => Promise<unknown>

const THINK: Readonly<Record<Subject, Think>> = {
  usage: usage as Think,
}

export const answer = <About extends Subject>(
  question: Question<About>,
  read: FactsReader,
): Promise<Answers[About]['view']> =>
  THINK[question.about](question as Question<never>, read) as Promise<Answers[About]['view']>

/** What a month is heading for is judged by the six weeks before. */
const SAMPLE_DAYS = 45

async function usage({ request, nowMs, settings }: Question<'usage'>, read: FactsReader) {
  const timeZone = (await read.household())?.timeZone ?? DEFAULT_TIME_ZONE
  const today = localDate(nowMs, timeZone)
  const facts = await read.facts(usageSpan(request, today))
  const view = usageView(facts, nowMs, request, settings)
  // Amber's day ends an hour into the home's own in summer: that hour of today is not the newest day there is to see.
  const isToday = !request.selected && view.day && view.day.endMs > nowMs && request.kind !== 'day'
  return isToday ? usageView(facts, nowMs, { ...request, selected: addDays(today, -1) }, settings) : view
}

function usageSpan({ kind, date }: UsageRequest, today: LocalDate): Span {
  const { fromDate, toDate } = usagePeriod(kind, date ?? today)
  const isRunning = toDate >= today
  return { fromDate: isRunning ? earlier(fromDate, addDays(today, -SAMPLE_DAYS)) : fromDate, toDate }
}

const earlier = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b)

// Draws the conclusions, in the thinking worker.
import { billView } from '#domain/bill-view.ts'
import { addDays, type LocalDate, localDate } from '#domain/calendar.ts'
import { DEFAULT_TIME_ZONE } from '#domain/time-zone.ts'
import { usageSpan } from '#domain/usage-periods.ts'
import { usageView } from '#domain/usage-view.ts'
import { worthSpan } from '#domain/worth-periods.ts'
import { worthView } from '#domain/worth-view.ts'
import type { FactsReader } from './facts-reader.ts'
import type { Answers, Question, Subject } from './questions.ts'

type Think = (question: Question<never>, read: FactsReader) => Promise<unknown>

const THINK: Readonly<Record<Subject, Think>> = {
  usage: usage as Think,
  worth: worth as Think,
  bill: bill as Think,
}

export const answer = <About extends Subject>(
  question: Question<About>,
  read: FactsReader,
): Promise<Answers[About]['view']> =>
  THINK[question.about](question as Question<never>, read) as Promise<Answers[About]['view']>

async function usage({ request, nowMs, settings }: Question<'usage'>, read: FactsReader) {
  const today = await todayAt(nowMs, read)
  const facts = await read.facts(usageSpan(request.kind, request.date ?? today, today))
  return usageView(facts, nowMs, request, settings)
}

async function worth({ request, nowMs, settings }: Question<'worth'>, read: FactsReader) {
  const facts = await read.facts(worthSpan(request, await todayAt(nowMs, read)))
  return worthView(facts, nowMs, request, settings)
}

/** A bill is judged by the year before it. */
const YEAR_DAYS = 400

async function bill({ nowMs, settings }: Question<'bill'>, read: FactsReader) {
  const today = await todayAt(nowMs, read)
  const oldest = settings.bills.map(({ fromDate }) => fromDate).reduce(earlier, today)
  const facts = await read.facts({ fromDate: addDays(oldest, -YEAR_DAYS), toDate: today })
  return billView(facts, nowMs, settings)
}

async function todayAt(nowMs: number, read: FactsReader): Promise<LocalDate> {
  return localDate(nowMs, (await read.household())?.timeZone ?? DEFAULT_TIME_ZONE)
}

const earlier = (a: LocalDate, b: LocalDate): LocalDate => (a < b ? a : b)

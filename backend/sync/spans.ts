// The stretches of NEM days in which a site's history is asked for, the newest first: the last fortnight as two weeks that
// end yesterday, what is older by fixed weeks, counted since 1970.
import { addDays, daysFrom, type NemDate, nemDate } from '#domain/calendar.ts'
import type { PlanSite, PlanState } from './plan.ts'

export interface Span {
  /** The name under which its answer is noted. */
  readonly question: string
  /** Both included. */
  readonly from: NemDate
  readonly to: NemDate
  readonly isWeek: boolean
}

/** Amber takes at most 7 days from first to last; 6 has never been refused. */
const SPAN_DAYS = 6
const WEEK_DAYS = SPAN_DAYS + 1
/** Amber keeps about 90 days of usage, and may revise what it keeps. */
export const REVISED_DAYS = 90
/** Where the site's first day is not known. */
const AMBER_BEGAN = '2017-01-01' as NemDate

export function spansOf(
  what: 'prices' | 'usage',
  site: PlanSite,
  { keepFrom }: Pick<PlanState, 'keepFrom'>,
  nowMs: number,
): Span[] {
  const today = nemDate(nowMs)
  const yesterday = addDays(today, -1)
  const wanted = latest(site.activeFrom, keepFrom)
  const first = what === 'usage' ? latest(addDays(today, -REVISED_DAYS), wanted) : wanted
  const last = earliest(yesterday, site.closedOn)
  const spans: Span[] = []
  for (const span of wholeSpans(what, yesterday, first ?? AMBER_BEGAN)) {
    const from = latest(span.from, first) as NemDate
    const to = earliest(span.to, last)
    if (from <= to) spans.push({ ...span, from, to })
    // Here its history ends, as far as Amber tells it.
    if (first === undefined && (site.asked.get(span.question)?.emptyAnswers ?? 0) > 0) break
  }
  return spans
}

function* wholeSpans(what: 'prices' | 'usage', yesterday: NemDate, first: NemDate): Generator<Span> {
  const ending = (question: string, to: NemDate) => ({
    question: `${what} ${question}`,
    from: addDays(to, -SPAN_DAYS),
    to,
    isWeek: false,
  })
  yield ending('days', yesterday)
  yield ending('days before', addDays(yesterday, -WEEK_DAYS))
  for (let week = weekOf(addDays(yesterday, -2 * WEEK_DAYS)); firstDayOf(week + 1) > first; week--)
    yield {
      question: `${what} week ${week}`,
      from: firstDayOf(week),
      to: addDays(firstDayOf(week), SPAN_DAYS),
      isWeek: true,
    }
}

const EPOCH = '1970-01-01' as NemDate
const weekOf = (date: NemDate): number => Math.floor(daysFrom(EPOCH, date) / WEEK_DAYS)
const firstDayOf = (week: number): NemDate => addDays(EPOCH, week * WEEK_DAYS)

function latest(a: NemDate | undefined, b: NemDate | undefined): NemDate | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a > b ? a : b
}

const earliest = (a: NemDate, b: NemDate | undefined): NemDate => (b !== undefined && b < a ? b : a)

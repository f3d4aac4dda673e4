// The status strip: what the number is worth, how old it is, and which link is down.
import { closedOn, closedText } from './closed-site.ts'
import { settlesAfterMs } from './freshness.ts'
import { durationMs, MINUTE_MS, SECOND_MS } from './interval.ts'
import { linksText, troubleText, workingText } from './link-words.ts'
import type { PriceInterval } from './price.ts'
import type { Situation } from './situation.ts'
import { ageText, atWhenText, clockSeconds, nearTime, whenAndAge, whenText } from './time-words.ts'
import type { StatusView } from './view.ts'

export function status(now: Situation): StatusView {
  const { mark, strong, text, aged = text } = stateText(now)
  // Where the number itself says that its price is late, the links do not say it again.
  if (text === LATE && now.links.prices.state === 'late') {
    return { mark, strong, text, aged, links: workingText(now.links) }
  }
  const trouble = troubleText(now)
  return { mark, strong, text, aged: trouble ? `${trouble} ${aged}` : aged, links: linksText(now) }
}

const LATE = 'The confirmed price is late'

type StateText = Pick<StatusView, 'mark' | 'strong' | 'text'> & { readonly aged?: string }

function stateText(now: Situation): StateText {
  const { certainty, row } = now
  if (closedOn(now) !== undefined)
    return { mark: 'unknown', strong: 'Closed.', text: closedText(now) || 'By Amber' }
  if (certainty === 'empty')
    return { mark: 'unknown', strong: 'No data yet.', text: 'Nothing has been stored' }
  if (!row) return { mark: 'unknown', strong: 'Unknown.', text: unknownText(now) }
  if (certainty === 'live') return { mark: 'live', strong: 'Live.', ...confirmedText(row, now) }
  if (certainty === 'estimate') return { mark: 'estimate', strong: 'Estimate.', text: settlesText(row, now) }
  if (now.isDue) return { mark: 'stored', strong: 'Forecast.', text: dueText(row, now) }
  return { mark: 'stored', strong: 'Not live.', text: madeText(row, now) }
}

function confirmedText({ confirmedAtMs }: PriceInterval, { nowMs, timeZone }: Situation) {
  if (confirmedAtMs === undefined) return { text: 'Confirmed price' }
  const text = `Confirmed at ${clockSeconds(confirmedAtMs, timeZone)}`
  return confirmedAtMs > nowMs ? { text } : { text, aged: `${text}, ${ageText(nowMs - confirmedAtMs)}` }
}

function settlesText(row: PriceInterval, now: Situation): string {
  if (now.nowMs > row.startMs + settlesAfterMs(row) + MINUTE_MS) return LATE
  return `Usually settles by ${soonText(row.startMs + settlesAfterMs(row), now)}`
}

function dueText(row: PriceInterval, now: Situation): string {
  // A half hour is an estimate first: no confirmed price may be promised.
  const what =
    durationMs(row) > 5 * MINUTE_MS && (now.facts.household?.intervalMinutes ?? 5) > 5
      ? 'Price'
      : 'Confirmed price'
  return `${what} due by ${soonText(row.startMs + settlesAfterMs(row), now)}`
}

function madeText({ madeAtMs }: PriceInterval, { nowMs, timeZone }: Situation): string {
  return madeAtMs === undefined
    ? 'By a stored forecast'
    : `Forecast made ${whenAndAge(madeAtMs, nowMs, timeZone)}`
}

function unknownText({ general, knownToMs, clockIsSlow, nowMs, timeZone }: Situation): string {
  if (clockIsSlow) return 'The clock of this device is slow'
  const nextMs = general.find((price) => price.startMs > nowMs)?.startMs
  if (nextMs !== undefined) return `No price before ${whenText(nextMs, nowMs, timeZone)}`
  if (knownToMs === undefined) return 'No price is known'
  return `The forecast ran out ${atWhenText(knownToMs, nowMs, timeZone)}`
}

/** "10:05:30"; on the full minute "10:25". */
const soonText = (ms: number, { timeZone }: Situation): string =>
  ms % MINUTE_MS < SECOND_MS ? nearTime(ms, timeZone) : clockSeconds(ms, timeZone)

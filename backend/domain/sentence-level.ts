// "Very cheap until 4 pm. Dearest about 6:30 pm: 58c." While the price is live, an estimate or due any second.
import { localDate, localTimeMs } from './calendar.ts'
import type { Hold } from './hold.ts'
import { HOUR_MS } from './interval.ts'
import { levelOfCents } from './levels.ts'
import type { Moment, Outlook } from './outlook.ts'
import type { PriceInterval } from './price.ts'
import { shownCents } from './shown-price.ts'
import type { Situation } from './situation.ts'
import { solarSentences } from './solar-words.ts'
import { partOfDay, timeText } from './time-words.ts'
import { capital, money, spokenLevel } from './words.ts'

export function levelSentences(now: Situation, row: PriceInterval, ahead: Outlook): string[] {
  const cents = shownCents(row)
  const solar = solarSentences(now)
  if (Math.round(cents) < 0) return combined(paidHead(cents, ahead, now), afterPaid(ahead, now), solar)
  return levelHeads(ahead, now).flatMap((head) => combined(head, turnSentences(ahead, now), solar))
}

/** Both, else what concerns the household's own roof, else the turn. */
const combined = (head: string, turns: readonly string[], solar: readonly string[]): string[] => [
  ...turns.flatMap((turn) => solar.map((export_) => `${head} ${turn} ${export_}`)),
  ...solar.map((export_) => `${head} ${export_}`),
  ...turns.map((turn) => `${head} ${turn}`),
  head,
]

const paidHead = (cents: number, { paid }: Outlook, now: Situation): string =>
  `You earn ${money(-cents)} a kWh ${paid ? holdText(paid, now) : 'for now'}.`

function afterPaid({ peak, paid }: Outlook, now: Situation): string[] {
  return peak && peak.cents > 0 && peak.atMs >= (paid?.untilMs ?? 0) ? [peakText(peak, now)] : []
}

function levelHeads({ hold, prevailing }: Outlook, now: Situation): string[] {
  const level = capital(spokenLevel(hold.level))
  if (!prevailing) return [`${level} ${holdText(hold, now)}.`]
  return [
    `${level} for now, ${spokenLevel(prevailing.level)} ${holdText(prevailing, now)}.`,
    `${level} for now.`,
  ]
}

/** "until 4 pm", "until at least 1 am", "all morning". */
export function holdText({ untilMs, isOpen }: Hold, { nowMs, timeZone }: Situation): string {
  if (isOpen) return `until at least ${timeText(untilMs, timeZone)}`
  const part = partOfDay(nowMs, timeZone)
  const partEndsMs = localTimeMs(localDate(nowMs, timeZone), part.endMinute, timeZone)
  const lastsIt = partEndsMs <= untilMs && untilMs < partEndsMs + HOUR_MS && partEndsMs - nowMs > HOUR_MS
  return lastsIt ? `all ${part.name}` : `until ${timeText(untilMs, timeZone)}`
}

function turnSentences(ahead: Outlook, now: Situation): string[] {
  const { hold, prevailing, paidFrom, peak, fall, bottom, lowest } = ahead
  const { level } = prevailing ?? hold
  if (paidFrom) {
    const from = `from ${timeText(paidFrom.atMs, now.timeZone)}`
    return [`${capital(from)} you are paid to use power.`, `Paid to use ${from}.`]
  }
  if (peak) return [peakText(peak, now)]
  if (level < 4) return lowest ? [`Cheapest about ${at(lowest, now)}.`] : []
  if (!fall) return []
  const wait = level === 5 ? 'Wait if you can: ' : 'Down to '
  const start = `${wait}${money(fall.cents)} from ${timeText(fall.atMs, now.timeZone)}`
  return bottom
    ? [`${start}, ${money(bottom.cents)} ${lowTime(bottom.atMs, now)}.`, `${start}.`]
    : [`${start}.`]
}

function peakText(peak: Moment, now: Situation): string {
  const isSpike = levelOfCents(peak.cents, now.levels.thresholds) === 6
  return `${isSpike ? 'Maybe a spike' : 'Dearest'} about ${at(peak, now)}.`
}

const at = ({ atMs, cents }: Moment, { timeZone }: Situation): string =>
  `${timeText(atMs, timeZone)}: ${money(cents)}`

/** "overnight", "at 1 pm". */
function lowTime(ms: number, { timeZone }: Situation): string {
  return partOfDay(ms, timeZone).name === 'night' ? 'overnight' : `at ${timeText(ms, timeZone)}`
}

// When there is no price to show: what is missing and why, what its reader can do, and the last that is known, with its time.
import type { LocalDate } from './calendar.ts'
import { closedOn, closedText } from './closed-site.ts'
import { dayAndMonth } from './date-words.ts'
import type { AmberTrouble } from './freshness.ts'
import { MINUTE_MS } from './interval.ts'
import { troubleText } from './link-words.ts'
import type { Situation } from './situation.ts'
import { timeText, whenText } from './time-words.ts'
import { money } from './words.ts'

/** From Amber's first answer to the first prices on a screen. */
const FIRST_PRICES_MS = 5 * MINUTE_MS

export function pricelessSentences(now: Situation): string[] {
  if (closedOn(now) !== undefined) return [closedSentence(now)]
  if (now.certainty === 'empty') return emptySentences(now)
  return now.clockIsSlow ? [slowClockSentence(now)] : unknownSentences(now)
}

function unknownSentences(now: Situation): string[] {
  const { lastLive, nowMs, timeZone } = now
  const last = lastLive
    ? `Last known ${money(lastLive.centsPerKwh)}, ${whenText(lastLive.startMs, nowMs, timeZone)}.`
    : 'No confirmed price is known.'
  const trouble = troubleText(now)
  return trouble ? [`${last} ${trouble}`, last] : [last]
}

function slowClockSentence({ lastLive, nowMs, timeZone }: Situation): string {
  if (!lastLive) return 'This clock is slow: newer prices are known.'
  return `This clock is slow. It is past ${whenText(lastLive.startMs, nowMs, timeZone)}.`
}

function closedSentence(now: Situation): string {
  const text = closedText(now)
  return `Closed${text && ` ${text}`}. Its history is under Usage.`
}

/** Each says what is the matter and what to do about it. */
function emptySentences(now: Situation): string[] {
  const { pi, amber } = now.links
  if (pi.state === 'unknown') return ['Waiting for your Pi. If none answers, check its power.']
  const trouble = troubleText(now)
  if (pi.state !== 'fine')
    return [
      `${trouble} Check its power and network.`,
      'Your Pi can\u2019t be reached. Check its power and network.',
    ]
  if (amber.state === 'unknown') return ['The first sync comes within five minutes. Please wait.']
  if (amber.state === 'fine') return acceptedSentences(now)
  if (amber.trouble === 'token')
    return REFUSED.map((what) => `Amber refused this Pi: it needs a new token. ${what}`)
  const cures = CURES[amber.trouble] ?? ['Prices come once that is over.']
  return cures.map((cure) => `${trouble} ${cure}`).concat(trouble ?? [])
}

const SEE_STATUS = ['See Status.']
const REFUSED = [
  'Make one in the Amber app, then run pi/set-token.sh on the Pi.',
  'Run pi/set-token.sh.',
  ...SEE_STATUS,
]

/** Others pass by themselves. */
const CURES: Readonly<Partial<Record<AmberTrouble, readonly string[]>>> = {
  internet: ['Check the router.'],
  pi: SEE_STATUS,
  silence: SEE_STATUS,
}

function acceptedSentences({ facts, nowMs, timeZone }: Situation): string[] {
  const { household, amber } = facts
  if (!household) return ['Amber lists no home yet. Your Pi asks again hourly.']
  const { startsOn } = household
  if (startsOn) return [`Amber supplies you from ${dayAndMonth(startsOn as LocalDate)}. Prices begin then.`]
  if (startsOn === null) return ['Amber is taking over your home. Prices come with that.']
  const dueMs = Math.ceil(((amber.answeredAtMs ?? nowMs) + FIRST_PRICES_MS) / MINUTE_MS) * MINUTE_MS
  if (dueMs < nowMs) return ['Amber has sent no prices yet. Your Pi keeps asking.']
  const due = timeText(dueMs, timeZone)
  return [
    `Amber accepted the token. The first prices should be here by ${due}.`,
    `Amber accepted the token. First prices due by ${due}.`,
  ]
}

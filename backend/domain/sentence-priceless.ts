// When there is no price to show: what is missing and why, and the last that is known, with its time.
import { MINUTE_MS } from './interval.ts'
import { troubleText } from './link-words.ts'
import type { Situation } from './situation.ts'
import { timeText, whenText } from './time-words.ts'
import { money } from './words.ts'

/** From Amber's first answer to the first prices on a screen. */
const FIRST_PRICES_MS = 5 * MINUTE_MS

export function pricelessSentences(now: Situation): string[] {
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

function emptySentences(now: Situation): string[] {
  const { pi, amber } = now.links
  if (pi.state === 'unknown') return ['Waiting for your Pi\u2019s first answer.']
  if (amber.state === 'unknown') return [troubleText(now) ?? 'Waiting for Amber\u2019s first answer.']
  if (amber.state === 'fine') return acceptedSentences(now)
  const trouble = troubleText(now)!
  const cure =
    amber.trouble === 'token' ? 'Give the Pi a new one over SSH.' : 'Prices come once that is over.'
  return [`${trouble} ${cure}`, trouble]
}

function acceptedSentences({ facts, nowMs, timeZone }: Situation): string[] {
  const dueMs = Math.ceil(((facts.amber.answeredAtMs ?? nowMs) + FIRST_PRICES_MS) / MINUTE_MS) * MINUTE_MS
  if (dueMs < nowMs) return ['Amber answers, but has sent no prices yet.']
  const due = timeText(dueMs, timeZone)
  return [
    `Amber accepted the token. The first prices should be here by ${due}.`,
    `Amber accepted the token. First prices due by ${due}.`,
  ]
}

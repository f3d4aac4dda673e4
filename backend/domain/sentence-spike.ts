// In a spike the first word is what to do; then when it ends.
import { maySpike } from './levels.ts'
import type { Outlook } from './outlook.ts'
import type { PriceInterval } from './price.ts'
import { shownCents } from './shown-price.ts'
import { isStored, type Situation } from './situation.ts'
import { timeText } from './time-words.ts'

const ACT = 'Turn off what you can.'

/** Whether the spike has not come true: a forecast, or Amber only warns of it. */
export const isMaybe = (now: Situation, row: PriceInterval): boolean =>
  now.certainty === 'stored' || maySpike(row)

export function spikeSentences(now: Situation, row: PriceInterval, ahead: Outlook): string[] {
  const ends = endSentences(now, row, ahead)
  if (!isMaybe(now, row)) return [...ends.map((end) => `${ACT} ${end}`), ACT]
  return [
    ...ends.map((end) => `Maybe a spike: turn off what you can. ${end}`),
    ...ends.map((end) => `Maybe a spike. ${end}`),
    'Maybe a spike.',
  ]
}

function endSentences(now: Situation, row: PriceInterval, ahead: Outlook): string[] {
  const { hold, underDollarMs, underDollarAtWorstMs } = ahead
  const time = (ms: number): string => timeText(ms, now.timeZone)
  const isSmall = shownCents(row) < 100
  if (isSmall && !hold.isOpen) return [`Likely over by ${time(hold.untilMs)}.`]
  if (isSmall || underDollarMs === undefined) {
    return [isStored(now) ? 'No end in the stored forecast.' : 'No end in the forecast yet.']
  }
  const start = isStored(now) ? 'Forecast under' : 'Under'
  const end = `${start} $1 by about ${time(underDollarMs)}`
  const isLater = underDollarAtWorstMs !== undefined && underDollarAtWorstMs > underDollarMs
  return isLater ? [`${end}, at worst ${time(underDollarAtWorstMs)}.`, `${end}.`] : [`${end}.`]
}

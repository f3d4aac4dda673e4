// When the number is a forecast made before contact was lost: nothing is promised, everything is likely.
import type { Outlook } from './outlook.ts'
import type { PriceInterval } from './price.ts'
import { holdText } from './sentence-level.ts'
import { band, shownCents } from './shown-price.ts'
import type { Situation } from './situation.ts'
import { timeText } from './time-words.ts'
import { money, spokenLevel } from './words.ts'

/** "About 50c, from 43c to 70c. Likely the dearest at 6:30 pm, 28c by 11 pm." */
export function likelySentences({ timeZone }: Situation, row: PriceInterval, ahead: Outlook): string[] {
  const { peak, fall } = ahead
  const range = band(row)
  if (!peak || Math.round(shownCents(row)) < 0) return []
  const about = `About ${money(shownCents(row))}`
  const spread = range ? `${about}, from ${money(range.lowCents)} to ${money(range.highCents)}` : about
  const dearest = `Likely the dearest at ${timeText(peak.atMs, timeZone)}: ${money(peak.cents)}`
  const after =
    fall && fall.atMs > peak.atMs ? `, ${money(fall.cents)} by ${timeText(fall.atMs, timeZone)}` : ''
  return [`${spread}. ${dearest}${after}.`, `${spread}. ${dearest}.`]
}

export function forecastSentences(now: Situation, row: PriceInterval, ahead: Outlook): string[] {
  const { hold, prevailing, peak, relief, fall, paid } = ahead
  const time = (ms: number): string => timeText(ms, now.timeZone)
  const cents = shownCents(row)
  if (Math.round(cents) < 0 && paid) {
    return [`Forecast to pay you ${money(-cents)} a kWh ${holdText(paid, now)}.`]
  }
  if (peak) {
    const rise = `Forecast to rise to ${money(peak.cents)} about ${time(peak.atMs)}.`
    return relief ? [`${rise} Wait for ${time(relief.atMs)}.`, rise] : [rise]
  }
  const holding = prevailing ?? hold
  if (fall && holding.level > 3) return [`Forecast to fall to ${money(fall.cents)} by ${time(fall.atMs)}.`]
  if (holding.level === 6) return [`Maybe a spike ${holdText(holding, now)}.`]
  return [`Forecast to stay ${spokenLevel(holding.level)} ${holdText(holding, now)}.`]
}

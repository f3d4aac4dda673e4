// Exporting, by what it does to the household: it earns or it costs, never a bare sign.
import { covers } from './interval.ts'
import type { PriceInterval } from './price.ts'
import { doubtOf, shownCents } from './shown-price.ts'
import type { Situation } from './situation.ts'
import type { Captioned } from './view.ts'
import { money, moneyRange } from './words.ts'

/** Of Amber's signed feed-in price: "earn 8c", "costs 3c", "earn nothing". */
export function exportText(cents: number, earning: 'earn' | 'earns'): string {
  if (Math.round(cents) === 0) return `${earning} nothing`
  return cents > 0 ? `costs ${money(cents)}` : `${earning} ${money(-cents)}`
}

/** "earn 12–14c", "costs 3c". Prices of one sign. */
export function exportRange(lowCents: number, highCents: number): string {
  const [least, most] = [lowCents, highCents].map(Math.abs).sort((a, b) => a - b) as [number, number]
  if (Math.round(highCents) > 0) return `costs ${moneyRange(least, most)}`
  return Math.round(most) === 0 ? 'earn nothing' : `earn ${moneyRange(least, most)}`
}

/** Absent without feed-in, or where its price now is not known. */
export function solarExport(now: Situation): Captioned | undefined {
  const price = exportPrice(now)
  return price && { caption: 'Solar export', text: exportNow(price) }
}

/** For the sentence, richest first; nothing where exporting neither costs nor earns 20c. */
export function solarSentences(now: Situation): string[] {
  const price = exportPrice(now)
  if (!price) return []
  const cents = Math.round(shownCents(price))
  const does = `Exporting ${exportNow(price)}`
  if (cents > 0) return [`${does}: use your solar at home.`, `${does}.`]
  return cents <= -20 ? [`${does}.`] : []
}

/** "earns 8c"; of an estimate "earns about 8c", of a forecast "likely earns 8c", with as much doubt as the large number. */
function exportNow(price: PriceInterval): string {
  const text = exportText(shownCents(price), 'earns')
  const doubt = doubtOf(price)
  if (!doubt) return text
  if (text.endsWith('nothing')) return `${doubt} nothing`
  return doubt === 'likely' ? `${doubt} ${text}` : text.replace(' ', ` ${doubt} `)
}

function exportPrice({ feedIn, nowMs, row }: Situation): PriceInterval | undefined {
  return row && feedIn.find((price) => covers(price, nowMs))
}

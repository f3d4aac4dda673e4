// Exporting, by what it does to the household: it earns or it costs, never a bare sign.
import { shownCents } from './shown-price.ts'
import type { Situation } from './situation.ts'
import type { Captioned } from './view.ts'
import { money, moneyRange } from './words.ts'

/** Of Amber's signed feed-in price: "earn 8c", "costs 3c", "earn nothing". */
export function exportText(cents: number, earning: 'earn' | 'earns'): string {
  if (Math.round(cents) === 0) return `${earning} nothing`
  return cents > 0 ? `costs ${money(cents)}` : `${earning} ${money(-cents)}`
}

/** "earn 12–14c", "costs 3c"; where there is little room "12–14c", "costs". Prices of one sign. */
export function exportRange(lowCents: number, highCents: number): { text: string; short: string } {
  const [least, most] = [lowCents, highCents].map(Math.abs).sort((a, b) => a - b) as [number, number]
  if (Math.round(highCents) > 0) return { text: `costs ${moneyRange(least, most)}`, short: 'costs' }
  const short = moneyRange(least, most)
  return { text: Math.round(most) === 0 ? 'earn nothing' : `earn ${short}`, short }
}

/** Absent without feed-in, or where its price now is not known. */
export function solarExport(now: Situation): Captioned | undefined {
  const cents = exportCents(now)
  return cents === undefined ? undefined : { caption: 'Solar export', text: exportText(cents, 'earns') }
}

/** For the sentence, richest first; nothing where exporting neither costs nor earns 20c. */
export function solarSentences(now: Situation): string[] {
  const cents = exportCents(now)
  if (cents === undefined) return []
  if (Math.round(cents) > 0) {
    const costs = `Exporting costs ${money(cents)}`
    return [`${costs}: use your solar at home.`, `${costs}.`]
  }
  return Math.round(-cents) >= 20 ? [`Exporting earns ${money(-cents)}.`] : []
}

function exportCents({ feedIn, nowMs, row }: Situation): number | undefined {
  const price = feedIn.find(({ startMs, endMs }) => startMs <= nowMs && nowMs < endMs)
  return row && price && shownCents(price)
}
